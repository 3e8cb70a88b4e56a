#ifndef HTTP_POOL_H
#define HTTP_POOL_H
/*
 * http/pool.h — a bounded number of threads that take items from a bounded queue, one or what waits. Each thread makes
 * its own state (a database connection) before it takes its first item.
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>

enum { POOL_MOST_THREADS = 64, POOL_MOST_AT_ONCE = 64 };

struct pool;

struct pool_plan {
	size_t threads;    /* 1 to POOL_MOST_THREADS */
	size_t queue_most; /* items that may wait, at least 1 */
	size_t at_once; /* items that a thread takes together if they wait: 1 to POOL_MOST_AT_ONCE */
	void *arg;      /* passed to begin */
	void *(*begin)(void *arg); /* a thread's state; NULL: the pool does not start */
	void (*run)(void *state, void **items, size_t count);
	void (*end)(void *state);
};

/* Starts it; NULL if a thread could not start or make its state. */
MUST_USE struct pool *pool_start(const struct pool_plan *plan);

/* Gives it an item, from any thread; false: the queue is full, or the pool is stopping. */
MUST_USE bool pool_put(struct pool *p, void *item);

/* Items that wait now. */
MUST_USE size_t pool_waiting(struct pool *p);

/* Takes no more items, runs those that wait, ends the threads and frees it. NULL is allowed. */
void pool_stop(struct pool *p);

#endif
