/* app/workers.c — pthreads, started and joined in one call. */
#include "app/workers.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>

struct worker {
	void (*work)(void *arg, uint32_t index);
	void *arg;
	uint32_t index;
	pthread_t thread;
	bool started;
};

uint32_t workers_usual(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set) != 0)
		return 1;
	int count = CPU_COUNT(&set);
	return count < 1 ? 1 : count > 4 ? 4 : (uint32_t)count;
}

static void *start(void *arg)
{
	struct worker *w = arg;

	w->work(w->arg, w->index);
	return NULL;
}

void workers_run(uint32_t count, void (*work)(void *arg, uint32_t index), void *arg)
{
	struct worker workers[WORKERS_MOST];

	assert(count >= 1 && count <= WORKERS_MOST);
	for (uint32_t i = 1; i < count; i++) {
		workers[i] = (struct worker){ .work = work, .arg = arg, .index = i };
		workers[i].started =
			pthread_create(&workers[i].thread, NULL, start, &workers[i]) == 0;
	}
	work(arg, 0);
	for (uint32_t i = 1; i < count; i++) {
		if (workers[i].started)
			pthread_join(workers[i].thread, NULL);
		else
			work(arg, i);
	}
}
