/*
 * core/assign_split.c — cuts the problem into parts that share no inspector, by union of pools.
 * Keeps: every pool with members that a visit with candidates uses lies in exactly one part, and so does
 * every inspector of it; lists of a part are ascending.
 */
#include "core/assign.h"
#include "core/mem.h"

#define NOWHERE UINT32_MAX

struct splitter {
	const struct assign_problem *p;
	uint32_t *parent;  /* inspector: up the tree of its part */
	uint32_t *part_of; /* root inspector: its part, or NOWHERE */
	bool *used;        /* pool */
};

static uint32_t find_root(uint32_t *parent, uint32_t i)
{
	while (parent[i] != i) {
		parent[i] = parent[parent[i]];
		i = parent[i];
	}
	return i;
}

static bool has_candidates(const struct assign_problem *p, const struct assign_visit *v)
{
	return p->pools[v->pool].count > v->excluded_count;
}

static void unite_pools(struct splitter *s)
{
	for (uint32_t v = 0; v < s->p->visit_count; v++)
		if (has_candidates(s->p, &s->p->visits[v]))
			s->used[s->p->visits[v].pool] = true;
	for (uint32_t k = 0; k < s->p->pool_count; k++) {
		const struct assign_pool *pool = &s->p->pools[k];

		for (uint32_t i = 1; s->used[k] && i < pool->count; i++) {
			uint32_t a = find_root(s->parent, pool->inspectors[0]);
			uint32_t b = find_root(s->parent, pool->inspectors[i]);

			s->parent[a > b ? a : b] = a > b ? b : a;
		}
	}
}

/* Part of a pool that is used; NOWHERE before any of its visits was numbered. */
static uint32_t *pool_part(struct splitter *s, uint32_t pool)
{
	return &s->part_of[find_root(s->parent, s->p->pools[pool].inspectors[0])];
}

/* Numbers the parts in the order of their first visits; part[v] gets the number. */
static uint32_t number_parts(struct splitter *s, uint32_t *part)
{
	uint32_t count = 0;

	for (uint32_t v = 0; v < s->p->visit_count; v++) {
		const struct assign_visit *visit = &s->p->visits[v];
		uint32_t *known;

		if (!has_candidates(s->p, visit)) {
			part[v] = count++;
			continue;
		}
		known = pool_part(s, visit->pool);
		if (*known == NOWHERE)
			*known = count++;
		part[v] = *known;
	}
	return count;
}

/*
 * Groups items by part: start gets count + 1 entries, list the items, place each item's place in its
 * group. Items whose part is NOWHERE are left out.
 */
static int group(struct region *r, const uint32_t *part, uint32_t items, uint32_t count,
		 uint32_t **ret_start, uint32_t **ret_list, uint32_t *place)
{
	uint32_t *start = region_take(r, (size_t)count + 1, sizeof(*start));
	uint32_t *list = region_take_raw(r, items, sizeof(*list));

	if (!start || !list)
		return CORE_FULL;
	for (uint32_t i = 0; i < items; i++)
		if (part[i] != NOWHERE)
			start[part[i]]++;
	for (uint32_t k = 0, sum = 0; k <= count; k++) {
		uint32_t size = start[k];

		start[k] = sum;
		sum += size;
	}
	for (uint32_t i = 0; i < items; i++)
		if (part[i] != NOWHERE)
			list[start[part[i]]++] = i;
	for (uint32_t k = count; k > 0; k--)
		start[k] = start[k - 1];
	start[0] = 0;
	for (uint32_t k = 0; place && k < count; k++)
		for (uint32_t i = start[k]; i < start[k + 1]; i++)
			place[list[i]] = i - start[k];
	*ret_start = start;
	*ret_list = list;
	return CORE_OK;
}

static int group_all(struct splitter *s, struct region *r, uint32_t *part, struct assign_parts *ret)
{
	const struct assign_problem *p = s->p;

	ret->count = number_parts(s, part);
	CORE_TRY(group(r, part, p->visit_count, ret->count, &ret->start, &ret->visits, NULL));
	for (uint32_t i = 0; i < p->inspector_count; i++)
		part[i] = s->part_of[find_root(s->parent, i)];
	CORE_TRY(group(r, part, p->inspector_count, ret->count, &ret->inspector_start,
		       &ret->inspectors, ret->inspector_place));
	for (uint32_t k = 0; k < p->pool_count; k++)
		part[k] = s->used[k] ? *pool_part(s, k) : NOWHERE;
	return group(r, part, p->pool_count, ret->count, &ret->pool_start, &ret->pools,
		     ret->pool_place);
}

static uint32_t largest(uint32_t a, uint32_t b, uint32_t c)
{
	uint32_t most = a > b ? a : b;

	return most > c ? most : c;
}

/* The lists that stay are taken after the scratch, so the scratch stays too: 13 bytes an item. */
int assign_split(const struct assign_problem *p, struct region *r, struct assign_parts *ret)
{
	struct splitter s = { .p = p };
	struct assign_parts parts = { 0 };
	uint32_t *part;

	s.parent = region_take_raw(r, p->inspector_count, sizeof(*s.parent));
	s.part_of = region_take_raw(r, p->inspector_count, sizeof(*s.part_of));
	s.used = region_take(r, p->pool_count, sizeof(*s.used));
	part = region_take_raw(r, largest(p->visit_count, p->inspector_count, p->pool_count),
			       sizeof(*part));
	parts.inspector_place =
		region_take_raw(r, p->inspector_count, sizeof(*parts.inspector_place));
	parts.pool_place = region_take_raw(r, p->pool_count, sizeof(*parts.pool_place));
	if (!s.parent || !s.part_of || !s.used || !part || !parts.inspector_place ||
	    !parts.pool_place)
		return CORE_FULL;
	for (uint32_t i = 0; i < p->inspector_count; i++) {
		s.parent[i] = i;
		s.part_of[i] = NOWHERE;
	}
	unite_pools(&s);
	CORE_TRY(group_all(&s, r, part, &parts));
	*ret = parts;
	return CORE_OK;
}
