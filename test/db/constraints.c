/* test/db/constraints.c — what the database refuses is a code, the same on both engines. */
#include "scene.h"
#include "unit.h"

TEST(broken_constraints_have_codes)
{
	struct db *db = scene_open(NULL);

	CHECK_INT(scene_run(db, "insert into thing (id, name) values (1, 'a')"), DB_OK);
	CHECK_INT(scene_run(db, "insert into part (id, thing) values (1, 1)"), DB_OK);
	CHECK_INT(scene_run(db, "insert into thing (name) values ('a')"), DB_UNIQUE);
	CHECK_INT(scene_run(db, "insert into thing (id) values (1)"), DB_UNIQUE);
	CHECK_INT(scene_run(db, "insert into part (id, thing) values (1, 1)"), DB_UNIQUE);
	CHECK_INT(scene_run(db, "insert into thing (size) values (-1)"), DB_CHECK);
	CHECK_INT(scene_run(db, "insert into thing (size) values (null)"), DB_NOT_NULL);
	CHECK_INT(scene_run(db, "insert into part (thing) values (1)"), DB_NOT_NULL);
	CHECK_INT(scene_run(db, "insert into part (id, thing) values (2, 99)"), DB_FOREIGN_KEY);
	CHECK_INT(scene_run(db, "delete from thing where id = 1"), DB_FOREIGN_KEY);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 1);
	CHECK_INT(scene_run(db, "insert into thing (name) values (null), (null)"), DB_OK);
	db_close(db);
}

TEST(an_error_text_holds_no_values)
{
	struct db *db = scene_open(NULL);

	CHECK_INT(scene_run(db, "insert into thing (name) values ('secret')"), DB_OK);
	CHECK_INT(scene_run(db, "insert into thing (name) values ('secret')"), DB_UNIQUE);
	CHECK(*db_error_text(db) && !strstr(db_error_text(db), "secret"));
	db_close(db);
}

struct upsert {
	int64_t id, size;
};

static int upsert(struct db *db, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	struct upsert *u = arg;

	TRY(db_query(db, &r,
		     "insert into thing (name, size) values ($1, $2) on conflict (name) do update "
		     "set size = thing.size + excluded.size returning id, size",
		     "ti", "counter", (int64_t)5));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc;
	*u = (struct upsert){ db_i64(r, 0), db_i64(r, 1) };
	return db_next(r);
}

TEST(upsert_returns_the_row_that_is_there_now)
{
	struct db *db = scene_open(NULL);
	struct upsert first = { 0 }, second = { 0 };

	CHECK_INT(db_write(db, upsert, &first), DB_OK);
	CHECK_INT(db_changed(db), 1);
	CHECK_INT(db_write(db, upsert, &second), DB_OK);
	CHECK(first.id > 0 && first.id == second.id);
	CHECK_INT(first.size, 5);
	CHECK_INT(second.size, 10);
	db_close(db);
}

static int returning_unread(struct db *db, void *arg)
{
	struct db_rows *r = NULL;

	(void)arg;
	TRY(db_query(db, &r, "insert into thing (name) values ('x'), ('y'), ('z') returning id",
		     ""));
	db_rows_free(r);
	return DB_OK;
}

TEST(rows_of_returning_need_not_be_read)
{
	struct db *db = scene_open(NULL);

	CHECK_INT(db_write(db, returning_unread, NULL), DB_OK);
	CHECK_INT(db_changed(db), 3);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 3);
	db_close(db);
}

struct changes {
	int64_t inserted, updated, none, skipped, selected;
};

static int count_changes(struct db *db, void *arg)
{
	struct changes *c = arg;

	TRY(db_run(db, "insert into thing (name) values ('a'), ('b')", ""));
	c->inserted = db_changed(db);
	TRY(db_run(db, "update thing set size = 1 where name = 'a'", ""));
	c->updated = db_changed(db);
	TRY(db_run(db, "delete from thing where name = 'q'", ""));
	c->none = db_changed(db);
	TRY(db_run(db, "insert into thing (name) values ('a') on conflict do nothing", ""));
	c->skipped = db_changed(db);
	TRY(db_run(db, "select name from thing", ""));
	c->selected = db_changed(db);
	return DB_OK;
}

TEST(changed_rows_are_counted)
{
	struct db *db = scene_open(NULL);
	struct changes c;

	CHECK_INT(db_write(db, count_changes, &c), DB_OK);
	CHECK_INT(c.inserted, 2);
	CHECK_INT(c.updated, 1);
	CHECK_INT(c.none, 0);
	CHECK_INT(c.skipped, 0);
	CHECK_INT(c.selected, 0);
	db_close(db);
}
