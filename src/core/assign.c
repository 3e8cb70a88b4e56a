/*
 * core/assign.c — whole problems and their parts: the order of the steps, and where the results go.
 * The steps are those of docs/adr/0002-teams.md: split, fill, balance, blocks, tickets.
 */
#include "core/assign.h"

#include "core/assign_part.h"
#include "core/mem.h"

int assign_result_init(const struct assign_problem *p, struct region *r, struct assign_result *ret)
{
	struct assign_result result = { 0 };
	uint64_t places = 0;

	result.team_start =
		region_take_raw(r, (size_t)p->visit_count + 1, sizeof(*result.team_start));
	result.load = region_take(r, p->inspector_count, sizeof(*result.load));
	result.marks = region_take(r, p->visit_count, sizeof(*result.marks));
	if (!result.team_start || !result.load || !result.marks)
		return CORE_FULL;
	for (uint32_t v = 0; v < p->visit_count; v++) {
		result.team_start[v] = (uint32_t)places;
		places += p->visits[v].need;
		if (places >= PART_SLACK)
			return CORE_FULL;
	}
	result.team_start[p->visit_count] = (uint32_t)places;
	result.members = region_take_raw(r, places, sizeof(*result.members));
	if (!result.members)
		return CORE_FULL;
	*ret = result;
	return CORE_OK;
}

/* Fills part `index`; CORE_INFEASIBLE with *ret_unmet and the marks of its visits. */
static int fill_part(struct part *part, struct region *r, uint8_t *marks, uint64_t *ret_unmet)
{
	CORE_TRY(flow_fill(part, r, ret_unmet));
	if (*ret_unmet == 0)
		return CORE_OK;
	for (uint32_t v = 0; v < part->visit_count; v++)
		marks[part->visits[v]] = flow_mark(part, v);
	return CORE_INFEASIBLE;
}

static int solve_part(struct part *part, const struct assign_parts *parts, struct region *r,
		      struct assign_result *ret)
{
	CORE_TRY(balance_part(part, r));
	return choose_teams(part, parts, r, ret);
}

int assign_solve_part(const struct assign_problem *p, const struct assign_parts *parts,
		      uint32_t part, struct region *scratch, struct assign_result *ret,
		      uint64_t *unmet)
{
	size_t mark = region_mark(scratch);
	struct part state;
	uint64_t short_by = 0;
	int rc = part_load(&state, p, parts, part, scratch);

	if (rc == CORE_OK)
		rc = fill_part(&state, scratch, ret->marks, &short_by);
	if (rc == CORE_OK)
		rc = solve_part(&state, parts, scratch, ret);
	region_reset(scratch, mark);
	if (rc == CORE_OK || rc == CORE_INFEASIBLE)
		*unmet = short_by;
	return rc;
}

static int feasible_part(const struct assign_problem *p, const struct assign_parts *parts,
			 uint32_t part, struct region *scratch, uint8_t *marks, uint64_t *unmet)
{
	size_t mark = region_mark(scratch);
	struct part state;
	int rc = part_load(&state, p, parts, part, scratch);

	if (rc == CORE_OK)
		rc = fill_part(&state, scratch, marks, unmet);
	region_reset(scratch, mark);
	return rc;
}

/* Teams are all empty, whatever some parts had found. */
static void empty_teams(const struct assign_problem *p, struct assign_result *ret)
{
	memset(ret->team_start, 0, ((size_t)p->visit_count + 1) * sizeof(*ret->team_start));
	memset(ret->load, 0, p->inspector_count * sizeof(*ret->load));
}

/* Part by part; once one has no teams the others are only tested, and with choose false all are. */
static int solve_parts(const struct assign_problem *p, struct region *r, bool choose,
		       struct assign_result *ret)
{
	struct assign_parts parts;

	CORE_TRY(assign_split(p, r, &parts));
	for (uint32_t k = 0; k < parts.count; k++) {
		uint64_t unmet = 0;
		int rc = choose && ret->unmet == 0
				 ? assign_solve_part(p, &parts, k, r, ret, &unmet)
				 : feasible_part(p, &parts, k, r, ret->marks, &unmet);

		if (rc != CORE_OK && rc != CORE_INFEASIBLE)
			return rc;
		ret->unmet += unmet;
	}
	return CORE_OK;
}

/* Of the region only the result stays taken. */
static int solve(const struct assign_problem *p, struct region *r, bool choose,
		 struct assign_result *ret)
{
	size_t before = region_mark(r), after;
	struct assign_result result = { 0 };
	int rc = assign_result_init(p, r, &result);

	after = region_mark(r);
	if (rc == CORE_OK)
		rc = solve_parts(p, r, choose, &result);
	if (rc != CORE_OK) {
		region_reset(r, before);
		return rc;
	}
	region_reset(r, after);
	if (!choose || result.unmet > 0)
		empty_teams(p, &result);
	if (result.unmet == 0)
		result.marks = NULL;
	*ret = result;
	return result.unmet > 0 ? CORE_INFEASIBLE : CORE_OK;
}

int assign_solve(const struct assign_problem *p, struct region *r, struct assign_result *ret)
{
	return solve(p, r, true, ret);
}

int assign_feasible(const struct assign_problem *p, struct region *r, struct assign_result *ret)
{
	return solve(p, r, false, ret);
}
