/* app/rule_set_whole.c — ids, references, days, teams. */
#include "app/rule_set_whole.h"

#include <string.h>

static void check_days(struct rule_reading *r, int64_t from, int64_t to)
{
	if (from > to)
		rule_wrong(r, "失效日 to 早于生效日 from");
}

static void check_team(struct rule_reading *r, const struct rule_set *set, size_t i)
{
	const struct rule_team *t = &set->teams[i];

	if (t->need < t->min_senior + t->min_junior)
		rule_wrong(r, "人数 need 少于 min_senior 与 min_junior 之和");
	if (i == 0 && t->classes)
		rule_wrong(r, "第一条应是通用的，不写 classes");
	if (i > 0 && !t->classes)
		rule_wrong(r, "除第一条以外都要写 classes（只用于哪些类）");
	for (size_t k = 1; k < i; k++)
		if (set->teams[k].classes & t->classes)
			rule_wrong(r, "与 teams[%zu] 写了同一类，合成一条", k);
}

static void check_basis(struct rule_reading *r, const struct rule_set *set, const struct rule *rule,
			const struct rule_basis *b)
{
	const struct rule *other = b->rule ? rule_set_find(set, b->rule) : NULL;

	if (b->of != RULE_OF_POPULATION && b->kind != RULE_PERCENT)
		rule_wrong(r, "of 只能与 percent 一起写");
	if ((b->of == RULE_OF_RULE) != (b->rule != NULL))
		rule_wrong(r, "of 为 \"rule\" 时要写 rule（哪一条的编号），否则不写 rule");
	if (!b->rule)
		return;
	if (!other || other == rule)
		rule_wrong(r, "没有编号为“%s”的另一条规则", b->rule);
	else if (other->basis.of == RULE_OF_RULE || other->has_other)
		rule_wrong(r, "“%s”自己也以别的规则为基数或有两种算法，不能再作基数", b->rule);
	else if (other->period != rule->period)
		rule_wrong(r, "“%s”的周期与本条不同，不能作基数", b->rule);
}

static void check_repeat(struct rule_reading *r, const struct rule *rule)
{
	if (rule->repeat.policy == RULE_ROTATION && rule->repeat.visits == 0)
		rule_wrong(r, "轮查（rotation）要写 visits：一年每家几次");
	if (rule->repeat.policy != RULE_ROTATION && rule->repeat.visits)
		rule_wrong(r, "visits 只能与 \"policy\": \"rotation\" 一起写");
}

static void check_rule(struct rule_reading *r, const struct rule_set *set, size_t i)
{
	const struct rule *rule = &set->rules[i];
	size_t mark = rule_into(r, "id");

	if (rule_set_find(set, rule->id) != rule)
		rule_wrong(r, "编号“%s”用了两次", rule->id);
	rule_back(r, mark);
	mark = rule_into(r, "basis");
	check_basis(r, set, rule, &rule->basis);
	rule_back(r, mark);
	mark = rule_into(r, "or");
	if (rule->has_other)
		check_basis(r, set, rule, &rule->other);
	rule_back(r, mark);
	mark = rule_into(r, "repeat");
	check_repeat(r, rule);
	rule_back(r, mark);
	check_days(r, rule->from, rule->to);
}

static void check_cap(struct rule_reading *r, const struct rule_cap *cap)
{
	for (size_t i = 0; i < cap->exemption_count; i++)
		for (size_t k = 0; k < i; k++)
			if (strcmp(cap->exemptions[k].id, cap->exemptions[i].id) == 0)
				rule_wrong(r, "exemptions 里编号“%s”用了两次",
					   cap->exemptions[i].id);
	if (cap->grade_count && !cap->visits)
		rule_wrong(r, "写了 grades 就要写 visits（没有信用等级的单位用它）");
	for (size_t i = 0; i < cap->grade_count; i++)
		for (size_t k = 0; k < cap->grades[i].credits.count; k++)
			if (rule_cap_visits(cap, cap->grades[i].credits.at[k]) !=
			    cap->grades[i].visits)
				rule_wrong(r, "grades 里信用等级 %s 写了两个不同的上限",
					   cap->grades[i].credits.at[k]);
}

static void check_complete(struct rule_reading *r, const struct rule_milestones *m)
{
	size_t n = m->complete_count;

	if (n != 0 && n != 1 && n != 3 && n != 6 && n != 12)
		rule_wrong(r, "complete 应有 1、3、6 或 12 个数：一期有几个月就写几个");
}

static void check_rules(struct rule_reading *r, struct rule_set *set)
{
	/* The reader made the array; counts follow from visit when they are not written. */
	struct rule *rules = arena_array(r->arena, set->rule_count, sizeof(*rules));

	memcpy(rules, set->rules, set->rule_count * sizeof(*rules));
	for (size_t i = 0; i < set->rule_count; i++)
		if (!rules[i].counts)
			rules[i].counts = rules[i].visit;
	set->rules = rules;
	size_t list = rule_into(r, "rules");
	for (size_t i = 0; i < set->rule_count && !rule_enough(r); i++) {
		size_t mark = rule_into_item(r, i);
		check_rule(r, set, i);
		rule_back(r, mark);
	}
	rule_back(r, list);
}

void rule_set_whole(struct rule_reading *r, struct rule_set *set)
{
	check_days(r, set->from, set->to);
	size_t list = rule_into(r, "teams");
	for (size_t i = 0; i < set->team_count; i++) {
		size_t mark = rule_into_item(r, i);
		check_team(r, set, i);
		rule_back(r, mark);
	}
	rule_back(r, list);
	size_t mark = rule_into(r, "cap");
	check_cap(r, &set->cap);
	rule_back(r, mark);
	mark = rule_into(r, "milestones");
	check_complete(r, &set->milestones);
	rule_back(r, mark);
	check_rules(r, set);
}
