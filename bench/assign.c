/*
 * bench/assign.c — canonical teams of a made-up problem, next to the plainest thing that could be done
 * (a greedy loop, which neither balances nor proves anything) and to the floor: a ticket for each
 * candidate of each visit, on one thread, since whoever looks for the first must look at all.
 * Usage: bench-assign VISITS INSPECTORS DISTRICTS SKILLS ROOM% THREADS
 * Prints: seconds of greedy, feasible, teams, floor; places short; MiB resident; fingerprint of the teams.
 */
#include "core/ticket.h"

#include "assign_data.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>

enum { REGION_GIB = 16 };

struct worker {
	pthread_t thread;
	const struct assign_problem *p;
	const struct assign_parts *parts;
	struct assign_result *result;
	uint32_t *next; /* part, shared */
	struct region scratch;
	uint64_t unmet;
	int rc;
};

static struct region region_map(void)
{
	struct region r = { NULL, (size_t)REGION_GIB << 30, 0 };
	void *at = mmap(NULL, r.size, PROT_READ | PROT_WRITE,
			MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (at == MAP_FAILED)
		abort();
	r.base = at;
	return r;
}

static void *work(void *arg)
{
	struct worker *w = arg;

	for (uint32_t k;
	     (k = __atomic_fetch_add(w->next, 1, __ATOMIC_RELAXED)) < w->parts->count;) {
		uint64_t unmet = 0;
		int rc = assign_solve_part(w->p, w->parts, k, &w->scratch, w->result, &unmet);

		w->unmet += unmet;
		w->rc = rc == CORE_OK ? w->rc : rc;
	}
	return NULL;
}

static uint64_t solve(const struct assign_problem *p, struct region *r, uint32_t threads,
		      struct assign_result *ret)
{
	struct worker *workers = calloc(threads, sizeof(*workers));
	struct assign_parts parts;
	uint32_t next = 0;
	uint64_t unmet = 0;

	if (!workers || assign_result_init(p, r, ret) != CORE_OK ||
	    assign_split(p, r, &parts) != CORE_OK)
		abort();
	for (uint32_t t = 0; t < threads; t++) {
		workers[t] = (struct worker){ .p = p,
					      .parts = &parts,
					      .result = ret,
					      .next = &next,
					      .scratch = region_map() };
		if (pthread_create(&workers[t].thread, NULL, work, &workers[t]) != 0)
			abort();
	}
	for (uint32_t t = 0; t < threads; t++) {
		pthread_join(workers[t].thread, NULL);
		unmet += workers[t].unmet;
	}
	free(workers);
	return unmet;
}

/* Sum over all teams of something that depends on everybody in them: the same answer, the same number. */
static uint64_t fingerprint(const struct assign_problem *p, const struct assign_result *result)
{
	uint64_t sum = 0;

	for (uint32_t k = 0; k < result->team_start[p->visit_count]; k++)
		sum = (sum ^ result->members[k]) * 0x100000001b3;
	return sum;
}

/* Per pool a place to go on from; the first senior and junior with room. Returns places left empty. */
static uint64_t greedy(const struct assign_problem *p)
{
	uint32_t *load = calloc(p->inspector_count, sizeof(*load));
	uint32_t *at = calloc(2 * (size_t)p->pool_count, sizeof(*at));
	uint64_t empty = 0;

	if (!load || !at)
		abort();
	for (uint32_t v = 0; v < p->visit_count; v++) {
		const struct assign_visit *visit = &p->visits[v];
		const struct assign_pool *pool = &p->pools[visit->pool];

		for (uint32_t g = 0; g < 2; g++) {
			uint32_t *from = &at[2 * visit->pool + g], looked = 0;

			for (; looked < pool->count; looked++) {
				uint32_t i = pool->inspectors[*from];

				*from = *from + 1 < pool->count ? *from + 1 : 0;
				if (p->inspectors[i].senior != (g == 0) ||
				    load[i] >= p->inspectors[i].limit ||
				    (visit->excluded_count > 0 && visit->excluded[0] == i) ||
				    (visit->excluded_count > 1 && visit->excluded[1] == i))
					continue;
				load[i]++;
				break;
			}
			empty += looked == pool->count;
		}
	}
	free(load);
	free(at);
	return empty;
}

/* Keys of all candidates of all visits; their sum, so that the work is not left out. */
static uint64_t hash_all(const struct assign_problem *p)
{
	struct span *ids = calloc(p->inspector_count, sizeof(*ids));
	uint64_t *keys = calloc(p->inspector_count, sizeof(*keys));
	uint64_t sum = 0;

	if (!ids || !keys)
		abort();
	for (uint32_t v = 0; v < p->visit_count; v++) {
		const struct assign_pool *pool = &p->pools[p->visits[v].pool];
		struct ticket_seed seed;

		ticket_seed_init(&seed, p->visits[v].id);
		for (uint32_t k = 0; k < pool->count; k++)
			ids[k] = p->inspectors[pool->inspectors[k]].id;
		ticket_keys(&seed, ids, pool->count, keys);
		sum += keys[0];
	}
	free(ids);
	free(keys);
	return sum;
}

static uint32_t number(const char *text)
{
	return (uint32_t)strtoul(text, NULL, 10);
}

/* Seconds since *from, which becomes now. */
static double lap(double *from)
{
	double now = seconds_now(), passed = now - *from;

	*from = now;
	return passed;
}

static void run(const struct assign_problem *p, uint32_t threads)
{
	struct assign_result result = { 0 }, quick = { 0 };
	struct region r = region_map();
	struct rusage usage;
	double clock = seconds_now(), greedy_time, feasible_time, teams_time, floor_time;
	uint64_t unmet, print = 0;
	bool other;

	other = greedy(p) > 0;
	greedy_time = lap(&clock);
	other |= assign_feasible(p, &r, &quick) != CORE_OK;
	region_reset(&r, 0);
	feasible_time = lap(&clock);
	unmet = solve(p, &r, threads, &result);
	teams_time = lap(&clock);
	getrusage(RUSAGE_SELF, &usage);
	other |= hash_all(p) == 0;
	floor_time = lap(&clock);
	if (unmet == 0)
		print = fingerprint(p, &result);
	printf("%.4f %.4f %.4f %.4f %llu %ld %016llx%s\n", greedy_time, feasible_time, teams_time,
	       floor_time, (unsigned long long)unmet, usage.ru_maxrss / 1024,
	       (unsigned long long)print, other ? " greedy-short" : "");
}

int main(int argc, char **argv)
{
	struct assign_shape shape;
	struct assign_problem p;

	if (argc != 7) {
		fprintf(stderr, "bench-assign VISITS INSPECTORS DISTRICTS SKILLS ROOM%% THREADS\n");
		return 2;
	}
	shape = (struct assign_shape){ number(argv[1]), number(argv[2]), number(argv[3]),
				       number(argv[4]), number(argv[5]) };
	assign_data(&shape, &p);
	run(&p, number(argv[6]));
	return 0;
}
