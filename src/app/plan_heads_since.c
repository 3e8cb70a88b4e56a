/* app/plan_heads_since.c — a year changes few of the rows, so they are kept in memory. */
#include "app/plan_heads_since.h"

#include "app/plan_span.h"
#include "base/status.h"
#include "store/registry_history.h"

#include <string.h>

struct gathering {
	struct arena *arena;
	struct plan_heads_version *list;
	size_t count, size;
};

static int gather(void *arg, int64_t at, const char *cells)
{
	struct gathering *g = arg;

	if (g->count == g->size) {
		g->size = g->size ? 2 * g->size : 64;
		struct plan_heads_version *more = arena_array(g->arena, g->size, sizeof(*more));
		if (g->count)
			memcpy(more, g->list, g->count * sizeof(*more));
		g->list = more;
	}
	g->list[g->count++] =
		(struct plan_heads_version){ span_of(arena_str(g->arena, cells)), plan_day_of(at) };
	return OK;
}

int plan_heads_since(struct office *o, struct arena *a, int64_t change,
		     struct plan_heads_version **ret, size_t *ret_count)
{
	struct gathering g = { .arena = a };

	TRY(registry_since_walk(o->db, registry_name(REGISTRY_INSPECTORS), change, gather, &g));
	*ret = g.list;
	*ret_count = g.count;
	return OK;
}
