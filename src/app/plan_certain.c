/* app/plan_certain.c — they are few; the visits are looked up when the walk over them has ended. */
#include "app/plan_certain.h"

#include "app/registry_lineage.h"
#include "base/status.h"
#include "store/visit.h"
#include "store/visit_change.h"

#include <stdlib.h>
#include <string.h>

struct waiting {
	const char *visit;
	int64_t at;
	struct waiting *next;
};

struct collecting {
	struct arena *a;
	struct waiting *first;
};

static int collect(void *arg, const struct visit_certain *c)
{
	struct collecting *w = arg;
	struct waiting *one = arena_alloc(w->a, sizeof(*one));

	*one = (struct waiting){ arena_str(w->a, c->visit), c->at, w->first };
	w->first = one;
	return OK;
}

static void add(struct arena *a, struct plan_certain *to, size_t *size, const char *id)
{
	if (to->count == *size) {
		struct span *old = to->list;
		*size = *size ? *size * 2 : 16;
		to->list = arena_array(a, *size, sizeof(*to->list));
		if (to->count)
			memcpy(to->list, old, to->count * sizeof(*old));
	}
	to->list[to->count++] = span_of(arena_str(a, id));
}

static int compare(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return span_compare(*x, *y);
}

int plan_certain_load(struct office *o, struct arena *a, const char *body, struct plan_certain *ret)
{
	struct collecting c = { .a = a };
	struct registry_lineage lineage;
	size_t size = 0;

	*ret = (struct plan_certain){ .list = NULL };
	TRY(visit_certain_walk(o->db, body, collect, &c));
	if (!c.first)
		return OK;
	TRY(registry_lineage_load(o, a, REGISTRY_SITES, &lineage));
	for (const struct waiting *w = c.first; w; w = w->next) {
		struct visit_row row;
		size_t count;
		TRY(visit_get(o->db, a, w->visit, &row));
		if (*row.site == 0)
			continue;
		const char *const *living =
			registry_lineage_since(&lineage, row.site, w->at, &count);
		for (size_t i = 0; i < count; i++)
			add(a, ret, &size, living[i]);
	}
	if (ret->count)
		qsort(ret->list, ret->count, sizeof(*ret->list), compare);
	return OK;
}

bool plan_certain_has(const struct plan_certain *c, struct span site)
{
	return c->count > 0 && bsearch(&site, c->list, c->count, sizeof(*c->list), compare) != NULL;
}
