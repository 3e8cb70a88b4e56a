/* app/plan_advice.c — a copy of the scene with another number, played through; the least that suffices is told. */
#include "app/plan_advice.h"

#include "app/plan_project.h"
#include "base/status.h"

#include <string.h>

enum { CAP_TRIES = 6 };

struct advising {
	const struct plan_scene *scene;
	const struct plan_draw *draw;
	size_t ask;
	struct plan_notes notes; /* what a trial would tell is told already */
	struct plan_scene trial;
};

/* Plays the trial through: nothing is missing for the ask. */
static int suffices(struct advising *v, bool *ret)
{
	struct arena *a = v->scene->notes->arena;
	struct plan_draw *d = arena_alloc(a, sizeof(*d));
	struct plan_project *p = arena_alloc(a, sizeof(*p));

	TRY(plan_draw_look(&v->trial, v->draw->asks.period_text, NULL, NULL, d));
	TRY(plan_project_make(&v->trial, d, p));
	*ret = p->missing[v->ask] == 0 && p->count > 0;
	return OK;
}

/* ---- the cap ---- */

static void raise_cap(struct advising *v, uint32_t by)
{
	const struct rule_cap *cap = &v->scene->set.cap;
	struct rule_cap_grade *grades =
		arena_array(v->scene->notes->arena, cap->grade_count + 1, sizeof(*grades));

	v->trial = *v->scene;
	v->trial.notes = &v->notes;
	v->trial.set.cap.visits = cap->visits + by;
	for (size_t i = 0; i < cap->grade_count; i++) {
		grades[i] = cap->grades[i];
		grades[i].visits += by;
	}
	v->trial.set.cap.grades = grades;
}

static int advise_cap(struct advising *v, struct plan_advice *to)
{
	const struct rule_cap *cap = &v->scene->set.cap;
	bool enough = false;

	if (!cap->given || cap->visits == 0)
		return OK;
	for (uint32_t by = 1; by <= CAP_TRIES && !enough; by++) {
		raise_cap(v, by);
		TRY(suffices(v, &enough));
		to->cap_tried = cap->visits + by;
	}
	to->cap = enough ? to->cap_tried : 0;
	return OK;
}

/* ---- rotation ---- */

static void rotate(struct advising *v, const struct rule *rule, uint32_t visits)
{
	const struct rule_set *set = &v->scene->set;
	struct rule *rules =
		arena_array(v->scene->notes->arena, set->rule_count + 1, sizeof(*rules));

	memcpy(rules, set->rules, set->rule_count * sizeof(*rules));
	rules[rule - set->rules].repeat.policy = RULE_ROTATION;
	rules[rule - set->rules].repeat.visits = visits;
	v->trial = *v->scene;
	v->trial.notes = &v->notes;
	v->trial.set.rules = rules;
}

/* Visits a year that the rule's minimums come to for one member, rounded up: fewer cannot suffice. */
static uint32_t least_visits(const struct plan_ask *ask)
{
	uint64_t year = ask->want * rule_periods_a_year(ask->window.kind);

	return ask->members ? (uint32_t)((year + ask->members - 1) / ask->members) : 1;
}

static int advise_rotation(struct advising *v, struct plan_advice *to)
{
	const struct plan_ask *ask = &v->draw->asks.list[v->ask];
	const struct rule *rule = ask->rule;
	uint32_t last = rule_periods_a_year(v->scene->kind),
		 from = rule ? least_visits(ask) : last + 1;

	for (uint32_t n = from ? from : 1; n <= last && to->rotation == 0; n++) {
		bool enough;
		if (rule->repeat.policy == RULE_ROTATION && rule->repeat.visits == n)
			continue;
		rotate(v, rule, n);
		TRY(suffices(v, &enough));
		to->rotation = enough ? n : 0;
	}
	return OK;
}

int plan_advice_make(const struct plan_scene *s, const struct plan_draw *d, size_t ask,
		     struct plan_advice *ret)
{
	struct plan_advice advice = { 0 };
	struct advising v = { .scene = s, .draw = d, .ask = ask };

	plan_notes_init(&v.notes, s->notes->arena);
	TRY(advise_cap(&v, &advice));
	TRY(advise_rotation(&v, &advice));
	*ret = advice;
	return OK;
}
