/*
 * app/plan_firm_shares.c — a first pass marks the keys it saw twice in two bit maps of fixed size, a second one keeps
 * the sites of these; so memory grows with the firms that have several sites, not with the registry.
 */
#include "app/plan_firm_shares.h"

#include "base/status.h"

#include <stdlib.h>
#include <string.h>

enum { BITS = 1 << 24 };

struct plan_firm_share {
	struct span key, site; /* in the registry's file */
	uint32_t left;         /* as the firm's one site, then its share */
	uint32_t visits, rank;
	bool waits;
};

struct sharing {
	struct plan_firm_shares *to;
	unsigned char *once, *twice;
	bool collecting;
	size_t size;
};

static size_t bit_of(struct span key)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < key.len; i++)
		h = (h ^ (unsigned char)key.at[i]) * 0x100000001b3u;
	return (size_t)((h ^ h >> 32) & (BITS - 1));
}

static void count_key(struct sharing *s, struct span key)
{
	size_t bit = bit_of(key);
	unsigned char mask = (unsigned char)(1u << (bit & 7));

	if (s->once[bit >> 3] & mask)
		s->twice[bit >> 3] |= mask;
	s->once[bit >> 3] |= mask;
}

static bool seen_twice(const struct sharing *s, struct span key)
{
	size_t bit = bit_of(key);

	return s->twice[bit >> 3] >> (bit & 7) & 1;
}

static void keep(struct sharing *s, struct span key, const struct site *site, uint32_t left)
{
	struct plan_firm_shares *f = s->to;
	const struct plan_history *h = &f->firms.scene->history;
	struct plan_firm_share one = { .key = key, .site = site->text[SITE_ID], .left = left };
	size_t count, at = plan_history_find(h, one.site, &count);

	for (size_t i = at; i < at + count; i++) {
		one.waits |= h->list[i].pending;
		one.visits += h->list[i].only_cap ? 0 : h->list[i].n;
	}
	if (f->count == s->size) {
		s->size = s->size ? 2 * s->size : 256;
		f->list = must_realloc(f->list, s->size * sizeof(*f->list));
	}
	f->list[f->count++] = one;
}

static int walk(struct sharing *s)
{
	const struct plan_scene *scene = s->to->firms.scene;
	struct registry_reader reader = { 0 };
	struct span cells[REGISTRY_FIELDS_MOST];
	int rc = registry_open(&reader, REGISTRY_SITES, scene->sites);

	while (rc == OK && (rc = registry_next(&reader, cells)) == OK) {
		struct span key = plan_firms_key(scene, cells);
		struct site site;
		if (s->collecting && !seen_twice(s, key))
			continue;
		rc = site_decode(cells, &site, &reader.problem);
		if (rc != OK)
			break;
		uint32_t left =
			plan_firms_left(&s->to->firms, &site, site_special_on(&site, s->to->day));
		if (site.state != SITE_LIVE || left == UINT32_MAX)
			continue;
		if (s->collecting)
			keep(s, key, &site, left);
		else
			count_key(s, key);
	}
	return rc == NONE ? OK : rc;
}

static int by_key(const void *a, const void *b)
{
	const struct plan_firm_share *x = a, *y = b;
	int order = span_compare(x->key, y->key);

	return order ? order : span_compare(x->site, y->site);
}

static int by_turn(const void *a, const void *b)
{
	const struct plan_firm_share *x = a, *y = b;

	if (x->waits != y->waits)
		return x->waits - y->waits;
	if (x->visits != y->visits)
		return x->visits < y->visits ? -1 : 1;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

static int by_site(const void *a, const void *b)
{
	return span_compare(((const struct plan_firm_share *)a)->site,
			    ((const struct plan_firm_share *)b)->site);
}

/* The sites of one firm, in id order. */
static void deal(struct plan_firm_share *list, size_t count, uint32_t period)
{
	uint32_t left = UINT32_MAX;

	for (size_t i = 0; i < count; i++) {
		left = list[i].left < left ? list[i].left : left;
		list[i].rank = (uint32_t)((i + count - period % count) % count);
	}
	if (count < 2)
		return;
	qsort(list, count, sizeof(*list), by_turn);
	for (size_t i = 0; i < count; i++)
		list[i].left = left / (uint32_t)count + (i < left % count);
}

static void deal_all(struct plan_firm_shares *f, uint32_t period)
{
	if (f->count == 0)
		return;
	qsort(f->list, f->count, sizeof(*f->list), by_key);
	for (size_t from = 0, to; from < f->count; from = to) {
		for (to = from + 1;
		     to < f->count && span_equal(f->list[to].key, f->list[from].key);)
			to++;
		deal(f->list + from, to - from, period);
	}
	qsort(f->list, f->count, sizeof(*f->list), by_site);
}

static int share(struct plan_firm_shares *f, uint32_t period)
{
	struct sharing s = { .to = f };

	s.once = must_alloc(BITS / 8);
	s.twice = must_alloc(BITS / 8);
	memset(s.once, 0, BITS / 8);
	memset(s.twice, 0, BITS / 8);
	int rc = walk(&s);
	s.collecting = true;
	if (rc == OK)
		rc = walk(&s);
	if (rc == OK)
		deal_all(f, period);
	free(s.once);
	free(s.twice);
	return rc;
}

int plan_firm_shares_load(struct plan_firm_shares *f, const struct plan_scene *s,
			  const struct plan_span *period, int64_t day)
{
	*f = (struct plan_firm_shares){ .day = day };
	TRY(plan_firms_load(&f->firms, s, day));
	if (!s->set.cap.given || s->set.cap.per != RULE_CAP_FIRM)
		return OK;
	int rc = share(f, period->number);
	if (rc != OK)
		plan_firm_shares_release(f);
	return rc;
}

void plan_firm_shares_release(struct plan_firm_shares *f)
{
	plan_firms_release(&f->firms);
	free(f->list);
	f->list = NULL;
	f->count = 0;
}

uint32_t plan_firm_shares_left(const struct plan_firm_shares *f, const struct site *site,
			       bool special)
{
	const struct plan_firm_share key = { .site = site->text[SITE_ID] };
	uint32_t alone = plan_firms_left(&f->firms, site, special);

	if (f->count == 0 || alone == UINT32_MAX)
		return alone;
	const struct plan_firm_share *found =
		bsearch(&key, f->list, f->count, sizeof(*f->list), by_site);
	return found ? found->left : alone;
}
