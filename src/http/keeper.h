#ifndef HTTP_KEEPER_H
#define HTTP_KEEPER_H
/*
 * http/keeper.h — the processes that do long work (app/job_work.h) beside the server. They are children of a small process
 * that was forked before the server had threads, begins another when one dies, and ends when the server does, however that
 * ends. So nothing that a job does, not even a crash, touches the server.
 */
#include "app/office.h"

#include <sys/types.h>

enum { KEEPER_WORKERS = 2, KEEPER_GRACE_SECONDS = 15 };

/* Call it while the process has one thread and no office open. -1: it could not be forked. */
MUST_USE pid_t keeper_start(const struct office_where *where);

/* Ends it and its workers; a job that runs goes back into the queue. Nothing for -1. */
void keeper_stop(pid_t keeper);

#endif
