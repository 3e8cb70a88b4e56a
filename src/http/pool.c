/* http/pool.c — one lock and two conditions; the queue is a ring. */
#include "http/pool.h"

#include "base/arena.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

struct pool {
	struct pool_plan plan;
	pthread_mutex_t lock;
	pthread_cond_t more, begun;
	void **ring;
	size_t first, count; /* of waiting items */
	size_t ready, failed;
	bool stopping;
	size_t started;
	pthread_t threads[POOL_MOST_THREADS];
};

/* How many it has taken; 0: the pool has stopped. */
static size_t take(struct pool *p, void **items)
{
	size_t count = 0;

	pthread_mutex_lock(&p->lock);
	while (p->count == 0 && !p->stopping)
		pthread_cond_wait(&p->more, &p->lock);
	for (; p->count > 0 && count < p->plan.at_once; p->count--) {
		items[count++] = p->ring[p->first];
		p->first = (p->first + 1) % p->plan.queue_most;
	}
	pthread_mutex_unlock(&p->lock);
	return count;
}

static void *work(void *arg)
{
	struct pool *p = arg;
	void *state = p->plan.begin(p->plan.arg), *items[POOL_MOST_AT_ONCE];
	size_t count;

	pthread_mutex_lock(&p->lock);
	p->ready += state != NULL;
	p->failed += state == NULL;
	pthread_cond_signal(&p->begun);
	pthread_mutex_unlock(&p->lock);
	if (!state)
		return NULL;
	while ((count = take(p, items)) > 0)
		p->plan.run(state, items, count);
	p->plan.end(state);
	return NULL;
}

/* Waits until each thread has its state; false if one has not. */
static bool all_ready(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	while (p->ready + p->failed < p->started)
		pthread_cond_wait(&p->begun, &p->lock);
	bool ready = p->ready == p->plan.threads;
	pthread_mutex_unlock(&p->lock);
	return ready;
}

struct pool *pool_start(const struct pool_plan *plan)
{
	struct pool *p = must_alloc(sizeof(*p));

	assert(plan->threads > 0 && plan->threads <= POOL_MOST_THREADS && plan->queue_most > 0 &&
	       plan->at_once > 0 && plan->at_once <= POOL_MOST_AT_ONCE);
	*p = (struct pool){ .plan = *plan,
			    .lock = PTHREAD_MUTEX_INITIALIZER,
			    .more = PTHREAD_COND_INITIALIZER,
			    .begun = PTHREAD_COND_INITIALIZER,
			    .ring = must_alloc(plan->queue_most * sizeof(void *)) };
	while (p->started < plan->threads &&
	       pthread_create(&p->threads[p->started], NULL, work, p) == 0)
		p->started++;
	if (all_ready(p))
		return p;
	pool_stop(p);
	return NULL;
}

bool pool_put(struct pool *p, void *item)
{
	pthread_mutex_lock(&p->lock);
	bool room = !p->stopping && p->count < p->plan.queue_most;
	if (room) {
		p->ring[(p->first + p->count) % p->plan.queue_most] = item;
		p->count++;
		pthread_cond_signal(&p->more);
	}
	pthread_mutex_unlock(&p->lock);
	return room;
}

size_t pool_waiting(struct pool *p)
{
	pthread_mutex_lock(&p->lock);
	size_t count = p->count;
	pthread_mutex_unlock(&p->lock);
	return count;
}

void pool_stop(struct pool *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->stopping = true;
	pthread_cond_broadcast(&p->more);
	pthread_mutex_unlock(&p->lock);
	for (size_t i = 0; i < p->started; i++)
		pthread_join(p->threads[i], NULL);
	free(p->ring);
	free(p);
}
