#ifndef STORE_JOB_H
#define STORE_JOB_H
/* store/job.h — the queue of long work; see app/job.h. Times are UTC milliseconds. */
#include "base/arena.h"
#include "db/db.h"

struct job_row {
	int64_t key;
	const char *id, *kind;
	int64_t account;
	const char *state;            /* queued, running, done, failed, cancelled */
	const void *request, *answer; /* sealed; answer NULL until it has ended */
	size_t request_len, answer_len;
	int64_t made_at, started_at, ended_at; /* 0: not yet */
	const char *worker;
	int64_t tries; /* how often it was begun */
	bool acted;    /* its change is committed */
	bool stop;     /* somebody wants it to end */
	const char *step;
	int64_t done, total;
	const char *file_tag, *file_name; /* "" if it made no file */
	int64_t file_size;
};

/* ---- whose it is; inside db_write where something is changed ---- */

/* Adds a queued one: id, kind, account, request, made_at. */
MUST_USE int job_row_add(struct db *db, const struct job_row *row);

/* One of this account's; strings live in the arena. NONE. */
MUST_USE int job_row_get(struct db *db, struct arena *a, int64_t account, const char *id,
			 struct job_row *ret);

/* The newest ones of an account below key `below`, without request and answer. */
MUST_USE int job_row_newest(struct db *db, struct arena *a, int64_t account, int64_t below,
			    size_t most, struct job_row *ret, size_t *ret_count);
MUST_USE int job_row_count(struct db *db, int64_t account, int64_t *ret);

/* How many of an account's are queued or run. */
MUST_USE int job_row_open(struct db *db, int64_t account, int64_t *ret);

/* A queued one is cancelled, a running one asked to end. CONFLICT: it has ended. */
MUST_USE int job_row_stop(struct db *db, int64_t key, int64_t now);

/* A failed or cancelled one is queued again. CONFLICT: it is in another state, or its change was made. */
MUST_USE int job_row_again(struct db *db, int64_t key, int64_t now);

/* Forgets those that ended before; inside db_write. */
MUST_USE int job_row_sweep(struct db *db, int64_t before);

/* ---- who works; each inside db_write ---- */

/* Is there one for this worker to take? A read. */
MUST_USE int job_row_waits(struct db *db, const char *worker, int64_t lost, bool *ret);

/*
 * Takes the oldest queued one, or one whose worker has given no sign of life since `lost`, or one that stands under this
 * worker's own name: it was a process before this one. Of two that ask at once each gets another; of imports one runs at
 * a time. NONE: nothing to do.
 */
MUST_USE int job_row_take(struct db *db, struct arena *a, const char *worker, int64_t now,
			  int64_t lost, struct job_row *ret);

/* Notes that its change is made, in the transaction of the change. DB_UNIQUE: it was made already. */
MUST_USE int job_row_acted(struct db *db, const struct job_row *row);

/* All of these: CONFLICT if the worker has it no more. */
MUST_USE int job_row_beat(struct db *db, const struct job_row *row, int64_t now, bool *ret_stop);
MUST_USE int job_row_back(struct db *db, const struct job_row *row); /* into the queue */
MUST_USE int job_row_end(struct db *db,
			 const struct job_row *row); /* state, answer, file, ended_at */

#endif
