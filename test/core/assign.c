/* test/core/assign.c — teams against two oracles, the certificate, parts, and what must not matter. */
#include "core/assign.h"

#include "core/assign_instance.h"
#include "core/assign_oracle.h"
#include "unit.h"

#include <stdlib.h>

enum { ROOM = 32 << 20 };

#define EQUAL(have, want) CHECK((uint64_t)(have) == (uint64_t)(want))

/* Totals of the result, descending, are those of the oracle. */
static bool totals_are(const struct assign_problem *p, const uint32_t *load, const uint64_t *want)
{
	uint64_t totals[ORACLE_INSPECTORS];

	for (uint32_t i = 0; i < p->inspector_count; i++) {
		uint64_t total = (uint64_t)p->inspectors[i].base + load[i];
		uint32_t at = i;

		for (; at > 0 && totals[at - 1] < total; at--)
			totals[at] = totals[at - 1];
		totals[at] = total;
	}
	return memcmp(totals, want, p->inspector_count * sizeof(*want)) == 0;
}

static bool all_zero(const uint32_t *list, uint32_t count)
{
	for (uint32_t k = 0; k < count; k++)
		if (list[k] != 0)
			return false;
	return true;
}

static bool same_teams(const struct assign_result *result, uint32_t visits, const uint32_t *members)
{
	return memcmp(result->members, members, result->team_start[visits] * sizeof(*members)) == 0;
}

/* Answer of assign_solve against the oracle's; false (reported) if they differ. */
static bool agrees(const struct assign_problem *p, struct region *r, const struct oracle *want,
		   bool with_totals)
{
	struct assign_result have = { 0 }, quick = { 0 };
	int rc = assign_solve(p, r, &have);
	bool ok = EQUAL(rc, want->unmet > 0 ? CORE_INFEASIBLE : CORE_OK);

	ok &= EQUAL(assign_feasible(p, r, &quick), rc);
	ok &= EQUAL(have.unmet, want->unmet) && EQUAL(quick.unmet, want->unmet);
	if (!ok)
		return false;
	if (rc == CORE_INFEASIBLE)
		return CHECK(memcmp(have.marks, quick.marks, p->visit_count) == 0) &&
		       EQUAL(instance_shortage(p, have.marks), want->unmet) &&
		       CHECK(all_zero(have.team_start, p->visit_count + 1)) &&
		       CHECK(all_zero(have.load, p->inspector_count));
	return CHECK(quick.marks == NULL) && CHECK(instance_valid(p, &have)) &&
	       (!with_totals || CHECK(totals_are(p, have.load, want->totals))) &&
	       CHECK(same_teams(&have, p->visit_count, want->members));
}

/* Compares `cases` random problems of one shape with an oracle; stops at the first that differs. */
static void compare(const struct instance_shape *shape, uint32_t cases, uint64_t seed, bool all)
{
	struct region r = region_new(ROOM);
	struct oracle *want = calloc(1, sizeof(*want));
	uint32_t feasible = 0, infeasible = 0;
	bool ok = want != NULL;

	for (uint32_t k = 0; ok && k < cases; k++) {
		uint64_t random = seed + k;
		struct instance x;

		instance_random(&x, shape, &random);
		if (all && !oracle_enumerate(&x.problem, want)) {
			instance_release(&x);
			continue;
		}
		if (!all)
			oracle_flow(&x.problem, want);
		ok = agrees(&x.problem, &r, want, all);
		unit_check(ok, __FILE__, __LINE__, "problem %llu", (unsigned long long)(seed + k));
		feasible += want->unmet == 0;
		infeasible += want->unmet > 0;
		region_reset(&r, 0);
		instance_release(&x);
	}
	CHECK(feasible > cases / 10 && infeasible > cases / 20);
	free(want);
	region_free(&r);
}

static uint32_t many(uint32_t quick, uint32_t heavy)
{
	return unit_long() ? heavy : quick;
}

TEST(tiny_problems_agree_with_enumeration)
{
	static const struct instance_shape shapes[] = {
		{ 5, 6, 2, 3, 4, 2, 80, 15, false },  { 6, 5, 3, 2, 6, 3, 90, 10, false },
		{ 4, 7, 1, 4, 3, 0, 100, 20, false }, { 5, 5, 5, 2, 4, 1, 60, 0, false },
		{ 8, 4, 1, 2, 9, 5, 100, 10, false }, { 8, 5, 4, 2, 5, 1, 70, 0, false },
	};

	for (size_t s = 0; s < sizeof(shapes) / sizeof(shapes[0]); s++)
		compare(&shapes[s], many(4000, 60000), 1000000 * (s + 1), true);
}

TEST(medium_problems_agree_with_flows)
{
	static const struct instance_shape shapes[] = {
		{ 20, 12, 4, 3, 12, 4, 70, 10, false },
		{ 30, 10, 2, 2, 20, 1, 90, 20, false },
		{ 40, 20, 8, 2, 12, 0, 40, 10, false },
		{ 16, 130, 6, 2, 9, 1, 0, 5, true },
	};

	for (size_t s = 0; s < sizeof(shapes) / sizeof(shapes[0]); s++)
		compare(&shapes[s], many(200, 4000), 7000000 * (s + 1), false);
}

/* The same problem in two orders of its visits; true if it has teams. */
static bool compare_orders(const struct instance_shape *shape, uint64_t seed, struct region *r)
{
	uint32_t *to_place = calloc(shape->visits, sizeof(*to_place));
	uint64_t random = seed;
	struct assign_result a = { 0 }, b = { 0 };
	struct instance x, y;
	int rc;

	instance_random(&x, shape, &random);
	instance_shuffle(&y, &x.problem, &random, to_place);
	rc = assign_solve(&x.problem, r, &a);
	CHECK_INT(assign_solve(&y.problem, r, &b), rc);
	CHECK_INT(a.unmet, b.unmet);
	if (rc == CORE_INFEASIBLE)
		CHECK_INT(instance_shortage(&x.problem, a.marks), a.unmet);
	else
		CHECK(instance_valid(&x.problem, &a));
	for (uint32_t v = 0; v < x.problem.visit_count; v++) {
		uint32_t w = to_place[v], size = a.team_start[v + 1] - a.team_start[v];

		CHECK(rc == CORE_OK || a.marks[v] == b.marks[w]);
		CHECK(memcmp(a.members + a.team_start[v], b.members + b.team_start[w],
			     size * sizeof(uint32_t)) == 0);
	}
	free(to_place);
	region_reset(r, 0);
	instance_release(&x);
	instance_release(&y);
	return rc == CORE_OK;
}

/* Larger problems have no oracle, but every order of the visits must give the same teams. */
TEST(order_of_visits_does_not_matter)
{
	static const struct instance_shape shapes[] = {
		{ 300, 60, 6, 3, 80, 5, 50, 10, true },
		{ 40, 150, 8, 1, 60, 0, 0, 3, true },
		{ 900, 30, 2, 2, 150, 3, 80, 10, true },
	};
	struct region r = region_new(ROOM);

	for (size_t s = 0; s < sizeof(shapes) / sizeof(shapes[0]); s++) {
		uint32_t feasible = 0, cases = many(40, 1000);

		for (uint64_t k = 0; k < cases; k++)
			feasible += compare_orders(&shapes[s], 31 + k, &r);
		CHECK(feasible > cases / 10);
	}
	region_free(&r);
}

/* p with some of its visits alone. */
static bool can_all(const struct assign_problem *p, const bool *taken, struct region *r)
{
	struct assign_visit *visits = calloc(p->visit_count + 1, sizeof(*visits));
	struct assign_problem part = *p;
	struct assign_result result = { 0 };
	uint32_t n = 0;

	for (uint32_t v = 0; v < p->visit_count; v++)
		if (taken[v])
			visits[n++] = p->visits[v];
	part.visits = visits;
	part.visit_count = n;
	int rc = assign_feasible(&part, r, &result);
	free(visits);
	return rc == CORE_OK;
}

/* Each visit is taken if and only if that leaves those taken before it their teams. */
static bool takes_most(const struct assign_problem *p, struct region *r)
{
	uint32_t *order = calloc(p->visit_count + 1, sizeof(*order)), *have;
	bool *taken = calloc(p->visit_count + 1, 1), *want = calloc(p->visit_count + 1, 1);
	struct assign_result whole = { 0 };
	bool ok = CHECK(assign_order(p, r, &have) == CORE_OK);

	instance_visit_order(p, order);
	ok = ok && CHECK(memcmp(order, have, p->visit_count * sizeof(*order)) == 0);
	ok = ok && CHECK(assign_most(p, have, r, taken) == CORE_OK);
	for (uint32_t k = 0; ok && k < p->visit_count; k++) {
		want[order[k]] = true;
		want[order[k]] = can_all(p, want, r);
	}
	ok = ok && CHECK(memcmp(want, taken, p->visit_count) == 0);
	int rc = assign_feasible(p, r, &whole);
	for (uint32_t v = 0; ok && v < p->visit_count; v++)
		ok = CHECK(taken[v] || (rc == CORE_INFEASIBLE && whole.marks[v] != ASSIGN_FREE));
	free(order);
	free(taken);
	free(want);
	return ok;
}

TEST(most_takes_by_the_tickets_whatever_can_be_and_all_that_are_not_short)
{
	static const struct instance_shape shapes[] = {
		{ 8, 4, 1, 2, 3, 5, 100, 10, false },
		{ 20, 10, 4, 3, 5, 4, 70, 10, false },
		{ 40, 20, 8, 2, 4, 0, 40, 10, false },
	};
	struct region r = region_new(ROOM);

	for (size_t s = 0; s < sizeof(shapes) / sizeof(shapes[0]); s++) {
		for (uint32_t k = 0; k < many(100, 3000); k++) {
			uint64_t random = 31000000 * (s + 1) + k;
			struct instance x;

			instance_random(&x, &shapes[s], &random);
			bool ok = takes_most(&x.problem, &r);
			unit_check(ok, __FILE__, __LINE__, "shape %zu, problem %u", s, k);
			region_reset(&r, 0);
			instance_release(&x);
			if (!ok)
				break;
		}
	}
	region_free(&r);
}
