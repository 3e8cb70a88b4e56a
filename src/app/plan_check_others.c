/* app/plan_check_others.c — numbers of actions, and shares of all visits. */
#include "app/plan_checking.h"
#include "app/plan_period.h"
#include "base/status.h"

#include <string.h>

static uint64_t less(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

static bool was_drawn(const struct plan_scene *s, const char *line)
{
	for (size_t i = 0; i < s->joint_drawn_count; i++)
		if (strcmp(s->joint_drawn[i], line) == 0)
			return true;
	return false;
}

/* Looking back, a line whose time is over is not waited for; looking ahead, its action may still be caught up. */
static bool still(const struct plan_checking *c, const struct plan_line_row *line)
{
	struct plan_span span;

	if (!c->to->ended)
		return true;
	return *line->period && plan_span_parse(line->period, &span) == OK &&
	       !plan_period_ended(c->scene, &span);
}

/* Joint lines of the plan that were not drawn yet; *ret_late: those whose time is over. */
static uint64_t joint_waiting(const struct plan_checking *c, uint64_t *ret_late)
{
	const struct plan_scene *s = c->scene;
	uint64_t n = 0;

	*ret_late = 0;
	for (size_t i = 0; i < s->line_count; i++) {
		if (!plan_line_joint(&s->lines[i]) || was_drawn(s, s->lines[i].id))
			continue;
		*(still(c, &s->lines[i]) ? &n : ret_late) += 1;
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
	r->done = s->joint_drawn_count;
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
			plan_clash_add(
				&c->to->clashes,
				&(struct plan_clash){
					.kind = CLASH_GAP,
					.rules = r->id,
					.text = r->sentence,
					.choices =
						actions ? "在计划项目里补上部门联合的行动。"
							: "把本期抽到的一部分与其他部门联合检查。",
				});
	}
}
