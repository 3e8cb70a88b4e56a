/* test/db/load.c — many rows at once: the same values and the same errors as single inserts. */
#include "db/load.h"

#include "base/status.h"
#include "db/engine.h"

#include "scene.h"
#include "unit.h"

#include <libpq-fe.h>
#include <stdio.h>

static const char into_thing[] = "insert into thing (name, size, body) values ($1, $2, $3)";

struct rows {
	int64_t count, done;
	int64_t bad; /* this row breaks `what` */
	int what;    /* DB_UNIQUE, DB_CHECK, DB_NOT_NULL, DB_BAD_TEXT, or a code to give up with */
	int64_t loaded;
	struct db *db, *killer;
	char name[40];
};

static int next(void *arg, struct db_cell *cell)
{
	struct rows *r = arg;

	if (r->done == r->count)
		return DB_OK;
	bool bad = ++r->done == r->bad;
	snprintf(r->name, sizeof(r->name), "企业 %lld",
		 bad && r->what == DB_UNIQUE ? 1 : (long long)r->done);
	cell[0] = (struct db_cell){ .at = r->name, .len = strlen(r->name) };
	cell[1].number = bad && r->what == DB_CHECK ? -1 : r->done;
	cell[2] = (struct db_cell){ .at = "\0\xff", .len = 2 };
	if (bad && r->what == DB_BAD_TEXT)
		cell[0].at = "\xff\xfe\xfd";
	if (bad && r->what == DB_NOT_NULL)
		cell[1].null = true;
	if (bad && r->what == DB_CANCELLED)
		db_cancel(r->db);
	return bad && (r->what == INVALID || r->what == NONE) ? r->what : DB_ROW;
}

static int load_things(struct db *db, void *arg)
{
	struct rows *r = arg;

	r->done = 0;
	r->db = db;
	return db_load(db, into_thing, "tib", next, r, &r->loaded);
}

TEST(a_load_inserts_what_single_inserts_would)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	struct db *db = scene_open(NULL);
	struct rows rows = { .count = 5000 };
	size_t len = 0;

	CHECK_INT(db_write(db, load_things, &rows), DB_OK);
	CHECK_INT(rows.loaded, 5000);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 5000);
	CHECK_INT(scene_number(db, "select cast(sum(size) as bigint) from thing"), 12502500);
	CHECK_INT(db_query(db, &r, "select name, size, body from thing where size = $1", "i",
			   (int64_t)777),
		  DB_OK);
	CHECK_INT(db_next(r), DB_ROW);
	CHECK_STR(db_text(r, 0), "企业 777");
	CHECK_INT(db_i64(r, 1), 777);
	CHECK(memcmp(db_bytes(r, 2, &len), "\0\xff", 2) == 0 && len == 2);
	db_rows_freep(&r);
	db_close(db);
}

/* What PostgreSQL knows of a table's rows; it looks for itself only minutes later. */
TEST(a_table_that_grew_is_looked_at)
{
	if (!scene_postgres()) {
		unit_skip("SQLite plans without");
		return;
	}
	struct db *db = scene_open(NULL);
	struct rows rows = { .count = 20000, .bad = 20000, .what = INVALID };
	const char *known =
		"select cast(reltuples as bigint) from pg_class where relname = 'thing'";
	int64_t before = scene_number(db, known);

	CHECK_INT(db_write(db, load_things, &rows), INVALID);
	CHECK_INT(scene_number(db, known), before);
	rows.bad = 0;
	CHECK_INT(db_write(db, load_things, &rows), DB_OK);
	CHECK_INT(scene_number(db, known), 20000);
	db_close(db);
}

TEST(an_empty_load_inserts_nothing)
{
	struct db *db = scene_open(NULL);
	struct rows rows = { .count = 0, .loaded = -1 };

	CHECK_INT(db_write(db, load_things, &rows), DB_OK);
	CHECK_INT(rows.loaded, 0);
	db_close(db);
}

static int big_next(void *arg, struct db_cell *cell)
{
	static char big[300000];
	int64_t *left = arg;

	memset(big, 'b', sizeof(big));
	if (--*left < 0)
		return DB_OK;
	cell[0] = (struct db_cell){ .at = NULL };
	cell[1].number = *left;
	cell[2] = (struct db_cell){ .at = big, .len = *left == 1 ? 0 : sizeof(big) };
	return DB_ROW;
}

static int load_big(struct db *db, void *arg)
{
	int64_t left = 3;

	(void)arg;
	return db_load(db, into_thing, "tib", big_next, &left, NULL);
}

TEST(nulls_empty_and_large_values_load)
{
	struct db *db = scene_open(NULL);

	CHECK_INT(db_write(db, load_big, NULL), DB_OK);
	CHECK_INT(scene_number(db, "select count(*) from thing where name is null"), 3);
	CHECK_INT(scene_number(db, "select count(*) from thing where length(body) = 300000"), 2);
	CHECK_INT(scene_number(db, "select count(*) from thing where length(body) = 0"), 1);
	db_close(db);
}

TEST(a_row_that_is_refused_refuses_the_load)
{
	static const int codes[] = { DB_UNIQUE, DB_CHECK, DB_NOT_NULL, DB_BAD_TEXT, INVALID, NONE };
	struct db *db = scene_open(NULL);

	for (size_t i = 0; i < COUNT(codes); i++) {
		struct rows rows = { .count = 3000, .bad = 2000, .what = codes[i], .loaded = -1 };
		CHECK_INT(db_write(db, load_things, &rows), codes[i]);
		CHECK_INT(rows.loaded, -1);
		CHECK_INT(scene_number(db, "select count(*) from thing"), 0);
	}
	struct rows good = { .count = 10 };
	CHECK_INT(db_write(db, load_things, &good), DB_OK);
	db_close(db);
}

struct nested {
	int inner, after;
};

static int load_nested(struct db *db, void *arg)
{
	struct nested *n = arg;
	struct rows rows = { .count = 10, .bad = 5, .what = DB_UNIQUE };

	TRY(db_run(db, "insert into thing (name) values ('before')", ""));
	n->inner = db_write(db, load_things, &rows);
	n->after = db_run(db, "insert into thing (name) values ('after')", "");
	return n->after;
}

TEST(a_refused_load_in_a_savepoint_is_undone_alone)
{
	struct db *db = scene_open(NULL);
	struct nested n;

	CHECK_INT(db_write(db, load_nested, &n), DB_OK);
	CHECK_INT(n.inner, DB_UNIQUE);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 2);
	db_close(db);
}

TEST(a_cancelled_load_leaves_nothing)
{
	struct db *db = scene_open(NULL);
	struct rows rows = { .count = 100000, .bad = 5000, .what = DB_CANCELLED };

	CHECK_INT(db_write(db, load_things, &rows), DB_CANCELLED);
	CHECK(rows.done <= 5001);
	db_limit(db, 0);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 0);
	db_close(db);
}

static int load_without_write(struct db *db, void *arg)
{
	struct rows rows = { .count = 1 };

	*(int *)arg = load_things(db, &rows);
	return DB_OK;
}

TEST(a_load_outside_a_write_is_refused)
{
	struct db *db = scene_open(NULL);
	struct rows rows = { .count = 1 };
	int inside = 0;

	CHECK_INT(load_things(db, &rows), DB_READ_ONLY);
	CHECK_INT(db_read(db, load_without_write, &inside), DB_READ_ONLY);
	CHECK_INT(inside, DB_READ_ONLY);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 0);
	db_close(db);
}

static int load_words(struct db *db, void *arg)
{
	struct rows rows = { .count = 0 };

	return db_load(db, arg, "ti", next, &rows, NULL);
}

TEST(a_load_of_another_form_is_refused)
{
	static const char *const forms[] = {
		"insert into thing (name, size) values ($2, $1)",
		"insert into thing (name, size) values ($1, 1)",
		"insert into thing values ($1, $2)",
		"insert into thing (name, size) select $1, $2",
		"insert into thing (name, size) values ($1, $2) returning id",
		"insert into thing (name, size, body) values ($1, $2, $3)",
		"update thing set name = $1, size = $2",
	};
	struct db *db = scene_open(NULL);

	for (size_t i = 0; i < COUNT(forms); i++)
		CHECK_INT(db_write(db, load_words, (char *)(uintptr_t)forms[i]), DB_WRONG);
	db_close(db);
}

static int use_meanwhile(void *arg, struct db_cell *cell)
{
	struct rows *r = arg;

	(void)cell;
	r->what = db_run(r->db, "select 1", "");
	return DB_OK;
}

static int load_and_use(struct db *db, void *arg)
{
	struct rows *r = arg;

	r->db = db;
	return db_load(db, into_thing, "tib", use_meanwhile, r, NULL);
}

TEST(the_connection_is_busy_during_a_load)
{
	struct db *db = scene_open(NULL);
	struct rows rows = { .count = 0 };

	CHECK(db_write(db, load_and_use, &rows) != DB_OK || rows.what == DB_WRONG);
	CHECK_INT(rows.what, DB_WRONG);
	db_close(db);
}

static int kill_and_go_on(void *arg, struct db_cell *cell)
{
	struct rows *r = arg;
	char sql[80];

	if (r->done == 1000) {
		snprintf(sql, sizeof(sql), "select pg_terminate_backend(%d)",
			 PQbackendPID(r->db->handle));
		CHECK_INT(scene_number(r->killer, sql), 1);
	}
	return next(arg, cell);
}

static int load_and_lose(struct db *db, void *arg)
{
	struct rows *r = arg;

	r->db = db;
	r->done = 0;
	return db_load(db, into_thing, "tib", kill_and_go_on, r, NULL);
}

TEST(a_connection_lost_during_a_load_is_reported)
{
	const char *address;

	if (!scene_postgres()) {
		unit_skip("a file's connection cannot be lost");
		return;
	}
	struct db *db = scene_open(&address);
	struct rows rows = { .count = 200000, .killer = scene_again(address) };

	CHECK_INT(db_write(db, load_and_lose, &rows), DB_LOST);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 0);
	db_close(rows.killer);
	db_close(db);
}
