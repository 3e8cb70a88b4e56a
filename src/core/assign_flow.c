/*
 * core/assign_flow.c — fills the places: first each visit takes those of its pool with the least T,
 * then paths are applied until none is left, which makes the flow a maximum one. What the last search
 * reached is then the smallest certificate of what is short; it does not depend on the flow found.
 */
#include "core/assign_part.h"

/*
 * Where the next look at a pool begins, and a T that most of those behind had reached: only a guess
 * that saves looking at everybody; the best of the whole round is taken when nobody is below it.
 */
struct round {
	uint32_t at[GRADES];
	uint64_t level[GRADES];
};

/* Of grade g, someone of the pool with room who fits, with little T; or PART_NONE. */
static uint32_t pick(struct part *part, struct round *round, const struct part_visit *v, uint32_t g)
{
	struct part_pool *pool = &part->pools[v->pool];
	uint32_t *people = part->people + pool->first[g];
	uint32_t best = PART_NONE;
	uint64_t least = UINT64_MAX;

	for (uint32_t looked = 0; looked < pool->live[g];) {
		uint32_t k = round->at[g] < pool->live[g] ? round->at[g] : 0;
		uint32_t j = people[k];
		uint64_t total = part_total(&part->inspectors[j]);

		round->at[g] = k + 1;
		if (!part_may_take_more(&part->inspectors[j])) {
			people[k] = people[--pool->live[g]];
			people[pool->live[g]] = j;
			round->at[g] = k;
			continue;
		}
		looked++;
		if (total >= least || !part_fits(part, v, j))
			continue;
		best = j;
		least = total;
		if (total <= round->level[g])
			return j;
	}
	if (best != PART_NONE)
		round->level[g] = least;
	return best;
}

static bool seat_one(struct part *part, struct round *round, struct part_visit *v, uint32_t g)
{
	uint32_t j = pick(part, round, v, g);

	if (j == PART_NONE)
		return false;
	part_give(part, v->first + v->count[0] + v->count[1], j);
	return true;
}

/* Places that either grade may take: the one whose pool stands lower first. */
static bool seat_any(struct part *part, struct round *round, struct part_visit *v)
{
	uint32_t g = round->level[0] <= round->level[1] ? 0 : 1;

	return seat_one(part, round, v, g) || seat_one(part, round, v, 1 - g);
}

static void fill_visit(struct part *part, struct round *round, struct part_visit *v)
{
	for (uint32_t g = 0; g < GRADES; g++)
		for (uint32_t k = 0; k < v->min[g] && seat_one(part, round, v, g); k++)
			;
	for (uint32_t k = v->min[0] + v->min[1]; k < v->need && seat_any(part, round, v); k++)
		;
}

/*
 * Visits of small pools have the least choice and go first, by size up to a factor of two. Pools are
 * visited one after another, so that one `round` is enough.
 */
static void fill_greedily(struct part *part, uint32_t *first, uint32_t *next)
{
	for (uint32_t k = 0; k < part->pool_count; k++)
		first[k] = PART_NONE;
	for (uint32_t v = part->visit_count; v > 0; v--) {
		uint32_t pool = part->visit[v - 1].pool;

		if (pool == PART_NONE)
			continue;
		next[v - 1] = first[pool];
		first[pool] = v - 1;
	}
	for (uint32_t size = 2; size != 0; size *= 2) {
		for (uint32_t k = 0; k < part->pool_count; k++) {
			struct round round = { { 0, 0 }, { 0, 0 } };
			uint32_t people = part->pools[k].all[0] + part->pools[k].all[1];

			if (people >= size || (size > 2 && people < size / 2))
				continue;
			for (uint32_t v = first[k]; v != PART_NONE; v = next[v])
				fill_visit(part, &round, &part->visit[v]);
		}
	}
}

static uint64_t empty_places(const struct part *part)
{
	uint64_t empty = 0;

	for (uint32_t v = 0; v < part->visit_count; v++) {
		const struct part_visit *visit = &part->visit[v];

		empty += visit->need - visit->count[0] - visit->count[1];
	}
	return empty;
}

int flow_fill(struct part *part, struct region *r, uint64_t *ret_empty)
{
	size_t mark = region_mark(r);
	uint32_t *first = region_take_raw(r, part->pool_count, sizeof(*first));
	uint32_t *next = region_take_raw(r, part->visit_count, sizeof(*next));

	if (!first || !next)
		return CORE_FULL;
	fill_greedily(part, first, next);
	region_reset(r, mark);
	while ((*ret_empty = empty_places(part)) > 0) {
		search_begin(part, GOAL_ROOM, PART_NONE);
		for (uint32_t v = 0; v < part->visit_count; v++) {
			const struct part_visit *visit = &part->visit[v];

			if (visit->count[0] + visit->count[1] < visit->need)
				search_from_visit(part, v);
		}
		search_run(part);
		if (part->search.found == 0)
			break;
	}
	return CORE_OK;
}

uint8_t flow_mark(const struct part *part, uint32_t v)
{
	const struct part_visit *visit = &part->visit[v];
	uint32_t number = part->search.number;

	return (uint8_t)((visit->seen[GRADE_SENIOR] == number ? ASSIGN_SHORT_SENIOR : 0) |
			 (visit->seen[GRADE_JUNIOR] == number ? ASSIGN_SHORT_JUNIOR : 0));
}
