#ifndef APP_JOB_RUN_H
#define APP_JOB_RUN_H
/*
 * app/job_run.h — the job "run": a draw is drawn with the values that were given (app/life_run.h), once, in one transaction.
 * The request is {draw, values: [{name?, value}]}, the answer {drawn, notes, root, state, teams}; {} if its process died between
 * the draw's commit and the job's end: the draw itself then says what came of it.
 */
#include "app/job_work.h"
#include "app/sheet_finish.h" /* struct sheet_opened */

extern const struct job_kind job_run_draw;

struct job_run_ask {
	const char *draw;
	const struct sheet_opened *values;
	size_t count;
};

/* TOO_LARGE: the values have more than JOB_REQUEST_MOST bytes. */
MUST_USE int job_run_request(struct arena *a, const struct job_run_ask *ask, const char **ret);

#endif
