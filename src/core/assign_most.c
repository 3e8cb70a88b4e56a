/*
 * core/assign_most.c — as many whole teams as the tickets allow where not every visit can have one.
 *
 * Keeps: the visits taken are full, all others are empty, so that a search never passes one that was left out.
 */
#include "core/assign.h"
#include "core/assign_part.h"
#include "core/ticket.h"

int assign_order(const struct assign_problem *p, struct region *r, uint32_t **ret)
{
	uint32_t *order = region_take_raw(r, p->visit_count, sizeof(*order));
	size_t mark = region_mark(r);
	struct ticket_entry *entries = region_take_raw(r, p->visit_count, sizeof(*entries));
	struct writer w = { NULL, p->seed.len + sizeof("/visits"), 0, false };
	struct ticket_seed seed;

	w.at = region_take_raw(r, w.size, 1);
	if (!order || !entries || !w.at)
		return CORE_FULL;
	write_span(&w, p->seed);
	write_literal(&w, "/visits");
	ticket_seed_init(&seed, (struct span){ w.at, w.len });
	for (uint32_t v = 0; v < p->visit_count; v++) {
		entries[v].id = p->visits[v].id;
		entries[v].index = v;
		ticket_keys(&seed, &entries[v].id, 1, &entries[v].key);
	}
	ticket_sort(&seed, entries, p->visit_count);
	for (uint32_t v = 0; v < p->visit_count; v++)
		order[v] = entries[v].index;
	region_reset(r, mark);
	*ret = order;
	return CORE_OK;
}

/* Fills all of the visit, others changing places for it; else it is as it was before: empty. */
static bool take_visit(struct part *part, struct part_visit *v, uint32_t index)
{
	while (v->count[0] + v->count[1] < v->need) {
		search_begin(part, GOAL_ROOM, PART_NONE);
		search_from_visit(part, index);
		search_run(part);
		if (part->search.found > 0)
			continue;
		part_clear(part, v);
		return false;
	}
	return true;
}

/* One part; its visits come as their places in it, in the order in which they are taken. */
static int take_part(const struct assign_problem *p, const struct assign_parts *parts,
		     uint32_t index, const uint32_t *places, struct region *scratch, bool *ret)
{
	size_t mark = region_mark(scratch);
	struct part part;
	int rc = part_load(&part, p, parts, index, scratch);

	for (uint32_t k = 0; rc == CORE_OK && k < part.visit_count; k++)
		ret[part.visits[places[k]]] = take_visit(&part, &part.visit[places[k]], places[k]);
	region_reset(scratch, mark);
	return rc;
}

/* Writes the order as places in the parts, part by part. */
static int order_parts(const struct assign_problem *p, const struct assign_parts *parts,
		       const uint32_t *order, struct region *r, uint32_t **ret)
{
	uint32_t *places = region_take_raw(r, p->visit_count, sizeof(*places));
	uint32_t *part_of = region_take_raw(r, p->visit_count, sizeof(*part_of));
	uint32_t *place = region_take_raw(r, p->visit_count, sizeof(*place));
	uint32_t *next = region_take_raw(r, parts->count, sizeof(*next));

	if (!places || !part_of || !place || !next)
		return CORE_FULL;
	for (uint32_t k = 0; k < parts->count; k++) {
		next[k] = parts->start[k];
		for (uint32_t i = parts->start[k]; i < parts->start[k + 1]; i++) {
			part_of[parts->visits[i]] = k;
			place[parts->visits[i]] = i - parts->start[k];
		}
	}
	for (uint32_t i = 0; i < p->visit_count; i++)
		places[next[part_of[order[i]]]++] = place[order[i]];
	*ret = places;
	return CORE_OK;
}

static int take_parts(const struct assign_problem *p, const uint32_t *order, struct region *r,
		      bool *ret)
{
	struct assign_parts parts;
	uint32_t *places;

	CORE_TRY(assign_split(p, r, &parts));
	CORE_TRY(order_parts(p, &parts, order, r, &places));
	for (uint32_t k = 0; k < parts.count; k++)
		CORE_TRY(take_part(p, &parts, k, places + parts.start[k], r, ret));
	return CORE_OK;
}

int assign_most(const struct assign_problem *p, const uint32_t *order, struct region *r, bool *ret)
{
	size_t mark = region_mark(r);
	int rc = take_parts(p, order, r, ret);

	region_reset(r, mark);
	return rc;
}
