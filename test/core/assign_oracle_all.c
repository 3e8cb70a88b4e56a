/* test/core/assign_oracle_all.c — the answer by trying every assignment. */
#include "core/assign_instance.h"
#include "core/assign_oracle.h"

#include <stdlib.h>
#include <string.h>

enum { VISITS = 8, INSPECTORS = 8, MOST = 200000 };

struct choice {
	uint8_t team[VISITS]; /* bit i: inspector i */
};

struct all {
	const struct assign_problem *p;
	uint8_t eligible[VISITS];
	uint8_t seniors;
	uint32_t load[INSPECTORS];
	uint64_t best[INSPECTORS]; /* descending */
	struct choice now, *kept;
	size_t count;
	uint64_t tried;
	uint64_t filled, most_filled;
	bool any;
};

static uint32_t size_of(unsigned set)
{
	return (uint32_t)__builtin_popcount(set);
}

static bool load_add(struct all *a, unsigned team)
{
	for (uint32_t i = 0; i < a->p->inspector_count; i++)
		if ((team >> i & 1) != 0 && a->load[i] >= a->p->inspectors[i].limit)
			return false;
	for (uint32_t i = 0; i < a->p->inspector_count; i++)
		a->load[i] += team >> i & 1;
	return true;
}

static void load_take(struct all *a, unsigned team)
{
	for (uint32_t i = 0; i < a->p->inspector_count; i++)
		a->load[i] -= team >> i & 1;
}

/* Keeps the assignment at hand if its totals are the best so far. */
static void keep(struct all *a)
{
	uint64_t totals[INSPECTORS];
	uint32_t n = a->p->inspector_count;
	int order = a->any ? 0 : -1;

	for (uint32_t i = 0; i < n; i++) {
		uint64_t total = (uint64_t)a->p->inspectors[i].base + a->load[i];
		uint32_t at = i;

		for (; at > 0 && totals[at - 1] < total; at--)
			totals[at] = totals[at - 1];
		totals[at] = total;
	}
	for (uint32_t i = 0; i < n && order == 0; i++)
		order = (totals[i] > a->best[i]) - (totals[i] < a->best[i]);
	if (order > 0)
		return;
	if (order < 0) {
		a->count = 0;
		memcpy(a->best, totals, n * sizeof(*totals));
	}
	a->any = true;
	if (a->count < MOST)
		a->kept[a->count] = a->now;
	a->count++;
}

static void try_full(struct all *a, uint32_t v)
{
	const struct assign_visit *visit = &a->p->visits[v];

	if (v == a->p->visit_count) {
		keep(a);
		return;
	}
	for (unsigned team = 0; team <= a->eligible[v] && a->tried < MOST * 10; team++) {
		if ((team & ~(unsigned)a->eligible[v]) != 0 || size_of(team) != visit->need ||
		    size_of(team & a->seniors) < visit->min_senior ||
		    size_of(team & ~(unsigned)a->seniors) < visit->min_junior || !load_add(a, team))
			continue;
		a->tried++;
		a->now.team[v] = (uint8_t)team;
		try_full(a, v + 1);
		load_take(a, team);
	}
}

/* The most places that can be filled: a team never has more of a grade than leaves room for the other. */
static void try_partial(struct all *a, uint32_t v, uint64_t left)
{
	const struct assign_visit *visit = &a->p->visits[v];

	if (a->filled > a->most_filled)
		a->most_filled = a->filled;
	if (v == a->p->visit_count || a->filled + left <= a->most_filled)
		return;
	for (unsigned n = 0; n <= a->eligible[v]; n++) {
		unsigned team = a->eligible[v] - n;

		if ((team & ~(unsigned)a->eligible[v]) != 0 || size_of(team) > visit->need ||
		    size_of(team & a->seniors) > visit->need - visit->min_junior ||
		    size_of(team & ~(unsigned)a->seniors) > visit->need - visit->min_senior ||
		    !load_add(a, team))
			continue;
		a->filled += size_of(team);
		try_partial(a, v + 1, left - visit->need);
		a->filled -= size_of(team);
		load_take(a, team);
	}
}

/* Keeps only the assignments with i in v; false, and nothing changed, if there is none. */
static bool insist(struct all *a, uint32_t v, uint32_t i)
{
	size_t kept = 0;

	for (size_t k = 0; k < a->count; k++)
		kept += a->kept[k].team[v] >> i & 1;
	if (kept == 0)
		return false;
	kept = 0;
	for (size_t k = 0; k < a->count; k++)
		if ((a->kept[k].team[v] >> i & 1) != 0)
			a->kept[kept++] = a->kept[k];
	a->count = kept;
	return true;
}

static void choose(struct all *a, uint32_t *members)
{
	uint32_t visits[VISITS], candidates[INSPECTORS];

	instance_visit_order(a->p, visits);
	for (uint32_t k = 0; k < a->p->visit_count; k++) {
		uint32_t v = visits[k], at = 0;
		uint32_t count = instance_candidates(a->p, v, candidates);

		for (uint32_t before = 0; before < v; before++)
			at += a->p->visits[before].need;
		for (uint32_t c = 0, have = 0; c < count && have < a->p->visits[v].need; c++) {
			if (!insist(a, v, candidates[c]))
				continue;
			members[at++] = candidates[c];
			have++;
		}
	}
}

bool oracle_enumerate(const struct assign_problem *p, struct oracle *ret)
{
	struct all a = { .p = p, .kept = calloc(MOST, sizeof(struct choice)) };
	uint64_t places = 0;
	bool small;

	if (!a.kept || p->visit_count > VISITS || p->inspector_count > INSPECTORS)
		abort();
	for (uint32_t i = 0; i < p->inspector_count; i++)
		a.seniors |= (uint8_t)(p->inspectors[i].senior << i);
	for (uint32_t v = 0; v < p->visit_count; v++) {
		places += p->visits[v].need;
		for (uint32_t i = 0; i < p->inspector_count; i++)
			a.eligible[v] |= (uint8_t)(instance_eligible(p, v, i) << i);
	}
	try_full(&a, 0);
	small = a.count <= MOST && a.tried < MOST * 10;
	if (small && !a.any)
		try_partial(&a, 0, places);
	ret->unmet = a.any ? 0 : places - a.most_filled;
	if (small && a.any) {
		memcpy(ret->totals, a.best, sizeof(a.best));
		choose(&a, ret->members);
	}
	free(a.kept);
	return small;
}
