/* app/plan_check_others.c — numbers of actions, and shares of all visits. */
#include "app/plan_checking.h"
#include "app/plan_milestone.h"
#include "app/plan_period.h"
#include "base/status.h"

#include <string.h>

static uint64_t less(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

/* Its action is not made yet: it waits, or it is too late if the time of its draw is over. */
static void count_action(const struct plan_checking *c, const struct plan_span *span,
			 uint64_t *waiting, uint64_t *late)
{
	*(plan_period_ended(c->scene, span) ? late : waiting) += 1;
}

/* Actions of the plan's joint lines that were not drawn yet; a line without a period has one in each. */
static uint64_t joint_waiting(const struct plan_checking *c, uint64_t *ret_late)
{
	const struct plan_scene *s = c->scene;
	uint32_t year = (uint32_t)s->plan.year, last = rule_periods_a_year(s->kind);
	char text[PLAN_SPAN_TEXT];
	struct plan_span span;
	uint64_t n = 0;

	*ret_late = 0;
	for (size_t i = 0; i < s->line_count; i++) {
		const struct plan_line_row *line = &s->lines[i];
		if (!plan_line_joint(line))
			continue;
		if (*line->period) {
			if (plan_span_parse(line->period, &span) == OK &&
			    !plan_scene_joint_drawn(s, line->id, NULL))
				count_action(c, &span, &n, ret_late);
			continue;
		}
		for (uint32_t k = 1; k <= last; k++) {
			span = plan_span_make(s->kind, year, k);
			plan_span_text(&span, text);
			if (!plan_scene_joint_drawn(s, line->id, text))
				count_action(c, &span, &n, ret_late);
		}
	}
	return n;
}

/* Visits of the year with one of the bits in a window. */
static uint64_t count_visits(const struct plan_scene *s, unsigned bits,
			     const struct plan_span *window, bool pending)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s->history.count; i++) {
		const struct plan_past *p = &s->history.list[i];
		if (!p->only_cap && !p->copy && p->pending == pending && (p->visits & bits) &&
		    p->counts >= window->from && p->counts <= window->to)
			n += p->n;
	}
	return n;
}

/* A number of actions a year, e.g. 3 joint checks: the draws that were made, and the plan's lines without one. */
static void fill_actions(const struct plan_checking *c, const struct rule *rule,
			 struct plan_check_rule *r)
{
	const struct plan_scene *s = c->scene;
	uint64_t late;

	r->want = rule_amount(rule, &rule->basis, 0);
	r->done = s->joint_count;
	r->pending = joint_waiting(c, &late);
	r->left = less(r->want, r->done + r->pending);
	r->sentence = arena_printf(
		s->notes->arena, "%s：%s至少 %llu 次，已抽 %llu 次，计划里还有 %llu 次没有抽%s",
		r->title, rule_period_words(rule->period), (unsigned long long)r->want,
		(unsigned long long)r->done, (unsigned long long)(r->pending + late),
		late ? arena_printf(s->notes->arena, "，其中 %llu 次的时期已经过了",
				    (unsigned long long)late)
		     : "");
}

/* A share of all daily visits, e.g. a fifth of them joint ones. */
static void fill_share(const struct plan_checking *c, const struct rule *rule,
		       struct plan_check_rule *r)
{
	const struct plan_scene *s = c->scene;
	struct plan_span window = plan_span_at(rule->period, c->to->draw->asks.period.from);
	unsigned bits = rule->counts ? rule->counts : (unsigned)rule->visit;

	r->members = count_visits(s, RULE_VISIT_DAILY, &window, false) +
		     count_visits(s, RULE_VISIT_DAILY, &window, true) +
		     (c->to->ended ? 0 : c->to->draw->cover.drawn);
	r->want = rule_amount(rule, &rule->basis, r->members);
	r->done = count_visits(s, bits, &window, false);
	r->pending = count_visits(s, bits, &window, true);
	r->left = less(r->want, r->done + r->pending);
	r->sentence = arena_printf(
		s->notes->arena,
		"%s：日常检查 %llu 家次（含本期要抽的）的%s → %s至少 %llu 家次，已查 %llu、待查 %llu",
		r->title, (unsigned long long)r->members,
		plan_basis_words(s->notes->arena, &rule->basis), rule_period_words(rule->period),
		(unsigned long long)r->want, (unsigned long long)r->done,
		(unsigned long long)r->pending);
}

/* Days that the last period of the rule's window can still be made longer by, so that it is open today. */
static int64_t days_to_extend(const struct plan_scene *s, const struct plan_span *last)
{
	char text[PLAN_SPAN_TEXT];
	int64_t most = s->set.milestones.extension_days;

	plan_span_text(last, text);
	return s->day > last->to + most ? 0 : most - plan_extension_days(s, text, "visits");
}

/* What is missing and can be made up, or by what way only, or no more. */
static const char *choices_of(const struct plan_checking *c, const struct rule *rule, bool actions,
			      bool *ret_never)
{
	const struct plan_scene *s = c->scene;
	const struct plan_span window = plan_span_at(rule->period, c->to->draw->asks.period.from);
	const struct plan_span last = plan_span_at(s->kind, window.to);
	const char *way = actions ? "在计划项目里补上部门联合的行动。"
				  : "把本期抽到的一部分与其他部门联合检查。";
	char text[PLAN_SPAN_TEXT];
	int64_t days = days_to_extend(s, &last);

	*ret_never = plan_period_ended(s, &last);
	if (!*ret_never)
		return way;
	plan_span_text(&last, text);
	if (days <= 0)
		return arena_printf(
			s->notes->arena,
			"%s 已经结束，也没有可以延期的天数，不能再补：这一条今年满足不了，"
			"请向上级报告原因。",
			text);
	return arena_printf(
		s->notes->arena,
		"%s 已经结束，现在不能补。确实要补的，先用 plan extend 延长 %s 的检查（还可延 %lld "
		"天），由另一人批准，再%s%s",
		text, text, (long long)days,
		actions ? "在计划项目里补上部门联合的行动，期次写 " : "补上与其他部门的联合检查",
		actions ? arena_printf(s->notes->arena, "%s。", text) : "。");
}

void plan_check_others(struct plan_checking *c)
{
	const struct plan_scene *s = c->scene;
	int64_t day = plan_scene_day(s, &c->to->draw->asks.period);

	for (size_t i = 0; i < s->set.rule_count; i++) {
		const struct rule *rule = &s->set.rules[i];
		struct plan_check_rule *r = &c->to->rules[c->to->rule_count];
		bool actions = rule->unit == RULE_UNIT_ACTIONS && rule->basis.kind == RULE_NUMBER;
		bool share = rule->basis.kind == RULE_PERCENT && rule->basis.of == RULE_OF_DRAWN;
		if (!rule_on(&s->set, rule, day) || (!actions && !share))
			continue;
		*r = (struct plan_check_rule){ .id = rule->id,
					       .title = rule->title ? rule->title : rule->id,
					       .law = rule->article ? rule->article : "" };
		if (actions)
			fill_actions(c, rule, r);
		else
			fill_share(c, rule, r);
		r->year_left = r->left;
		r->possible = r->left == 0;
		c->to->rule_count++;
		if (r->left)
			plan_clash_add(&c->to->clashes,
				       &(struct plan_clash){
					       .kind = CLASH_GAP,
					       .rules = r->id,
					       .text = r->sentence,
					       .choices = choices_of(c, rule, actions, &r->never),
				       });
	}
}
