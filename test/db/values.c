/* test/db/values.c — what goes in comes out, the same on both engines; what cannot is the same code. */
#include "base/arena.h"

#include "scene.h"
#include "unit.h"

#include <stdlib.h>

/* Sends one value through the database and back. */
TEST(numbers_keep_their_limits)
{
	static const int64_t numbers[] = { INT64_MIN, -1, 0, 1, 1LL << 53, INT64_MAX };
	struct db *db = scene_open(NULL);

	for (size_t i = 0; i < COUNT(numbers); i++) {
		CLEANUP(db_rows_freep) struct db_rows *r = NULL;

		CHECK_INT(db_query(db, &r, "select $1, $2", "iI", numbers[i], &numbers[i]), DB_OK);
		CHECK_INT(db_next(r), DB_ROW);
		CHECK_INT(db_i64(r, 0), numbers[i]);
		CHECK_INT(db_i64(r, 1), numbers[i]);
	}
	db_close(db);
}

TEST(truth_is_0_and_1)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	struct db *db = scene_open(NULL);

	CHECK_INT(db_query(db, &r, "select $1 = 7, $1 > 7, $1 in (1, 7), $1 is null", "i",
			   (int64_t)7),
		  DB_OK);
	CHECK_INT(db_next(r), DB_ROW);
	CHECK_INT(db_i64(r, 0), 1);
	CHECK_INT(db_i64(r, 1), 0);
	CHECK_INT(db_i64(r, 2), 1);
	CHECK_INT(db_i64(r, 3), 0);
	db_rows_freep(&r);
	db_close(db);
}

TEST(null_differs_from_empty)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	struct db *db = scene_open(NULL);
	size_t len = 9;

	CHECK_INT(db_query(db, &r, "select $1, $2, $3, $4, $5, $6, $7", "ttTbbIT", NULL, "", "",
			   (size_t)0, NULL, (size_t)0, "", (size_t)0, NULL, NULL, (size_t)0),
		  DB_OK);
	CHECK_INT(db_next(r), DB_ROW);
	CHECK(db_null(r, 0));
	CHECK_STR(db_text(r, 0), "");
	CHECK_INT(db_i64(r, 1), 0); /* of another type */
	CHECK(!db_bytes(r, 1, &len) && len == 0);
	CHECK(!db_null(r, 1));
	CHECK_STR(db_text(r, 1), "");
	CHECK_STR(db_text(r, 2), "");
	CHECK(db_null(r, 3) && !db_bytes(r, 3, &len) && len == 0);
	CHECK(!db_null(r, 4) && db_bytes(r, 4, &len) && len == 0);
	CHECK(db_null(r, 5) && db_i64(r, 5) == 0);
	CHECK(db_null(r, 6));
	db_rows_freep(&r);
	db_close(db);
}

static int put_body(struct db *db, void *arg)
{
	const unsigned char *all = arg;

	return db_run(db, "insert into thing (name, body) values ($1, $2)", "tb", "保定市", all,
		      (size_t)256);
}

TEST(bytes_of_every_value_and_text_of_every_plane_are_kept)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	struct db *db = scene_open(NULL);
	unsigned char all[256];
	size_t len;

	for (int i = 0; i < 256; i++)
		all[i] = (unsigned char)i;
	CHECK_INT(db_write(db, put_body, all), DB_OK);
	CHECK_INT(db_query(db, &r, "select name, body, $1 from thing where body = $2", "tb",
			   "a\xf0\xa0\x80\x80\xef\xbf\xbf\x01", all, sizeof(all)),
		  DB_OK);
	CHECK_INT(db_next(r), DB_ROW);
	CHECK_STR(db_text(r, 0), "保定市");
	const void *at = db_bytes(r, 1, &len);
	CHECK(len == 256 && memcmp(at, all, 256) == 0);
	CHECK_STR(db_text(r, 2), "a\xf0\xa0\x80\x80\xef\xbf\xbf\x01");
	CHECK_INT(db_next(r), DB_OK);
	CHECK_INT(db_next(r), DB_OK);
	db_close(db);
}

TEST(text_that_is_no_utf8_or_has_a_nul_is_refused)
{
	static const char *const wrong[] = { "\xff", "a\xc0\x80", "\xed\xa0\x80",
					     "\xf4\x90\x80\x80", "\xe4\xbf" };
	struct db *db = scene_open(NULL);
	struct db_rows *r = NULL;

	for (size_t i = 0; i < COUNT(wrong); i++)
		CHECK_INT(db_query(db, &r, "select $1", "t", wrong[i]), DB_BAD_TEXT);
	CHECK_INT(db_query(db, &r, "select $1", "T", "a\0b", (size_t)3), DB_BAD_TEXT);
	CHECK(!r);
	CHECK_INT(scene_number(db, "select 5"), 5);
	db_close(db);
}

TEST(large_values_pass)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	struct db *db = scene_open(NULL);
	size_t size = 5000000, len;
	char *big = must_alloc(size);

	memset(big, 'x', size);
	CHECK_INT(db_query(db, &r, "select $1, $2", "Tb", big, size, big, size), DB_OK);
	CHECK_INT(db_next(r), DB_ROW);
	CHECK_INT(strlen(db_text(r, 0)), size);
	CHECK(db_bytes(r, 1, &len) && len == size);
	db_rows_freep(&r);
	free(big);
	db_close(db);
}

TEST(parameters_may_repeat_and_come_in_any_order)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	struct db *db = scene_open(NULL);

	CHECK_INT(db_query(db, &r,
			   "select $3, $1, $3, '$2', \"$9\".a, $2 from (select 4 as a) as \"$9\" "
			   "/* $7 */ -- $8",
			   "iti", (int64_t)1, "two", (int64_t)3),
		  DB_OK);
	CHECK_INT(db_next(r), DB_ROW);
	CHECK_INT(db_i64(r, 0), 3);
	CHECK_INT(db_i64(r, 1), 1);
	CHECK_INT(db_i64(r, 2), 3);
	CHECK_STR(db_text(r, 3), "$2");
	CHECK_INT(db_i64(r, 4), 4);
	CHECK_STR(db_text(r, 5), "two");
	db_rows_freep(&r);
	db_close(db);
}

/* A table, not literals: these texts are wrong on purpose. */
TEST(mistakes_in_sql_are_wrong_on_both)
{
	static const struct {
		const char *sql, *kinds;
	} wrong[] = {
		{ "selec 1", "" },
		{ "select nothing from thing", "" },
		{ "select \"nothing\" from thing", "" },
		{ "select 1; select 2", "" },
		{ "select 'a", "" },
		{ "select ?1", "i" },
		{ "select $1", "" },
		{ "select 1", "i" },
		{ "select $2", "i" },
		{ "select $01", "i" },
		{ "select 5::bigint", "" },
		{ "select E'\\''", "" },
		{ "select x'00'", "" },
		{ "select $$a$$", "" },
		{ "select /* /* */ 1", "" },
		{ "select 1.5", "" },
		{ "begin", "" },
		{ "commit", "" },
		{ "create table t (a int)", "" },
		{ "pragma user_version", "" },
		{ "set timezone = 'UTC'", "" },
		{ "", "" },
		{ "select $1", "x" },
	};
	struct db *db = scene_open(NULL);
	struct db_rows *r = NULL;

	for (size_t i = 0; i < COUNT(wrong); i++) {
		int rc = db_query(db, &r, wrong[i].sql, wrong[i].kinds, (int64_t)1);

		unit_check(rc == DB_WRONG, __FILE__, __LINE__, "%s gives %d", wrong[i].sql, rc);
		CHECK(*db_error_text(db));
		if (rc == DB_OK)
			db_rows_free(r);
	}
	CHECK_INT(scene_number(db, "select 1;"), 1);
	db_close(db);
}

static int wrong_types(struct db *db, void *arg)
{
	(void)arg;
	return db_run(db, "insert into thing (size) values ($1)", "t", "many");
}

TEST(text_does_not_fit_into_a_number)
{
	struct db *db = scene_open(NULL);

	CHECK_INT(db_write(db, wrong_types, NULL), DB_WRONG);
	db_close(db);
}

TEST(text_is_ordered_by_bytes_and_like_minds_case)
{
	struct db *db = scene_open(NULL);

	CHECK_INT(scene_number(db, "select case when 'B' < 'a' and 'Z' < '中' then 1 else 0 end"),
		  1);
	CHECK_INT(scene_number(db, "select case when 'abc' like 'A%' then 1 else 0 end"), 0);
	db_close(db);
}
