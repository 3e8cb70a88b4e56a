/* test/http/pool.c — bounded threads, a bounded queue, and nothing that was taken is lost. */
#include "http/pool.h"

#include "unit.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

struct counts {
	_Atomic int begun, ended, runs, at_once, most_at_once, most_together;
	_Atomic bool hold;
	int fail_from; /* threads from this one on get no state; 0: all do */
};

static void *begin(void *arg)
{
	struct counts *c = arg;
	int n = ++c->begun;

	return c->fail_from && n >= c->fail_from ? NULL : c;
}

static void run(void *state, void **items, size_t count)
{
	struct counts *c = state;
	int now = ++c->at_once, most = c->most_at_once;

	if ((int)count > c->most_together)
		c->most_together = (int)count;
	while (now > most && !atomic_compare_exchange_weak(&c->most_at_once, &most, now))
		;
	while (c->hold)
		usleep(1000);
	for (size_t i = 0; i < count; i++)
		c->runs += *(const int *)items[i];
	c->at_once--;
}

static void end(void *state)
{
	((struct counts *)state)->ended++;
}

static struct pool *start(struct counts *c, size_t threads, size_t queue)
{
	return pool_start(&(struct pool_plan){ threads, queue, 1, c, begin, run, end });
}

TEST(pool_runs_all_that_it_took)
{
	struct counts c = { .begun = 0 };
	struct pool *p = start(&c, 3, 10);
	int one = 1, taken = 0;

	for (int i = 0; i < 1000; i++)
		taken += pool_put(p, &one);
	pool_stop(p);
	CHECK_INT(c.runs, taken);
	CHECK_INT(c.begun, 3);
	CHECK_INT(c.ended, 3);
	CHECK(c.most_at_once <= 3);
}

TEST(pool_takes_together_what_waits)
{
	struct counts c = { .begun = 0, .hold = true };
	struct pool *p = pool_start(&(struct pool_plan){ 1, 10, 4, &c, begin, run, end });
	int one = 1;

	for (int i = 0; i < 10; i++)
		CHECK(pool_put(p, &one) || i == 9);
	c.hold = false;
	pool_stop(p);
	CHECK(c.runs >= 9);
	CHECK_INT(c.most_together, 4);
}

TEST(pool_refuses_when_full)
{
	struct counts c = { .hold = true };
	struct pool *p = start(&c, 2, 3);
	int one = 1;

	CHECK(pool_put(p, &one));
	CHECK(pool_put(p, &one));
	while (c.at_once < 2)
		usleep(1000);
	for (int i = 0; i < 3; i++)
		CHECK(pool_put(p, &one));
	CHECK_INT(pool_waiting(p), 3);
	CHECK(!pool_put(p, &one));
	c.hold = false;
	pool_stop(p);
	CHECK_INT(c.runs, 5);
}

TEST(pool_does_not_start_without_every_state)
{
	struct counts c = { .fail_from = 2 };

	CHECK(start(&c, 3, 3) == NULL);
	CHECK_INT(c.ended, 1);
	pool_stop(NULL);
}
