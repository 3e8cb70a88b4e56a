/* app/registry_shape.c — cells to name, code and facet; a hash table of facets. */
#include "app/registry_shape.h"

#include "base/arena.h"

#include <string.h>

enum { NO_FIELD = -1, FIRST_SIZE = 64 };

struct source {
	int field;          /* NO_FIELD: none */
	const char *absent; /* what an empty cell means */
};

struct shape_fields {
	int name, code;
	struct source part[FACET_PARTS];
};

static const struct shape_fields shapes[REGISTRIES] = {
	[REGISTRY_SITES] = { SITE_NAME,
			     SITE_CODE,
			     { [FACET_COUNTY] = { SITE_COUNTY, "" },
			       [FACET_CLASS] = { SITE_CLASS, "" },
			       [FACET_SPECIAL] = { SITE_SPECIAL, "0" },
			       [FACET_STATE] = { SITE_STATE, "live" },
			       [FACET_KIND] = { SITE_KIND, "discharger" } } },
	[REGISTRY_INSPECTORS] = { INSPECTOR_NAME,
				  INSPECTOR_CERTIFICATE,
				  { [FACET_COUNTY] = { INSPECTOR_DISTRICTS, "" },
				    [FACET_CLASS] = { INSPECTOR_GRADE, "" },
				    [FACET_SPECIAL] = { INSPECTOR_ASSISTANT, "0" },
				    [FACET_STATE] = { INSPECTOR_DUTY, "1" },
				    [FACET_KIND] = { INSPECTOR_ROLE, "" } } },
	[REGISTRY_MATTERS] = { MATTER_NAME,
			       NO_FIELD,
			       { [FACET_COUNTY] = { NO_FIELD, "" },
				 [FACET_CLASS] = { MATTER_CLASS, "" },
				 [FACET_SPECIAL] = { NO_FIELD, "" },
				 [FACET_STATE] = { NO_FIELD, "" },
				 [FACET_KIND] = { MATTER_KINDS, "" } } },
	[REGISTRY_RECUSALS] = { RECUSAL_INSPECTOR,
				RECUSAL_TARGET,
				{ [FACET_COUNTY] = { NO_FIELD, "" },
				  [FACET_CLASS] = { NO_FIELD, "" },
				  [FACET_SPECIAL] = { NO_FIELD, "" },
				  [FACET_STATE] = { NO_FIELD, "" },
				  [FACET_KIND] = { NO_FIELD, "" } } },
};

static struct span cell(const struct span *cells, int field)
{
	return field == NO_FIELD ? SPAN("") : cells[field];
}

void registry_shape(enum registry kind, const struct span cells[REGISTRY_FIELDS_MOST],
		    struct registry_shape *ret)
{
	const struct shape_fields *s = &shapes[kind];

	ret->name = cell(cells, s->name);
	ret->code = cell(cells, s->code);
	for (int i = 0; i < FACET_PARTS; i++) {
		ret->facet[i] = cell(cells, s->part[i].field);
		if (ret->facet[i].len == 0)
			ret->facet[i] = span_of(s->part[i].absent);
	}
}

void facets_init(struct facets *f, struct arena *a)
{
	*f = (struct facets){ .arena = a, .size = FIRST_SIZE };
	f->entries = arena_array(a, f->size, sizeof(*f->entries));
	f->slots = arena_array(a, (size_t)2 * f->size, sizeof(*f->slots));
}

static uint32_t hash(const struct span part[FACET_PARTS])
{
	uint32_t h = 2166136261U;

	for (int i = 0; i < FACET_PARTS; i++) {
		for (size_t j = 0; j < part[i].len; j++)
			h = (h ^ (unsigned char)part[i].at[j]) * 16777619U;
		h = (h ^ 0xff) * 16777619U;
	}
	return h ^ h >> 15;
}

static bool same(const struct facet_entry *e, const struct span part[FACET_PARTS])
{
	for (int i = 0; i < FACET_PARTS; i++)
		if (!span_equal(e->part[i], part[i]))
			return false;
	return true;
}

static uint32_t *slot_of(const struct facets *f, const struct span part[FACET_PARTS])
{
	uint32_t mask = 2 * f->size - 1, at = hash(part) & mask;

	while (f->slots[at] && !same(&f->entries[f->slots[at] - 1], part))
		at = (at + 1) & mask;
	return &f->slots[at];
}

static void grow(struct facets *f)
{
	struct facet_entry *larger = arena_array(f->arena, (size_t)2 * f->size, sizeof(*larger));

	memcpy(larger, f->entries, f->count * sizeof(*larger));
	f->entries = larger;
	f->size *= 2;
	f->slots = arena_array(f->arena, (size_t)2 * f->size, sizeof(*f->slots));
	for (uint32_t i = 0; i < f->count; i++)
		*slot_of(f, f->entries[i].part) = i + 1;
}

struct facet_entry *facets_find(struct facets *f, const struct span part[FACET_PARTS])
{
	if (f->last < f->count && same(&f->entries[f->last], part))
		return &f->entries[f->last];
	uint32_t *slot = slot_of(f, part);
	if (*slot) {
		f->last = *slot - 1;
		return &f->entries[f->last];
	}
	if (f->count == FACETS_MOST)
		return NULL;
	if (f->count == f->size) {
		grow(f);
		slot = slot_of(f, part);
	}
	struct facet_entry *e = &f->entries[f->count];
	for (int i = 0; i < FACET_PARTS; i++)
		e->part[i] =
			(struct span){ arena_mem(f->arena, part[i].at, part[i].len), part[i].len };
	f->last = f->count++;
	*slot = f->count;
	return e;
}
