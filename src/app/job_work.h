#ifndef APP_JOB_WORK_H
#define APP_JOB_WORK_H
/*
 * app/job_work.h — doing what waits in the queue (app/job.h), one job after the other, in a process of its own. Each gives a
 * sign of life while it works; one whose process has died is begun again by another, at most JOB_TRIES_MOST times. A kind
 * that changes something notes so in the transaction of the change, so that it never happens twice, whatever dies when.
 */
#include "app/account.h"
#include "app/job.h"

enum { JOB_LOST_MS = 60000, JOB_TRIES_MOST = 3 };

/* A job that is being done. */
struct job_run {
	struct office *office; /* acts as whoever asked */
	struct arena *arena;
	const struct account *account; /* whose job it is */
	struct job_row row;
	const char *request; /* JSON */
	const char *folder;  /* for files, 0700; gone afterwards */
	/* What the kind leaves; strings live in the arena. */
	const char *
		answer; /* JSON if it went well, else a Chinese sentence; NULL: what the office says */
	const char *file; /* path of the file that it made; NULL: none */
	const char *file_name;
	/* private */
	struct db *beat; /* a connection of its own, beside the office's */
	const bool *ending;
	int64_t told_at;
	bool stopped, lost;
};

struct job_kind {
	const char *name;
	enum permission permission; /* asked again when it runs */
	bool changes;               /* its act is one office_write, which must not happen twice */
	int (*run)(struct job_run *j);
};

/*
 * Tells how far it is, and asks whether to go on; call it as often as you like. step: a Chinese word. false: give up and
 * return CANCELLED. Its type is that of progress functions of the use cases; arg is the struct job_run.
 */
MUST_USE bool job_progress(void *arg, const char *step, uint64_t done, uint64_t total);

/*
 * Does the next job, if there is one. kinds end with one without a name. worker: a name that no other living process has;
 * a process may take over the name of one that has died, with its job. *ending: set from a signal handler when the process
 * is to end: the job goes back into the queue. OK: one was done, whatever came of it; NONE: there was none; or a db_code.
 */
MUST_USE int job_work(struct office *o, const struct job_kind *kinds, const char *worker,
		      const bool *ending);

#endif
