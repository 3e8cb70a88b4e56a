/* test/app/office.c — making, opening and refusing an office; the one way of writing. */
#include "app/office.h"

#include "app/ledger_verify.h"
#include "base/status.h"
#include "store/ledger.h"
#include "store/ledger_document.h"

#include "../db/scene.h"
#include "office_world.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char entries[] = "select count(*) from ledger_entry";
static const char documents[] = "select count(*) from ledger_document";

/* Opens it and expects this code and these words in the sentence. */
static void refused(struct office_world *w, const struct office_where *where, int code,
		    const char *words)
{
	struct office o;
	const char *why = "";

	CHECK_INT(office_open(&w->arena, where, &o, &why), code);
	if (!CHECK(strstr(why, words) != NULL))
		printf("# %s\n", why);
}

static int mode_of(const char *folder, const char *name)
{
	char path[512];
	struct stat st;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return stat(path, &st) == 0 ? (int)(st.st_mode & 0777) : -1;
}

TEST(a_new_office_is_for_its_owner_only)
{
	struct office_world w;

	office_world_from_nothing(&w);
	CHECK_INT(mode_of(w.where.data, "keys"), 0700);
	CHECK_INT(mode_of(w.where.data, "work"), 0700);
	CHECK_INT(mode_of(w.where.data, "keys/seal.key"), 0600);
	CHECK_INT(mode_of(w.where.data, "keys/sign.key"), 0600);
	if (!scene_postgres())
		CHECK_INT(mode_of(w.where.data, "mingqian.db"), 0600);
	CHECK(w.office.demo);
	CHECK(strncmp(w.office.origin, "mingqian/", 9) == 0);
	CHECK_INT(office_now(&w.office), WORLD_START);
	office_world_release(&w);
}

TEST(an_office_is_made_once)
{
	struct office_world w;

	office_world_from_nothing(&w);
	w.where.make = true;
	refused(&w, &w.where, CONFLICT, "已经在用");
	w.where.make = false;
	office_release(&w.office);
	office_world_again(&w, &w.office);
	office_world_release(&w);
}

TEST(an_office_that_is_not_there_is_not_made_by_looking)
{
	struct office_world w;
	struct office_where nowhere = { .data = unit_folder() };

	office_world_init(&w);
	refused(&w, &nowhere, NONE, "data init");
	CHECK_INT(mode_of(nowhere.data, "mingqian.db"), -1);
	CHECK_INT(mode_of(nowhere.data, "work"), -1);
	office_world_release(&w);
}

TEST(keys_of_another_office_are_refused)
{
	struct office_world one, two;
	char keys[512];

	office_world_init(&one);
	office_world_init(&two);
	snprintf(keys, sizeof(keys), "%s/keys", two.where.data);
	struct office_where mixed = one.where;
	mixed.keys = keys;
	refused(&one, &mixed, INVALID, "不是这个数据库的");
	mixed.keys = unit_folder();
	refused(&one, &mixed, NONE, "seal.key");
	office_world_release(&one);
	office_world_release(&two);
}

TEST(data_do_not_become_made_up_by_hand)
{
	struct office_world w;
	struct office_where formal = { .data = unit_folder(), .make = true };
	struct office o;
	const char *why = "";

	office_world_init(&w);
	CHECK_INT(scene_run(w.office.db, "update office set demo = 0"), OK);
	refused(&w, &w.where, INVALID, "“演示数据”的标记被人直接改过");
	CHECK_INT(scene_run(w.office.db, "update office set demo = 1"), OK);
	if (!scene_postgres() && CHECK(office_open(&w.arena, &formal, &o, &why) == OK)) {
		CHECK(!o.demo);
		CHECK_INT(scene_run(o.db, "update office set demo = 1"), OK);
		office_release(&o);
		formal.make = false;
		refused(&w, &formal, INVALID, "“演示数据”的标记被人直接改过");
	}
	office_world_release(&w);
}

TEST(keys_that_others_may_read_are_refused)
{
	struct office_world w;
	char key[512];

	office_world_init(&w);
	snprintf(key, sizeof(key), "%s/keys/sign.key", w.where.data);
	CHECK_INT(chmod(key, 0640), 0);
	refused(&w, &w.where, FORBIDDEN, "chmod 600");
	CHECK_INT(chmod(key, 0600), 0);
	CHECK_INT(truncate(key, 31), 0);
	refused(&w, &w.where, INVALID, "32 字节");
	office_world_release(&w);
}

TEST(keys_that_are_no_files_of_ours_are_refused)
{
	struct office_world w;
	char key[512], away[512];

	office_world_init(&w);
	snprintf(key, sizeof(key), "%s/keys/sign.key", w.where.data);
	snprintf(away, sizeof(away), "%s/away", w.where.data);
	CHECK_INT(rename(key, away), 0);
	CHECK_INT(mkfifo(key, 0600), 0);
	refused(&w, &w.where, INVALID, "普通文件");
	CHECK_INT(unlink(key), 0);
	CHECK_INT(symlink(away, key), 0);
	refused(&w, &w.where, INVALID, "普通文件");
	CHECK_INT(unlink(key), 0);
	CHECK_INT(rename(away, key), 0);
	if (geteuid() == 0) {
		CHECK_INT(chown(key, 12345, 12345), 0);
		refused(&w, &w.where, FORBIDDEN, "不是您的");
	}
	office_world_release(&w);
}

TEST(what_others_may_write_is_refused)
{
	static const char *const names[] = { "", "keys", "mingqian.db" };
	struct office_world w;
	char path[512];
	struct stat st;

	office_world_init(&w);
	for (size_t i = 0; i < COUNT(names); i++) {
		snprintf(path, sizeof(path), "%s/%s", w.where.data, names[i]);
		if (stat(path, &st) != 0)
			continue; /* the database is a server's */
		CHECK_INT(chmod(path, st.st_mode | 02), 0);
		refused(&w, &w.where, FORBIDDEN, "chmod go-w");
		CHECK_INT(chmod(path, st.st_mode | 020), 0);
		refused(&w, &w.where, FORBIDDEN, "chmod go-w");
		CHECK_INT(chmod(path, st.st_mode), 0);
	}
	office_release(&w.office);
	office_world_again(&w, &w.office);
	office_world_release(&w);
}

TEST(looking_needs_no_keys)
{
	struct office_world w;
	char folder[512], away[512];
	struct office o;
	const char *why = "";

	office_world_init(&w);
	snprintf(folder, sizeof(folder), "%s/keys", w.where.data);
	snprintf(away, sizeof(away), "%s/away", w.where.data);
	CHECK_INT(rename(folder, away), 0);
	refused(&w, &w.where, NONE, "seal.key");
	w.where.look = true;
	if (CHECK(office_open(&w.arena, &w.where, &o, &why) == OK)) {
		CHECK(o.keys == NULL);
		CHECK_STR(o.verifier_key, w.office.verifier_key);
		office_release(&o);
	}
	office_world_release(&w);
}

TEST(a_name_that_no_note_can_bear_is_refused)
{
	struct office_world w;

	office_world_init(&w);
	struct office_where bad = { .data = unit_folder(), .make = true, .origin = "市 局" };
	refused(&w, &bad, INVALID, "空格");
	office_world_release(&w);
}

TEST(a_clock_set_back_is_refused)
{
	struct office_world w;

	office_world_init(&w);
	CHECK_INT(office_world_act(&w.office, "test.act", "a"), OK);
	w.office.fixed_now = WORLD_START - OFFICE_CLOCK_BACK_MS - 1;
	CHECK_INT(office_world_act(&w.office, "test.act", "b"), INVALID);
	CHECK(strstr(office_sentence(&w.office, INVALID), "早于账簿最后一条") != NULL);
	CHECK_INT(scene_number(w.office.db, entries), 1);
	w.office.fixed_now = WORLD_START - OFFICE_CLOCK_BACK_MS;
	CHECK_INT(office_world_act(&w.office, "test.act", "c"), OK);
	/* The latest time counts, not the last entry's. */
	w.office.fixed_now = WORLD_START - OFFICE_CLOCK_BACK_MS - 1;
	CHECK_INT(office_world_act(&w.office, "test.act", "d"), INVALID);
	office_world_release(&w);
}

TEST(a_clock_that_was_ahead_can_be_put_right)
{
	struct office_world w;
	struct ledger_report r;
	struct ledger_check check = { 0 };

	office_world_init(&w);
	CHECK_INT(office_accept_clock(&w.office, "for no reason"), CONFLICT);
	w.office.fixed_now = WORLD_START + INT64_C(864000000);
	CHECK_INT(office_world_act(&w.office, "test.act", "in the future"), OK);
	w.office.fixed_now = WORLD_START;
	CHECK_INT(office_world_act(&w.office, "test.act", "refused"), INVALID);
	CHECK_INT(office_accept_clock(&w.office, "电池换过，张三批准"), OK);
	CHECK_INT(office_world_act(&w.office, "test.act", "goes on"), OK);
	CHECK_INT(office_accept_clock(&w.office, "again"), CONFLICT);
	CHECK(strstr(w.office.why, "没有什么要更正") != NULL);
	CHECK_INT(scene_number(w.office.db, "select seq from ledger_entry where action ="
					    " 'clock.accept' and digest <> ''"),
		  1);
	CHECK_INT(ledger_verify(&w.office, &w.arena, &check, &r), OK);
	CHECK_INT(r.failed, 0);
	for (size_t i = 0; i < r.count; i++)
		if (strcmp(r.steps[i].name, "times") == 0)
			CHECK_INT(r.steps[i].mark, VERIFY_OK);
	office_world_release(&w);
}

TEST(nobody_acts_under_a_name_that_hides_something)
{
	struct office_world w;

	office_world_init(&w);
	w.office.actor = "张三\u200b";
	CHECK_INT(office_world_act(&w.office, "test.act", "a"), INVALID);
	CHECK(strstr(office_sentence(&w.office, INVALID), "看不见的字符") != NULL);
	CHECK_INT(office_accept_clock(&w.office, "换过电池"), INVALID);
	w.office.actor = "";
	CHECK_INT(office_world_act(&w.office, "test.act", "b"), INVALID);
	CHECK_INT(scene_number(w.office.db, entries), 0);
	w.office.actor = "张三";
	CHECK_INT(office_accept_clock(&w.office, " \u3000"), INVALID);
	CHECK_INT(office_world_act(&w.office, "test.act", "c"), OK);
	office_world_release(&w);
}

static int fail_after_logging(struct db *db, void *arg)
{
	char digest[OFFICE_DIGEST];

	(void)db;
	TRY(office_document(arg, "kept?", 5, digest));
	TRY(office_log(arg, "test.act", "undone", digest));
	return FORBIDDEN;
}

TEST(what_fails_leaves_no_entry)
{
	struct office_world w;

	office_world_init(&w);
	CHECK_INT(office_write(&w.office, fail_after_logging, &w.office), FORBIDDEN);
	CHECK_INT(scene_number(w.office.db, entries), 0);
	CHECK_INT(scene_number(w.office.db, documents), 0);
	CHECK_INT(office_log(&w.office, "test.act", "outside", NULL), DB_READ_ONLY);
	office_world_release(&w);
}

/* An entry that cannot be written takes its act with it: here its digest has the wrong length. */
static int act_with_bad_entry(struct db *db, void *arg)
{
	char digest[OFFICE_DIGEST];

	(void)db;
	TRY(office_document(arg, "act", 3, digest));
	return office_log(arg, "test.act", "bad", "abc");
}

TEST(an_act_whose_entry_cannot_be_written_does_not_happen)
{
	struct office_world w;

	office_world_init(&w);
	CHECK_INT(office_write(&w.office, act_with_bad_entry, &w.office), DB_CHECK);
	CHECK_INT(scene_number(w.office.db, documents), 0);
	office_world_release(&w);
}

TEST(every_code_has_a_chinese_sentence)
{
	struct office o = { 0 };

	CHECK_STR(office_sentence(&o, OK), "");
	for (int code = DB_NEWER; code <= NONE; code++) {
		if (code > DB_UNIQUE && code < CANCELLED)
			continue;
		unit_check((office_sentence(&o, code)[0] & 0x80) != 0, __FILE__, __LINE__,
			   "%d has “%s”", code, office_sentence(&o, code));
	}
	snprintf(o.why, sizeof(o.why), "更具体的");
	CHECK_STR(office_sentence(&o, INVALID), "更具体的");
}

static int log_a_long_text(struct db *db, void *arg)
{
	char long_text[4098];

	(void)db;
	memset(long_text, 'x', sizeof(long_text));
	long_text[4097] = 0;
	CHECK_INT(office_log(arg, "test.act", long_text, NULL), TOO_LARGE);
	return office_log(arg, "test.act", long_text + 1, NULL);
}

TEST(an_entry_has_short_texts)
{
	struct office_world w;

	office_world_init(&w);
	CHECK_INT(office_write(&w.office, log_a_long_text, &w.office), OK);
	office_world_release(&w);
}

static int outer(struct db *db, void *arg)
{
	struct office *o = arg;

	(void)db;
	CHECK_INT(office_write(o, fail_after_logging, o), FORBIDDEN);
	return office_world_act(o, "test.inner", "x");
}

TEST(a_write_inside_a_write_is_part_of_it)
{
	struct office_world w;

	office_world_init(&w);
	CHECK_INT(office_write(&w.office, outer, &w.office), OK);
	CHECK_INT(scene_number(w.office.db, entries), 1);
	CHECK_INT(scene_number(w.office.db, "select seq from ledger_entry"), 0);
	CHECK(!w.office.writing);
	office_world_release(&w);
}

struct document {
	struct office *o;
	const char *at;
	size_t len;
	char digest[OFFICE_DIGEST];
};

static int keep_document(struct db *db, void *arg)
{
	struct document *d = arg;

	(void)db;
	TRY(office_document(d->o, d->at, d->len, d->digest));
	return office_log(d->o, "test.document", "d", d->digest);
}

TEST(documents_come_back_by_digest)
{
	struct office_world w;
	size_t sizes[] = { 0, 1, 1 << 20, (2 << 20) + 3 }, len;
	char *big = must_alloc((2 << 20) + 3), *back;
	uint64_t state = 1;

	office_world_init(&w);
	for (size_t i = 0; i < (2 << 20) + 3; i++)
		big[i] = (char)unit_random(&state);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		struct document d = { .o = &w.office, .at = big, .len = sizes[i] };
		CHECK_INT(office_write(&w.office, keep_document, &d), OK);
		CHECK_INT(office_write(&w.office, keep_document, &d), OK);
		if (!CHECK(ledger_document_get(w.office.db, &w.arena, d.digest, 4 << 20, &back,
					       &len) == OK))
			continue;
		CHECK(len == sizes[i] && memcmp(back, big, len) == 0);
		if (len > 0)
			CHECK_INT(ledger_document_get(w.office.db, &w.arena, d.digest, len - 1,
						      &back, &len),
				  TOO_LARGE);
	}
	CHECK_INT(scene_number(w.office.db, documents), 4);
	CHECK_INT(ledger_document_get(w.office.db, &w.arena, "00", 1, &back, &len), NONE);
	free(big);
	office_world_release(&w);
}
