/* app/plan_work.c — groups of sites in a hash table, then sorted by stratum and dealt out. */
#include "app/plan_work.h"

#include "base/status.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS_FIRST = 1 << 10 };

struct plan_work_group {
	uint32_t cell;
	const char *county, *skill;
	uint64_t members;
};

/* The sites of a stratum that are alike for the staff. */
struct share {
	uint32_t stratum;
	const char *county, *skill;
	uint64_t members, visits, most;
};

void plan_workload_init(struct plan_workload *w, struct arena *a)
{
	*w = (struct plan_workload){ .arena = a, .slots = SLOTS_FIRST };
	w->table = arena_array(a, w->slots, sizeof(*w->table));
}

static uint64_t mix(uint64_t h, struct span text)
{
	for (size_t i = 0; i < text.len; i++)
		h = (h ^ (unsigned char)text.at[i]) * 0x100000001b3u;
	return (h ^ 0xff) * 0x100000001b3u;
}

/* The slot that holds it, or the empty one where it belongs. */
static size_t slot_of(const struct plan_workload *w, uint32_t cell, struct span county,
		      struct span skill)
{
	uint64_t h = mix(mix((cell + 1) * 0x9e3779b97f4a7c15u, county), skill);
	size_t slot = (size_t)(h >> 20) & (w->slots - 1);

	for (; w->table[slot]; slot = (slot + 1) & (w->slots - 1)) {
		const struct plan_work_group *g = &w->groups[w->table[slot] - 1];
		if (g->cell == cell && span_equal(span_of(g->county), county) &&
		    span_equal(span_of(g->skill), skill))
			break;
	}
	return slot;
}

/* Doubles both lists; the table is never more than half full. */
static void grow(struct plan_workload *w)
{
	size_t size = w->size ? 2 * w->size : SLOTS_FIRST / 2;
	struct plan_work_group *groups = arena_array(w->arena, size, sizeof(*groups));

	if (w->count)
		memcpy(groups, w->groups, w->count * sizeof(*groups));
	w->groups = groups;
	w->size = size;
	w->slots = 2 * size;
	w->table = arena_array(w->arena, w->slots, sizeof(*w->table));
	for (size_t i = 0; i < w->count; i++) {
		const struct plan_work_group *g = &w->groups[i];
		w->table[slot_of(w, g->cell, span_of(g->county), span_of(g->skill))] =
			(uint32_t)i + 1;
	}
}

int plan_workload_add(struct plan_workload *w, const struct plan_cells *cells,
		      const struct plan_scanned *s, struct span skill)
{
	const struct cover_cell *found = plan_cells_find(cells, s);
	struct span county = s->site->text[SITE_COUNTY];

	if (!found || found->held)
		return OK;
	uint32_t cell = (uint32_t)(found - cells->list);
	size_t slot = slot_of(w, cell, county, skill);
	if (w->table[slot] == 0) {
		if (w->count == PLAN_WORKS_MOST)
			return TOO_LARGE;
		if (w->count == w->size) {
			grow(w);
			slot = slot_of(w, cell, county, skill);
		}
		w->groups[w->count] =
			(struct plan_work_group){ cell, arena_mem(w->arena, county.at, county.len),
						  arena_mem(w->arena, skill.at, skill.len), 0 };
		w->table[slot] = (uint32_t)++w->count;
	}
	w->groups[w->table[slot] - 1].members++;
	return OK;
}

/* ---- dealing ---- */

/* Specialities by name, none last. */
static int compare_skills(const char *a, const char *b)
{
	if (!*a || !*b)
		return (*a == 0) - (*b == 0);
	return strcmp(a, b);
}

static int compare_shares(const void *a, const void *b)
{
	const struct share *x = a, *y = b;
	int order = (x->stratum > y->stratum) - (x->stratum < y->stratum);

	if (order == 0)
		order = compare_skills(x->skill, y->skill);
	return order ? order : strcmp(x->county, y->county);
}

/* Shares by stratum, speciality and county; several cells of a stratum are added up. */
static struct share *make_shares(const struct plan_workload *w, const struct plan_draw *d,
				 size_t *ret_count)
{
	struct share *list = arena_array(w->arena, w->count + 1, sizeof(*list));
	size_t count = 0, to = 0;

	for (size_t i = 0; i < w->count; i++) {
		const struct plan_work_group *g = &w->groups[i];
		const struct cover_cell *cell = &d->cells.list[g->cell];
		if (!d->cover.strata[cell->stratum].shut)
			list[count++] = (struct share){ .stratum = cell->stratum,
							.county = g->county,
							.skill = g->skill,
							.members = g->members };
	}
	if (count)
		qsort(list, count, sizeof(*list), compare_shares);
	for (size_t i = 0; i < count; i++)
		if (to && compare_shares(&list[to - 1], &list[i]) == 0)
			list[to - 1].members += list[i].members;
		else
			list[to++] = list[i];
	*ret_count = to;
	return list;
}

static uint64_t members_of(const struct share *list, size_t count)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += list[i].members;
	return sum;
}

/* Deals total over the counties of one speciality, the units left over to the largest remainders. */
static void deal_counties(struct share *list, size_t count, uint64_t total, bool most)
{
	uint64_t members = members_of(list, count), left = total;
	uint64_t last = members; /* remainder of the one that got a unit last */
	size_t after = 0;        /* of those with that remainder the next one */

	for (size_t i = 0; i < count; i++) {
		uint64_t n = total * list[i].members / members;
		*(most ? &list[i].most : &list[i].visits) = n;
		left -= n;
	}
	for (; left > 0; left--) {
		uint64_t best = 0;
		size_t at = count;
		for (size_t i = 0; i < count; i++) {
			uint64_t rest = total * list[i].members % members;
			bool free = rest < last || (rest == last && i >= after);
			if (free && (at == count || rest > best)) {
				best = rest;
				at = i;
			}
		}
		++*(most ? &list[at].most : &list[at].visits);
		last = best;
		after = at + 1;
	}
}

/* Deals total over the shares of one stratum. */
static void deal_stratum(struct share *list, size_t count, uint64_t total, bool most)
{
	uint64_t members = members_of(list, count), left = total;

	for (size_t from = 0, to; from < count; from = to) {
		for (to = from; to < count && strcmp(list[to].skill, list[from].skill) == 0;)
			to++;
		uint64_t all = total * members_of(list + from, to - from);
		uint64_t n = *list[from].skill ? all / members + (all % members > 0) : left;
		n = n < left ? n : left;
		deal_counties(list + from, to - from, n, most);
		left -= n;
	}
}

static int compare_works(const void *a, const void *b)
{
	const struct plan_work *x = a, *y = b;
	int order = strcmp(x->county, y->county);

	if (order == 0)
		order = strcmp(x->skill, y->skill);
	return order ? order : (x->team > y->team) - (x->team < y->team);
}

void plan_workload_deal(const struct plan_workload *w, const struct plan_draw *d,
			struct plan_work **ret, size_t *ret_count)
{
	size_t count, to = 0;
	struct share *shares = make_shares(w, d, &count);
	struct plan_work *works = arena_array(w->arena, count + 1, sizeof(*works));

	for (size_t i = 0, end; i < count; i = end) {
		const struct cover_stratum *s = &d->cover.strata[shares[i].stratum];
		for (end = i; end < count && shares[end].stratum == shares[i].stratum;)
			end++;
		deal_stratum(shares + i, end - i, s->usual, false);
		deal_stratum(shares + i, end - i, s->most, true);
	}
	for (size_t i = 0; i < count; i++)
		works[i] = (struct plan_work){ shares[i].county, shares[i].skill,
					       d->cover.strata[shares[i].stratum].team,
					       shares[i].visits, shares[i].most };
	if (count)
		qsort(works, count, sizeof(*works), compare_works);
	for (size_t i = 0; i < count; i++)
		if (to && compare_works(&works[to - 1], &works[i]) == 0) {
			works[to - 1].visits += works[i].visits;
			works[to - 1].most += works[i].most;
		} else {
			works[to++] = works[i];
		}
	*ret = works;
	*ret_count = to;
}
