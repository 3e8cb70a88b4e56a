/* app/rule_set_check_overlap.c — which sites two rules share, by their lists alone; and classes left out. */
#include "app/rule_set_checking.h"

#include "app/rule_set_lists.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

enum relation {
	EQUAL,
	INSIDE, /* the first one's sites are some of the second one's */
	AROUND, /* the other way round */
	PARTLY, /* they may share sites */
	APART
};

static bool has(const struct rule_texts *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->at[i], text) == 0)
			return true;
	return false;
}

/* Of two sorted lists without doubles. */
static size_t count_common(const struct rule_texts *a, const struct rule_texts *b)
{
	size_t common = 0;

	for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
		int order = strcmp(a->at[i], b->at[k]);
		common += order == 0;
		i += order <= 0;
		k += order >= 0;
	}
	return common;
}

/* several: a site may have more than one value, so that two lists without a common one may still meet. */
static enum relation of_lists(const struct rule_texts *a, const struct rule_texts *b, bool several)
{
	if (a->count == 0 || b->count == 0)
		return a->count == b->count ? EQUAL : a->count ? INSIDE : AROUND;
	size_t common = count_common(a, b);
	if (common == a->count)
		return common == b->count ? EQUAL : INSIDE;
	if (common == b->count)
		return AROUND;
	return common || several ? PARTLY : APART;
}

static enum relation of_classes(unsigned a, unsigned b)
{
	if (a == b)
		return EQUAL;
	if (a == 0 || b == 0)
		return a ? INSIDE : AROUND;
	if ((a & b) == a)
		return INSIDE;
	if ((a & b) == b)
		return AROUND;
	/* Special is a flag over key and general. */
	return (a & b) || ((a | b) & RULE_SPECIAL) ? PARTLY : APART;
}

static enum relation both(enum relation a, enum relation b)
{
	if (a == APART || b == APART)
		return APART;
	if (a == EQUAL || a == b)
		return b;
	return b == EQUAL ? a : PARTLY;
}

static enum relation of_whos(const struct rule_who *a, const struct rule_who *b)
{
	enum relation r = of_classes(a->classes, b->classes);

	r = both(r, of_lists(&a->kinds, &b->kinds, false));
	r = both(r, of_lists(&a->matters, &b->matters, true));
	r = both(r, of_lists(&a->permits, &b->permits, false));
	r = both(r, of_lists(&a->source_types, &b->source_types, true));
	/* C26 and C2614 share no word but sites. */
	r = both(r, of_lists(&a->industries, &b->industries, true));
	r = both(r, of_lists(&a->levels, &b->levels, false));
	r = both(r, of_lists(&a->key_kinds, &b->key_kinds, true));
	r = both(r, of_lists(&a->counties, &b->counties, false));
	return both(r, of_lists(&a->credits, &b->credits, false));
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void sort_list(struct arena *a, struct rule_texts *list)
{
	if (list->count == 0)
		return;
	const char **at = arena_array(a, list->count, sizeof(*at));
	memcpy(at, list->at, list->count * sizeof(*at));
	qsort(at, list->count, sizeof(*at), by_text);
	list->at = at;
}

/* The same with sorted lists: each of up to 200 rules is compared with every other. */
static struct rule_who sort_lists(struct arena *a, const struct rule_who *who)
{
	struct rule_who out = *who;

	sort_list(a, &out.kinds);
	sort_list(a, &out.matters);
	sort_list(a, &out.permits);
	sort_list(a, &out.source_types);
	sort_list(a, &out.industries);
	sort_list(a, &out.levels);
	sort_list(a, &out.key_kinds);
	sort_list(a, &out.counties);
	sort_list(a, &out.credits);
	return out;
}

/* whos: the rules' own, with sorted lists. */
static void compare(struct rule_checking *c, const struct rule_who *whos, size_t first,
		    size_t second)
{
	const struct rule *a = &c->set->rules[first], *b = &c->set->rules[second];

	if (a->visit != b->visit || a->unit != b->unit || a->period != b->period ||
	    a->to < b->from || b->to < a->from)
		return;
	enum relation r = of_whos(&whos[first], &whos[second]);
	if (r == EQUAL)
		rule_found(
			c, &(struct rule_found){ PLAN_REFUSED, RULE_SAME, a, b },
			"“%s”和“%s”对同样的单位、同一周期各定了一个数，不知道照哪一个。请删掉一条，"
			"或写清县区、对象类型、有效期，使两条不重叠。",
			a->title, b->title);
	else if (r == INSIDE || r == AROUND)
		rule_found(c,
			   &(struct rule_found){ PLAN_INFO, RULE_NARROWER, r == INSIDE ? a : b,
						 r == INSIDE ? b : a },
			   "“%s”的单位也都在“%s”里：抽到的家次两条都算。",
			   r == INSIDE ? a->title : b->title, r == INSIDE ? b->title : a->title);
}

/* Does the rule ask for daily visits to ordinary sites of that class? */
static bool speaks_of(const struct rule *r, unsigned class)
{
	const struct rule_who *w = &r->who;

	return r->visit == RULE_VISIT_DAILY && (w->classes == 0 || (w->classes & class)) &&
	       w->kinds.count + w->matters.count + w->source_types.count + w->industries.count +
			       w->permits.count + w->key_kinds.count ==
		       0;
}

static bool county_covered(const struct rule_set *set, unsigned class, const char *county)
{
	for (size_t i = 0; i < set->rule_count; i++) {
		const struct rule_texts *counties = &set->rules[i].who.counties;
		if (speaks_of(&set->rules[i], class) &&
		    (counties->count == 0 || has(counties, county)))
			return true;
	}
	return false;
}

static void check_counties(struct rule_checking *c, const struct rule_word *class)
{
	CLEANUP(buf_release) struct buf left = { 0 };
	const struct rule_texts *all = c->about->counties;

	buf_init(&left, 1024);
	for (size_t i = 0; i < all->count; i++)
		if (!county_covered(c->set, class->value, all->at[i]))
			buf_printf(&left, "%s%s", left.len ? "、" : "", all->at[i]);
	if (left.len)
		rule_found(
			c, &(struct rule_found){ .kind = PLAN_WARNING, .code = RULE_NO_RULE },
			"%s在这些县区没有日常抽查的规则：%s。请补一条，或删掉规则里的 counties。",
			class->says, buf_text(&left));
}

static void check_class(struct rule_checking *c, const struct rule_word *class)
{
	bool any = false;

	for (size_t i = 0; i < c->set->rule_count; i++)
		any |= speaks_of(&c->set->rules[i], class->value);
	if (!any)
		rule_found(c, &(struct rule_found){ .kind = PLAN_WARNING, .code = RULE_NO_RULE },
			   "%s没有日常抽查的规则，排计划时一家也不会抽。如果不是有意的，请补一条。",
			   class->says);
	else if (c->about->counties)
		check_counties(c, class);
}

void rule_check_overlap(struct rule_checking *c)
{
	size_t count = c->set->rule_count;
	struct rule_who *whos = arena_array(c->found->arena, count, sizeof(*whos));

	for (size_t i = 0; i < count; i++)
		whos[i] = sort_lists(c->found->arena, &c->set->rules[i].who);
	for (size_t i = 0; i < count; i++)
		for (size_t k = i + 1; k < count; k++)
			compare(c, whos, i, k);
	for (const struct rule_word *class = rule_class_words; class->word; class ++)
		check_class(c, class);
}
