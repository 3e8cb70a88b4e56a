/* app/plan_whatif.c — a copy of the scene with other numbers is worked out beside the real one. */
#include "app/plan_whatif.h"

#include "app/draw_memory.h"
#include "app/plan_period.h"
#include "app/plan_staff_solve.h"
#include "app/plan_work.h"
#include "base/status.h"

#include <string.h>

enum { OWN_SHOWN = 10 };

static int check_number(const struct plan_change *change, struct plan_notes *notes)
{
	if (change->a <= 1000000 && (change->b == 0 || (change->a > 0 && change->a <= change->b)))
		return OK;
	plan_note(notes, PLAN_REFUSED, "%s 的新比例不对。请写成 20%%、1/3 或一个数。",
		  change->rule);
	return INVALID;
}

static int change_rule(struct rule *rules, size_t count, const struct plan_change *change,
		       struct plan_notes *notes)
{
	for (size_t i = 0; i < count; i++) {
		struct rule *r = &rules[i];
		if (strcmp(r->id, change->rule) != 0)
			continue;
		TRY(check_number(change, notes));
		enum rule_basis_kind number =
			r->basis.kind == RULE_PER_INSPECTOR ? RULE_PER_INSPECTOR : RULE_NUMBER;
		r->basis.kind = change->b ? RULE_PERCENT : number;
		r->basis.a = change->a;
		r->basis.b = change->b ? change->b : 1;
		r->has_other = false;
		return OK;
	}
	return NONE;
}

/* A line that is drawn together with the rules; those with a pool of their own are no part of this reckoning. */
static int change_line(struct plan_line_row *lines, size_t count, const struct plan_change *change,
		       struct plan_notes *notes)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(lines[i].id, change->rule) != 0)
			continue;
		if (plan_line_alone(&lines[i])) {
			plan_note(
				notes, PLAN_REFUSED,
				"%s（%s）有自己的池，单独抽取，不在这里试算：改它的目标请直接改项目的 "
				"CSV，再编一版计划，用 plan check 看人手。",
				lines[i].id, lines[i].title);
			return INVALID;
		}
		TRY(check_number(change, notes));
		lines[i].a = (int64_t)change->a;
		lines[i].b = (int64_t)change->b;
		return OK;
	}
	plan_note(notes, PLAN_REFUSED,
		  "规则集和计划项目里没有 %s。用 plan show 看规则和项目的编号。", change->rule);
	return INVALID;
}

static void change_cap(struct rule_set *set, int64_t cap)
{
	if (cap < 0)
		return;
	set->cap.given = cap > 0;
	set->cap.visits = (uint32_t)cap;
	set->cap.grade_count = 0;
	if (set->cap.counts == 0)
		set->cap.counts = RULE_VISIT_DAILY | RULE_VISIT_CAMPAIGN | RULE_VISIT_TARGETED;
}

static int change(const struct plan_scene *s, const struct plan_whatif *what,
		  struct plan_scene *ret)
{
	struct arena *a = s->notes->arena;
	struct rule *rules = arena_array(a, s->set.rule_count + 1, sizeof(*rules));

	*ret = *s;
	memcpy(rules, s->set.rules, s->set.rule_count * sizeof(*rules));
	struct plan_line_row *lines = arena_array(a, s->line_count + 1, sizeof(*lines));
	if (s->line_count)
		memcpy(lines, s->lines, s->line_count * sizeof(*lines));
	for (size_t i = 0; i < what->change_count; i++) {
		int rc = change_rule(rules, s->set.rule_count, &what->changes[i], s->notes);
		if (rc == NONE)
			rc = change_line(lines, s->line_count, &what->changes[i], s->notes);
		TRY(rc);
	}
	ret->set.rules = rules;
	ret->lines = lines;
	ret->heads = arena_array(a, s->set.rule_count + 1, sizeof(*ret->heads));
	for (size_t i = 0; i < s->set.rule_count; i++)
		ret->heads[i] = what->heads >= 0 ? (uint64_t)what->heads : s->heads[i];
	change_cap(&ret->set, what->cap);
	if (what->limit >= 0)
		ret->set.limit = (uint32_t)what->limit;
	return OK;
}

struct counting {
	const struct plan_scene *scene;
	const struct plan_draw *draw;
	struct plan_workload work;
};

static int count_site(void *arg, const struct plan_scanned *s)
{
	struct counting *c = arg;

	return plan_workload_add(&c->work, &c->draw->cells, s,
				 plan_skill_of(&c->scene->matters, s->site));
}

/* The period's teams, exactly. */
static int solve(const struct counting *c, const struct plan_people *people, uint64_t *ret_unmet)
{
	static const struct plan_staff_change as_it_is = { 0 };
	struct plan_staff_ask ask = { .scene = c->scene,
				      .period = &c->draw->asks.period,
				      .people = people };
	struct region r = { 0 };
	struct plan_staffed staffed;
	struct plan_work *works;

	plan_workload_deal(&c->work, c->draw, &works, &ask.work_count);
	ask.works = works;
	*ret_unmet = 0;
	if (ask.work_count == 0)
		return OK;
	if (draw_region_init(&r) != OK)
		return TOO_LARGE;
	int rc = plan_staff_solve(&ask, &as_it_is, &r, &staffed);
	if (rc == OK)
		*ret_unmet = staffed.unmet;
	draw_region_release(&r);
	return rc;
}

static void add_own(struct arena *a, const struct plan_person *p, struct plan_outcome *o)
{
	if (!p->own_limit)
		return;
	if (o->own_limits++ < OWN_SHOWN)
		o->own = arena_printf(a, "%s%s%.*s", o->own, *o->own ? "、" : "", (int)p->id.len,
				      p->id.at);
}

static int work_out(const struct plan_scene *s, const char *period, struct plan_outcome *ret)
{
	struct plan_draw *d = arena_alloc(s->notes->arena, sizeof(*d));
	struct plan_people people;
	struct plan_outcome o = { .met = true, .own = "" };

	struct counting c = { .scene = s, .draw = d };

	plan_workload_init(&c.work, s->notes->arena);
	TRY(plan_draw_look(s, period, count_site, &c, d));
	TRY(plan_project_make(s, d, &o.project));
	TRY(plan_people_read(s, &d->asks.period, 0, &people));
	plan_recusals_release(&people.recusals);
	o.people = people.count;
	o.seniors = people.seniors;
	for (size_t i = 0; i < people.count; i++) {
		o.room += people.list[i].room;
		o.year_room += people.list[i].year_room;
		add_own(s->notes->arena, &people.list[i], &o);
	}
	TRY(solve(&c, &people, &o.unmet));
	if (o.people) {
		if (o.project.count)
			o.load_period = (o.project.list[0].places * 100 + o.people / 2) / o.people;
		o.load_year = (o.project.places * 100 + o.people / 2) / o.people;
	}
	for (size_t i = 0; i < o.project.count; i++)
		o.met = o.met && o.project.list[i].met;
	*ret = o;
	return OK;
}

int plan_whatif_make(const struct plan_scene *s, const char *period, const struct plan_whatif *what,
		     struct plan_outcome ret[2])
{
	struct plan_scene other;
	struct plan_outcome both[2];

	TRY(change(s, what, &other));
	TRY(work_out(s, period, &both[0]));
	TRY(work_out(&other, period, &both[1]));
	memcpy(ret, both, sizeof(both));
	return OK;
}
