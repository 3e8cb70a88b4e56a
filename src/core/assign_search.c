/*
 * core/assign_search.c — the one search that filling, balancing and choosing share. It walks from an
 * inspector j that should lose a seat to everybody who could sit there instead, and on to their seats.
 *
 * Keeps: a visit's places for one grade are asked about once a search, by the first who gives one up;
 * so no path passes them twice and a path can be applied as it stands. Each pool's list has those not
 * yet reached in front, so a search costs seats + pools + (exclusions and team mates that it passes),
 * never visits times inspectors.
 */
#include "core/assign_part.h"

enum { LOOK_AHEAD = 2 /* after so many expanded in vain */ };

static void swap(uint32_t *a, uint32_t *b)
{
	uint32_t t = *a;

	*a = *b;
	*b = t;
}

/* Puts people[k] behind the live ones; behind the open ones too if its block is known meanwhile. */
static void retire(struct part *part, struct part_pool *pool, uint32_t g, uint32_t k)
{
	uint32_t *people = part->people + pool->first[g];
	uint32_t last = --pool->live[g];

	swap(&people[k], &people[last]);
	if (part->search.class == PART_NONE && part->inspectors[people[last]].class != PART_NONE)
		swap(&people[last], &people[--pool->open[g]]);
}

static bool scan_pool(struct part *part, struct part_pool *pool, uint32_t g, uint32_t seat)
{
	const struct part_visit *v = &part->visit[part->seats[seat].visit];
	uint32_t *people = part->people + pool->first[g];
	uint32_t holder = part->seats[seat].who;
	uint32_t tree =
		holder == PART_NONE ? part->seats[seat].visit : part->inspectors[holder].tree;

	for (uint32_t k = 0; k < pool->live[g];) {
		uint32_t j = people[k];
		const struct part_inspector *i = &part->inspectors[j];

		if (i->seen == part->search.number || i->class != part->search.class) {
			retire(part, pool, g, k);
			continue;
		}
		if (!part_fits(part, v, j)) {
			k++;
			continue;
		}
		retire(part, pool, g, k);
		if (search_reach(part, j, seat, tree))
			return true;
	}
	return false;
}

/* The same as scan_pool for a class that is smaller than the pool. */
static bool scan_class(struct part *part, uint32_t g, uint32_t seat)
{
	const struct part_visit *v = &part->visit[part->seats[seat].visit];
	uint32_t class = part->search.class;
	uint32_t tree = part->inspectors[part->seats[seat].who].tree;

	for (uint32_t k = part->class_from[class]; k < part->class_to[class]; k++) {
		uint32_t j = part->order[k];
		const struct part_inspector *i = &part->inspectors[j];

		if (i->seen != part->search.number && i->grade == g && i->limit > 0 &&
		    part_can_join(part, v, j) && search_reach(part, j, seat, tree))
			return true;
	}
	return false;
}

/* Reaches everybody of grade g who could sit in the seat. True if the tree is finished. */
static bool ask(struct part *part, uint32_t seat, uint32_t g)
{
	struct part_visit *v = &part->visit[part->seats[seat].visit];
	struct part_pool *pool;
	uint32_t class = part->search.class;

	if (v->seen[g] == part->search.number)
		return false;
	v->seen[g] = part->search.number;
	if (v->pool == PART_NONE)
		return false;
	pool = &part->pools[v->pool];
	if (pool->seen != part->search.number) {
		pool->seen = part->search.number;
		pool->live[0] = pool->open[0];
		pool->live[1] = pool->open[1];
	}
	if (class != PART_NONE && part->class_to[class] - part->class_from[class] < pool->live[g])
		return scan_class(part, g, seat);
	return scan_pool(part, pool, g, seat);
}

/* j may also go up one level if someone of its block at the upper level goes down. */
static bool use_slack(struct part *part, uint32_t j)
{
	uint32_t class = part->search.class;

	part->search.slack_seen = true;
	part->search.slack_parent = j;
	for (uint32_t k = part->class_from[class]; k < part->class_to[class]; k++) {
		const struct part_inspector *i = &part->inspectors[part->order[k]];

		if (i->seen != part->search.number && i->level == LEVEL_HIGH &&
		    search_reach(part, part->order[k], PART_SLACK, part->inspectors[j].tree))
			return true;
	}
	return false;
}

static void expand(struct part *part, uint32_t j)
{
	const struct part_inspector *i = &part->inspectors[j];

	if (part->search.goal == GOAL_DROPPED && i->level == LEVEL_LOW &&
	    !part->search.slack_seen && use_slack(part, j))
		return;
	for (uint32_t s = i->seats; s != PART_NONE; s = part->seats[s].next) {
		const struct part_visit *v = &part->visit[part->seats[s].visit];
		uint32_t other = 1u - i->grade;

		if (ask(part, s, i->grade) || (part_grade_open(v, other) && ask(part, s, other)))
			return;
	}
}

void search_from_visit(struct part *part, uint32_t v)
{
	const struct part_visit *visit = &part->visit[v];
	uint32_t seat = visit->first + visit->count[0] + visit->count[1];

	for (uint32_t g = 0; g < GRADES; g++)
		if (part_grade_open(visit, g) && ask(part, seat, g))
			return;
}

void search_run(struct part *part)
{
	struct search *s = &part->search;

	while (s->head < s->tail && (s->goal != GOAL_DROPPED || s->found == 0)) {
		uint32_t j = part->queue[s->head++];

		if (s->goal == GOAL_DROPPED && s->head == LOOK_AHEAD) {
			ahead_look(part);
			if (s->found > 0)
				return;
		}
		if (part->tree_done[part->inspectors[j].tree] != s->number)
			expand(part, j);
	}
}
