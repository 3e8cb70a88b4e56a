/* test/store/plan.c — rows of plans, their versions, lines and extensions, and of openings, on both engines. */
#include "store/plan.h"

#include "base/status.h"
#include "db/migrate.h"
#include "store/plan_line.h"
#include "store/plan_opening.h"

#include "scene.h"
#include "unit.h"

static struct plan_row plan = { .id = "P-1", .body = "130600", .year = 2026 };

static const struct plan_version_row draft = { .version = 1,
					       .title = "题",
					       .authority = "局",
					       .area = "",
					       .period = "quarter",
					       .rules = "{}",
					       .day_load = 10,
					       .made_by = "甲",
					       .made_at = 1,
					       .state = "approved" };

static int add_plan(struct db *db, void *arg)
{
	(void)arg;
	return plan_add(db, &plan, 5);
}

static int add_version(struct db *db, void *arg)
{
	return plan_version_add(db, arg);
}

static int submit(struct db *db, void *arg)
{
	return plan_version_submit(db, arg);
}

static int decide(struct db *db, void *arg)
{
	return plan_version_decide(db, arg);
}

static struct db *begin(void)
{
	struct db *db = scene_again(scene_migrated());

	CHECK_INT(db_write(db, add_plan, NULL), DB_OK);
	return db;
}

TEST(a_version_goes_from_draft_to_approved_once)
{
	CLEANUP(arena_release) struct arena a;
	struct db *db = begin();
	struct plan_version_row v = draft, got;
	struct plan_row row;

	arena_init(&a);
	CHECK_INT(db_write(db, add_plan, NULL), DB_UNIQUE);
	CHECK_INT(plan_get(db, &a, "P-1", &row), DB_OK);
	CHECK(row.key == plan.key && row.year == 2026);
	CHECK_STR(row.body, "130600");
	CHECK_INT(plan_get_key(db, &a, row.key, &row), DB_OK);
	CHECK_STR(row.id, "P-1");
	CHECK_INT(plan_get_key(db, &a, row.key + 1, &row), NONE);
	CHECK_INT(plan_get(db, &a, "P-2", &row), NONE);
	v.plan = row.key;
	CHECK_INT(plan_version_get(db, &a, row.key, 0, &got), NONE);
	CHECK_INT(db_write(db, add_version, &v), DB_OK);
	v.version = 2; /* one that is not decided is enough */
	CHECK_INT(db_write(db, add_version, &v), DB_UNIQUE);
	v.version = 1;
	CHECK_INT(plan_version_get(db, &a, row.key, 0, &got), DB_OK);
	CHECK_STR(got.state, "draft");
	v.decided_by = "乙";
	v.reason = "";
	CHECK_INT(db_write(db, decide, &v), CONFLICT);
	v.submitted_by = "甲";
	v.submitted_at = 2;
	CHECK_INT(db_write(db, submit, &v), DB_OK);
	CHECK_INT(db_write(db, submit, &v), CONFLICT);
	CHECK_INT(plan_version_approved(db, &a, row.key, &got), NONE);
	v.decided_by = "甲"; /* the database refuses it too */
	CHECK_INT(db_write(db, decide, &v), DB_CHECK);
	v.decided_by = "乙";
	CHECK_INT(db_write(db, decide, &v), DB_OK);
	CHECK_INT(db_write(db, decide, &v), CONFLICT);
	CHECK_INT(plan_version_approved(db, &a, row.key, &got), DB_OK);
	CHECK_STR(got.decided_by, "乙");
	CHECK_INT(got.day_load, 10);
	v.version = 2;
	CHECK_INT(db_write(db, add_version, &v), DB_OK);
	db_close(db);
}

static int add_lines(struct db *db, void *arg)
{
	struct plan_line_row row = { "b", "campaign", "乙", "class=key", "", 1, 10, "", "" };
	int64_t key = *(int64_t *)arg;

	TRY(plan_line_add(db, key, 1, &row));
	row.id = "a";
	row.kind = "joint";
	return plan_line_add(db, key, 1, &row);
}

static int add_extension(struct db *db, void *arg)
{
	return plan_extension_add(db, arg);
}

static int decide_extension(struct db *db, void *arg)
{
	return plan_extension_decide(db, arg);
}

TEST(lines_and_extensions_are_listed_in_order)
{
	CLEANUP(arena_release) struct arena a;
	struct db *db = begin();
	struct plan_version_row v = draft;
	struct plan_line_row *lines;
	struct plan_extension_row *list, x = { .period = "2026-Q1",
					       .what = "draw",
					       .days = 3,
					       .reason = "雪",
					       .asked_by = "甲",
					       .asked_at = 1 };
	size_t count;

	arena_init(&a);
	v.plan = x.plan = plan.key;
	CHECK_INT(db_write(db, add_lines, &plan.key), DB_FOREIGN_KEY);
	CHECK_INT(db_write(db, add_version, &v), DB_OK);
	CHECK_INT(db_write(db, add_lines, &plan.key), DB_OK);
	CHECK_INT(db_write(db, add_lines, &plan.key), DB_UNIQUE);
	CHECK_INT(plan_line_list(db, &a, plan.key, 1, &lines, &count), DB_OK);
	CHECK_INT(count, 2);
	CHECK_STR(lines[0].id, "a");
	CHECK_STR(lines[1].pool, "class=key");
	CHECK_INT(lines[1].b, 10);
	CHECK_INT(db_write(db, add_extension, &x), DB_OK);
	x.decided_by = "甲";
	x.agreed = true;
	CHECK_INT(db_write(db, decide_extension, &x), DB_CHECK);
	x.decided_by = "乙";
	CHECK_INT(db_write(db, decide_extension, &x), DB_OK);
	CHECK_INT(db_write(db, decide_extension, &x), CONFLICT);
	CHECK_INT(plan_extension_list(db, &a, plan.key, &list, &count), DB_OK);
	CHECK(count == 1 && list[0].agreed && list[0].days == 3);
	CHECK_INT(plan_extension_get(db, &a, 99, &x), NONE);
	db_close(db);
}

static int open_year(struct db *db, void *arg)
{
	struct plan_opening_head head = {
		.year = 2026, .at = *(const char *)arg, .rows = 2, .actor = "甲", .file = "f"
	};
	struct plan_opening_row row = { "visit", arg, 20454, 1, 2 };
	char digest[65];

	memset(digest, 'a', 64);
	digest[64] = 0;
	head.digest = digest;
	TRY(plan_opening_begin(db, &head));
	TRY(plan_opening_add(db, head.id, &row));
	row.kind = "cap";
	return plan_opening_add(db, head.id, &row);
}

struct seen {
	int64_t rows, n, first;
	char subject[8];
};

static int see(void *arg, const struct plan_opening_row *row)
{
	struct seen *s = arg;

	s->rows++;
	s->n += row->n;
	s->subject[0] = row->subject[0];
	return DB_OK;
}

TEST(a_later_opening_of_a_year_takes_the_place_of_the_earlier_one)
{
	struct db *db = begin();
	struct seen s = { 0 };
	char first[] = "A-1", second[] = "B-1";

	CHECK_INT(plan_opening_walk(db, 2026, see, &s), DB_OK);
	CHECK_INT(s.rows, 0);
	CHECK_INT(db_write(db, open_year, first), DB_OK);
	CHECK_INT(db_write(db, open_year, second), DB_OK);
	CHECK_INT(plan_opening_walk(db, 2026, see, &s), DB_OK);
	CHECK(s.rows == 2 && s.n == 4 && s.subject[0] == 'B');
	CHECK_INT(plan_opening_walk(db, 2025, see, &s), DB_OK);
	CHECK_INT(plan_opening_first(db, 2026, &s.first), DB_OK);
	CHECK_INT(s.first, 'A');
	CHECK_INT(plan_opening_first(db, 2025, &s.first), DB_OK);
	CHECK_INT(s.first, 0);
	CHECK_INT(s.rows, 2);
	CHECK_INT(scene_number(db, "select count(*) from plan_opening_row"), 4);
	db_close(db);
}
