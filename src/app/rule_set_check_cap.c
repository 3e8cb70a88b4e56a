/*
 * app/rule_set_check_cap.c — how many visits a year the numbers ask of a site on average, beside what the
 * cap and the repeat policy allow. Only rules about a share of their sites say that without a registry.
 */
#include "app/rule_set_checking.h"

#include "app/rule_set_words.h"
#include "base/buf.h"

#include <string.h>

/* visits a year and site on average: a/b; known is false for numbers that depend on the registry. */
struct average {
	bool known;
	uint64_t a, b;
	bool uneven; /* one period's share of N sites is no whole number for every N */
};

static struct average of_basis(const struct rule *rule, const struct rule_basis *b)
{
	uint64_t periods = rule_periods_a_year(rule->period);

	if (b->kind == RULE_ALL)
		return (struct average){ true, periods, 1, false };
	if (b->kind == RULE_PERCENT && b->of == RULE_OF_POPULATION)
		return (struct average){ true, periods * b->a, b->b, b->b > 1 };
	return (struct average){ false, 0, 1, false };
}

/* The lower of two bases is what is asked. */
static struct average of_rule(const struct rule *rule)
{
	struct average first = of_basis(rule, &rule->basis);

	if (!rule->has_other)
		return first;
	struct average second = of_basis(rule, &rule->other);
	if (!first.known || !second.known)
		return (struct average){ false, 0, 1, false };
	return first.a * second.b <= second.a * first.b ? first : second;
}

static bool has(const struct rule_texts *list, const char *text)
{
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->at[i], text) == 0)
			return true;
	return false;
}

static bool covers_credits(const struct rule_texts *exempt, const struct rule_texts *of_rule)
{
	if (exempt->count == 0)
		return true;
	for (size_t i = 0; i < of_rule->count; i++)
		if (!has(exempt, of_rule->at[i]))
			return false;
	return of_rule->count > 0;
}

/* A joint visit is a daily or a campaign one as well. */
static unsigned kinds_of(const struct rule *rule)
{
	if (rule->visit == RULE_VISIT_JOINT)
		return RULE_VISIT_JOINT | RULE_VISIT_DAILY | RULE_VISIT_CAMPAIGN;
	return rule->visit;
}

/* Every visit that the rule asks for is outside the cap. */
static bool is_exempt(const struct rule_cap *cap, const struct rule *rule)
{
	if (!(cap->counts & kinds_of(rule)))
		return true;
	for (size_t i = 0; i < cap->exemption_count; i++) {
		const struct rule_exemption *e = &cap->exemptions[i];
		if (e->triggers == 0 && (e->visits == 0 || (e->visits & kinds_of(rule))) &&
		    (!e->special || rule->who.classes == RULE_SPECIAL) &&
		    covers_credits(&e->credits, &rule->who.credits))
			return true;
	}
	return false;
}

/* The lowest cap of the rule's sites; 0 if none holds. */
static uint32_t cap_of(const struct rule_cap *cap, const struct rule *rule)
{
	uint32_t least = cap->visits;

	if (!cap->given || is_exempt(cap, rule))
		return 0;
	for (size_t i = 0; i < rule->who.credits.count; i++) {
		uint32_t visits = rule_cap_visits(cap, rule->who.credits.at[i]);
		if (i == 0 || visits < least)
			least = visits;
	}
	return least;
}

/* "每季度 50%，一年平均每家 2 次" */
static void say_average(const struct rule *rule, const struct average *v, struct buf *out)
{
	buf_printf(out, "“%s”%s ", rule->title, rule_period_words(rule->period));
	rule_basis_words(&rule->basis, out);
	buf_str(out, "，一年平均每家 ");
	if (v->a % v->b == 0)
		buf_printf(out, "%llu", (unsigned long long)(v->a / v->b));
	else
		buf_printf(out, "%llu.%llu", (unsigned long long)(v->a / v->b),
			   (unsigned long long)(v->a % v->b * 10 / v->b));
	buf_str(out, " 次");
}

static void odd(struct rule_checking *c, const struct rule *rule, const char *says, uint64_t times)
{
	rule_found(
		c, &(struct rule_found){ PLAN_WARNING, RULE_ODD, rule, NULL },
		"%s，刚好用满每家 %llu 次；家数除不尽时（如奇数家）每期进位就会多出来，做不到。请按家数核对："
		"可以把除不尽时改为舍去（要有文件），或给个别单位写上有文件的例外。",
		says, (unsigned long long)times);
}

static void check_rotation(struct rule_checking *c, const struct rule *rule, const char *says,
			   uint32_t cap)
{
	struct average v = of_rule(rule);
	uint32_t times = rule->repeat.visits;
	struct rule_found wrong = { PLAN_REFUSED, RULE_REPEAT, rule, NULL };

	if (times > rule_periods_a_year(rule->period))
		rule_found(c, &wrong,
			   "“%s”轮查一年每家 %u 次，可是一年只有 %u 期。请减少次数，或改短周期。",
			   rule->title, (unsigned)times,
			   (unsigned)rule_periods_a_year(rule->period));
	else if (v.known && v.a > times * v.b)
		rule_found(c, &wrong, "%s，轮查却只有 %u 次。请增加轮查次数，或降低比例。", says,
			   (unsigned)times);
	else if (v.known && v.a == times * v.b && v.uneven && rule->rounding == RULE_UP)
		odd(c, rule, says, times);
	wrong.code = RULE_OVER_CAP;
	if (cap && times > cap)
		rule_found(
			c, &wrong,
			"“%s”轮查一年每家 %u 次，超过上限 %u 次。请减少轮查次数，或写上有文件的例外。",
			rule->title, (unsigned)times, (unsigned)cap);
}

static void check_once(struct rule_checking *c, const struct rule *rule, const char *says)
{
	struct average v = of_rule(rule);

	if (!v.known)
		return;
	if (v.a > v.b)
		rule_found(
			c, &(struct rule_found){ PLAN_REFUSED, RULE_REPEAT, rule, NULL },
			"%s，又要求一年内不重复，做不到。请改为抽过一遍才重复（after-coverage）或轮查"
			"（rotation）。",
			says);
	else if (v.a == v.b && v.uneven && rule->rounding == RULE_UP)
		odd(c, rule, says, 1);
}

static void check_drawn(struct rule_checking *c, const struct rule *rule, const char *says,
			uint32_t cap)
{
	struct average v = of_rule(rule);
	struct rule_found wrong = { PLAN_REFUSED, RULE_OVER_CAP, rule, NULL };

	if (!v.known || !cap || v.a < cap * v.b)
		return;
	if (v.a > cap * v.b)
		rule_found(
			c, &wrong,
			"%s，超过上限 %u 次。请降低比例，或写上有文件的例外（如信用等级差的单位）。",
			says, (unsigned)cap);
	else if (rule->repeat.policy == RULE_INDEPENDENT &&
		 rule_periods_a_year(rule->period) > cap && v.uneven)
		rule_found(
			c, &wrong,
			"%s，和上限 %u 次一样多；每期独立抽取总有单位被抽到更多次，到后几期可抽的不够。"
			"请改为轮查（rotation，每家 %u 次），或写上有文件的例外。",
			says, (unsigned)cap, (unsigned)cap);
	else if (v.uneven && rule->rounding == RULE_UP)
		odd(c, rule, says, cap);
}

static void check_rule(struct rule_checking *c, const struct rule *rule)
{
	CLEANUP(buf_release) struct buf says = { 0 };
	struct average v = of_rule(rule);
	uint32_t cap = cap_of(&c->set->cap, rule);

	buf_init(&says, 2048);
	if (v.known)
		say_average(rule, &v, &says);
	switch (rule->repeat.policy) {
	case RULE_ROTATION:
		check_rotation(c, rule, buf_text(&says), cap);
		return;
	case RULE_ONCE_A_YEAR:
		check_once(c, rule, buf_text(&says));
		return;
	case RULE_INDEPENDENT:
	case RULE_AFTER_COVERAGE:
		break;
	}
	check_drawn(c, rule, buf_text(&says), cap);
}

void rule_check_cap(struct rule_checking *c)
{
	if (c->set->cap.given && c->set->cap.visits == 0)
		rule_found(
			c, &(struct rule_found){ .kind = PLAN_WARNING, .code = RULE_CAP_UNSET },
			"写了年度次数上限，却没有写几次（cap.visits），排计划时不限次数。请照文件填上。");
	for (size_t i = 0; i < c->set->rule_count; i++)
		check_rule(c, &c->set->rules[i]);
}
