/* app/plan_heads.c — two sorted registries walked side by side, and what lay between them. */
#include "app/plan_heads.h"

#include "app/registry_compare.h"
#include "base/status.h"

struct walk {
	struct registry_reader reader;
	const struct rule_heads *heads;
	int64_t day;
	const struct plan_heads_input *in;
	struct span id, districts;
	bool fits, counted, more; /* fits: but for where he works */
};

static bool listed(struct span list, struct span item)
{
	struct span one;

	while (registry_item(&list, &one))
		if (span_equal(one, item))
			return true;
	return false;
}

static bool own(const struct plan_heads_input *in, const struct inspector *i)
{
	struct span area = span_of(in->area), county;

	if (area.len == 0)
		return true;
	if (span_equal(i->text[INSPECTOR_UNIT], span_of(in->authority)))
		return true;
	while (registry_item(&area, &county))
		if (listed(i->text[INSPECTOR_DISTRICTS], county))
			return true;
	return false;
}

/* He keeps every county that he had: what came is a loan. Who had none named went everywhere. */
static bool is_loan(struct span before, struct span now)
{
	struct span county;

	if (before.len == 0)
		return false;
	while (registry_item(&before, &county))
		if (!listed(now, county))
			return false;
	return true;
}

static bool counts(const struct rule_heads *heads, const struct inspector *i, int64_t day)
{
	unsigned c = heads->conditions;

	if ((c & RULE_HEAD_MARKED) && (i->assistant || !i->counted))
		return false;
	if (i->assistant)
		return false;
	return !((c & RULE_HEAD_STAFF) && !i->staff) && !((c & RULE_HEAD_DUTY) && !i->duty) &&
	       !((c & RULE_HEAD_ACCEPTS) && !i->accepts) &&
	       !((c & RULE_HEAD_CERTIFIED) && !inspector_certified_on(i, day));
}

static int look(struct walk *w, const struct span *cells)
{
	struct inspector i;

	TRY(inspector_decode(cells, &i, &w->reader.problem));
	w->id = cells[INSPECTOR_ID];
	w->districts = cells[INSPECTOR_DISTRICTS];
	w->fits = counts(w->heads, &i, w->day);
	w->counted = w->fits && own(w->in, &i);
	return OK;
}

static int step(struct walk *w)
{
	struct span cells[REGISTRY_FIELDS_MOST];
	int rc = registry_next(&w->reader, cells);

	w->more = rc == OK;
	if (rc != OK)
		return rc == NONE ? OK : rc;
	return look(w, cells);
}

static int begin(struct walk *w, const struct plan_heads_input *in, struct span file, int64_t day)
{
	*w = (struct walk){ .heads = w->heads, .in = in, .day = day };
	if (file.len == 0)
		return OK;
	TRY(registry_open(&w->reader, REGISTRY_INSPECTORS, file));
	return step(w);
}

/* Counts now; `then` is he on the counting day, NULL: he was not there. */
static bool joined(const struct walk *now, const struct walk *then)
{
	return now->counted && !(then && then->fits && is_loan(then->districts, now->districts));
}

/*
 * Did one of the versions between make him a joiner? Each is judged on its first day: a certificate only ends. *at is
 * the next version to look at, none of an id before his.
 */
static int joined_since(struct walk *since, size_t *at, const struct walk *now,
			const struct walk *then, bool *ret)
{
	struct span cells[REGISTRY_FIELDS_MOST];

	*ret = false;
	for (; *at < since->in->since_count; ++*at) {
		const struct plan_heads_version *v = &since->in->since[*at];
		registry_cells(REGISTRY_INSPECTORS, v->line, cells);
		if (span_compare(cells[INSPECTOR_ID], now->id) > 0)
			return OK;
		since->day = v->day > since->in->then_day ? v->day : since->in->then_day;
		TRY(look(since, cells));
		*ret |= joined(since, then);
	}
	return OK;
}

/* Whoever came since; who came and had his mark set back came too. */
static int came(struct walk *since, size_t *at, const struct walk *now, const struct walk *then,
		bool *ret)
{
	bool once = false;

	if (since->heads->keeps)
		TRY(joined_since(since, at, now, then, &once));
	*ret = (joined(now, then) || once) && (since->heads->keeps || since->in->then.len == 0);
	return OK;
}

static int count(const struct rule_heads *heads, const struct plan_heads_input *in,
		 struct walk *now, struct walk *then, uint64_t *ret)
{
	struct walk since = { .heads = heads, .in = in };
	uint64_t sum = 0;
	size_t at = 0;

	now->heads = then->heads = heads;
	TRY(begin(now, in, in->now, in->then.len ? in->now_day : in->then_day));
	TRY(begin(then, in, in->then, in->then_day));
	while (now->more || then->more) {
		int order = !then->more ? -1 : !now->more ? 1 : span_compare(now->id, then->id);
		bool was = order >= 0 && then->counted, more = false;
		if (order <= 0)
			TRY(came(&since, &at, now, order == 0 ? then : NULL, &more));
		sum += was || more;
		if (order <= 0)
			TRY(step(now));
		if (order >= 0)
			TRY(step(then));
	}
	*ret = sum;
	return OK;
}

int plan_heads_count(const struct rule_heads *heads, const struct plan_heads_input *in,
		     struct plan_notes *notes, uint64_t *ret)
{
	struct walk now = { 0 }, then = { 0 };
	int rc = count(heads, in, &now, &then, ret);

	if (rc != OK)
		plan_note(notes, PLAN_REFUSED, "检查人员名录：%s",
			  now.reader.problem    ? now.reader.problem
			  : then.reader.problem ? then.reader.problem
						: "读不懂");
	return rc;
}
