/* app/plan_sealed.c — a draw's promises less what was opened of it. */
#include "app/plan_sealed.h"

#include "app/life_seal.h"
#include "app/plan_period.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

struct counting {
	struct office *office;
	struct arena *arena;
	const struct plan_sealed_draw *draw;
	struct plan_sealed_list *to;
	size_t first; /* of the draw in the list */
};

static int add_cover(void *arg, const struct draw_cover_row *row)
{
	struct counting *c = arg;
	struct plan_sealed_list *to = c->to;

	if (to->count == to->size) {
		to->size = to->size ? 2 * to->size : 32;
		struct plan_sealed *list = arena_array(c->arena, to->size, sizeof(*list));
		if (to->count)
			memcpy(list, to->list, to->count * sizeof(*list));
		to->list = list;
	}
	to->list[to->count++] = (struct plan_sealed){ .rule = arena_str(c->arena, row->rule),
						      .pool = arena_str(c->arena, row->pool),
						      .counts = c->draw->counts,
						      .n = (uint64_t)row->drawn };
	return OK;
}

bool plan_sealed_in(struct span stratum, const char *rule)
{
	const struct span id = span_of(rule);

	while (stratum.len > 0 && *stratum.at != '~') {
		const char *end = stratum.at + stratum.len;
		char next = stratum.len > id.len ? stratum.at[id.len] : '.';
		if (stratum.len >= id.len && memcmp(stratum.at, id.at, id.len) == 0 &&
		    (next == '.' || next == '+' || next == '~'))
			return true;
		while (stratum.at < end && *stratum.at != '+' && *stratum.at != '~')
			stratum.at++;
		stratum.at += stratum.at < end && *stratum.at == '+';
		stratum.len = (size_t)(end - stratum.at);
	}
	return stratum.len > 0;
}

/* An opened visit is none of the sealed ones any more; one that was replaced went on as another. */
static int take_off(void *arg, const struct visit_row *v)
{
	CLEANUP(arena_release) struct arena a;
	struct counting *c = arg;
	struct life_site site;

	arena_init(&a);
	if (*v->site == 0 || strcmp(v->ended, "replaced") == 0 || strcmp(v->ended, "annulled") == 0)
		return OK;
	TRY(life_site_open(c->office, &a, v, &site));
	for (size_t i = c->first; i < c->to->count; i++)
		if (c->to->list[i].n > 0 && plan_sealed_in(site.stratum, c->to->list[i].rule))
			c->to->list[i].n--;
	return OK;
}

int plan_sealed_add(struct office *o, struct arena *a, const struct plan_sealed_draw *draw,
		    struct plan_sealed_list *list)
{
	struct counting c = { o, a, draw, list, list->count };
	const struct visit_ask ask = {
		.draw = draw->draw, .body = "", .state = "", .inspector = "", .after = ""
	};

	TRY(draw_cover_walk(o->db, draw->draw, add_cover, &c));
	if (list->count == c.first)
		return OK;
	TRY(visit_walk(o->db, &ask, take_off, &c));
	for (size_t i = c.first; i < list->count; i++)
		if (list->list[i].n > draw->sealed)
			list->list[i].n = draw->sealed;
	return OK;
}

uint64_t plan_sealed_of(const struct plan_sealed_list *list, const char *rule, const char *pool,
			int64_t from, int64_t to)
{
	uint64_t n = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct plan_sealed *s = &list->list[i];
		if (s->counts >= from && s->counts <= to && strcmp(s->rule, rule) == 0 &&
		    strcmp(s->pool, pool) == 0)
			n += s->n;
	}
	return n;
}

uint32_t plan_sealed_kinds(const struct plan_sealed_list *list)
{
	uint32_t kinds = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct plan_sealed *s = &list->list[i];
		char *end = NULL;
		unsigned long bits = s->rule[0] == 'm' ? strtoul(s->rule + 1, &end, 16) : 0;
		if (s->n > 0 && end && *end == 0 && end > s->rule + 1 &&
		    strcmp(s->pool, PLAN_POOL_DAILY) == 0)
			kinds |= (uint32_t)bits;
	}
	return kinds;
}
