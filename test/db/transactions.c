/* test/db/transactions.c — poison, savepoints, conflicts made on purpose with two connections. */
#include "base/status.h"

#include "scene.h"
#include "unit.h"

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

TEST(a_write_outside_db_write_is_refused)
{
	struct db *db = scene_open(NULL);

	CHECK_INT(db_run(db, "insert into thing (name) values ('a')", ""), DB_READ_ONLY);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 0);
	CHECK_INT(scene_run(db, "insert into thing (name) values ('a')"), DB_OK);
	CHECK_INT(db_run(db, "delete from thing", ""), DB_READ_ONLY);
	db_close(db);
}

static int write_in_read(struct db *db, void *arg)
{
	(void)arg;
	return db_run(db, "insert into thing (name) values ('a')", "");
}

static int nest_write_in_read(struct db *db, void *arg)
{
	return db_write(db, write_in_read, arg);
}

TEST(a_write_inside_db_read_is_refused)
{
	struct db *db = scene_open(NULL);

	CHECK_INT(db_read(db, write_in_read, NULL), DB_READ_ONLY);
	CHECK_INT(db_read(db, nest_write_in_read, NULL), DB_WRONG);
	CHECK_INT(scene_run(db, "insert into thing (name) values ('a')"), DB_OK);
	db_close(db);
}

static int own_code(struct db *db, void *arg)
{
	TRY(db_run(db, "insert into thing (name) values ('a')", ""));
	return *(const int *)arg;
}

TEST(any_code_of_work_rolls_back_and_is_returned)
{
	struct db *db = scene_open(NULL);
	int code = FORBIDDEN;

	CHECK_INT(db_write(db, own_code, &code), FORBIDDEN);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 0);
	code = DB_OK;
	CHECK_INT(db_write(db, own_code, &code), DB_OK);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 1);
	db_close(db);
}

static int swallow_errors(struct db *db, void *arg)
{
	int *later = arg;
	struct db_rows *r = NULL;

	TRY(db_run(db, "insert into thing (name) values ('b')", ""));
	if (db_run(db, "insert into thing (name) values ('a')", "") != DB_UNIQUE)
		return INVALID;
	*later = db_query(db, &r, "select 1", "");
	return DB_OK;
}

TEST(an_error_poisons_the_transaction_even_if_work_hides_it)
{
	struct db *db = scene_open(NULL);
	int later = 0;

	CHECK_INT(scene_run(db, "insert into thing (name) values ('a')"), DB_OK);
	CHECK_INT(db_write(db, swallow_errors, &later), DB_UNIQUE);
	CHECK_INT(later, DB_POISONED);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 1);
	db_close(db);
}

static int bad_text(struct db *db, void *arg)
{
	(void)arg;
	TRY(db_run(db, "insert into thing (name) values ('a')", ""));
	(void)!db_run(db, "insert into thing (name) values ($1)", "t", "\xff");
	return DB_OK;
}

TEST(a_refused_parameter_poisons_too)
{
	struct db *db = scene_open(NULL);

	CHECK_INT(db_write(db, bad_text, NULL), DB_BAD_TEXT);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 0);
	db_close(db);
}

static int add_pair(struct db *db, void *arg)
{
	TRY(db_run(db, "insert into thing (name) values ($1)", "t", "first of pair"));
	return db_run(db, "insert into thing (name) values ($1)", "t", (const char *)arg);
}

struct nest {
	int good, bad, after;
};

static int outer(struct db *db, void *arg)
{
	static char taken[] = "taken", fresh[] = "fresh";
	struct nest *n = arg;

	TRY(db_run(db, "insert into thing (name) values ('before')", ""));
	n->bad = db_write(db, add_pair, taken);
	n->good = db_write(db, add_pair, fresh);
	n->after = db_run(db, "insert into thing (name) values ('after')", "");
	return n->after;
}

TEST(a_failed_savepoint_undoes_only_itself)
{
	struct db *db = scene_open(NULL);
	struct nest n = { 0 };

	CHECK_INT(scene_run(db, "insert into thing (name) values ('taken')"), DB_OK);
	CHECK_INT(db_write(db, outer, &n), DB_OK);
	CHECK_INT(n.bad, DB_UNIQUE);
	CHECK_INT(n.good, DB_OK);
	CHECK_INT(n.after, DB_OK);
	/* taken, before, first of pair, fresh, after */
	CHECK_INT(scene_number(db, "select count(*) from thing"), 5);
	db_close(db);
}

static int deeper(struct db *db, void *arg)
{
	int *depth = arg;

	return (*depth)++ < 100 ? db_write(db, deeper, arg) : DB_OK;
}

TEST(savepoints_have_a_deepest_level)
{
	struct db *db = scene_open(NULL);
	int depth = 0;

	CHECK_INT(db_write(db, deeper, &depth), DB_WRONG);
	CHECK(depth < 40);
	CHECK_INT(scene_number(db, "select 1"), 1);
	db_close(db);
}

static struct db_rows *left_open;

static int leave_open(struct db *db, void *arg)
{
	(void)arg;
	return db_query(db, &left_open, "values (1), (2)", "");
}

TEST(a_result_left_open_is_closed_at_the_end)
{
	struct db *db = scene_open(NULL);

	CHECK_INT(db_write(db, leave_open, NULL), DB_OK);
	CHECK_INT(db_next(left_open), DB_OK);
	db_rows_freep(&left_open);
	CHECK_INT(scene_number(db, "select 1"), 1);
	db_close(db);
}

/* Two doctors: at least one must stay up. Each sees both up and takes itself down. */
struct doctor {
	struct db *db;
	pthread_barrier_t *both_have_read;
	int64_t id;
	int runs, rc;
};

static int go_off(struct db *db, void *arg)
{
	struct doctor *d = arg;

	d->runs++;
	int64_t up = scene_number(db, "select cast(sum(up) as bigint) from flag");
	/* On SQLite the second cannot even begin: nobody to meet. */
	if (d->runs == 1 && scene_postgres())
		pthread_barrier_wait(d->both_have_read);
	if (up < 2)
		return CONFLICT;
	return db_run(db, "update flag set up = 0 where id = $1", "i", d->id);
}

static void *doctor_main(void *arg)
{
	struct doctor *d = arg;

	d->rc = db_write(d->db, go_off, d);
	return NULL;
}

TEST(write_skew_is_refused_and_work_runs_again)
{
	const char *address;
	struct db *db = scene_open(&address);
	pthread_barrier_t barrier;
	struct doctor d[2] = { { .id = 1 }, { .id = 2 } };
	pthread_t thread[2];

	CHECK_INT(scene_run(db, "insert into flag (id, up) values (1, 1), (2, 1)"), DB_OK);
	pthread_barrier_init(&barrier, NULL, 2);
	for (int i = 0; i < 2; i++) {
		d[i].db = scene_again(address);
		d[i].both_have_read = &barrier;
		pthread_create(&thread[i], NULL, doctor_main, &d[i]);
	}
	for (int i = 0; i < 2; i++) {
		pthread_join(thread[i], NULL);
		db_close(d[i].db);
	}
	CHECK_INT(scene_number(db, "select cast(sum(up) as bigint) from flag"), 1);
	CHECK((d[0].rc == DB_OK && d[1].rc == CONFLICT) ||
	      (d[1].rc == DB_OK && d[0].rc == CONFLICT));
	CHECK_INT(d[0].runs + d[1].runs, scene_postgres() ? 3 : 2);
	pthread_barrier_destroy(&barrier);
	db_close(db);
}

enum { COUNTERS = 4, ROUNDS = 25 };

static int add_one(struct db *db, void *arg)
{
	int64_t up = scene_number(db, "select up from flag where id = 1");

	(void)arg;
	return db_run(db, "update flag set up = $1 where id = 1", "i", up + 1);
}

static void *counter_main(void *arg)
{
	struct db *db = scene_again(arg);

	for (int i = 0; i < ROUNDS; i++)
		CHECK_INT(db_write(db, add_one, NULL), DB_OK);
	db_close(db);
	return NULL;
}

TEST(no_addition_of_many_writers_is_lost)
{
	const char *address;
	struct db *db = scene_open(&address);
	char copy[200];
	pthread_t thread[COUNTERS];

	snprintf(copy, sizeof(copy), "%s", address);
	CHECK_INT(scene_run(db, "insert into flag (id, up) values (1, 0)"), DB_OK);
	for (int i = 0; i < COUNTERS; i++)
		pthread_create(&thread[i], NULL, counter_main, copy);
	for (int i = 0; i < COUNTERS; i++)
		pthread_join(thread[i], NULL);
	CHECK_INT(scene_number(db, "select up from flag"), COUNTERS * ROUNDS);
	db_close(db);
}

struct snapshot {
	struct db *other;
	int64_t before, after;
};

static int look_twice(struct db *db, void *arg)
{
	struct snapshot *s = arg;

	s->before = scene_number(db, "select count(*) from thing");
	CHECK_INT(scene_run(s->other, "insert into thing (name) values ('between')"), DB_OK);
	s->after = scene_number(db, "select count(*) from thing");
	return DB_OK;
}

TEST(db_read_sees_one_state)
{
	const char *address;
	struct db *db = scene_open(&address);
	struct snapshot s = { .other = scene_again(address) };

	CHECK_INT(db_read(db, look_twice, &s), DB_OK);
	CHECK_INT(s.before, 0);
	CHECK_INT(s.after, 0);
	CHECK_INT(scene_number(db, "select count(*) from thing"), 1);
	db_close(s.other);
	db_close(db);
}
