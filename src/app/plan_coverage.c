/* app/plan_coverage.c — sites without a list of their own are counted by kind, and matters at the end. */
#include "app/plan_coverage.h"

#include <string.h>

enum { TABLE_SIZE = 1 << 14 };

static void init_places(struct plan_places *p, struct arena *a)
{
	p->list = arena_array(a, PLAN_PLACES_MOST, sizeof(*p->list));
	p->table = arena_array(a, TABLE_SIZE, sizeof(*p->table));
}

void plan_coverage_init(struct plan_coverage *c, const struct plan_scene *s)
{
	struct arena *a = s->notes->arena;

	*c = (struct plan_coverage){ .scene = s };
	init_places(&c->counties, a);
	init_places(&c->townships, a);
	c->matters = arena_array(a, s->matters.count + 1, sizeof(*c->matters));
}

static uint32_t hash(struct span code, struct span county)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < code.len; i++)
		h = (h ^ (unsigned char)code.at[i]) * 0x100000001b3u;
	for (size_t i = 0; i < county.len; i++)
		h = (h ^ (unsigned char)county.at[i]) * 0x100000001b3u;
	return (uint32_t)(h >> 20) & (TABLE_SIZE - 1);
}

/* The place, made if it is new; NULL when there are too many (towns by mistyped names). */
static struct plan_place *find(struct plan_places *p, struct arena *a, struct span code,
			       struct span county)
{
	uint32_t slot = hash(code, county);

	for (; p->table[slot]; slot = (slot + 1) & (TABLE_SIZE - 1)) {
		struct plan_place *place = &p->list[p->table[slot] - 1];
		if (span_equal(span_of(place->code), code) &&
		    span_equal(span_of(place->county), county))
			return place;
	}
	if (p->count == PLAN_PLACES_MOST)
		return NULL;
	p->list[p->count] = (struct plan_place){ .code = arena_mem(a, code.at, code.len),
						 .county = arena_mem(a, county.at, county.len) };
	p->table[slot] = (uint32_t)++p->count;
	return &p->list[p->count - 1];
}

static void count(struct plan_place *place, const struct plan_scanned *s)
{
	if (!place)
		return;
	place->sites++;
	place->visited += s->visits > 0;
	place->uncovered += s->asks == 0;
}

static void count_matter(struct plan_covered_matter *m, const struct plan_scanned *s)
{
	m->sites++;
	m->visited += s->visits > 0;
	m->reached += s->visits > 0 || s->pending;
}

static void count_own_matters(struct plan_coverage *c, const struct plan_scanned *s)
{
	uint32_t found[PLAN_MATTERS_MOST];
	size_t n = plan_matters_of(&c->scene->matters, s->site->text[SITE_MATTERS], s->site->kind,
				   found);

	for (size_t i = 0; i < n; i++)
		count_matter(&c->matters[found[i]], s);
}

void plan_coverage_add(struct plan_coverage *c, const struct plan_scanned *s)
{
	struct arena *a = c->scene->notes->arena;
	const struct span *t = s->site->text;

	c->sites++;
	c->visited += s->visits > 0;
	count(find(&c->counties, a, t[SITE_COUNTY], SPAN("")), s);
	if (t[SITE_TOWNSHIP].len)
		count(find(&c->townships, a, t[SITE_TOWNSHIP], t[SITE_COUNTY]), s);
	if (t[SITE_MATTERS].len) {
		count_own_matters(c, s);
		return;
	}
	count_matter(&c->kinds[s->site->kind], s);
}

static void add_gone(struct plan_coverage *c, const struct plan_gone *gone)
{
	uint32_t found[PLAN_MATTERS_MOST];
	size_t n = plan_matters_of(&c->scene->matters, gone->matters, gone->kind, found);

	if (!plan_gone_visited(&c->scene->history, gone))
		return;
	for (size_t i = 0; i < n; i++) {
		c->matters[found[i]].visited++;
		c->matters[found[i]].reached++;
	}
}

void plan_coverage_end(struct plan_coverage *c, const struct plan_scan_sum *sum)
{
	uint32_t sealed = plan_sealed_kinds(&c->scene->history.sealed);

	for (int k = 0; k < OBJECT_KINDS; k++)
		c->kinds[k].reached += sealed >> k & 1;
	for (size_t i = 0; i < c->scene->matters.count; i++)
		for (int k = 0; k < OBJECT_KINDS; k++)
			if (c->scene->matters.list[i].kinds >> k & 1) {
				c->matters[i].sites += c->kinds[k].sites;
				c->matters[i].visited += c->kinds[k].visited;
				c->matters[i].reached += c->kinds[k].reached;
			}
	for (size_t i = 0; i < sum->gone_count; i++)
		add_gone(c, &sum->gone[i]);
}
