#ifndef HTTP_RUN_H
#define HTTP_RUN_H
/* http/run.h — a thread that runs handlers: its office, and one request from its route to its reply. */
#include "http/route.h"

struct run_plan {
	const struct office_where *where;            /* NULL: no office */
	int (*access)(void *arg, struct request *q); /* see server.h */
	void *arg;
};

struct runner;

/* Opens the thread's office. NULL: *ret_code is what office_open said, *ret_why (in the arena) why. */
MUST_USE struct runner *runner_make(struct arena *a, const struct run_plan *plan, int *ret_code,
				    const char **ret_why);
void runner_free(struct runner *r);

/* Only asks whether it may run; false: q->reply says why not. */
MUST_USE bool runner_admits(struct runner *r, struct request *q);

/* A file without a name for what comes with the request; -1: none could be made. */
MUST_USE int runner_temp(struct runner *r);

/* Runs the request's handler, who asks being checked before; afterwards q->reply is made, whatever happened. */
void runner_run(struct runner *r, struct request *q);

/* Runs several that came at the same time, with one commit for all their changes; each reply is made as by runner_run. */
void runner_run_together(struct runner *r, struct request *const *requests, size_t count);

#endif
