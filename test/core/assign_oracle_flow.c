/*
 * test/core/assign_oracle_flow.c — the answer by minimum-cost flows, each computed from nothing: an
 * inspector's next visit costs 2 T + 1, so the sum of squares of T is what is least. Slow and plain.
 */
#include "core/assign_instance.h"
#include "core/assign_oracle.h"

#include <stdlib.h>
#include <string.h>

enum { V = ORACLE_VISITS, I = ORACLE_INSPECTORS };

/* Nodes: inspectors, then (visit, senior), (visit, junior), visit. */
enum { SENIOR = I, JUNIOR = I + V, VISIT = I + 2 * V, NODES = I + 3 * V };

#define FAR INT64_MAX

struct flow {
	const struct assign_problem *p;
	bool allowed[V][I], pair[V][I]; /* pair: in the flow */
	uint32_t taken[I];              /* forced before the flow begins */
	uint32_t need[V], cap[V][2];    /* what is left after that */
	uint32_t load[I], count[V][2], filled[V];
	int64_t distance[NODES];
	int from[NODES];
	bool changed;
};

static void relax(struct flow *f, int a, int b, int64_t cost)
{
	if (f->distance[a] == FAR || f->distance[a] + cost >= f->distance[b])
		return;
	f->distance[b] = f->distance[a] + cost;
	f->from[b] = a;
	f->changed = true;
}

/* Another visit of i: T^2 grows by 2 T + 1; an enormous base would overflow, so T counts from `low`. */
static int64_t step_cost(const struct flow *f, uint32_t i, uint32_t low)
{
	return 2 * (int64_t)(f->p->inspectors[i].base - low + f->taken[i] + f->load[i]) + 1;
}

static void relax_all(struct flow *f)
{
	for (uint32_t v = 0; v < f->p->visit_count; v++) {
		for (uint32_t i = 0; i < f->p->inspector_count; i++) {
			int grade = (f->p->inspectors[i].senior ? SENIOR : JUNIOR) + (int)v;

			if (f->pair[v][i])
				relax(f, grade, (int)i, 0);
			else if (f->allowed[v][i])
				relax(f, (int)i, grade, 0);
		}
		for (int g = 0; g < 2; g++) {
			int grade = (g == 0 ? SENIOR : JUNIOR) + (int)v;

			if (f->count[v][g] < f->cap[v][g])
				relax(f, grade, VISIT + (int)v, 0);
			if (f->count[v][g] > 0)
				relax(f, VISIT + (int)v, grade, 0);
		}
	}
}

/* Bellman-Ford from all inspectors with room; the cheapest visit with an empty place, or -1. */
static int cheapest(struct flow *f, uint32_t low)
{
	int best = -1;

	for (int n = 0; n < NODES; n++)
		f->distance[n] = FAR;
	for (uint32_t i = 0; i < f->p->inspector_count; i++) {
		if (f->taken[i] + f->load[i] >= f->p->inspectors[i].limit)
			continue;
		f->distance[i] = step_cost(f, i, low);
		f->from[i] = -1;
	}
	do {
		f->changed = false;
		relax_all(f);
	} while (f->changed);
	for (uint32_t v = 0; v < f->p->visit_count; v++)
		if (f->filled[v] < f->need[v] && f->distance[VISIT + v] != FAR &&
		    (best < 0 || f->distance[VISIT + v] < f->distance[VISIT + best]))
			best = (int)v;
	return best;
}

static void push(struct flow *f, int v)
{
	int n = VISIT + v;

	f->filled[v]++;
	for (int m; (m = f->from[n]) >= 0; n = m) {
		if (n < I)
			f->pair[(m - I) % V][n] = false;
		else if (m < I)
			f->pair[(n - I) % V][m] = true;
		else if (n >= VISIT)
			f->count[n - VISIT][m >= JUNIOR]++;
		else
			f->count[m - VISIT][n >= JUNIOR]--;
	}
	f->load[n]++;
}

/* Cost of filling all that is left, or -1 with the number of places left empty. */
static int64_t fill(struct flow *f, uint64_t *ret_empty)
{
	uint32_t low = UINT32_MAX;
	int64_t cost = 0;

	for (uint32_t i = 0; i < f->p->inspector_count; i++)
		low = f->p->inspectors[i].base < low ? f->p->inspectors[i].base : low;
	for (uint32_t i = 0; i < f->p->inspector_count; i++)
		for (uint32_t k = f->taken[i]; k > 0; k--)
			cost += 2 * (int64_t)(f->p->inspectors[i].base - low + k) - 1;
	for (int v; (v = cheapest(f, low)) >= 0;) {
		cost += f->distance[VISIT + v];
		push(f, v);
	}
	*ret_empty = 0;
	for (uint32_t v = 0; v < f->p->visit_count; v++)
		*ret_empty += f->need[v] - f->filled[v];
	return *ret_empty > 0 ? -1 : cost;
}

/* The pair is settled: it is out of the flow and its place is gone. False if a rule forbids it. */
static bool force(struct flow *f, uint32_t v, uint32_t i)
{
	int g = f->p->inspectors[i].senior ? 0 : 1;

	if (f->need[v] == 0 || f->cap[v][g] == 0 || f->taken[i] >= f->p->inspectors[i].limit)
		return false;
	f->allowed[v][i] = false;
	f->taken[i]++;
	f->need[v]--;
	f->cap[v][g]--;
	return true;
}

static void choose(const struct flow *start, int64_t best, uint32_t *members)
{
	struct flow settled = *start, *trial = malloc(sizeof(*trial));
	uint32_t visits[V], candidates[I];

	if (!trial)
		abort();
	instance_visit_order(start->p, visits);
	for (uint32_t k = 0; k < start->p->visit_count; k++) {
		uint32_t v = visits[k], at = 0;
		uint32_t count = instance_candidates(start->p, v, candidates);

		for (uint32_t before = 0; before < v; before++)
			at += start->p->visits[before].need;
		for (uint32_t c = 0; c < count && settled.need[v] > 0; c++) {
			uint64_t empty;

			*trial = settled;
			if (!force(trial, v, candidates[c]) || fill(trial, &empty) != best)
				continue;
			(void)force(&settled, v, candidates[c]);
			members[at++] = candidates[c];
		}
	}
	free(trial);
}

void oracle_flow(const struct assign_problem *p, struct oracle *ret)
{
	struct flow *start = calloc(1, sizeof(*start)), *whole = malloc(sizeof(*whole));
	int64_t best;

	if (!start || !whole || p->visit_count > V || p->inspector_count > I)
		abort();
	start->p = p;
	for (uint32_t v = 0; v < p->visit_count; v++) {
		start->need[v] = p->visits[v].need;
		start->cap[v][0] = p->visits[v].need - p->visits[v].min_junior;
		start->cap[v][1] = p->visits[v].need - p->visits[v].min_senior;
		for (uint32_t i = 0; i < p->inspector_count; i++)
			start->allowed[v][i] = instance_eligible(p, v, i);
	}
	*whole = *start;
	best = fill(whole, &ret->unmet);
	if (best >= 0)
		choose(start, best, ret->members);
	free(start);
	free(whole);
}
