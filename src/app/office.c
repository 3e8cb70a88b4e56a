/* app/office.c — the one way in which the acts of an office are written down. */
#include "app/office.h"

#include "app/ledger_head.h"
#include "app/ledger_mark.h"
#include "app/ledger_owed.h"
#include "app/ledger_sequence.h"
#include "app/ledger_sign.h"
#include "app/office_person.h"
#include "base/clock.h"
#include "base/status.h"
#include "core/sha256.h"
#include "store/ledger.h"
#include "store/ledger_document.h"
#include "store/ledger_tree.h"
#include "store/schema.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { ZONE_MS = 8 * 3600000, ENTRY_TEXT_MOST = 4096 };

const char office_real_clock[] = "--now 只能用于演示数据（data init --demo）：正式数据用本机时钟";

int64_t office_now(const struct office *o)
{
	if (o->act_at != 0)
		return o->act_at;
	if (o->demo && o->clock)
		return clock_told(o->clock);
	return o->demo && o->fixed_now != 0 ? o->fixed_now : clock_now();
}

/* "2026-11-23 16:00:05" at +08:00. */
static void local_time(int64_t ms, char out[CLOCK_TEXT])
{
	char text[CLOCK_TEXT];

	clock_text(ms + ZONE_MS, text);
	snprintf(out, CLOCK_TEXT, "%.10s %.8s", text, text + CLOCK_DAY);
}

/* The last time is read outside the transaction, so that writers do not meet at the tree's row. */
static int read_tree(struct office *o, struct ledger_tree *tree)
{
	int rc = ledger_tree_get(o->db, tree);

	if (rc == NONE || rc == INVALID)
		snprintf(o->why, sizeof(o->why), "%s", ledger_broken);
	return rc == NONE ? INVALID : rc;
}

static int check_clock(struct office *o)
{
	struct ledger_tree tree;

	TRY(read_tree(o, &tree));
	int64_t now = office_now(o);
	if (now + OFFICE_CLOCK_BACK_MS >= tree.time)
		return OK;
	char last[CLOCK_TEXT], here[CLOCK_TEXT];
	local_time(tree.time, last);
	local_time(now, here);
	snprintf(
		o->why, sizeof(o->why), "现在的时间 %s 早于账簿最后一条的时间 %s：%s", here, last,
		o->demo ? "请用更晚的 --now；若是有一次忘了写 --now，时间记到了后面，用 mingqian data clock 更正"
			: "请先校正本机时钟；若是以前的时钟快了，见 mingqian data clock");
	return INVALID;
}

static int check_actor(struct office *o)
{
	const char *wrong = office_name_wrong(o->actor);

	if (!wrong)
		return OK;
	snprintf(o->why, sizeof(o->why), "%s", wrong);
	return INVALID;
}

/* One that the act asked for, else the day's first. */
static int sign(struct office *o, struct ledger_signer *s)
{
	CLEANUP(arena_release) struct arena a;
	const char *note;

	arena_init(&a);
	if (!o->checkpoint)
		return ledger_sign_daily(s);
	o->checkpoint = false;
	return ledger_sign(s, &a, &note);
}

static int see_written(struct office *o, const char *so)
{
	int rc = ledger_written_check(&o->written, o->db, o->keys);

	if (rc == FORBIDDEN)
		snprintf(
			o->why, sizeof(o->why),
			"这件事%s：刚写进账簿的条目马上被改动或删掉，数据库里有触发器，或者有人正在改它。"
			"请停办，查明谁能写数据库",
			so);
	return rc;
}

struct acting {
	struct office *o;
	db_work *work;
	void *arg;
};

/*
 * What worked behind the act is still there when it ends: the server takes no trigger away from a table that a transaction
 * has written. SQLite runs none for us.
 */
static int see_schema(struct office *o)
{
	CLEANUP(arena_release) struct arena a;
	const char *strange;

	arena_init(&a);
	if (!db_is_server(o->db))
		return OK;
	TRY(schema_strange(o->db, &a, &strange));
	if (!strange)
		return OK;
	snprintf(o->why, sizeof(o->why),
		 "这件事没有办成：数据库里有不是本程序建立的 %s。请停办，查明是谁建的", strange);
	return FORBIDDEN;
}

/* The clock is read once the transaction has begun: to wait for others is not part of the act. */
static int act(struct db *db, void *arg)
{
	const struct acting *in = arg;

	in->o->act_at = 0;
	in->o->act_at = office_now(in->o);
	in->o->written.count = 0;
	TRY(in->work(db, in->arg));
	TRY(in->o->also ? in->o->also(db, in->o->also_arg) : OK);
	TRY(see_written(in->o, "没有办成"));
	return see_schema(in->o);
}

/* *ret_committed: what follows can fail, but not undo it. */
static int write_and_number(struct office *o, db_work *work, void *arg, bool *ret_committed)
{
	int64_t strangers;
	struct acting in = { o, work, arg };

	o->writing = true;
	o->checkpoint = false;
	int rc = db_write(o->db, act, &in);
	o->writing = false;
	o->act_at = 0;
	*ret_committed = rc == DB_OK;
	if (rc != DB_OK)
		return rc;
	/* From here on whoever takes the entry away is found, also while it waits for its number. */
	rc = ledger_owed_add(o->keys, o->written.ids, o->written.count);
	if (rc != OK) {
		snprintf(o->why, sizeof(o->why),
			 "已经记入数据库，但密钥旁写不了账：请检查密钥文件夹的磁盘和权限");
		return rc;
	}
	if (ledger_sequence(o->db, o->keys, &strangers) != OK) {
		snprintf(o->why, sizeof(o->why), "已办妥；账簿的编号推迟到下一次办理");
		return see_written(o, "已经记入数据库，但结果不能给出");
	}
	if (strangers > 0)
		snprintf(
			o->why, sizeof(o->why),
			"已办妥；账簿里有 %" PRId64
			" 条不是本程序写下的，没有给编号：请用 mingqian ledger verify 查明谁写了数据库",
			strangers);
	struct ledger_signer s = { .db = o->db,
				   .keys = o->keys,
				   .origin = o->origin,
				   .verifier_key = o->verifier_key,
				   .now = office_now(o) };
	if (sign(o, &s) != OK)
		snprintf(o->why, sizeof(o->why), "已办妥；检查点没有签成。%s", s.why);
	TRY(see_written(o, "已经记入数据库，但结果不能给出"));
	(void)!ledger_owed_settle(o->db, o->keys); /* what stays there is settled by a later act */
	return OK;
}

/* A savepoint: what it wrote is gone if it fails. */
static int write_inside(struct office *o, db_work *work, void *arg)
{
	size_t before = o->written.count;
	int rc = db_write(o->db, work, arg);

	if (rc != OK && o->written.count > before)
		o->written.count = before;
	return rc;
}

int office_write(struct office *o, db_work *work, void *arg)
{
	if (o->writing)
		return write_inside(o, work, arg);
	o->why[0] = 0;
	TRY(check_actor(o));
	TRY(check_clock(o));
	bool committed;
	TRY(office_head_check(o));
	return write_and_number(o, work, arg, &committed);
}

int office_group(struct office *o, db_work *work, void *arg)
{
	bool committed;

	TRY(check_clock(o));
	TRY(office_head_check(o));
	int rc = write_and_number(o, work, arg, &committed);
	return rc != OK && committed ? DB_UNKNOWN : rc;
}

struct clock_accepted {
	struct office *o;
	const char *reason;
};

static int accept_clock(struct db *db, void *arg)
{
	const struct clock_accepted *in = arg;
	char digest[OFFICE_DIGEST];

	(void)db;
	TRY(office_document(in->o, in->reason, strlen(in->reason), digest));
	return office_log(in->o, LEDGER_CLOCK_ACTION, "clock", digest);
}

int office_reason(struct office *o, const char *reason)
{
	const char *wrong = office_reason_wrong(reason ? reason : "");

	if (!wrong)
		return OK;
	snprintf(o->why, sizeof(o->why), "%s", wrong);
	return INVALID;
}

int office_accept_clock(struct office *o, const char *reason)
{
	struct clock_accepted in = { o, reason };
	struct ledger_tree tree;

	o->why[0] = 0;
	TRY(check_actor(o));
	TRY(office_reason(o, reason));
	TRY(read_tree(o, &tree));
	if (office_now(o) >= tree.time) {
		snprintf(o->why, sizeof(o->why), "时钟不早于账簿最后一条，没有什么要更正");
		return CONFLICT;
	}
	bool committed;
	return write_and_number(o, accept_clock, &in, &committed);
}

int office_log(struct office *o, const char *action, const char *subject, const char *digest)
{
	struct ledger_entry entry = {
		.time = office_now(o),
		.actor = o->actor,
		.roles = o->roles,
		.action = action,
		.subject = subject,
		.digest = digest ? digest : "",
		.source = o->source,
	};
	const char *const texts[] = { entry.actor, entry.roles, action, subject, entry.source };

	for (size_t i = 0; i < COUNT(texts); i++)
		if (strlen(texts[i]) > ENTRY_TEXT_MOST)
			return TOO_LARGE;
	TRY(ledger_add(o->db, &entry, &entry.id));
	entry.seq = -1;
	ledger_mark_make(o->keys, &entry, entry.mark);
	TRY(ledger_mark_put(o->db, entry.id, entry.mark));
	return ledger_written_add(&o->written, o->db, o->keys, entry.id);
}

void office_digest(const void *at, size_t len, char digest[OFFICE_DIGEST])
{
	sha256_hex((struct span){ at, len }, digest);
	digest[OFFICE_DIGEST - 1] = 0;
}

int office_document(struct office *o, const void *at, size_t len, char digest[OFFICE_DIGEST])
{
	office_digest(at, len, digest);
	return ledger_document_add(o->db, digest, at, len);
}

const char *office_sentence(const struct office *o, int code)
{
	static const struct {
		int code;
		const char *sentence;
	} sentences[] = {
		{ OK, "" },
		{ NONE, "没有找到" },
		{ INVALID, "内容不符合要求" },
		{ FORBIDDEN, "没有办理这件事的权限" },
		{ CONFLICT, "别人已先办理或已经存在：请重新查看后再办" },
		{ TOO_LARGE, "超过了规定的大小" },
		{ IO_ERROR, "读写文件失败：请检查磁盘和权限" },
		{ NO_SPACE, "磁盘已满：请腾出空间后重试" },
		{ UNAVAILABLE, "数据库或辅助程序不可用：请稍后重试" },
		{ CANCELLED, "已停止，没有改动任何数据" },
		{ DB_BUSY, "别人正在办理，等候超时：没有改动任何数据，请重试" },
		{ DB_LOST, "与数据库的连接断了：没有改动任何数据，请重试" },
		{ DB_UNKNOWN, "提交时与数据库的连接断了：请先查看是否已办妥，再决定是否重办" },
		{ DB_FULL, "数据库所在的磁盘已满：没有改动任何数据，请腾出空间后重试" },
		{ DB_CANCELLED, "已停止，没有改动任何数据" },
		{ DB_BAD_TEXT, "文字不是有效的 UTF-8：请检查来源文件的编码" },
		{ DB_READ_ONLY, "数据库只能读：请检查文件权限" },
		{ DB_UNIQUE, "已经存在同样的记录" },
		{ DB_CHANGED, "数据库的结构与本程序不符：请用建立它的那个版本的程序打开" },
		{ DB_NEWER, "数据库是更新版本的明签建立的：请用那个版本的程序打开" },
	};

	if (o->why[0] && code != OK)
		return o->why;
	for (size_t i = 0; i < COUNT(sentences); i++)
		if (sentences[i].code == code)
			return sentences[i].sentence;
	return "数据库出错，没有改动任何数据：请把这里的说明告诉维护人员";
}
