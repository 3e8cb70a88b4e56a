/* app/plan_scan.c — registry and visits are both sorted by id, so they are walked side by side. */
#include "app/plan_scan.h"

#include "app/plan_firm_shares.h"
#include "base/clock.h"
#include "base/status.h"

#include <string.h>

struct scan {
	const struct plan_scene *scene;
	struct plan_asks *asks;
	bool counting;
	struct plan_firm_shares firms;
	size_t at; /* next visit of the history */
	size_t gone_size;
	int64_t day;
	int64_t begins; /* of the first period of the rule set, if it is not the year's; else INT64_MIN */
	struct plan_scan_sum sum;
};

/* The visits of this site: *count of them; NULL if there is none. */
static const struct plan_past *visits_of(struct scan *w, struct span id, size_t *count)
{
	const struct plan_history *h = &w->scene->history;

	while (w->at < h->count && span_compare(h->list[w->at].site, id) < 0)
		w->at++;
	*count = 0;
	while (w->at + *count < h->count && span_equal(h->list[w->at + *count].site, id))
		++*count;
	return *count ? h->list + w->at : NULL;
}

static uint32_t period_of(const struct plan_scene *s, int64_t day)
{
	struct plan_span span = plan_span_at(s->kind, day);

	return span.year == (uint32_t)s->plan.year ? span.number : 1;
}

static uint32_t entered(const struct plan_scene *s, const struct site *site, bool special)
{
	uint32_t period = 1;
	char text[PLAN_DAY_TEXT] = { 0 };
	int64_t day;

	if (special && site->special_from != INT64_MIN)
		period = period_of(s, site->special_from);
	struct span cell = site->text[SITE_ENTERED];
	if (cell.len == PLAN_DAY_TEXT - 1) {
		memcpy(text, cell.at, cell.len);
		if (clock_parse_day(text, &day) == OK && period_of(s, day) > period)
			period = period_of(s, day);
	}
	return period;
}

static uint64_t asks_of(const struct scan *w, const struct plan_site *site)
{
	uint64_t bits = 0;

	for (size_t i = 0; i < w->asks->count; i++) {
		const struct plan_ask *ask = &w->asks->list[i];
		bool fits = ask->kinds ? ask->kinds >> site->site->kind & 1
				       : plan_who_fits(&ask->who, site);
		bits |= (uint64_t)fits << i;
	}
	return bits;
}

bool plan_ask_counts(const struct plan_ask *ask, const struct plan_past *p)
{
	return !p->only_cap && !p->sealed && (p->visits & ask->counts) &&
	       (!p->copy || ask->share) && p->counts >= ask->window.from &&
	       p->counts <= ask->window.to;
}

/* Adds a site's visits to the asks it belongs to, to all but shares if it is gone. */
static void count_visits(struct scan *w, uint64_t asks, bool gone, const struct plan_past *list,
			 size_t count)
{
	for (size_t i = 0; i < w->asks->count; i++) {
		struct plan_ask *ask = &w->asks->list[i];
		uint64_t done = 0, pending = 0;
		if (!(asks >> i & 1) || (gone && ask->share))
			continue;
		for (size_t k = 0; k < count; k++) {
			const struct plan_past *p = &list[k];
			if (!plan_ask_counts(ask, p))
				continue;
			done += p->pending ? 0 : p->n;
			pending += p->pending ? p->n : 0;
		}
		if (ask->distinct) {
			done = done > 0;
			pending = !done && pending > 0;
		}
		ask->done += done;
		ask->pending += pending;
	}
}

static void count_member(struct scan *w, const struct plan_scanned *s, uint32_t draws_left)
{
	for (size_t i = 0; i < w->asks->count; i++) {
		struct plan_ask *ask = &w->asks->list[i];
		if (!(s->asks >> i & 1))
			continue;
		ask->members++;
		ask->busy += s->pending;
		ask->capped += s->capped && !s->pending;
		ask->cap_room += s->cap_left < draws_left ? s->cap_left : draws_left;
		ask->cap_tight += s->cap_left > 0 && s->cap_left <= draws_left;
	}
}

static void look_at_past(const struct scan *w, struct plan_scanned *s, const struct plan_past *list,
			 size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (list[i].only_cap)
			continue;
		bool random = list[i].visits & (RULE_VISIT_DAILY | RULE_VISIT_CAMPAIGN);
		if (list[i].pending) {
			*(list[i].sealed ? &s->sealed : &s->pending) |=
				random && !(list[i].visits & RULE_VISIT_JOINT) && !w->asks->joint;
			continue;
		}
		s->visits += list[i].n;
		uint32_t daily = list[i].visits & RULE_VISIT_DAILY ? list[i].n : 0;
		s->done += daily;
		s->before += list[i].counts < w->begins ? daily : 0;
	}
}

static void look_at_cap(const struct scan *w, struct plan_scanned *s)
{
	s->cap_left = plan_firm_shares_left(&w->firms, s->site, s->special);
	s->capped = s->cap_left == 0;
}

static uint32_t team_of(const struct rule_set *set, const struct plan_scanned *s)
{
	unsigned classes = s->site->class == SITE_CLASS_KEY ? RULE_KEY : RULE_GENERAL;

	if (set->team_count < 2)
		return 0;
	classes |= s->special ? RULE_SPECIAL : 0;
	return (uint32_t)(rule_set_team(set, classes) - set->teams);
}

/* A site outside the area counts only where a rule speaks of the whole city. */
static void count_outside(struct scan *w, uint64_t asks)
{
	w->sum.outside++;
	for (size_t i = 0; i < w->asks->count; i++)
		w->asks->list[i].city += w->counting && asks >> i & 1;
}

static int look_at(struct scan *w, const struct site *site, plan_scan_each *each, void *arg)
{
	const struct plan_scene *scene = w->scene;
	struct plan_scanned s = { .site = site, .special = site_special_on(site, w->day) };
	const struct plan_site fits = { site, s.special, &scene->matters };
	size_t count;
	const struct plan_past *past = visits_of(w, site->text[SITE_ID], &count);

	s.asks = asks_of(w, &fits);
	if (!plan_scene_area(scene, site->text[SITE_COUNTY])) {
		count_outside(w, s.asks);
		return OK;
	}
	w->sum.live++;
	w->sum.uncovered += s.asks == 0;
	look_at_past(w, &s, past, count);
	look_at_cap(w, &s);
	s.entered = entered(scene, site, s.special);
	if (w->begins != INT64_MIN && period_of(scene, w->begins) > s.entered)
		s.entered = period_of(scene, w->begins);
	s.team = team_of(&scene->set, &s);
	if (w->counting) {
		uint32_t periods = rule_periods_a_year(scene->kind);
		count_visits(w, s.asks, false, past, count);
		count_member(w, &s, periods - w->asks->period.number + !w->asks->drawn);
		for (size_t i = 0; i < w->asks->count; i++)
			w->asks->list[i].city += s.asks >> i & 1;
	}
	return each ? each(arg, &s) : OK;
}

static void add_gone(struct scan *w, const struct site *site, size_t visits, uint64_t asks)
{
	struct plan_scan_sum *sum = &w->sum;

	if (sum->gone_count == w->gone_size) {
		size_t size = w->gone_size ? 2 * w->gone_size : 64;
		struct plan_gone *list = arena_array(w->scene->notes->arena, size, sizeof(*list));
		if (sum->gone_count)
			memcpy(list, sum->gone, sum->gone_count * sizeof(*list));
		sum->gone = list;
		w->gone_size = size;
	}
	sum->gone[sum->gone_count++] =
		(struct plan_gone){ site->kind, site->text[SITE_MATTERS], w->at, visits, asks };
}

/* Closed, moved or stopped: what was done there was done. A merged site's visits are its survivor's. */
static void look_at_gone(struct scan *w, const struct site *site)
{
	const struct plan_site fits = { site, site_special_on(site, w->day), &w->scene->matters };
	size_t count;
	const struct plan_past *past = visits_of(w, site->text[SITE_ID], &count);

	w->sum.not_live[site->state]++;
	if (count == 0 || !w->counting || !plan_scene_area(w->scene, site->text[SITE_COUNTY]))
		return;
	uint64_t asks = asks_of(w, &fits);
	count_visits(w, asks, true, past, count);
	add_gone(w, site, count, asks);
}

static int walk(struct scan *w, plan_scan_each *each, void *arg, struct registry_reader *reader)
{
	struct span cells[REGISTRY_FIELDS_MOST];
	int rc = registry_open(reader, REGISTRY_SITES, w->scene->sites);

	while (rc == OK && (rc = registry_next(reader, cells)) == OK) {
		struct site site;
		TRY(site_decode(cells, &site, &reader->problem));
		w->sum.sites++;
		if (site.state == SITE_LIVE)
			TRY(look_at(w, &site, each, arg));
		else
			look_at_gone(w, &site);
	}
	return rc == NONE ? OK : rc;
}

/* Sealed visits count by what their own draw promised, whatever became of the registry since. */
static void count_sealed(const struct scan *w, struct plan_ask *ask)
{
	const struct plan_sealed_list *sealed = &w->scene->history.sealed;
	uint64_t n =
		plan_sealed_of(sealed, ask->id, w->asks->pool, ask->window.from, ask->window.to);
	uint64_t had = ask->done + ask->pending;
	uint64_t rest = ask->members > had ? ask->members - had : 0;

	n = ask->share && n > rest ? rest : n;
	ask->pending += n;
	/* Each takes a visit of its firm's cap, unless the cap lets more through than there are draws. */
	ask->cap_room -= n < ask->cap_tight ? n : ask->cap_tight;
}

/* The first day of the period in which the rule set comes into force, if that is not the year's first. */
static int64_t rules_begin(const struct plan_scene *s)
{
	if (s->set.from == RULE_NO_START)
		return INT64_MIN;
	struct plan_span span = plan_span_at(s->kind, s->set.from);
	return span.year == (uint32_t)s->plan.year && span.number > 1 ? span.from : INT64_MIN;
}

int plan_scan(const struct plan_scene *s, struct plan_asks *asks, bool counting,
	      plan_scan_each *each, void *arg, struct plan_scan_sum *ret)
{
	struct registry_reader reader = { 0 };
	struct scan w = { .scene = s,
			  .asks = asks,
			  .counting = counting,
			  .day = plan_scene_day(s, &asks->period),
			  .begins = rules_begin(s) };

	TRY(plan_firm_shares_load(&w.firms, s, &asks->period, w.day));
	for (size_t i = 0; counting && i < asks->count; i++) {
		struct plan_ask *ask = &asks->list[i];
		ask->members = ask->city = ask->done = ask->pending = 0;
		ask->capped = ask->busy = ask->cap_room = ask->cap_tight = 0;
	}
	int rc = walk(&w, each, arg, &reader);
	for (size_t i = 0; counting && i < asks->count; i++)
		count_sealed(&w, &asks->list[i]);
	plan_firm_shares_release(&w.firms);
	if (rc == OK)
		*ret = w.sum;
	if (reader.problem)
		plan_note(s->notes, PLAN_REFUSED, "检查对象名录第 %llu 行：%s",
			  (unsigned long long)reader.line, reader.problem);
	return rc;
}

bool plan_gone_visited(const struct plan_history *h, const struct plan_gone *gone)
{
	for (size_t i = gone->past; i < gone->past + gone->visits; i++)
		if (!h->list[i].only_cap && !h->list[i].pending)
			return true;
	return false;
}

/* ---- cells ---- */

enum { TABLE_SIZE = 1 << 16, COUNTY_MOST = 64, DONE_MOST = 12 };

void plan_cells_init(struct plan_cells *c, struct arena *a, const struct plan_scene *s,
		     const struct plan_asks *asks)
{
	*c = (struct plan_cells){
		.arena = a, .scene = s, .uses_done = asks->uses_done, .by_county = s->set.by_county
	};
	c->list = arena_array(a, PLAN_CELLS_MOST, sizeof(*c->list));
	c->had = arena_array(a, PLAN_CELLS_MOST, sizeof(*c->had));
	c->table = arena_array(a, TABLE_SIZE, sizeof(*c->table));
}

/* The county's text is in `text`. */
static struct cover_cell key_of(const struct plan_cells *c, const struct plan_scanned *s,
				char text[COUNTY_MOST])
{
	struct span county = c->by_county ? s->site->text[SITE_COUNTY] : SPAN("");

	if (county.len >= COUNTY_MOST)
		county.len = COUNTY_MOST - 1;
	memcpy(text, county.at, county.len);
	text[county.len] = 0;
	return (struct cover_cell){
		.rules = s->asks,
		.county = text,
		.done = !c->uses_done         ? 0
			: s->done > DONE_MOST ? DONE_MOST
					      : s->done,
		.before = !c->uses_done           ? 0
			  : s->before > DONE_MOST ? DONE_MOST
						  : s->before,
		.entered = c->uses_done ? s->entered : 1,
		.team = s->team,
		.certain = plan_certain_has(&c->scene->certain, s->site->text[SITE_ID]),
		.held = s->pending || s->sealed || s->capped,
		.cap_left = s->cap_left > DONE_MOST ? UINT32_MAX : s->cap_left,
	};
}

static uint32_t hash(const struct cover_cell *k)
{
	uint64_t h = k->rules * 0x9e3779b97f4a7c15u;

	h ^= (uint64_t)k->done << 1 ^ (uint64_t)k->entered << 8 ^ (uint64_t)k->before << 12 ^
	     (uint64_t)k->team << 16 ^ (uint64_t)k->held << 24 ^ (uint64_t)k->certain << 25 ^
	     (uint64_t)k->cap_left << 32;
	for (const char *c = k->county; *c; c++)
		h = (h ^ (unsigned char)*c) * 0x100000001b3u;
	return (uint32_t)(h >> 24) & (TABLE_SIZE - 1);
}

static bool same(const struct cover_cell *a, const struct cover_cell *b)
{
	return a->rules == b->rules && a->done == b->done && a->before == b->before &&
	       a->entered == b->entered && a->team == b->team && a->held == b->held &&
	       a->certain == b->certain && a->cap_left == b->cap_left &&
	       strcmp(a->county, b->county) == 0;
}

/* The slot that holds it, or the empty one where it belongs. */
static uint32_t slot_of(const struct plan_cells *c, const struct cover_cell *k)
{
	uint32_t slot = hash(k);

	while (c->table[slot] && !same(&c->list[c->table[slot] - 1], k))
		slot = (slot + 1) & (TABLE_SIZE - 1);
	return slot;
}

int plan_cells_cell(struct plan_cells *c, const struct cover_cell *key, size_t *ret)
{
	uint32_t slot = slot_of(c, key);

	if (c->table[slot] == 0) {
		if (c->count == PLAN_CELLS_MOST)
			return TOO_LARGE;
		c->list[c->count] = *key;
		c->list[c->count].county = arena_str(c->arena, key->county);
		c->list[c->count].members = 0;
		c->table[slot] = (uint32_t)++c->count;
	}
	*ret = c->table[slot] - 1;
	return OK;
}

int plan_cells_add(struct plan_cells *c, const struct plan_scanned *s)
{
	char text[COUNTY_MOST];
	const struct cover_cell key = key_of(c, s, text);
	uint32_t had = s->visits + s->pending;
	size_t at;

	TRY(plan_cells_cell(c, &key, &at));
	c->list[at].members++;
	c->had[at][had < PLAN_HAD ? had : PLAN_HAD - 1]++;
	return OK;
}

struct cover_cell *plan_cells_find(const struct plan_cells *c, const struct plan_scanned *s)
{
	char text[COUNTY_MOST];
	const struct cover_cell key = key_of(c, s, text);
	uint32_t slot = slot_of(c, &key);

	return c->table[slot] ? &c->list[c->table[slot] - 1] : NULL;
}
