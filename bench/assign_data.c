/* bench/assign_data.c — the lists; see assign_data.h. */
#include "assign_data.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ID_ROOM = 12 };

double seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void *take(size_t count, size_t size)
{
	void *out = calloc(count + 1, size);

	if (!out)
		abort();
	return out;
}

static uint64_t next_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static struct span id_at(char *room, char letter, uint32_t n)
{
	char *text = room + (size_t)n * ID_ROOM;
	int len = snprintf(text, ID_ROOM, "%c%07u", letter, n);

	return (struct span){ text, (size_t)len };
}

static struct assign_inspector *make_inspectors(const struct assign_shape *s, uint64_t *random)
{
	struct assign_inspector *list = take(s->inspectors, sizeof(*list));
	char *ids = take(s->inspectors, ID_ROOM);
	double mean = 2.0 * s->visits / s->inspectors * s->room_percent / 100;

	for (uint32_t i = 0; i < s->inspectors; i++) {
		list[i].id = id_at(ids, 'P', i);
		list[i].senior = i / s->districts % 2 == 0;
		list[i].limit =
			(uint32_t)(mean * (0.8 + (double)(next_random(random) % 401) / 1000) + 0.5);
		list[i].base = (uint32_t)(next_random(random) % 4);
	}
	return list;
}

/* Pool district * skills + skill: the juniors of the district, and the seniors with the skill. */
static struct assign_pool *make_pools(const struct assign_shape *s,
				      const struct assign_inspector *people, uint64_t *random)
{
	struct assign_pool *list = take((size_t)s->districts * s->skills, sizeof(*list));

	for (uint32_t i = 0; i < s->inspectors; i++) {
		uint32_t a = (uint32_t)(next_random(random) % s->skills);
		uint32_t b = (uint32_t)(next_random(random) % s->skills);

		for (uint32_t k = 0; k < s->skills; k++) {
			struct assign_pool *pool = &list[i % s->districts * s->skills + k];
			uint32_t *members;

			if (people[i].senior && k != a && k != b)
				continue;
			if (!pool->inspectors)
				pool->inspectors =
					take(s->inspectors / s->districts + 1, sizeof(*members));
			members = (uint32_t *)(uintptr_t)pool->inspectors;
			members[pool->count++] = i;
		}
	}
	return list;
}

static struct assign_visit *make_visits(const struct assign_shape *s,
					const struct assign_pool *pools, uint64_t *random)
{
	struct assign_visit *list = take(s->visits, sizeof(*list));
	uint32_t *excluded = take(2 * (size_t)s->visits, sizeof(*excluded));
	char *ids = take(s->visits, ID_ROOM);

	for (uint32_t v = 0; v < s->visits; v++) {
		uint32_t skill = (uint32_t)(next_random(random) % s->skills);
		uint32_t pool = v % s->districts * s->skills + skill;
		uint32_t *pair = excluded + 2 * (size_t)v;
		uint32_t a = pools[pool].inspectors[next_random(random) % pools[pool].count];
		uint32_t b = pools[pool].inspectors[next_random(random) % pools[pool].count];

		pair[0] = a < b ? a : b;
		pair[1] = a < b ? b : a;
		list[v] = (struct assign_visit){ id_at(ids, 'V', v), 2, 1, 1, pool, pair,
						 a == b ? 1 : 2 };
	}
	return list;
}

void assign_data(const struct assign_shape *s, struct assign_problem *ret)
{
	uint64_t random = 20261124;
	struct assign_inspector *people = make_inspectors(s, &random);
	struct assign_pool *pools = make_pools(s, people, &random);

	*ret = (struct assign_problem){
		.seed = SPAN("0c7a5d9b6f1e4c3a8b2d0f9e7c6b5a49382716f5e4d3c2b1a09f8e7d6c5b4a39"),
		.inspectors = people,
		.inspector_count = s->inspectors,
		.pools = pools,
		.pool_count = s->districts * s->skills,
		.visits = make_visits(s, pools, &random),
		.visit_count = s->visits,
	};
}
