/* app/registry_lineage.c — a small graph of numbers, walked from one of them until nothing new is met. */
#include "app/registry_lineage.h"

#include "base/status.h"
#include "store/registry_link.h"

#include <stdlib.h>
#include <string.h>

struct lineage_link {
	int64_t change;
	const char *from, *to; /* in `back` the other way round */
	int64_t at;
	bool merge;
};

struct loading {
	struct arena *arena;
	struct registry_lineage *lineage;
	const char *registry;
	size_t size;
};

static int take_link(void *arg, const struct registry_link *l)
{
	struct loading *w = arg;
	struct registry_lineage *g = w->lineage;

	if (g->count == w->size) {
		size_t size = w->size ? 2 * w->size : 64;
		struct lineage_link *larger = arena_array(w->arena, size, sizeof(*larger));
		if (g->count)
			memcpy(larger, g->links, g->count * sizeof(*larger));
		g->links = larger;
		w->size = size;
	}
	g->links[g->count++] = (struct lineage_link){ l->change, arena_str(w->arena, l->old_id),
						      arena_str(w->arena, l->new_id), l->at,
						      strcmp(l->kind, "merge") == 0 };
	return OK;
}

/* Links of one change stand side by side, so each change is asked once. */
static int drop_undone(struct db *db, struct registry_lineage *g)
{
	size_t kept = 0;
	int64_t asked = 0;
	bool holds = true;

	for (size_t i = 0; i < g->count; i++) {
		if (g->links[i].change != asked) {
			asked = g->links[i].change;
			TRY(registry_change_holds(db, asked, &holds));
		}
		if (holds)
			g->links[kept++] = g->links[i];
	}
	g->count = kept;
	return OK;
}

static int load(struct db *db, void *arg)
{
	struct loading *w = arg;

	TRY(registry_link_walk(db, w->registry, take_link, w));
	return drop_undone(db, w->lineage);
}

static int compare(const void *a, const void *b)
{
	const struct lineage_link *x = a, *y = b;

	return strcmp(x->from, y->from);
}

int registry_lineage_load(struct office *o, struct arena *a, enum registry kind,
			  struct registry_lineage *ret)
{
	struct loading w = { a, ret, registry_name(kind), 0 };

	*ret = (struct registry_lineage){ .count = 0 };
	TRY(db_read(o->db, load, &w));
	if (ret->count)
		qsort(ret->links, ret->count, sizeof(*ret->links), compare);
	/* Every number but the one asked for comes from one side of a link. */
	ret->seen = arena_array(a, 2 * ret->count + 1, sizeof(*ret->seen));
	return OK;
}

static bool has(const struct registry_lineage *l, size_t count, const char *id)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(l->seen[i], id) == 0)
			return true;
	return false;
}

/* The first link from this number in a sorted list, or where it would stand. */
static size_t first_of(const struct lineage_link *list, size_t count, const char *id)
{
	size_t from = 0, to = count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (strcmp(list[middle].from, id) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* Fills `seen` with all numbers reached from id by merges and by splits after the moment, itself first. */
static size_t reach(struct registry_lineage *l, const struct lineage_link *list, const char *id,
		    int64_t moment)
{
	size_t count = 1;

	l->seen[0] = id;
	for (size_t at = 0; at < count; at++)
		for (size_t i = first_of(list, l->count, l->seen[at]);
		     i < l->count && strcmp(list[i].from, l->seen[at]) == 0; i++)
			if ((list[i].merge || moment < list[i].at) && !has(l, count, list[i].to))
				l->seen[count++] = list[i].to;
	return count;
}

bool registry_lineage_is_gone(const struct registry_lineage *l, const char *id)
{
	for (size_t i = first_of(l->links, l->count, id);
	     i < l->count && strcmp(l->links[i].from, id) == 0; i++)
		if (l->links[i].merge)
			return true;
	return false;
}

const char *const *registry_lineage_since(struct registry_lineage *l, const char *id,
					  int64_t moment, size_t *count)
{
	size_t reached = reach(l, l->links, id, moment), kept = 0;

	for (size_t i = 0; i < reached; i++)
		if (!registry_lineage_is_gone(l, l->seen[i]))
			l->seen[kept++] = l->seen[i];
	*count = kept;
	return l->seen;
}

const char *const *registry_lineage_living(struct registry_lineage *l, const char *id,
					   size_t *count)
{
	return registry_lineage_since(l, id, INT64_MIN, count);
}
