/*
 * core/assign_ahead.c — one step from the other end of a search for an alternating cycle: from those who
 * may be dropped to the holders of the seats that they could take. In sparse pools, where the way is
 * long, this spares the widest ring of the search.
 *
 * Keeps: a mark of this search says that `ahead_who` could take `ahead_seat` of this holder; nothing moves
 * before the search has ended. Marks only find a path earlier; their absence proves nothing. Pools list
 * the visits not chosen yet, so no seat met here is frozen: in the visit at hand the wanted sit already.
 */
#include "core/assign_part.h"

enum {
	AHEAD_GOALS = 4,   /* of those who may be dropped, so many are looked at */
	AHEAD_VISITS = 256 /* and so many visits for each */
};

static int list_visits(struct part *part, const uint32_t *order, struct region *r)
{
	part->pool_visits = region_take_raw(r, part->visit_count, sizeof(*part->pool_visits));
	if (!part->pool_visits)
		return CORE_FULL;
	for (uint32_t v = 0; v < part->visit_count; v++)
		if (part->visit[v].pool != PART_NONE)
			part->pools[part->visit[v].pool].visits_end++;
	for (uint32_t k = 0, sum = 0; k < part->pool_count; k++) {
		struct part_pool *pool = &part->pools[k];

		pool->visits = sum;
		sum += pool->visits_end;
		pool->visits_end = pool->visits;
	}
	for (uint32_t k = 0; k < part->visit_count; k++) {
		uint32_t pool = part->visit[order[k]].pool;

		if (pool != PART_NONE)
			part->pool_visits[part->pools[pool].visits_end++] = order[k];
	}
	return CORE_OK;
}

int ahead_load(struct part *part, const uint32_t *order, struct region *r)
{
	uint32_t n = part->inspector_count, people = 0;

	for (uint32_t k = 0; k < part->pool_count; k++)
		people += part->pools[k].all[0] + part->pools[k].all[1];
	part->pools_from = region_take(r, (size_t)n + 2, sizeof(*part->pools_from));
	part->pools_of = region_take_raw(r, people, sizeof(*part->pools_of));
	if (!part->pools_from || !part->pools_of)
		return CORE_FULL;
	for (uint32_t p = 0; p < people; p++)
		part->pools_from[part->people[p] + 2]++;
	for (uint32_t j = 0; j < n; j++)
		part->pools_from[j + 2] += part->pools_from[j + 1];
	for (uint32_t k = 0, p = 0; k < part->pool_count; k++)
		for (uint32_t end = p + part->pools[k].all[0] + part->pools[k].all[1]; p < end; p++)
			part->pools_of[part->pools_from[part->people[p] + 1]++] = k;
	return list_visits(part, order, r);
}

/* m could sit in v: marks the holders of the seats that it could take. True if the search has ended. */
static bool mark_holders(struct part *part, const struct part_visit *v, uint32_t m)
{
	uint32_t number = part->search.number, grade = part->inspectors[m].grade;

	for (uint32_t s = v->first; s < v->first + v->need; s++) {
		struct part_inspector *i = &part->inspectors[part->seats[s].who];

		CORE_ASSERT(!part_frozen(&part->seats[s]));
		if (i->class != part->search.class || i->ahead == number ||
		    (i->grade != grade && !part_grade_open(v, grade)))
			continue;
		if (i->seen == number)
			return search_reach(part, m, s, i->tree);
		i->ahead = number;
		i->ahead_who = m;
		i->ahead_seat = s;
	}
	return false;
}

static bool look_from(struct part *part, uint32_t m)
{
	uint32_t left = AHEAD_VISITS;

	for (uint32_t k = part->pools_from[m]; k < part->pools_from[m + 1]; k++) {
		const struct part_pool *pool = &part->pools[part->pools_of[k]];

		for (uint32_t at = pool->visits; at < pool->visits_end; at++, left--) {
			const struct part_visit *v = &part->visit[part->pool_visits[at]];

			if (left == 0)
				return false;
			if (part_fits(part, v, m) && mark_holders(part, v, m))
				return true;
		}
	}
	return false;
}

void ahead_look(struct part *part)
{
	uint32_t goals = part->search.goals < AHEAD_GOALS ? part->search.goals : AHEAD_GOALS;

	part->search.looked_ahead = true;
	for (uint32_t k = 0; k < goals; k++)
		if (look_from(part, part->seats[part->goals[k]].who))
			return;
}
