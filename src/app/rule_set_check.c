/* app/rule_set_check.c — runs all checks, and those that look at one rule alone. */
#include "app/rule_set_check.h"

#include "app/rule_set_checking.h"
#include "base/clock.h"

#include <string.h>

static const char *const names[] = {
	[RULE_SAME] = "same",
	[RULE_NARROWER] = "narrower",
	[RULE_NO_RULE] = "no-rule",
	[RULE_NOT_ON] = "not-on",
	[RULE_OUTSIDE] = "outside",
	[RULE_OVER_CAP] = "over-cap",
	[RULE_ODD] = "odd",
	[RULE_CAP_UNSET] = "cap-unset",
	[RULE_REPEAT] = "repeat",
	[RULE_UNKNOWN] = "unknown",
	[RULE_NO_DOCUMENT] = "no-document",
	[RULE_NO_NUMBER] = "no-number",
	[RULE_NO_DAY] = "no-day",
};

_Static_assert(COUNT(names) == RULE_FINDING_CODES, "each code has a name");

const char *rule_finding_name(enum rule_finding_code code)
{
	return names[code];
}

static const char *day_text(int64_t day, char out[CLOCK_DAY])
{
	clock_day(day * 86400000, out);
	return out;
}

/* "2026-01-01 起" and the like: why it is not in force. */
static const char *when(struct arena *a, int64_t from, int64_t to, int64_t day)
{
	char text[CLOCK_DAY];

	if (day < from)
		return arena_printf(a, "%s 才生效", day_text(from, text));
	return arena_printf(a, "%s 已失效", day_text(to, text));
}

static void check_day(struct rule_checking *c)
{
	const struct rule_set *set = c->set;
	int64_t day = c->about->day;
	char text[CLOCK_DAY];

	if (!c->about->has_day)
		return;
	day_text(day, text);
	if (!rule_set_on(set, day))
		rule_found(c, &(struct rule_found){ .kind = PLAN_REFUSED, .code = RULE_NOT_ON },
			   "规则集在 %s 不能用：%s。请换一个有效的规则集，或改 from、to。", text,
			   when(c->found->arena, set->from, set->to, day));
	for (size_t i = 0; i < set->rule_count && rule_set_on(set, day); i++) {
		const struct rule *r = &set->rules[i];
		if (!rule_on(set, r, day))
			rule_found(c, &(struct rule_found){ PLAN_WARNING, RULE_NOT_ON, r, NULL },
				   "“%s”在 %s 不起作用：%s。", r->title, text,
				   when(c->found->arena, r->from, r->to, day));
	}
}

static void check_outside(struct rule_checking *c, const struct rule *r)
{
	if ((r->from != RULE_NO_START && r->from < c->set->from) ||
	    (r->to != RULE_NO_END && r->to > c->set->to))
		rule_found(c, &(struct rule_found){ PLAN_WARNING, RULE_OUTSIDE, r, NULL },
			   "“%s”的有效期超出规则集的有效期，超出的日子不起作用。请核对日期。",
			   r->title);
	else if (r->from > c->set->to || r->to < c->set->from)
		rule_found(c, &(struct rule_found){ PLAN_WARNING, RULE_OUTSIDE, r, NULL },
			   "“%s”的有效期不在规则集的有效期之内，永远不起作用。请核对日期。",
			   r->title);
}

static void check_known(struct rule_checking *c, const struct rule *r,
			const struct rule_texts *values, const struct rule_texts *all,
			const char *what)
{
	for (size_t i = 0; all && i < values->count; i++) {
		bool known = false;
		for (size_t k = 0; k < all->count; k++)
			known |= strcmp(all->at[k], values->at[i]) == 0;
		if (!known)
			rule_found(c, &(struct rule_found){ PLAN_REFUSED, RULE_UNKNOWN, r, NULL },
				   "“%s”写的%s“%s”不存在。请改成名录或清单里有的。", r->title, what,
				   values->at[i]);
	}
}

static void check_document(struct rule_checking *c, const struct rule *r)
{
	struct rule_found found = { PLAN_WARNING, RULE_NO_DOCUMENT, r, NULL };

	if (!rule_document(c->set, r)) {
		rule_found(c, &found, "“%s”没有写依据的文件（document）。请补上文件名和文号。",
			   r->title);
	} else if (!r->article) {
		found.kind = PLAN_INFO;
		rule_found(c, &found, "“%s”没有写依据的条款（article）。", r->title);
	}
}

static bool counts_heads(const struct rule *r)
{
	return r->basis.kind == RULE_PER_INSPECTOR ||
	       (r->has_other && r->other.kind == RULE_PER_INSPECTOR);
}

static void check_number(struct rule_checking *c, const struct rule *r)
{
	struct rule_found found = { PLAN_WARNING, RULE_NO_NUMBER, r, NULL };

	if (r->basis.kind == RULE_UNSET)
		rule_found(c, &found, "“%s”还没有数（unset），填上之前不能排计划。", r->title);
	else if (r->unconfirmed)
		rule_found(c, &found, "“%s”的数还没有文件证实。启用前请核对，再删掉 unconfirmed。",
			   r->title);
	found.code = RULE_NO_DAY;
	if (counts_heads(r) && !r->heads.on)
		rule_found(
			c, &found,
			"“%s”按执法人员数定数，却没有写以哪一天的人数为准（heads.on），人员一变数就变。",
			r->title);
}

static void check_cap_papers(struct rule_checking *c)
{
	const struct rule_cap *cap = &c->set->cap;
	struct rule_found found = { PLAN_WARNING, RULE_NO_NUMBER, NULL, NULL };

	if (!cap->given)
		return;
	if (cap->unconfirmed && cap->visits)
		rule_found(c, &found,
			   "年度次数上限 %u 次还没有文件证实。启用前请核对，再删掉 unconfirmed。",
			   (unsigned)cap->visits);
	found.code = RULE_NO_DOCUMENT;
	if (!cap->document && !cap->number)
		rule_found(c, &found, "年度次数上限没有写依据的文件（cap.document）。");
	for (size_t i = 0; i < cap->exemption_count; i++)
		if (!cap->exemptions[i].document && !cap->exemptions[i].number)
			rule_found(c, &found,
				   "不占次数的情形“%s”没有写依据的文件。没有文件的例外不应使用。",
				   cap->exemptions[i].id);
}

static void check_alone(struct rule_checking *c, const struct rule *r)
{
	check_outside(c, r);
	check_known(c, r, &r->who.counties, c->about->counties, "县区");
	check_known(c, r, &r->who.kinds, c->about->kinds, "对象类型");
	check_known(c, r, &r->who.matters, c->about->matters, "抽查事项");
	check_document(c, r);
	check_number(c, r);
}

static void sort_by_code(struct rule_findings *f)
{
	struct rule_finding *list = arena_array(f->arena, f->count, sizeof(*list));
	size_t count = 0;

	for (int code = 0; code < RULE_FINDING_CODES; code++)
		for (size_t i = 0; i < f->count; i++)
			if ((int)f->list[i].code == code)
				list[count++] = f->list[i];
	f->list = list;
	f->size = f->count;
}

void rule_set_check(const struct rule_set *set, const struct rule_check *about, struct arena *a,
		    struct rule_findings *ret)
{
	static const struct rule_check nothing = { 0 };
	struct rule_findings found = { .arena = a };
	struct rule_checking c = { set, about ? about : &nothing, &found };

	rule_check_overlap(&c);
	check_day(&c);
	rule_check_cap(&c);
	for (size_t i = 0; i < set->rule_count; i++)
		check_alone(&c, &set->rules[i]);
	check_cap_papers(&c);
	sort_by_code(&found);
	*ret = found;
}
