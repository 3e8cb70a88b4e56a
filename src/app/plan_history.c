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

struct loading {
	struct office *office;
	struct arena *arena;
	uint32_t year;
	struct plan_history *to;
	int64_t day;
	size_t size, load_size, case_size;
	struct registry_lineage lineage; /* visits of a merged site are its survivor's */
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

/* What was visited after a split was that site alone, so only merges are followed from where one was. */
static void add_past(struct loading *l, const struct plan_past *past)
{
	struct plan_past one = *past;
	const char *const *living;
	const char *id;
	size_t count;

	if (l->lineage.count == 0) {
		add_to(l, past);
		return;
	}
	id = arena_mem(l->arena, past->site.at, past->site.len);
	if (!registry_lineage_is_gone(&l->lineage, id)) {
		add_to(l, past);
		return;
	}
	living = registry_lineage_living(&l->lineage, id, &count);
	for (size_t i = 0; i < count; i++) {
		one.site = span_of(living[i]);
		add_to(l, &one);
	}
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
		h->cases = grow(l->arena, h->cases, h->case_count, &l->case_size, sizeof(load));
		h->cases[h->case_count++] = load;
		return DB_OK;
	}
	add_past(l, &(struct plan_past){ .site = load.inspector,
					 .day = row->day,
					 .visits = (unsigned)row->visits,
					 .n = load.n,
					 .only_cap = strcmp(row->kind, "cap") == 0 });
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
	return bits | (v->joint ? RULE_VISIT_JOINT : 0) | (v->offsite ? RULE_VISIT_OFFSITE : 0);
}

/* The site, also of a visit that is still secret. */
static int site_of(struct loading *l, const struct visit_row *v, struct span *ret)
{
	struct life_site site;

	if (*v->site) {
		*ret = keep(l->arena, v->site);
		return OK;
	}
	TRY(life_site_open(l->office, l->arena, v, &site));
	*ret = site.id;
	return OK;
}

static int add_visit(void *arg, const struct visit_row *v)
{
	struct loading *l = arg;
	struct plan_past past = { .visits = bits_of(v), .n = 1, .day = v->day };
	struct plan_span period;

	past.pending = strcmp(v->state, "visited") != 0;
	if (strcmp(v->state, "ended") == 0 || (!past.pending && v->day > l->day))
		return OK;
	if (past.pending)
		past.day = plan_span_parse(v->period, &period) == OK ? period.from : l->day;
	TRY(site_of(l, v, &past.site));
	add_past(l, &past);
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

int plan_history_load(struct office *o, struct arena *a, uint32_t year, int64_t day,
		      struct plan_history *ret)
{
	struct plan_history h = { 0 };
	struct loading l = { .office = o, .arena = a, .year = year, .to = &h, .day = day };
	const struct visit_ask ask = { .body = "",
				       .year = (int64_t)year,
				       .state = "",
				       .inspector = "",
				       .tag = "",
				       .after = "" };

	TRY(registry_lineage_load(o, a, REGISTRY_SITES, &l.lineage));
	TRY(plan_opening_walk(o->db, (int64_t)year, add_opening, &l));
	TRY(visit_walk(o->db, &ask, add_visit, &l));
	TRY(visit_walk_held(o->db, add_held, &l));
	TRY(visit_load_year(o->db, (int64_t)year, add_trips, &l));
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

uint32_t plan_history_load_of(const struct plan_history *h, struct span inspector, int64_t from,
			      int64_t to)
{
	uint32_t sum = 0;

	for (size_t i = 0; i < h->load_count; i++)
		if (span_equal(h->loads[i].inspector, inspector) && h->loads[i].day >= from &&
		    h->loads[i].day <= to)
			sum += h->loads[i].n;
	return sum;
}
