#ifndef APP_WORKERS_H
#define APP_WORKERS_H
/* app/workers.h — the same work on several threads at once. */
#include "base/cleanup.h"

#include <stdint.h>

enum { WORKERS_MOST = 16 };

/* How many threads long work should use here: the processors this process may use, at most 4. */
MUST_USE uint32_t workers_usual(void);

/*
 * Calls work(arg, i) for every i below count (at most WORKERS_MOST) at the same time, i = 0 on the
 * calling thread, and waits for all. If the system gives fewer threads, the calling thread does the
 * rest afterwards, so work must not wait for another index.
 */
void workers_run(uint32_t count, void (*work)(void *arg, uint32_t index), void *arg);

#endif
