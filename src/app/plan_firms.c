/* app/plan_firms.c — one entry a visit and site, added up by firm; a visit counts once for a firm. */
#include "app/plan_firms.h"

#include "base/status.h"

#include <stdlib.h>
#include <string.h>

struct plan_firm_count {
	struct span key; /* in the registry's file */
	uint32_t visit, n;
};

struct span plan_firms_key(const struct plan_scene *s, const struct span *text)
{
	if (s->set.cap.per == RULE_CAP_SITE)
		return text[SITE_ID];
	if (text[SITE_CODE].len)
		return text[SITE_CODE];
	return text[SITE_FIRM].len ? text[SITE_FIRM] : text[SITE_NAME];
}

/* Adds those of these visits of a site that count toward the cap. */
static void add_counted(struct plan_firms *f, const struct site *site, bool special, size_t at,
			size_t count)
{
	const struct plan_scene *s = f->scene;
	const struct rule_cap *cap = &s->set.cap;
	struct span grade = site->text[SITE_CREDIT], key = plan_firms_key(s, site->text);
	char credit[8] = "";

	if (grade.len < sizeof(credit))
		memcpy(credit, grade.at, grade.len);
	for (size_t i = at; i < at + count; i++) {
		const struct plan_past *p = &s->history.list[i];
		const struct rule_visit_facts facts = { p->visits, p->triggers, credit, special };
		size_t which;
		if (p->only_cap ||
		    ((p->visits & cap->counts) && !rule_cap_exempt(cap, &facts, &which)))
			f->list[f->count++] = (struct plan_firm_count){ key, p->visit, p->n };
	}
}

static int compare_keys(const void *a, const void *b)
{
	return span_compare(((const struct plan_firm_count *)a)->key,
			    ((const struct plan_firm_count *)b)->key);
}

static int compare(const void *a, const void *b)
{
	const struct plan_firm_count *x = a, *y = b;
	int order = compare_keys(a, b);

	return order ? order : (x->visit > y->visit) - (x->visit < y->visit);
}

static void add_up(struct plan_firms *f)
{
	size_t to = 0;

	if (f->count)
		qsort(f->list, f->count, sizeof(*f->list), compare);
	for (size_t i = 0; i < f->count; i++)
		if (to == 0 || !span_equal(f->list[to - 1].key, f->list[i].key)) {
			f->list[to++] = f->list[i];
		} else if (f->list[to - 1].visit != f->list[i].visit) {
			f->list[to - 1].n += f->list[i].n;
			f->list[to - 1].visit = f->list[i].visit;
		}
	f->count = to;
}

static int walk(struct plan_firms *f, int64_t day)
{
	const struct plan_history *h = &f->scene->history;
	struct registry_reader reader = { 0 };
	struct span cells[REGISTRY_FIELDS_MOST];
	size_t at = 0;
	int rc = registry_open(&reader, REGISTRY_SITES, f->scene->sites);

	while (rc == OK && at < h->count && (rc = registry_next(&reader, cells)) == OK) {
		size_t count = 0;
		struct site site;
		while (at < h->count && span_compare(h->list[at].site, cells[SITE_ID]) < 0)
			at++;
		while (at + count < h->count &&
		       span_equal(h->list[at + count].site, cells[SITE_ID]))
			count++;
		if (count == 0)
			continue;
		rc = site_decode(cells, &site, &reader.problem);
		if (rc != OK)
			break;
		add_counted(f, &site, site_special_on(&site, day), at, count);
		at += count;
	}
	if (rc == OK || rc == NONE)
		return OK;
	plan_note(f->scene->notes, PLAN_REFUSED, "检查对象名录第 %llu 行：%s",
		  (unsigned long long)reader.line, reader.problem ? reader.problem : "读不懂");
	return rc;
}

int plan_firms_load(struct plan_firms *f, const struct plan_scene *s, int64_t day)
{
	*f = (struct plan_firms){ .scene = s };
	if (!s->set.cap.given || s->history.count == 0)
		return OK;
	f->list = must_alloc(s->history.count * sizeof(*f->list));
	int rc = walk(f, day);
	if (rc != OK) {
		plan_firms_release(f);
		return rc;
	}
	add_up(f);
	return OK;
}

void plan_firms_release(struct plan_firms *f)
{
	free(f->list);
	f->list = NULL;
	f->count = 0;
}

static uint32_t count_of(const struct plan_firms *f, const struct site *site)
{
	const struct plan_firm_count key = { .key = plan_firms_key(f->scene, site->text) };

	if (f->count == 0)
		return 0;
	const struct plan_firm_count *found =
		bsearch(&key, f->list, f->count, sizeof(*f->list), compare_keys);
	return found ? found->n : 0;
}

/* What the cap allows at a site in a year; UINT32_MAX: it has none. */
static uint32_t most_of(const struct plan_firms *f, const struct site *site, bool special)
{
	const struct rule_cap *cap = &f->scene->set.cap;
	struct span grade = site->text[SITE_CREDIT];
	char credit[8] = "";
	size_t which;

	if (!cap->given || grade.len >= sizeof(credit))
		return UINT32_MAX;
	memcpy(credit, grade.at, grade.len);
	const struct rule_visit_facts facts = { RULE_VISIT_DAILY, 0, credit, special };
	uint32_t most = rule_cap_visits(cap, credit);
	if (most == 0 || !(cap->counts & RULE_VISIT_DAILY) || rule_cap_exempt(cap, &facts, &which))
		return UINT32_MAX;
	return most;
}

uint32_t plan_firms_left(const struct plan_firms *f, const struct site *site, bool special)
{
	uint32_t most = most_of(f, site, special);

	if (most == UINT32_MAX)
		return most;
	uint32_t had = count_of(f, site);
	return had < most ? most - had : 0;
}

bool plan_firms_above(const struct plan_firms *f, const struct site *site, bool special,
		      uint32_t *ret_had, uint32_t *ret_most)
{
	*ret_most = most_of(f, site, special);
	*ret_had = count_of(f, site);
	return *ret_had > *ret_most;
}
