/* test/db/cancel.c — long statements end when another thread or the clock says so, and soon. */
#include "db/engine.h"

#include "scene.h"
#include "unit.h"

#include <pthread.h>
#include <unistd.h>

#define ENDLESS                                                                                    \
	"with recursive n(i) as (values (cast(1 as bigint)) union all select i + 1 from n) "       \
	"select count(*) from n"

static void *cancel_soon(void *arg)
{
	usleep(100000);
	db_cancel(arg);
	return NULL;
}

TEST(a_running_statement_is_cancelled_and_stays_so_until_db_limit)
{
	struct db *db = scene_open(NULL);
	struct db_rows *r = NULL;
	pthread_t thread;
	int64_t start = db_ticks();

	pthread_create(&thread, NULL, cancel_soon, db);
	CHECK_INT(db_query(db, &r, ENDLESS, ""), DB_CANCELLED);
	pthread_join(thread, NULL);
	CHECK(db_ticks() - start < 4000);
	CHECK_INT(db_query(db, &r, "select 1", ""), DB_CANCELLED);
	CHECK_INT(scene_run(db, "insert into thing (name) values ('a')"), DB_CANCELLED);
	db_limit(db, 0);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 0);
	CHECK_INT(scene_run(db, "insert into thing (name) values ('a')"), DB_OK);
	db_close(db);
}

TEST(a_time_limit_ends_statements)
{
	struct db *db = scene_open(NULL);
	struct db_rows *r = NULL;

	db_limit(db, 100);
	CHECK_INT(scene_number(db, "select 1"), 1);
	CHECK_INT(db_query(db, &r, ENDLESS, ""), DB_CANCELLED);
	CHECK_INT(db_query(db, &r, "select 1", ""), DB_CANCELLED);
	db_limit(db, 60000);
	CHECK_INT(scene_number(db, "select 1"), 1);
	db_close(db);
}

static int cancelled_inside(struct db *db, void *arg)
{
	struct db_rows *r = NULL;

	TRY(db_run(db, "insert into thing (name) values ('a')", ""));
	db_limit(db, 100);
	*(int *)arg = db_query(db, &r, ENDLESS, "");
	db_limit(db, 0);
	return DB_OK;
}

TEST(a_cancelled_transaction_is_rolled_back)
{
	struct db *db = scene_open(NULL);
	int inside = 0;

	CHECK_INT(db_write(db, cancelled_inside, &inside), DB_CANCELLED);
	CHECK_INT(inside, DB_CANCELLED);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 0);
	db_close(db);
}

static int cancel_at_end(struct db *db, void *arg)
{
	(void)arg;
	TRY(db_run(db, "insert into thing (name) values ('a')", ""));
	db_cancel(db);
	return DB_OK;
}

TEST(a_commit_is_not_cut_short)
{
	struct db *db = scene_open(NULL);

	CHECK_INT(db_write(db, cancel_at_end, NULL), DB_OK);
	db_limit(db, 0);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 1);
	db_close(db);
}

struct blocked {
	struct db *other;
	int rc;
};

static int touch(struct db *db, void *arg)
{
	(void)arg;
	return db_run(db, "update flag set up = up + 1 where id = 1", "");
}

static int hold_and_try(struct db *db, void *arg)
{
	struct blocked *b = arg;

	TRY(touch(db, NULL));
	db_limit(b->other, 200);
	b->rc = db_write(b->other, touch, NULL);
	return DB_OK;
}

TEST(waiting_for_another_writer_keeps_the_time_limit)
{
	const char *address;
	struct db *db = scene_open(&address);
	struct blocked b = { .other = scene_again(address) };
	int64_t start = db_ticks();

	CHECK_INT(scene_run(db, "insert into flag (id, up) values (1, 0)"), DB_OK);
	CHECK_INT(db_write(db, hold_and_try, &b), DB_OK);
	CHECK_INT(b.rc, DB_CANCELLED);
	CHECK(db_ticks() - start < 4000);
	db_close(b.other);
	db_close(db);
}

static int hold_long(struct db *db, void *arg)
{
	struct blocked *b = arg;

	TRY(touch(db, NULL));
	b->rc = db_write(b->other, touch, NULL);
	return DB_OK;
}

TEST(waiting_for_another_writer_ends_busy)
{
	const char *address;
	struct db *db;
	struct blocked b;

	if (!unit_long()) {
		unit_skip("waits for the whole busy time: MINGQIAN_LONG=1");
		return;
	}
	db = scene_open(&address);
	b.other = scene_again(address);
	CHECK_INT(scene_run(db, "insert into flag (id, up) values (1, 0)"), DB_OK);
	CHECK_INT(db_write(db, hold_long, &b), DB_OK);
	CHECK_INT(b.rc, DB_BUSY);
	db_close(b.other);
	db_close(db);
}
