/* app/office.c — opening an office, and the one way in which its acts are written down. */
#include "app/office.h"

#include "app/ledger_mark.h"
#include "app/ledger_note.h"
#include "app/ledger_sequence.h"
#include "app/ledger_sign.h"
#include "app/office_person.h"
#include "app/work_folder.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"
#include "core/note.h"
#include "core/sha256.h"
#include "db/migrate.h"
#include "store/ledger.h"
#include "store/ledger_document.h"
#include "store/ledger_tree.h"
#include "store/meta.h"
#include "store/office.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>

enum { PATH_ROOM = 4096, ORIGIN_DIGITS = 16, ZONE_MS = 8 * 3600000, ENTRY_TEXT_MOST = 4096 };

static const char seal_context[] = "office/seal-check";
static const char broken_tree[] =
	"账簿的树已损坏：请用 mingqian ledger verify 查看，并从备份中恢复";

/* What office_open is doing; the office is given away only when all of it worked. */
struct opening {
	struct arena *a;
	const struct office_where *where;
	struct office office;
	const char *keys, *why;
};

PRINTF(3, 4) static int refuse(struct opening *in, int code, const char *format, ...)
{
	char text[OFFICE_WHY];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	in->why = arena_str(in->a, text);
	return code;
}

/* The database said no: a full disk stops readers too, and is told apart. */
static int refuse_database(struct opening *in, int code, const char *what)
{
	if (code == DB_FULL)
		return refuse(
			in, NO_SPACE,
			"磁盘已满，数据库打不开，连查看也不行：请腾出空间后重试，数据没有改动");
	return refuse(in, UNAVAILABLE, "%s：%s", what, db_error_text(in->office.db));
}

static int place(struct opening *in)
{
	const struct office_where *w = in->where;
	const char *data = w->data ? w->data : w->keys;

	if (!data)
		return refuse(
			in, NONE,
			"没有指明数据文件夹，也没有指明密钥文件夹：请用 --data DIR 或 --keys DIR");
	in->office.data = arena_str(in->a, data);
	in->office.work = arena_printf(in->a, "%s/work", data);
	in->keys = w->keys   ? arena_str(in->a, w->keys)
		   : w->data ? arena_printf(in->a, "%s/keys", data)
			     : arena_str(in->a, data);
	return OK;
}

static int make_folders(struct opening *in)
{
	const char *const folders[] = { in->office.data, in->keys, in->office.work };

	for (size_t i = 0; i < COUNT(folders); i++) {
		int rc = file_make_folder(folders[i], 0700);
		if (rc != OK)
			return refuse(in, rc, "无法建立文件夹 %s：请检查路径、权限和磁盘空间",
				      folders[i]);
	}
	return OK;
}

/* Who may write here may put another database or other keys in their place. */
static int check_writers(struct opening *in)
{
	const char *const paths[] = { in->office.data, in->keys,
				      arena_printf(in->a, "%s/mingqian.db", in->office.data) };
	struct stat st;

	for (size_t i = 0; i < COUNT(paths); i++)
		if (stat(paths[i], &st) == 0 && (st.st_mode & (S_IWGRP | S_IWOTH)))
			return refuse(in, FORBIDDEN,
				      "%s 别人也能改写：请先执行 chmod go-w %s，并查清有没有被换过",
				      paths[i], paths[i]);
	return OK;
}

/* Keys that a broken-off attempt has left are used; an office in use is left alone. */
static int make_keys(struct opening *in)
{
	struct office_row row;
	int rc = office_row_get(in->office.db, in->a, &row);

	if (rc == OK)
		return refuse(in, CONFLICT, "这里的数据库已经在用：不会重新建立");
	if (rc != NONE)
		return refuse_database(in, rc, "读不了数据库");
	rc = keys_make(in->keys);
	if (rc != OK)
		return refuse(in, rc, "无法在 %s 里写密钥：请检查权限和磁盘空间", in->keys);
	return OK;
}

static int load_keys(struct opening *in)
{
	char path[PATH_ROOM];

	switch (keys_load(in->keys, &in->office.keys, path, sizeof(path))) {
	case OK:
		return OK;
	case NONE:
		if (in->where->look)
			return OK;
		return refuse(in, NONE, "没有密钥文件 %s：请指明正确的数据文件夹或 --keys", path);
	case FORBIDDEN:
		return refuse(
			in, FORBIDDEN,
			"密钥文件 %s 别人也能读，或不是您的：请先执行 chmod 600 %s，并确认它属于您",
			path, path);
	case INVALID:
		return refuse(in, INVALID, "密钥文件 %s 不是 32 字节的普通文件：请从备份中恢复",
			      path);
	default:
		return refuse(in, IO_ERROR, "无法读取密钥文件 %s", path);
	}
}

static int reach_database(struct opening *in)
{
	const struct office_where *w = in->where;
	char address[PATH_ROOM];
	int len;

	if (w->db)
		len = snprintf(address, sizeof(address), "postgres:%s", w->db);
	else
		len = snprintf(address, sizeof(address), "sqlite:%s/mingqian.db", in->office.data);
	if (len < 0 || (size_t)len >= sizeof(address))
		return refuse(in, INVALID, "数据库的地址太长");
	const char *file = address + strlen("sqlite:");
	if (!w->db && !w->make && !file_exists(file))
		return refuse(in, NONE, "%s 里没有数据：请用 mingqian data init %s 建立",
			      in->office.data, in->office.data);
	int rc = db_open(address, &in->office.db);
	return rc == DB_OK ? OK : refuse_database(in, rc, "打不开数据库");
}

static int bring_up_to_date(struct opening *in)
{
	int rc = db_migrate(in->office.db, migrations, migration_count);

	switch (rc) {
	case DB_OK:
		return OK;
	case DB_NEWER:
		return refuse(in, UNAVAILABLE,
			      "数据库是更新版本的明签建立的：请用那个版本的程序打开");
	case DB_CHANGED:
		return refuse(in, UNAVAILABLE,
			      "数据库的结构与本程序不符：请用建立它的那个版本的程序打开");
	default:
		return refuse_database(in, rc, "无法准备数据库");
	}
}

/* A tag of the right seal key; it also binds whether the data are made up. */
static const char *seal_check(struct arena *a, const struct keys *keys, bool demo)
{
	const char *what = demo ? "demo" : "";
	char tag[KEYS_TAG];

	keys_tag(keys, seal_context, what, strlen(what), tag);
	return arena_str(a, tag);
}

static int add_office(struct db *db, void *arg)
{
	struct opening *in = arg;
	struct meta meta;

	TRY(meta_ensure(db, &meta));
	const char *origin =
		in->where->origin ? in->where->origin
				  : arena_printf(in->a, "mingqian/%.*s", ORIGIN_DIGITS, meta.epoch);
	struct office_row row = { origin, in->where->demo,
				  ledger_note_key(in->a, in->office.keys, origin),
				  seal_check(in->a, in->office.keys, in->where->demo) };
	TRY(office_row_add(db, &row));
	return ledger_tree_start(db);
}

static int make_office(struct opening *in)
{
	int rc = db_write(in->office.db, add_office, in);

	if (rc == DB_UNIQUE)
		return refuse(in, CONFLICT, "这里的数据库已经在用：不会重新建立");
	if (rc != DB_OK)
		return refuse_database(in, rc, "无法写数据库");
	return OK;
}

static int know_keys(struct opening *in, const struct office_row *row)
{
	const struct keys *keys = in->office.keys;

	if (!keys)
		return OK;
	if (strcmp(row->sign_key, ledger_note_key(in->a, keys, row->origin)) == 0 &&
	    strcmp(row->seal_check, seal_check(in->a, keys, row->demo)) == 0)
		return OK;
	if (strcmp(row->seal_check, seal_check(in->a, keys, !row->demo)) == 0)
		return refuse(
			in, INVALID,
			"数据库里“演示数据”的标记被人直接改过：请查明谁能写数据库，从备份恢复");
	return refuse(in, INVALID, "%s 里的密钥不是这个数据库的：请指明与它一起建立的密钥",
		      in->keys);
}

static int know_office(struct opening *in)
{
	struct office_row row;
	int rc = office_row_get(in->office.db, in->a, &row);

	if (rc == NONE)
		return refuse(in, NONE, "这个数据库还没有建立：请用 mingqian data init 建立");
	if (rc != OK)
		return refuse_database(in, rc, "读不了数据库");
	TRY(know_keys(in, &row));
	in->office.origin = row.origin;
	in->office.verifier_key = row.sign_key;
	in->office.demo = row.demo;
	return OK;
}

static int catch_up(struct opening *in)
{
	if (in->where->look)
		return OK;
	int64_t strangers; /* told after the next act, and by ledger verify */
	int rc = ledger_sequence(in->office.db, in->office.keys, &strangers);
	if (rc == INVALID)
		return refuse(in, rc, "%s", broken_tree);
	return rc == OK ? OK : refuse_database(in, rc, "无法给账簿的新条目编号");
}

static int have_work(struct opening *in)
{
	if (in->where->look)
		return OK;
	int rc = file_make_folder(in->office.work, 0700);
	if (rc != OK)
		return refuse(in, rc, "无法建立文件夹 %s：请检查权限和磁盘空间", in->office.work);
	work_folder_sweep(in->office.work);
	return OK;
}

static int open_all(struct opening *in)
{
	if (in->where->origin && !note_is_name(span_of(in->where->origin)))
		return refuse(in, INVALID, "账簿的名称不能有空格和加号，最长 256 字节");
	TRY(place(in));
	if (in->where->make)
		TRY(make_folders(in));
	TRY(check_writers(in));
	TRY(reach_database(in));
	if (!in->where->look)
		TRY(bring_up_to_date(in));
	if (in->where->make)
		TRY(make_keys(in));
	TRY(load_keys(in));
	if (in->where->make)
		TRY(make_office(in));
	TRY(know_office(in));
	TRY(have_work(in));
	return catch_up(in);
}

int office_open(struct arena *a, const struct office_where *where, struct office *ret,
		const char **ret_why)
{
	struct opening in = { .a = a, .where = where };

	in.office.actor = in.office.source = OFFICE_LOCAL;
	in.office.roles = in.office.counties = in.office.department = in.office.inspector = "";
	int rc = open_all(&in);
	if (rc != OK) {
		*ret_why = in.why;
		office_release(&in.office);
		return rc;
	}
	*ret = in.office;
	return OK;
}

void office_release(struct office *o)
{
	db_close(o->db);
	o->db = NULL;
	keys_free(o->keys);
	o->keys = NULL;
}

const char office_real_clock[] = "--now 只能用于演示数据（data init --demo）：正式数据用本机时钟";

int64_t office_now(const struct office *o)
{
	if (o->act_at != 0)
		return o->act_at;
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
		snprintf(o->why, sizeof(o->why), "%s", broken_tree);
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
	snprintf(o->why, sizeof(o->why), "现在的时间 %s 早于账簿最后一条的时间 %s：%s", here, last,
		 o->demo ? "请用更晚的 --now"
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

struct acting {
	struct office *o;
	db_work *work;
	void *arg;
};

/* The clock is read once the transaction has begun: to wait for others is not part of the act. */
static int act(struct db *db, void *arg)
{
	const struct acting *in = arg;

	in->o->act_at = 0;
	in->o->act_at = office_now(in->o);
	TRY(in->work(db, in->arg));
	return in->o->also ? in->o->also(db, in->o->also_arg) : OK;
}

static int write_and_number(struct office *o, db_work *work, void *arg)
{
	int64_t strangers;
	struct acting in = { o, work, arg };

	o->writing = true;
	o->checkpoint = false;
	int rc = db_write(o->db, act, &in);
	o->writing = false;
	o->act_at = 0;
	if (rc != DB_OK)
		return rc;
	if (ledger_sequence(o->db, o->keys, &strangers) != OK) {
		snprintf(o->why, sizeof(o->why), "已办妥；账簿的编号推迟到下一次办理");
		return OK;
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
	return OK;
}

int office_write(struct office *o, db_work *work, void *arg)
{
	if (o->writing)
		return db_write(o->db, work, arg);
	o->why[0] = 0;
	TRY(check_actor(o));
	TRY(check_clock(o));
	return write_and_number(o, work, arg);
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
	return write_and_number(o, accept_clock, &in);
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
	return ledger_mark_put(o->db, entry.id, entry.mark);
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
