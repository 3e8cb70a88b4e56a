/*
 * core/assign_reach.c — how a search notes whom it has reached, knows its end and applies the path that led
 * there. Who is reached from whom is the affair of assign_search.c and assign_ahead.c above it.
 */
#include "core/assign_part.h"

enum {
	PROBE_SEATS = 2, /* how many seats of one just reached are held against those wanted */
	PROBE_GOALS = 4
};

void search_begin(struct part *part, enum goal goal, uint32_t class)
{
	uint32_t number = part->search.number + 1;

	CORE_ASSERT(number < PART_SLACK);
	part->search = (struct search){ .goal = goal, .class = class, .number = number };
}

void search_want(struct part *part, uint32_t seat)
{
	part->goals[part->search.goals++] = seat;
	part->inspectors[part->seats[seat].who].wanted = part->search.number;
}

/* The seat for whose sake j is wanted. */
static uint32_t wanted_seat(const struct part *part, uint32_t j)
{
	uint32_t k = 0;

	while (part->seats[part->goals[k]].who != j)
		k++;
	return part->goals[k];
}

static bool is_goal(const struct part *part, const struct part_inspector *i)
{
	switch (part->search.goal) {
	case GOAL_ROOM:
		return part_may_take_more(i);
	case GOAL_LOWER:
		return part_may_take_more(i) && part_total(i) < part->search.below;
	case GOAL_DROPPED:
		return i->wanted == part->search.number;
	}
	return false;
}

/* From j back to its root everybody takes the seat of the one before. */
static void apply_path(struct part *part, uint32_t j)
{
	for (;;) {
		uint32_t seat = part->inspectors[j].parent, next;

		if (seat == PART_ROOT)
			return;
		if (seat == PART_SLACK) {
			next = part->search.slack_parent;
			part->inspectors[j].level = LEVEL_LOW;
			part->inspectors[next].level = LEVEL_HIGH;
		} else {
			next = part->seats[seat].who;
			part_give(part, seat, j);
			if (next == PART_NONE)
				return;
		}
		j = next;
	}
}

/* Could one of those wanted take a seat of j? Only a short cut: the search would find it anyway. */
static bool probe(struct part *part, uint32_t j, uint32_t seats)
{
	const struct part_inspector *holder = &part->inspectors[j];
	uint32_t goals = part->search.goals < PROBE_GOALS ? part->search.goals : PROBE_GOALS;

	for (uint32_t s = holder->seats; s != PART_NONE && seats > 0;
	     s = part->seats[s].next, seats--) {
		const struct part_visit *v = &part->visit[part->seats[s].visit];

		for (uint32_t k = 0; k < goals; k++) {
			uint32_t m = part->seats[part->goals[k]].who;
			uint8_t grade = part->inspectors[m].grade;

			if ((grade == holder->grade || part_grade_open(v, grade)) &&
			    part_can_join(part, v, m))
				return search_reach(part, m, s, holder->tree);
		}
	}
	return false;
}

bool search_reach(struct part *part, uint32_t j, uint32_t parent, uint32_t tree)
{
	struct part_inspector *i = &part->inspectors[j];

	i->seen = part->search.number;
	i->parent = parent;
	i->tree = tree;
	part->queue[part->search.tail++] = j;
	if (is_goal(part, i)) {
		if (part->search.goal == GOAL_DROPPED)
			part->search.won = wanted_seat(part, j);
		apply_path(part, j);
		part->tree_done[tree] = part->search.number;
		part->search.found++;
		return true;
	}
	if (part->search.goal != GOAL_DROPPED)
		return false;
	if (i->ahead == part->search.number)
		return search_reach(part, i->ahead_who, i->ahead_seat, tree);
	return !part->search.looked_ahead && probe(part, j, PROBE_SEATS);
}

void search_from_inspector(struct part *part, uint32_t j, uint32_t tree)
{
	struct part_inspector *i = &part->inspectors[j];

	i->seen = part->search.number;
	i->parent = PART_ROOT;
	i->tree = tree;
	part->queue[part->search.tail++] = j;
	if (part->search.goal == GOAL_DROPPED)
		(void)probe(part, j, UINT32_MAX);
}
