/* test/store/rule_set.c — versions pile up; the last one decides what is in force. */
#include "store/rule_set.h"

#include "base/status.h"
#include "db/migrate.h"

#include "scene.h"
#include "unit.h"

#define DIGEST "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

struct adding {
	struct rule_set_row row;
	int64_t version;
};

static int add_work(struct db *db, void *arg)
{
	struct adding *in = arg;

	return rule_set_row_add(db, &in->row, &in->version);
}

static int64_t add(struct db *db, const char *name, int64_t from, int64_t to, bool withdrawn)
{
	struct adding in = { .row = { .name = name,
				      .title = "试",
				      .body = "局",
				      .level = "city",
				      .from = from,
				      .to = to,
				      .withdrawn = withdrawn,
				      .cells = "{}",
				      .digest = DIGEST,
				      .at = 1700000000000,
				      .actor = "甲",
				      .reason = "年度",
				      .file = "a.json" } };

	CHECK_INT(db_write(db, add_work, &in), DB_OK);
	return in.version;
}

static struct db *fresh(void)
{
	return scene_again(scene_migrated());
}

TEST(rule_set_versions_are_kept)
{
	CLEANUP(arena_release) struct arena a;
	CLEANUP(db_closep) struct db *db = fresh();
	struct rule_set_row row = { 0 };
	struct rule_set_rows rows = { 0 };

	arena_init(&a);
	CHECK_INT(rule_set_row_get(db, &a, "x", 0, &row), NONE);
	CHECK_INT(add(db, "x", 100, 200, false), 1);
	CHECK_INT(add(db, "x", 100, RULE_ROW_OPEN, false), 2);
	CHECK_INT(add(db, "a", RULE_ROW_OPEN, RULE_ROW_OPEN, false), 1);
	CHECK_INT(rule_set_row_get(db, &a, "x", 0, &row), DB_OK);
	CHECK_INT(row.version, 2);
	CHECK_INT(row.from, 100);
	CHECK_INT(row.to, RULE_ROW_OPEN);
	CHECK_STR(row.actor, "甲");
	CHECK_STR(row.digest, DIGEST);
	CHECK_INT(row.at, 1700000000000);
	CHECK_INT(rule_set_row_get(db, &a, "x", 1, &row), DB_OK);
	CHECK_INT(row.to, 200);
	CHECK_INT(rule_set_row_get(db, &a, "x", 3, &row), NONE);
	CHECK_INT(rule_set_row_list(db, &a, 10, &rows), DB_OK);
	CHECK_INT(rows.count, 2);
	CHECK_STR(rows.at[0].name, "a");
	CHECK_INT(rows.at[1].version, 2);
	CHECK_INT(rule_set_row_list(db, &a, 1, &rows), DB_OK);
	CHECK_INT(rows.count, 1);
	CHECK_INT(rule_set_row_versions(db, &a, "x", 10, &rows), DB_OK);
	CHECK_INT(rows.count, 2);
	CHECK_INT(rows.at[0].version, 2);
}

TEST(rule_sets_are_in_force_on_days_of_their_last_version)
{
	CLEANUP(arena_release) struct arena a;
	CLEANUP(db_closep) struct db *db = fresh();
	struct rule_set_rows rows = { 0 };

	arena_init(&a);
	add(db, "old", 100, 200, false);
	add(db, "new", 150, RULE_ROW_OPEN, false);
	add(db, "always", RULE_ROW_OPEN, RULE_ROW_OPEN, false);
	CHECK_INT(rule_set_row_on(db, &a, "city", 99, 10, &rows), DB_OK);
	CHECK_INT(rows.count, 1);
	CHECK_STR(rows.at[0].name, "always");
	CHECK_INT(rule_set_row_on(db, &a, "city", 200, 10, &rows), DB_OK);
	CHECK_INT(rows.count, 3);
	CHECK_STR(rows.at[0].name, "new");
	CHECK_STR(rows.at[1].name, "old");
	CHECK_STR(rows.at[2].name, "always");
	CHECK_INT(rule_set_row_on(db, &a, "city", 201, 10, &rows), DB_OK);
	CHECK_INT(rows.count, 2);
	CHECK_INT(rule_set_row_on(db, &a, "county", 200, 10, &rows), DB_OK);
	CHECK_INT(rows.count, 0);
	/* A later version moves the days, or ends it all. */
	add(db, "old", 100, 120, false);
	CHECK_INT(rule_set_row_on(db, &a, "city", 200, 10, &rows), DB_OK);
	CHECK_INT(rows.count, 2);
	add(db, "new", 150, RULE_ROW_OPEN, true);
	CHECK_INT(rule_set_row_on(db, &a, "city", 200, 10, &rows), DB_OK);
	CHECK_INT(rows.count, 1);
	CHECK_STR(rows.at[0].name, "always");
}
