#ifndef APP_JOB_H
#define APP_JOB_H
/*
 * app/job.h — long work that somebody asks for and others do (app/job_work.h): an import, an export, a draw. The rows of
 * the queue are in the database, so that it survives every process; request and answer lie there sealed. Each sees his
 * own jobs only. What a job changes carries the name and rights of whoever asked, as they are when it runs.
 */
#include "app/office.h"
#include "store/job.h"

enum {
	JOB_ID = 27,                /* "J-" and 24 hex digits, with the NUL */
	JOB_OPEN_MOST = 20,         /* of one account that wait or run */
	JOB_REQUEST_MOST = 1 << 16, /* bytes */
	JOB_ANSWER_MOST = 1 << 18,
	JOB_KEPT_MS = 7 * 24 * 3600 * 1000 /* after its end */
};

/*
 * Adds one: kind is a word that a worker knows, request its JSON; logs job.make with the request as its document. TOO_LARGE
 * with o->why: too many wait already.
 */
MUST_USE int job_make(struct office *o, struct arena *a, int64_t account, const char *kind,
		      const char *request, struct job_row *ret);

/* One of the account's own: NONE also if what is sealed in it is not this account's, or not of this file. */
MUST_USE int job_find(struct office *o, struct arena *a, int64_t account, const char *id,
		      struct job_row *ret);

/* What came of it: JSON of a job that is done, else a Chinese sentence; "" while it has not ended. INVALID: damaged. */
MUST_USE int job_answer(const struct office *o, struct arena *a, const struct job_row *row,
			const char **ret);

/*
 * Inside the act that a job does: did its owner, who is the actor, ask for it, at most JOB_KEPT_MS ago, and has it done nothing
 * yet? FORBIDDEN with o->why: the ledger tells otherwise, whatever the rows say; CANCELLED: he has taken it back.
 */
MUST_USE int job_check_told(struct office *o, struct arena *a, const struct job_row *row);

/* Asks it to end; logs job.stop. CONFLICT with o->why: it has ended. */
MUST_USE int job_stop(struct office *o, struct arena *a, int64_t account, const char *id);

/* Puts a failed or cancelled one into the queue again; logs job.again. CONFLICT with o->why. */
MUST_USE int job_again(struct office *o, struct arena *a, int64_t account, const char *id);

/* For those who work: what was asked for; and what came of it, as the row keeps it. INVALID: damaged. */
MUST_USE int job_request(const struct office *o, struct arena *a, const struct job_row *row,
			 const char **ret);
void job_seal_answer(const struct office *o, struct arena *a, struct job_row *row,
		     const char *text);

#endif
