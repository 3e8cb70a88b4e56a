/*
 * core/assign_balance.c — the best balance, and its blocks (docs/adr/0002-teams.md).
 *
 * From the highest T = b downwards: seats go from those at b to anybody at b - 2 or less until no path
 * is left. Whoever the last search reached is a block: its members are at b or b - 1, or at their limit;
 * nobody outside can take a seat from inside, in any best-balanced assignment, so it is set aside.
 */
#include "core/assign_part.h"

/* Inspectors without a block, in a heap with the highest T on top. */
struct rest {
	uint32_t *heap;
	uint32_t count;
	uint32_t *top; /* those taken off the heap for the level at hand */
	uint32_t top_count;
};

static uint64_t total_of(const struct part *part, const struct rest *rest, uint32_t at)
{
	return part_total(&part->inspectors[rest->heap[at]]);
}

static void sink(const struct part *part, struct rest *rest, uint32_t at)
{
	for (uint32_t child; (child = 2 * at + 1) < rest->count; at = child) {
		uint32_t t = rest->heap[at];

		if (child + 1 < rest->count &&
		    total_of(part, rest, child + 1) > total_of(part, rest, child))
			child++;
		if (total_of(part, rest, child) <= total_of(part, rest, at))
			return;
		rest->heap[at] = rest->heap[child];
		rest->heap[child] = t;
	}
}

static void gather_rest(const struct part *part, struct rest *rest)
{
	rest->count = 0;
	for (uint32_t j = 0; j < part->inspector_count; j++)
		if (part->inspectors[j].class == PART_NONE)
			rest->heap[rest->count++] = j;
	for (uint32_t k = rest->count / 2; k > 0; k--)
		sink(part, rest, k - 1);
}

static void drop_top(const struct part *part, struct rest *rest)
{
	rest->heap[0] = rest->heap[--rest->count];
	sink(part, rest, 0);
}

/* Takes those with the highest T off the heap; false if nobody is left. */
static bool take_top(const struct part *part, struct rest *rest, uint64_t *ret_b)
{
	rest->top_count = 0;
	while (rest->count > 0) {
		uint32_t j = rest->heap[0];
		uint64_t total = part_total(&part->inspectors[j]);

		if (rest->top_count > 0 && total < *ret_b)
			return true;
		drop_top(part, rest);
		if (part->inspectors[j].class != PART_NONE)
			continue;
		*ret_b = total;
		rest->top[rest->top_count++] = j;
	}
	return rest->top_count > 0;
}

/* Moves seats down from level b as long as there is a path; true if any was moved. */
static bool level_down(struct part *part, const struct rest *rest, uint64_t b)
{
	bool moved = false;

	do {
		search_begin(part, GOAL_LOWER, PART_NONE);
		part->search.below = b > 0 ? b - 1 : 0;
		for (uint32_t k = 0; k < rest->top_count; k++)
			if (part_total(&part->inspectors[rest->top[k]]) == b)
				search_from_inspector(part, rest->top[k], rest->top[k]);
		search_run(part);
		moved |= part->search.found > 0;
	} while (part->search.found > 0);
	return moved;
}

static enum level level_of(const struct part_inspector *i, uint64_t b)
{
	if (part_total(i) == b)
		return i->load > 0 ? LEVEL_HIGH : LEVEL_FIXED;
	return part_total(i) + 1 == b && part_may_take_more(i) ? LEVEL_LOW : LEVEL_FIXED;
}

/* All that the last search reached is one block; nobody if all at b could go down. */
static void set_block(struct part *part, uint64_t b)
{
	uint32_t class = part->class_count;
	uint32_t at = class > 0 ? part->class_to[class - 1] : 0;

	if (part->search.tail == 0)
		return;
	part->class_count++;
	part->class_from[class] = at;
	for (uint32_t k = 0; k < part->search.tail; k++) {
		struct part_inspector *i = &part->inspectors[part->queue[k]];

		CORE_ASSERT(i->class == PART_NONE);
		i->class = class;
		i->level = (uint8_t)level_of(i, b);
		i->place = at;
		part->order[at++] = part->queue[k];
	}
	part->class_to[class] = at;
}

int balance_part(struct part *part, struct region *r)
{
	size_t mark = region_mark(r);
	struct rest rest = {
		.heap = region_take_raw(r, part->inspector_count, sizeof(*rest.heap)),
		.top = region_take_raw(r, part->inspector_count, sizeof(*rest.top)),
	};
	uint64_t b = 0;

	if (!rest.heap || !rest.top)
		return CORE_FULL;
	gather_rest(part, &rest);
	while (take_top(part, &rest, &b)) {
		bool moved = level_down(part, &rest, b);

		set_block(part, b);
		if (moved)
			gather_rest(part, &rest);
	}
	for (uint32_t k = 0; k < part->pool_count; k++)
		for (uint32_t g = 0; g < GRADES; g++)
			part->pools[k].open[g] = part->pools[k].all[g];
	region_reset(r, mark);
	return CORE_OK;
}
