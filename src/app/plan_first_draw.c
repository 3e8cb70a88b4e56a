/* app/plan_first_draw.c — draws are few: a list sorted by the first day of their periods. */
#include "app/plan_first_draw.h"

#include "app/plan_span.h"
#include "base/status.h"
#include "store/draw_row.h"

#include <stdlib.h>
#include <string.h>

struct collecting {
	struct arena *a;
	struct plan_first_draws *to;
	size_t size;
};

static int collect(void *arg, const struct draw_row *row)
{
	struct collecting *c = arg;
	struct plan_first_draws *d = c->to;
	struct plan_span span;

	if (row->parent || strcmp(row->state, "cancelled") == 0 ||
	    plan_span_parse(row->period, &span) != OK)
		return OK;
	if (d->count == c->size) {
		struct plan_first_draw *old = d->list;
		c->size = c->size ? c->size * 2 : 16;
		d->list = arena_array(c->a, c->size, sizeof(*d->list));
		if (d->count)
			memcpy(d->list, old, d->count * sizeof(*old));
	}
	d->list[d->count++] =
		(struct plan_first_draw){ arena_str(c->a, row->id), arena_str(c->a, row->period),
					  arena_str(c->a, row->area), span.from };
	return OK;
}

static int compare(const void *a, const void *b)
{
	const struct plan_first_draw *x = a, *y = b;

	return x->from != y->from ? (x->from > y->from) - (x->from < y->from)
				  : strcmp(x->id, y->id);
}

int plan_first_draws(struct db *db, struct arena *a, struct plan_first_draws *ret)
{
	struct collecting c = { .a = a, .to = ret };

	*ret = (struct plan_first_draws){ .list = NULL };
	TRY(draw_row_walk(db, "", 0, collect, &c));
	if (ret->count)
		qsort(ret->list, ret->count, sizeof(*ret->list), compare);
	return OK;
}

const struct plan_first_draw *plan_first_draw_of(const struct plan_first_draws *d,
						 struct span county)
{
	for (size_t i = 0; i < d->count; i++) {
		const struct plan_first_draw *one = &d->list[i];
		size_t len = strlen(one->area);
		if (len == 0 || county.len == 0 || memmem(one->area, len, county.at, county.len))
			return one;
	}
	return NULL;
}
