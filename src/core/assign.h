#ifndef CORE_ASSIGN_H
#define CORE_ASSIGN_H
/*
 * core/assign.h — teams (spec/draw.md 4, spec/teams.md): among all feasible assignments those whose
 * totals T = base + load, sorted descending, are lexicographically least; among these the one that the
 * tickets choose. The answer is unique, whatever way it is found.
 */
#include "core/mem.h"

struct assign_inspector {
	struct span id;
	bool senior;    /* grade S; else J */
	uint32_t limit; /* new visits at most */
	uint32_t base;  /* visits done before, counted into T */
};

/* Inspectors that many visits share as candidates (same scope and skill); indices ascending, unique. */
struct assign_pool {
	const uint32_t *inspectors;
	uint32_t count;
};

struct assign_visit {
	struct span id;
	uint32_t need, min_senior, min_junior; /* need >= min_senior + min_junior */
	uint32_t pool;
	const uint32_t *excluded; /* inspectors of the pool in conflict; ascending, unique */
	uint32_t excluded_count;
};

struct assign_problem {
	struct span seed; /* R; visits in order under R "/visits", candidates under R "/team/" id */
	const struct assign_inspector *inspectors;
	uint32_t inspector_count;
	const struct assign_pool *pools;
	uint32_t pool_count;
	const struct assign_visit *visits; /* in any order; ids unique */
	uint32_t visit_count;
};

/* Why a visit stands in the certificate (spec/draw.md 4.4). */
enum assign_mark {
	ASSIGN_FREE = 0,
	ASSIGN_SHORT_SENIOR = 1,
	ASSIGN_SHORT_JUNIOR = 2,
	ASSIGN_SHORT_BOTH = 3
};

struct assign_result {
	uint32_t *
		team_start; /* visit_count + 1 entries; visit v has members[team_start[v] .. [v + 1]) */
	uint32_t *members; /* inspector indices in the order accepted; the first senior leads */
	uint32_t *load;    /* new visits of each inspector */
	uint64_t unmet;    /* places that cannot be filled; 0 if feasible */
	uint8_t *marks;    /* if infeasible: enum assign_mark of each visit; else NULL */
};

/*
 * Computes the canonical teams of the whole problem. Result arrays live in the region, which is also
 * used for scratch. CORE_INFEASIBLE fills unmet and marks only (teams are then all empty), where
 *   unmet = sum_A need + sum_BS min_S + sum_BJ min_J - sum_i min(limit_i, eligible visits of i in A and
 *   B_grade(i)),  A = marks BOTH, B_S = SENIOR, B_J = JUNIOR.  CORE_FULL: give a larger region.
 */
CORE_MUST_USE int assign_solve(const struct assign_problem *p, struct region *r,
			       struct assign_result *ret);

/* Teams only tested, not chosen: CORE_OK or CORE_INFEASIBLE with unmet and marks. Faster than solving. */
CORE_MUST_USE int assign_feasible(const struct assign_problem *p, struct region *r,
				  struct assign_result *ret);

/* Visits in (ticket, id) order under R "/visits"; the array lives in the region. CORE_FULL. */
CORE_MUST_USE int assign_order(const struct assign_problem *p, struct region *r, uint32_t **ret);

/*
 * The visits that can all have teams at once, where not all can: taken in that order, each that leaves every one
 * taken before its whole team. None of the others can be added, and every visit that the certificate leaves FREE is
 * among them: it is full in every assignment that fills the most places. `ret` has visit_count entries. CORE_FULL.
 */
CORE_MUST_USE int assign_most(const struct assign_problem *p, const uint32_t *order,
			      struct region *r, bool *ret);

/*
 * Parts that share no inspector are separate problems, so that threads can take them: part i is the
 * visits[start[i] .. start[i + 1]), with the inspectors and pools that they use in the same shape.
 * A visit without any candidate is a part of its own, without inspectors and pools.
 */
struct assign_parts {
	uint32_t count;
	uint32_t *start;  /* count + 1 entries */
	uint32_t *visits; /* visit indices of the problem, grouped by part */
	uint32_t *inspector_start, *inspectors;
	uint32_t *pool_start, *pools;
	uint32_t *inspector_place,
		*pool_place; /* of an inspector, a pool: its place in its part's list */
};

/* Finds the parts; arrays live in the region. CORE_FULL. */
CORE_MUST_USE int assign_split(const struct assign_problem *p, struct region *r,
			       struct assign_parts *ret);

/*
 * Solves one part into arrays of the whole problem that the caller prepared (assign_result_init), so
 * that several threads may fill different parts of one result. `scratch` is reset before it returns.
 * CORE_INFEASIBLE when this part has no teams; then the result's unmet is NOT touched (it is shared):
 * *unmet gets this part's number.
 */
CORE_MUST_USE int assign_result_init(const struct assign_problem *p, struct region *r,
				     struct assign_result *ret);
CORE_MUST_USE int assign_solve_part(const struct assign_problem *p,
				    const struct assign_parts *parts, uint32_t part,
				    struct region *scratch, struct assign_result *ret,
				    uint64_t *unmet);

/*
 * How many different feasible teams a visit could have looked at alone (spec/draw.md 4.5): sets of
 * `need` eligible inspectors with limit > 0 that keep the grade minimums. Saturates at UINT64_MAX.
 */
CORE_MUST_USE uint64_t assign_team_count(const struct assign_problem *p, uint32_t visit);

/*
 * Later changes (spec/draw.md 4.6): the candidate for a place in `visit` that falls free, or -1. `team`
 * are those who stay, `load` everybody's visits now; first in the visit's order (under R "/team/"
 * order_id) among the eligible within limit that keep the grade minimums, with the least T. Whoever
 * left must stand among the visit's excluded. Seed and order_id together have at most 400 bytes.
 */
CORE_MUST_USE int64_t assign_replacement(const struct assign_problem *p, uint32_t visit,
					 struct span order_id, const uint32_t *team,
					 uint32_t team_count, const uint32_t *load);

#endif
