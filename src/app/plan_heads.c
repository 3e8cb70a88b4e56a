/* app/plan_heads.c — two sorted registries walked side by side. */
#include "app/plan_heads.h"

#include "base/status.h"

struct walk {
	struct registry_reader reader;
	const struct rule_heads *heads;
	int64_t day;
	struct span id;
	bool counted, more;
};

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

static int step(struct walk *w)
{
	struct span cells[REGISTRY_FIELDS_MOST];
	struct inspector i;
	int rc = registry_next(&w->reader, cells);

	w->more = rc == OK;
	if (rc != OK)
		return rc == NONE ? OK : rc;
	TRY(inspector_decode(cells, &i, &w->reader.problem));
	w->id = cells[INSPECTOR_ID];
	w->counted = counts(w->heads, &i, w->day);
	return OK;
}

static int begin(struct walk *w, const struct rule_heads *heads, struct span file, int64_t day)
{
	*w = (struct walk){ .heads = heads, .day = day };
	if (file.len == 0)
		return OK;
	TRY(registry_open(&w->reader, REGISTRY_INSPECTORS, file));
	return step(w);
}

static int count(const struct rule_heads *heads, const struct plan_heads_input *in,
		 struct walk *now, struct walk *then, uint64_t *ret)
{
	uint64_t sum = 0;

	TRY(begin(now, heads, in->now, in->then.len ? in->now_day : in->then_day));
	TRY(begin(then, heads, in->then, in->then_day));
	while (now->more || then->more) {
		int order = !then->more ? -1 : !now->more ? 1 : span_compare(now->id, then->id);
		bool was = order >= 0 && then->counted, is = order <= 0 && now->counted;
		sum += was || (is && (heads->keeps || in->then.len == 0));
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
	struct walk now, then = { 0 };
	int rc = count(heads, in, &now, &then, ret);

	if (rc != OK)
		plan_note(notes, PLAN_REFUSED, "检查人员名录：%s",
			  now.reader.problem    ? now.reader.problem
			  : then.reader.problem ? then.reader.problem
						: "读不懂");
	return rc;
}
