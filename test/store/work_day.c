/* test/store/work_day.c — the last version of each year. */
#include "store/work_day.h"

#include "base/status.h"
#include "db/migrate.h"

#include "scene.h"
#include "unit.h"

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

struct adding {
	struct work_calendar_row row;
	int64_t version;
};

static int add_work(struct db *db, void *arg)
{
	struct adding *in = arg;

	return work_calendar_add(db, &in->row, &in->version);
}

static int64_t add(struct db *db, int64_t year, const char *cells)
{
	struct adding in = { .row = { 0, year, 0, cells, DIGEST, 1700000000000, "甲", "通知",
				      "a.csv" } };

	CHECK_INT(db_write(db, add_work, &in), DB_OK);
	return in.version;
}

TEST(the_last_calendar_of_each_year_is_listed)
{
	CLEANUP(arena_release) struct arena a;
	CLEANUP(db_closep) struct db *db = scene_again(scene_migrated());
	struct work_calendar_rows rows = { 0 };

	arena_init(&a);
	CHECK_INT(work_calendar_list(db, &a, (int64_t[]){ 1970, 9999 }, 10, &rows), DB_OK);
	CHECK_INT(rows.count, 0);
	CHECK_INT(add(db, 2026, "one"), 1);
	CHECK_INT(add(db, 2025, "two"), 1);
	CHECK_INT(add(db, 2026, "three"), 2);
	CHECK_INT(work_calendar_list(db, &a, (int64_t[]){ 1970, 9999 }, 10, &rows), DB_OK);
	CHECK_INT(rows.count, 2);
	CHECK_INT(rows.at[0].year, 2025);
	CHECK_STR(rows.at[1].cells, "three");
	CHECK_INT(rows.at[1].version, 2);
	CHECK_STR(rows.at[1].file, "a.csv");
	CHECK_INT(work_calendar_list(db, &a, (int64_t[]){ 2026, 2027 }, 10, &rows), DB_OK);
	CHECK_INT(rows.count, 1);
	CHECK_INT(work_calendar_list(db, &a, (int64_t[]){ 1970, 9999 }, 1, &rows), DB_OK);
	CHECK_INT(rows.count, 1);
}
