/* app/plan_milestone.c — counted from the year's visits; nothing is kept. */
#include "app/plan_milestone.h"

#include <string.h>

const char *plan_milestone_words(enum plan_milestone_state state)
{
	static const char *const words[] = {
		"未到", "已完成", "待完成", "延期中", "逾期", "启用前"
	};

	return words[state];
}

int64_t plan_extension_days(const struct plan_scene *s, const char *period, const char *what)
{
	return plan_extension_agreed(s->extensions, s->extension_count, period, what);
}

bool plan_period_ended(const struct plan_scene *s, const struct plan_span *period)
{
	char text[PLAN_SPAN_TEXT];

	plan_span_text(period, text);
	return s->day > period->to + plan_extension_days(s, text, "visits");
}

static bool is_random(const struct plan_past *p)
{
	return !p->only_cap && !p->copy && (p->visits & (RULE_VISIT_DAILY | RULE_VISIT_CAMPAIGN));
}

static uint64_t done_until(const struct plan_scene *s, const struct plan_span *period, int64_t day)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s->history.count; i++) {
		const struct plan_past *p = &s->history.list[i];
		if (is_random(p) && !p->pending && p->counts >= period->from &&
		    p->counts <= period->to && p->day <= day)
			n += p->n;
	}
	return n;
}

static uint64_t waiting(const struct plan_scene *s, const struct plan_span *period)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s->history.count; i++) {
		const struct plan_past *p = &s->history.list[i];
		n += is_random(p) && p->pending && p->counts >= period->from &&
				     p->counts <= period->to
			     ? p->n
			     : 0;
	}
	return n;
}

static enum plan_milestone_state state_of(int64_t day, int64_t from, const int64_t by[2], bool met)
{
	if (met)
		return MILESTONE_MET;
	if (day < from)
		return MILESTONE_AHEAD;
	if (day <= by[0])
		return MILESTONE_DUE;
	return day <= by[1] ? MILESTONE_EXTENDED : MILESTONE_LATE;
}

/* Percentages are of what was drawn; of a period drawn before the data began, of what was done then. */
static void add_months(const struct plan_scene *s, struct plan_milestone *m, int64_t more)
{
	const struct rule_milestones *rule = &s->set.milestones;
	uint32_t months = 12 / rule_periods_a_year(m->period.kind);

	bool before = m->draw == MILESTONE_BEFORE, known = before || m->draw == MILESTONE_MET;

	if (rule->complete_count != months)
		return;
	for (uint32_t i = 0; i < months; i++) {
		int64_t by = plan_span_month_end(&m->period, i), until = by + more;
		uint64_t need = (m->visits * rule->complete[i] + 99) / 100;
		uint64_t done = done_until(s, &m->period, s->day < until ? s->day : until);
		int64_t from = i ? plan_span_month_end(&m->period, i - 1) + 1 : m->period.from;
		m->month[i].by = by;
		m->month[i].until = until;
		m->month[i].percent = rule->complete[i];
		m->month[i].need = need;
		m->month[i].done = done;
		m->month[i].state = before && by < s->begun
					    ? MILESTONE_BEFORE
					    : state_of(s->day, from, (int64_t[2]){ by, until },
						       known && m->visits && done >= need);
		m->months++;
	}
}

void plan_milestones(const struct plan_scene *s, struct plan_milestone *ret, size_t *ret_count)
{
	uint32_t count = rule_periods_a_year(s->kind), draw_by = s->set.milestones.draw_by;
	char text[PLAN_SPAN_TEXT];

	for (uint32_t i = 0; i < count; i++) {
		struct plan_milestone *m = &ret[i];
		*m = (struct plan_milestone){ .period = plan_span_make(
						      s->kind, (uint32_t)s->plan.year, i + 1) };
		plan_span_text(&m->period, text);
		m->draw_by = draw_by ? m->period.from + draw_by - 1 : m->period.to;
		m->draw_until = m->draw_by + plan_extension_days(s, text, "draw");
		m->done = done_until(s, &m->period, s->day);
		m->visits = m->done + waiting(s, &m->period);
		bool drawn = plan_scene_drawn(s, text);
		m->draw = !drawn && m->draw_by < s->begun
				  ? MILESTONE_BEFORE
				  : state_of(s->day, m->period.from,
					     (int64_t[2]){ m->draw_by, m->draw_until }, drawn);
		add_months(s, m, plan_extension_days(s, text, "visits"));
	}
	*ret_count = count;
}
