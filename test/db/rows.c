/* test/db/rows.c — results: streamed, one at a time, released early; statements kept and let go. */
#include "db/engine.h"

#include "scene.h"
#include "unit.h"

#include <stdio.h>
#include <sys/resource.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static long memory_kb(void)
{
	struct rusage use;

	getrusage(RUSAGE_SELF, &use);
	return use.ru_maxrss;
}

TEST(a_hundred_thousand_rows_stream_in_bounded_memory)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	struct db *db = scene_open(NULL);
	char pad[1001];
	int64_t sum = 0, count = 0;

	memset(pad, 'x', sizeof(pad) - 1);
	pad[sizeof(pad) - 1] = '\0';
	long before = memory_kb();
	CHECK_INT(db_query(db, &r,
			   "with recursive n(i) as (values (cast(1 as bigint)) union all "
			   "select i + 1 from n where i < $1) select i, $2 from n",
			   "it", (int64_t)100000, pad),
		  DB_OK);
	while (db_next(r) == DB_ROW) {
		sum += db_i64(r, 0);
		count += strlen(db_text(r, 1)) == 1000;
	}
	CHECK_INT(db_next(r), DB_OK);
	CHECK_INT(sum, 5000050000);
	CHECK_INT(count, 100000);
	if (!SANITIZED)
		CHECK(memory_kb() - before < 20000);
	db_close(db);
}

TEST(a_result_released_early_frees_the_connection)
{
	struct db *db = scene_open(NULL);
	struct db_rows *r = NULL;

	CHECK_INT(db_query(db, &r,
			   "with recursive n(i) as (values (cast(1 as bigint)) union all "
			   "select i + 1 from n where i < 20000) select i from n",
			   ""),
		  DB_OK);
	CHECK_INT(db_next(r), DB_ROW);
	db_rows_freep(&r);
	CHECK(!r);
	CHECK_INT(scene_number(db, "select 7"), 7);
	db_close(db);
}

TEST(a_second_result_is_refused_while_one_is_open)
{
	struct db *db = scene_open(NULL);
	struct db_rows *first = NULL, *second = NULL;

	CHECK_INT(db_query(db, &first, "values (1), (2)", ""), DB_OK);
	CHECK_INT(db_next(first), DB_ROW);
	CHECK_INT(db_query(db, &second, "select 3", ""), DB_WRONG);
	CHECK(!second);
	CHECK_INT(db_next(first), DB_ROW);
	CHECK_INT(db_i64(first, 0), 2);
	CHECK_INT(db_next(first), DB_OK);
	CHECK_INT(db_query(db, &second, "select 3", ""), DB_OK);
	CHECK_INT(db_next(first), DB_OK); /* an old result does not disturb the new one */
	db_rows_freep(&first);
	CHECK_INT(db_next(second), DB_ROW);
	CHECK_INT(db_i64(second, 0), 3);
	db_rows_freep(&second);
	db_close(db);
}

TEST(a_connection_closes_its_open_result)
{
	struct db *db = scene_open(NULL);
	struct db_rows *r = NULL;

	CHECK_INT(db_query(db, &r, "values (1), (2)", ""), DB_OK);
	db_rows_free(r);
	db_close(db);
	db_close(NULL);
}

static size_t cached(const struct db *db)
{
	size_t n = 0;

	for (size_t i = 0; i < DB_CACHE; i++)
		n += db->cache[i].literal != NULL;
	return n;
}

TEST(statements_are_kept_by_literal_and_the_oldest_goes)
{
	struct db *db = scene_open(NULL);
	static char sql[3 * DB_CACHE][40];
	size_t before = cached(db);

	for (int i = 0; i < 20; i++)
		CHECK_INT(scene_number(db, "select 42"), 42);
	CHECK_INT(cached(db), before + 1);
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 3 * DB_CACHE; i++) {
			snprintf(sql[i], sizeof(sql[i]), "select %d", i);
			CHECK_INT(scene_number(db, sql[i]), i);
		}
	}
	CHECK_INT(cached(db), DB_CACHE);
	if (scene_postgres())
		CHECK(scene_number(db, "select count(*) from pg_prepared_statements") <= DB_CACHE);
	db_close(db);
}

TEST(another_text_or_type_at_the_same_address_is_another_statement)
{
	struct db *db = scene_open(NULL);
	char sql[40] = "select 1";
	static const char typed[] = "select $1";
	struct db_rows *r = NULL;

	CHECK_INT(scene_number(db, sql), 1);
	memcpy(sql, "select 2", 9);
	CHECK_INT(scene_number(db, sql), 2);
	CHECK_INT(db_query(db, &r, typed, "i", (int64_t)5), DB_OK);
	db_rows_freep(&r);
	CHECK_INT(db_query(db, &r, typed, "t", "five"), DB_OK);
	CHECK_INT(db_next(r), DB_ROW);
	CHECK_STR(db_text(r, 0), "five");
	db_rows_freep(&r);
	db_close(db);
}
