/* test/core/assign_edges.c — parts on their own, later changes, counts, small regions, odd problems. */
#include "core/assign.h"
#include "core/ticket.h"

#include "core/assign_instance.h"
#include "unit.h"

#include <stdlib.h>

enum { ROOM = 8 << 20 };

static const struct instance_shape districts = { 120, 60, 12, 3, 40, 4, 8, 10, true };

/* Whether no inspector is in two parts, by going over all pairs of visits and candidates. */
static bool parts_apart(const struct assign_problem *p, const struct assign_parts *parts)
{
	uint32_t *owner = calloc(p->inspector_count, sizeof(*owner));
	bool apart = owner != NULL;

	for (uint32_t k = 0; apart && k < parts->count; k++)
		for (uint32_t at = parts->start[k]; at < parts->start[k + 1]; at++)
			for (uint32_t i = 0; i < p->inspector_count; i++) {
				if (!instance_eligible(p, parts->visits[at], i))
					continue;
				apart &= owner[i] == 0 || owner[i] == k + 1;
				owner[i] = k + 1;
			}
	free(owner);
	return apart;
}

static void check_parts(const struct assign_problem *p, struct region *r, bool backwards)
{
	struct assign_result whole = { 0 }, pieces = { 0 };
	struct assign_parts parts = { 0 };
	uint64_t unmet = 0;
	int rc = assign_solve(p, r, &whole);

	CHECK_INT(assign_result_init(p, r, &pieces), CORE_OK);
	CHECK_INT(assign_split(p, r, &parts), CORE_OK);
	CHECK(parts.start[parts.count] == p->visit_count && parts_apart(p, &parts));
	for (uint32_t k = 0; k < parts.count; k++) {
		struct region scratch = region_new(ROOM);
		uint64_t mine = 77;

		int part_rc = assign_solve_part(p, &parts, backwards ? parts.count - 1 - k : k,
						&scratch, &pieces, &mine);
		CHECK_INT(part_rc, mine > 0 ? CORE_INFEASIBLE : CORE_OK);
		unmet += mine;
		CHECK_INT(scratch.used, 0);
		region_free(&scratch);
	}
	CHECK_INT(unmet, whole.unmet);
	if (rc == CORE_INFEASIBLE) {
		CHECK(memcmp(pieces.marks, whole.marks, p->visit_count) == 0);
		return;
	}
	CHECK(memcmp(pieces.members, whole.members,
		     whole.team_start[p->visit_count] * sizeof(uint32_t)) == 0);
	CHECK(memcmp(pieces.load, whole.load, p->inspector_count * sizeof(uint32_t)) == 0);
}

TEST(parts_in_any_order_are_the_whole)
{
	struct region r = region_new(ROOM);

	for (uint64_t k = 0; k < 60; k++) {
		uint64_t random = 100 + k;
		struct instance x;

		instance_random(&x, &districts, &random);
		check_parts(&x.problem, &r, k % 2 == 0);
		region_reset(&r, 0);
		instance_release(&x);
	}
	region_free(&r);
}

static void put_id(struct span *id, const char *text)
{
	*id = span_of(text);
}

/* Four inspectors, two of each grade, in one pool; one visit of two. */
struct small {
	struct assign_inspector people[4];
	struct assign_pool pool;
	struct assign_visit visit;
	struct assign_problem problem;
};

static const uint32_t everybody[] = { 0, 1, 2, 3 };

static void small_init(struct small *s)
{
	static const char *const ids[] = { "S1", "S2", "J1", "J2" };

	*s = (struct small){ 0 };
	for (uint32_t i = 0; i < 4; i++) {
		put_id(&s->people[i].id, ids[i]);
		s->people[i].senior = i < 2;
		s->people[i].limit = 5;
	}
	s->pool = (struct assign_pool){ everybody, 4 };
	s->visit = (struct assign_visit){ .need = 2, .min_senior = 1, .min_junior = 1 };
	put_id(&s->visit.id, "V1");
	s->problem = (struct assign_problem){ SPAN("R"), s->people, 4, &s->pool, 1, &s->visit, 1 };
}

/* Solves and says how many places are short; -1 if the region was too small. */
static int64_t shortage_of(const struct assign_problem *p, uint8_t *ret_mark)
{
	struct region r = region_new(ROOM);
	struct assign_result result = { 0 };
	int rc = assign_solve(p, &r, &result);
	int64_t unmet = rc == CORE_FULL ? -1 : (int64_t)result.unmet;

	CHECK(rc == (unmet > 0 ? CORE_INFEASIBLE : CORE_OK));
	CHECK(unmet > 0 ? instance_shortage(p, result.marks) == unmet : instance_valid(p, &result));
	*ret_mark = result.marks ? result.marks[0] : ASSIGN_FREE;
	region_free(&r);
	return unmet;
}

TEST(what_is_short_is_named_by_grade)
{
	struct small s;
	uint8_t mark;

	small_init(&s);
	CHECK_INT(shortage_of(&s.problem, &mark), 0);
	s.people[0].limit = s.people[1].limit = 0;
	CHECK_INT(shortage_of(&s.problem, &mark), 1);
	CHECK_INT(mark, ASSIGN_SHORT_SENIOR);
	s.people[2].limit = s.people[3].limit = 0;
	CHECK_INT(shortage_of(&s.problem, &mark), 2);
	CHECK_INT(mark, ASSIGN_SHORT_BOTH);
	small_init(&s);
	s.visit.excluded = everybody + 2;
	s.visit.excluded_count = 2;
	CHECK_INT(shortage_of(&s.problem, &mark), 1);
	CHECK_INT(mark, ASSIGN_SHORT_JUNIOR);
	s.visit.excluded = everybody;
	s.visit.excluded_count = 4;
	CHECK_INT(shortage_of(&s.problem, &mark), 2);
	CHECK_INT(mark, ASSIGN_SHORT_BOTH);
	small_init(&s);
	s.visit.need = 9;
	CHECK_INT(shortage_of(&s.problem, &mark), 5);
}

TEST(nothing_to_do_is_done)
{
	struct small s;
	uint8_t mark;

	small_init(&s);
	s.problem.visit_count = 0;
	CHECK_INT(shortage_of(&s.problem, &mark), 0);
	s.problem.inspector_count = s.problem.pool_count = 0;
	CHECK_INT(shortage_of(&s.problem, &mark), 0);
	small_init(&s);
	s.visit.need = s.visit.min_senior = s.visit.min_junior = 0;
	CHECK_INT(shortage_of(&s.problem, &mark), 0);
	s.pool.count = 0;
	CHECK_INT(shortage_of(&s.problem, &mark), 0);
	s.visit.need = 1;
	CHECK_INT(shortage_of(&s.problem, &mark), 1);
}

/* With every size of region either the answer or CORE_FULL, the region given back and nothing written. */
TEST(small_regions_are_refused_whole)
{
	static const struct instance_shape shape = { 12, 10, 3, 2, 9, 2, 80, 10, true };
	uint64_t random = 5;
	struct region r = region_new(ROOM);
	struct assign_result want = { 0 };
	struct instance x;
	size_t full = 0;
	bool ok = true;

	instance_random(&x, &shape, &random);
	CHECK_INT(assign_solve(&x.problem, &r, &want), CORE_OK);
	for (size_t size = 0;; size += 16) {
		struct region tight = region_new(size + 1);
		struct assign_result have = { .unmet = 99 };
		int rc;

		tight.size = size;
		rc = assign_solve(&x.problem, &tight, &have);
		ok &= rc == CORE_FULL ? have.unmet == 99 && tight.used == 0 : rc == CORE_OK;
		if (rc == CORE_OK)
			ok &= instance_valid(&x.problem, &have);
		full += rc == CORE_FULL;
		region_free(&tight);
		if (rc == CORE_OK)
			break;
	}
	CHECK(ok && full > 20);
	instance_release(&x);
	region_free(&r);
}

/* Teams of one visit counted one by one. */
static uint64_t count_teams(const struct assign_problem *p, uint32_t v)
{
	uint64_t count = 0;

	for (unsigned team = 0; team < 1u << p->inspector_count; team++) {
		uint32_t size = 0, seniors = 0;
		bool good = true;

		for (uint32_t i = 0; i < p->inspector_count; i++) {
			if ((team >> i & 1) == 0)
				continue;
			good &= p->inspectors[i].limit > 0 && instance_eligible(p, v, i);
			size++;
			seniors += p->inspectors[i].senior;
		}
		count += good && size == p->visits[v].need && seniors >= p->visits[v].min_senior &&
			 size - seniors >= p->visits[v].min_junior;
	}
	return count;
}

TEST(feasible_teams_are_counted)
{
	static const struct instance_shape shape = { 6, 10, 3, 5, 2, 1, 80, 20, false };

	for (uint64_t k = 0; k < 100; k++) {
		uint64_t random = 900 + k;
		struct instance x;

		instance_random(&x, &shape, &random);
		for (uint32_t v = 0; v < x.problem.visit_count; v++)
			CHECK_INT(assign_team_count(&x.problem, v), count_teams(&x.problem, v));
		instance_release(&x);
	}
}

/* n inspectors, the first of them seniors, of whom `need` are wanted. */
static uint64_t count_of(uint32_t n, uint32_t seniors, uint32_t need)
{
	struct assign_inspector *people = calloc(n, sizeof(*people));
	uint32_t *list = calloc(n, sizeof(*list));
	struct assign_pool pool = { list, n };
	struct assign_visit visit = { .need = need };
	struct assign_problem p = { SPAN("R"), people, n, &pool, 1, &visit, 1 };
	uint64_t count;

	for (uint32_t i = 0; i < n; i++) {
		people[i].limit = 1;
		people[i].senior = i < seniors;
		list[i] = i;
	}
	count = assign_team_count(&p, 0);
	free(people);
	free(list);
	return count;
}

TEST(counts_saturate)
{
	CHECK(count_of(67, 0, 33) == 14226520737620288370ULL);
	CHECK(count_of(68, 0, 34) == UINT64_MAX);
	CHECK(count_of(60000, 0, 3) == 35998200020000ULL);
	CHECK(count_of(60000, 0, 30000) == UINT64_MAX);
	CHECK(count_of(60000, 0, 59999) == 60000);
	CHECK(count_of(5, 0, 6) == 0);
	CHECK(count_of(67, 3, 33) == 14226520737620288370ULL);
	CHECK(count_of(70, 30, 35) == UINT64_MAX);
	CHECK(count_of(68, 1, 34) == UINT64_MAX);
	CHECK(count_of(140, 70, 70) == UINT64_MAX);
}

/* The rule of 4.6 read off the text: over candidates in ticket order, the first with the least T. */
static int64_t replacement(const struct assign_problem *p, uint32_t v, const uint32_t *team,
			   uint32_t count, const uint32_t *load)
{
	uint32_t order[64], n = instance_candidates(p, v, order),
			    free_after = p->visits[v].need - count - 1;
	int64_t best = -1;

	for (uint32_t k = 0; k < n; k++) {
		uint32_t i = order[k], seniors = p->inspectors[i].senior, lack = 0;
		bool inside = false;

		for (uint32_t m = 0; m < count; m++) {
			inside |= team[m] == i;
			seniors += p->inspectors[team[m]].senior;
		}
		for (uint32_t s = seniors; s < p->visits[v].min_senior; s++)
			lack++;
		for (uint32_t j = count + 1 - seniors; j < p->visits[v].min_junior; j++)
			lack++;
		if (inside || load[i] >= p->inspectors[i].limit || lack > free_after)
			continue;
		if (best < 0 || (uint64_t)p->inspectors[i].base + load[i] <
					(uint64_t)p->inspectors[best].base + load[best])
			best = i;
	}
	return best;
}

TEST(replacements_follow_the_order_of_the_visit)
{
	static const struct instance_shape shape = { 10, 12, 2, 3, 12, 1, 90, 10, true };
	struct region r = region_new(ROOM);
	uint32_t asked = 0, none = 0;

	for (uint64_t k = 0; k < 200; k++) {
		uint64_t random = 4000 + k;
		struct assign_result result = { 0 };
		struct instance x;
		const struct assign_problem *p = &x.problem;

		instance_random(&x, &shape, &random);
		if (assign_solve(p, &r, &result) == CORE_OK)
			for (uint32_t v = 0; v < p->visit_count; v++) {
				const uint32_t *team = result.members + result.team_start[v];
				uint32_t left = p->visits[v].need;
				int64_t have;

				if (left == 0)
					continue;
				left -= 1 + (uint32_t)(unit_random(&random) % left);
				have = assign_replacement(p, v, p->visits[v].id, team, left,
							  result.load);
				CHECK_INT(have, replacement(p, v, team, left, result.load));
				asked++;
				none += have < 0;
			}
		region_reset(&r, 0);
		instance_release(&x);
	}
	CHECK(asked > 200 && none < asked);
	region_free(&r);
}

/* A reserve asks in its own order: some id puts the other senior first. */
TEST(a_reserve_has_an_order_of_its_own)
{
	static const char *const reserves[] = { "A", "B", "C", "D", "E", "F", "G", "H" };
	static const uint32_t junior[] = { 2 }, load[] = { 1, 1, 1, 1 };
	struct small s;
	bool seen[2] = { false, false };

	small_init(&s);
	for (size_t k = 0; k < 8; k++) {
		int64_t who =
			assign_replacement(&s.problem, 0, span_of(reserves[k]), junior, 1, load);

		if (CHECK(who == 0 || who == 1))
			seen[who] = true;
	}
	CHECK(seen[0] && seen[1]);
	s.people[0].base = 1;
	CHECK_INT(assign_replacement(&s.problem, 0, SPAN("A"), junior, 1, load), 1);
	s.people[1].limit = 1;
	CHECK_INT(assign_replacement(&s.problem, 0, SPAN("A"), junior, 1, load), 0);
	s.people[0].limit = 1;
	CHECK_INT(assign_replacement(&s.problem, 0, SPAN("A"), junior, 1, load), -1);
	CHECK_INT(assign_replacement(&s.problem, 0, SPAN("A"), everybody, 2, load), -1);
}
