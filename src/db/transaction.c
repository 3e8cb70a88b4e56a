/*
 * db/transaction.c — db_write and db_read: begin, run the work, commit or roll back, run it again after a
 * serialization failure; savepoints inside.
 */
#include "db/db.h"

#include "db/engine.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { LEAST_TRIES = 3, MOST_TRIES = 50, MOST_PAUSE_MS = 250, DEEPEST = 32 };

/* Errors that no savepoint survives, on at least one of the engines. */
static bool ends_all(int code)
{
	switch (code) {
	case DB_BUSY:
	case DB_LOST:
	case DB_FULL:
	case DB_CANCELLED:
	case DB_FAILED:
		return true;
	default:
		return false;
	}
}

static void roll_back(struct db *db)
{
	db->shielded = true;
	if (db->handle)
		db->engine->rollback(db);
	db->shielded = false;
	db->depth = 0;
	db->writing = false;
	db->poison = 0;
}

static int commit(struct db *db)
{
	db->shielded = true;
	int rc = db->handle ? db->engine->commit(db) : DB_LOST;
	db->shielded = false;
	if (rc == DB_LOST) {
		db_disconnect(db);
		rc = DB_UNKNOWN;
	}
	if (rc != DB_OK) {
		roll_back(db);
		return rc;
	}
	db->depth = 0;
	db->writing = false;
	return DB_OK;
}

/* What the work's end means: the first error of a statement wins over what work made of it. */
static int outcome(const struct db *db, int rc)
{
	if (db->poison != 0 && (rc == DB_OK || rc == DB_POISONED || ends_all(db->poison)))
		return db->poison;
	return rc;
}

/* *ret_began tells whether work ran at all: waiting to begin has its own time limit. */
static int once(struct db *db, bool *ret_began, bool write, db_work *work, void *arg)
{
	*ret_began = false;
	TRY(db_may_run(db));
	int rc = db->engine->begin(db, write);
	if (rc != DB_OK) {
		if (rc == DB_LOST)
			db_disconnect(db);
		else
			db->engine->rollback(db);
		return rc;
	}
	*ret_began = true;
	db->depth = 1;
	db->writing = write;
	db->poison = 0;
	rc = work(db, arg);
	db_close_open(db);
	rc = outcome(db, rc);
	if (rc == DB_OK)
		return commit(db);
	roll_back(db);
	return rc;
}

/* Longer each time and never the same for two: full jitter over a doubling range. */
static void pause_before(struct db *db, int tries)
{
	unsigned random = 0;
	int range = tries < 8 ? 1 << tries : MOST_PAUSE_MS;
	struct pollfd wake = { db->wake, POLLIN, 0 };

	if (getrandom(&random, sizeof(random), 0) < 0)
		random = (unsigned)db_ticks();
	poll(&wake, 1, 1 + (int)(random % (unsigned)range));
}

static int outermost(struct db *db, db_work *work, void *arg)
{
	int64_t start = db_ticks();
	bool began;

	for (int tries = 1;; tries++) {
		int rc = once(db, &began, true, work, arg);

		if (rc != DB_BUSY || !began || tries >= MOST_TRIES ||
		    (tries >= LEAST_TRIES && db_ticks() - start >= DB_BUSY_MS))
			return rc;
		pause_before(db, tries);
	}
}

static int savepoint(struct db *db, const char *verb, int number)
{
	char sql[64];

	snprintf(sql, sizeof(sql), "%s mingqian_%d", verb, number);
	return db_fail(db, db->engine->script(db, sql));
}

/* Undoes the savepoint's part, and with it the poison; it must not be cut short by a cancellation. */
static void undo(struct db *db, int number)
{
	int poison = db->poison;

	if (ends_all(poison))
		return;
	db->poison = 0;
	db->shielded = true;
	if (savepoint(db, "rollback to savepoint", number) == DB_OK)
		(void)!savepoint(db, "release savepoint", number);
	db->shielded = false;
}

static int nested(struct db *db, db_work *work, void *arg)
{
	if (!db->writing)
		return db_fail(db, db_error(db, DB_WRONG, "db_write inside db_read"));
	if (db->depth == DEEPEST)
		return db_fail(db, db_error(db, DB_WRONG, "more than %d savepoints", DEEPEST));
	int rc = db_may_run(db);
	if (rc != DB_OK)
		return db_fail(db, rc);
	int number = db->depth;
	TRY(savepoint(db, "savepoint", number));
	db->depth++;
	rc = work(db, arg);
	db_close_open(db);
	rc = outcome(db, rc);
	db->depth = number;
	if (rc == DB_OK)
		return savepoint(db, "release savepoint", number);
	undo(db, number);
	return rc;
}

int db_write(struct db *db, db_work *work, void *arg)
{
	return db->depth > 0 ? nested(db, work, arg) : outermost(db, work, arg);
}

int db_read(struct db *db, db_work *work, void *arg)
{
	bool began;

	return db->depth > 0 ? work(db, arg) : once(db, &began, false, work, arg);
}
