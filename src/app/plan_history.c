/* app/plan_history.c — arrays that double in the arena, sorted once. */
#include "app/plan_history.h"

#include "app/life_seal.h"
#include "app/plan_span.h"
#include "app/registry_lineage.h"
#include "base/status.h"
#include "store/plan_opening.h"
#include "store/visit.h"

#include <stdlib.h>
#include <string.h>

enum { DAY_MS = 86400000, ZONE_MS = 8 * 3600000 };

struct loading {
	struct office *office;
	struct arena *arena;
	uint32_t year;
	struct plan_history *to;
	int64_t day;
	bool inside;
	size_t size, load_size, case_size, waiting_size;
	struct registry_lineage lineage;
	uint32_t visits;
	struct plan_sealed_draw *draws; /* that have sealed visits */
	size_t draw_count, draw_size;
};

static void *grow(struct arena *a, void *old, size_t count, size_t *size, size_t each)
{
	if (count < *size)
		return old;
	*size = *size ? *size * 2 : 256;
	void *list = arena_array(a, *size, each);
	if (count)
		memcpy(list, old, count * each);
	return list;
}

static struct span keep(struct arena *a, const char *text)
{
	return span_of(arena_str(a, text));
}

static void add_to(struct loading *l, const struct plan_past *past)
{
	struct plan_history *h = l->to;

	h->list = grow(l->arena, h->list, h->count, &l->size, sizeof(*h->list));
	h->list[h->count++] = *past;
}

/* Adds it for every site that goes on for the one it was at, as that was at the moment. */
static void add_past(struct loading *l, const struct plan_past *past, int64_t moment)
{
	struct plan_past one = *past;
	size_t count;

	one.visit = l->visits++;
	if (l->lineage.count == 0) {
		add_to(l, &one);
		return;
	}
	const char *const *living = registry_lineage_since(
		&l->lineage, arena_mem(l->arena, past->site.at, past->site.len), moment, &count);
	for (size_t i = 0; i < count; i++) {
		one.site = span_of(living[i]);
		one.copy = i > 0;
		add_to(l, &one);
	}
}

/* The first moment of a legal day: what was done on the day of a split was done before it. */
static int64_t begin_of(int64_t day)
{
	return day * DAY_MS - ZONE_MS;
}

/* An open case stays one: it is with the site itself, or with the survivor. */
static void add_case(struct loading *l, const struct plan_load *open)
{
	struct plan_history *h = l->to;
	struct plan_load one = *open;
	size_t count;
	const char *const *living = registry_lineage_since(
		&l->lineage, arena_mem(l->arena, one.inspector.at, one.inspector.len),
		begin_of(one.day), &count);

	if (count)
		one.inspector = span_of(living[0]);
	h->cases = grow(l->arena, h->cases, h->case_count, &l->case_size, sizeof(one));
	h->cases[h->case_count++] = one;
}

static int add_opening(void *arg, const struct plan_opening_row *row)
{
	struct loading *l = arg;
	struct plan_history *h = l->to;
	struct plan_load load = { keep(l->arena, row->subject), row->day, (uint32_t)row->n };

	if (row->day > l->day)
		return DB_OK;
	if (strcmp(row->kind, "load") == 0) {
		h->loads = grow(l->arena, h->loads, h->load_count, &l->load_size, sizeof(load));
		h->loads[h->load_count++] = load;
		return DB_OK;
	}
	if (strcmp(row->kind, "case") == 0) {
		add_case(l, &load);
		return DB_OK;
	}
	const struct plan_past past = { .site = load.inspector,
					.day = row->day,
					.counts = row->day,
					.visits = (unsigned)row->visits,
					.n = load.n,
					.only_cap = strcmp(row->kind, "cap") == 0 };
	add_past(l, &past, begin_of(row->day));
	return DB_OK;
}

static unsigned bits_of(const struct visit_row *v)
{
	static const struct {
		const char *word;
		enum rule_visit bit;
	} words[] = { { "daily", RULE_VISIT_DAILY },
		      { "campaign", RULE_VISIT_CAMPAIGN },
		      { "targeted", RULE_VISIT_TARGETED },
		      { "recheck", RULE_VISIT_RECHECK },
		      { "business", RULE_VISIT_BUSINESS } };
	unsigned bits = 0;

	for (size_t i = 0; i < COUNT(words); i++)
		bits |= strcmp(v->kind, words[i].word) == 0 ? words[i].bit : 0;
	/* A joint action is a kind of its own, as in what is imported: what it counts for, the rule set says. */
	if (v->joint)
		bits = (bits & ~(unsigned)RULE_VISIT_CAMPAIGN) | RULE_VISIT_JOINT;
	return bits | (v->offsite ? RULE_VISIT_OFFSITE : 0);
}

/* The site; of a visit that is still secret only inside. */
static int site_of(struct loading *l, const struct visit_row *v, struct span *ret)
{
	struct life_site site;

	if (*v->site || !l->inside) {
		*ret = keep(l->arena, v->site);
		return OK;
	}
	TRY(life_site_open(l->office, l->arena, v, &site));
	*ret = site.id;
	return OK;
}

/* The day moved into the period of the visit's draw. */
static int64_t within(int64_t day, const struct plan_span *period)
{
	if (day > period->to)
		return period->to;
	return day < period->from ? period->from : day;
}

static void count_sealed(struct loading *l, int64_t draw, int64_t counts)
{
	size_t i = 0;

	l->to->secret++;
	while (i < l->draw_count && l->draws[i].draw != draw)
		i++;
	if (i == l->draw_count) {
		l->draws =
			grow(l->arena, l->draws, l->draw_count, &l->draw_size, sizeof(*l->draws));
		l->draws[l->draw_count++] = (struct plan_sealed_draw){ draw, counts, 0 };
	}
	l->draws[i].sealed++;
}

static int add_visit(void *arg, const struct visit_row *v)
{
	struct loading *l = arg;
	struct plan_past past = { .visits = bits_of(v), .n = 1, .day = v->day };
	struct plan_span period;
	bool drawn = plan_span_parse(v->period, &period) == OK;

	if (*v->shared) /* a department's part in a visit of the lead's */
		return OK;
	past.pending = strcmp(v->state, "visited") != 0;
	if (strcmp(v->state, "ended") == 0 || (!past.pending && v->day > l->day))
		return OK;
	past.sealed = past.pending && !*v->site;
	if (past.pending)
		past.day = drawn ? period.from : l->day;
	past.counts = drawn ? within(past.day, &period) : past.day;
	if (past.sealed)
		count_sealed(l, v->draw, past.counts);
	TRY(site_of(l, v, &past.site));
	if (past.site.len == 0) { /* nobody knows who goes on for it */
		past.visit = l->visits++;
		add_to(l, &past);
		return OK;
	}
	add_past(l, &past, v->draw ? v->frozen_at : begin_of(past.day));
	return OK;
}

static int add_held(void *arg, const struct visit_row *v)
{
	struct loading *l = arg;

	return v->year == (int64_t)l->year ? OK : add_visit(arg, v);
}

static int add_trips(void *arg, const char *inspector, int64_t trips)
{
	struct loading *l = arg;
	struct plan_history *h = l->to;
	struct plan_load load = { keep(l->arena, inspector), l->day, (uint32_t)trips };

	h->loads = grow(l->arena, h->loads, h->load_count, &l->load_size, sizeof(load));
	h->loads[h->load_count++] = load;
	return OK;
}

static int add_waiting(void *arg, const char *inspector, int64_t deadline, int64_t trips)
{
	struct loading *l = arg;
	struct plan_history *h = l->to;
	const struct plan_load load = { keep(l->arena, inspector), deadline, (uint32_t)trips };

	h->waiting = grow(l->arena, h->waiting, h->waiting_count, &l->waiting_size, sizeof(load));
	h->waiting[h->waiting_count++] = load;
	return OK;
}

static int compare_past(const void *a, const void *b)
{
	const struct plan_past *x = a, *y = b;
	int order = span_compare(x->site, y->site);

	return order ? order : (x->day > y->day) - (x->day < y->day);
}

static int compare_load(const void *a, const void *b)
{
	const struct plan_load *x = a, *y = b;
	int order = span_compare(x->inspector, y->inspector);

	return order ? order : (x->day > y->day) - (x->day < y->day);
}

static void sort(void *list, size_t count, size_t size, int (*compare)(const void *, const void *))
{
	if (count)
		qsort(list, count, size, compare);
}

int plan_history_load(struct office *o, struct arena *a, uint32_t year, int64_t day, bool inside,
		      struct plan_history *ret)
{
	struct plan_history h = { 0 };
	struct loading l = {
		.office = o, .arena = a, .year = year, .to = &h, .day = day, .inside = inside
	};
	const struct visit_ask ask = {
		.body = "", .year = (int64_t)year, .state = "", .inspector = "", .after = ""
	};

	TRY(registry_lineage_load(o, a, REGISTRY_SITES, &l.lineage));
	TRY(plan_opening_walk(o->db, (int64_t)year, add_opening, &l));
	TRY(visit_walk(o->db, &ask, add_visit, &l));
	TRY(visit_walk_held(o->db, add_held, &l));
	for (size_t i = 0; i < l.draw_count; i++)
		TRY(plan_sealed_add(o, a, &l.draws[i], &h.sealed));
	TRY(visit_load_year(o->db, (int64_t)year, add_trips, &l));
	TRY(visit_load_waiting(o->db, add_waiting, &l));
	sort(h.list, h.count, sizeof(*h.list), compare_past);
	sort(h.loads, h.load_count, sizeof(*h.loads), compare_load);
	sort(h.cases, h.case_count, sizeof(*h.cases), compare_load);
	*ret = h;
	return OK;
}

size_t plan_history_find(const struct plan_history *h, struct span site, size_t *ret_count)
{
	size_t low = 0, high = h->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (span_compare(h->list[middle].site, site) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*ret_count = 0;
	while (low + *ret_count < h->count && span_equal(h->list[low + *ret_count].site, site))
		++*ret_count;
	return low;
}

static uint32_t sum_of(const struct plan_load *list, size_t count, struct span inspector,
		       int64_t from, int64_t to)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < count; i++)
		if (span_equal(list[i].inspector, inspector) && list[i].day >= from &&
		    list[i].day <= to)
			sum += list[i].n;
	return sum;
}

uint32_t plan_history_load_of(const struct plan_history *h, struct span inspector, int64_t from,
			      int64_t to)
{
	return sum_of(h->loads, h->load_count, inspector, from, to);
}

uint32_t plan_history_waiting_of(const struct plan_history *h, struct span inspector, int64_t day)
{
	return sum_of(h->waiting, h->waiting_count, inspector, day, INT64_MAX);
}
