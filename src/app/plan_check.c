/* app/plan_check.c — what one pass collects, then the rules one by one. */
#include "app/plan_checking.h"

#include "app/import_area.h"
#include "app/plan_campaign.h"
#include "app/plan_period.h"
#include "app/plan_staff.h"
#include "app/rule_set_check.h"
#include "base/status.h"

#include <string.h>

static uint64_t less(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

/* ---- the pass ---- */

static bool in_period(const struct plan_line_row *line, const struct plan_span *period)
{
	struct plan_span own;

	return line->period[0] == 0 || (plan_span_parse(line->period, &own) == OK &&
					own.from <= period->to && period->from <= own.to);
}

static bool is_campaign(const struct plan_line_row *line, const struct plan_span *period)
{
	return strcmp(line->kind, "campaign") == 0 && in_period(line, period);
}

static int load_pools(struct plan_checking *c, const struct plan_span *period)
{
	const struct plan_scene *s = c->scene;

	for (size_t i = 0; i < s->line_count && c->pool_count < CAMPAIGNS_MOST; i++)
		if (is_campaign(&s->lines[i], period))
			TRY(plan_who_parse(s->lines[i].pool, s->notes, &c->pools[c->pool_count++]));
	for (; c->line_count < s->line_count && c->line_count < PLAN_LINES_MOST; c->line_count++)
		TRY(plan_who_parse(s->lines[c->line_count].pool, s->notes,
				   &c->lines[c->line_count]));
	return OK;
}

static size_t count_pools(struct plan_checking *c, const struct plan_scanned *s)
{
	const struct plan_site site = { s->site, s->special, &c->scene->matters };
	size_t found = 0;

	for (size_t i = 0; i < c->pool_count; i++)
		if (plan_who_fits(&c->pools[i], &site)) {
			c->members[i]++;
			found++;
		}
	for (size_t i = 0; i < c->line_count; i++)
		c->line_members[i] += plan_who_fits(&c->lines[i], &site);
	return found;
}

static int look_at(void *arg, const struct plan_scanned *s)
{
	struct plan_checking *c = arg;

	plan_coverage_add(&c->to->coverage, s);
	plan_capacity_add(&c->to->capacity, s);
	c->to->in_two_pools += count_pools(c, s) > 1;
	return plan_workload_add(&c->work, &c->to->draw->cells, s,
				 plan_skill_of(&c->scene->matters, s->site));
}

/* ---- rules ---- */

static void check_unset(struct plan_checking *c, const struct plan_check_rule *r)
{
	const char *mend, *why = plan_ask_unset(c->scene, r->ask, &mend);

	if (why)
		plan_clash_add(&c->to->clashes, &(struct plan_clash){ .kind = CLASH_UNSET,
								      .stops = true,
								      .rules = r->id,
								      .text = why,
								      .choices = mend });
}

static const char *ended_sentence(const struct plan_checking *c, const struct plan_check_rule *r)
{
	struct arena *a = c->scene->notes->arena;
	char window[PLAN_SPAN_TEXT];

	if (r->hidden)
		return plan_ask_sentence(a, r->ask, 0);
	plan_span_text(&r->ask->window, window);
	return arena_printf(
		a, "%s：在册 N=%llu → %s 至少 %llu 家，已查 %llu 家、待查 %llu 家；%s 已经结束",
		r->title, (unsigned long long)r->members, window, (unsigned long long)r->want,
		(unsigned long long)r->done, (unsigned long long)r->pending,
		c->to->draw->asks.period_text);
}

/* Nothing is drawn for a period that has ended: what was asked stands beside what was done. */
static void check_ended(struct plan_checking *c, struct plan_check_rule *r)
{
	r->need = r->drawn = r->missing = 0;
	r->year_left = plan_windows_left(r->ask) * r->ask->want;
	r->year_left += r->ask->window.to >= c->scene->day ? r->left : 0;
	r->sentence = ended_sentence(c, r);
	plan_check_undone(c, r);
}

static int check_rule(struct plan_checking *c, size_t i)
{
	struct plan_ask *ask = &c->to->draw->asks.list[i];
	const struct cover_sum *sum = &c->to->draw->cover.sums[i];
	struct plan_check_rule *r = &c->to->rules[c->to->rule_count++];

	*r = (struct plan_check_rule){
		.ask = ask,
		.id = ask->id,
		.title = ask->title,
		.law = ask->law,
		.members = ask->members,
		.want = ask->want,
		.pending = ask->pending,
		.done = ask->done,
		.left = less(ask->want, ask->pending + ask->done),
		.need = ask->need,
		.drawn = sum->drawn,
		.missing = sum->missing,
		.year_room = ask->cap_room,
		.hidden = ask->small,
		.sentence = plan_ask_sentence(c->scene->notes->arena, ask, sum->drawn),
	};
	r->year_left = r->left + plan_windows_left(ask) * ask->want;
	size_t before = c->to->clashes.count;
	check_unset(c, r);
	if (c->to->ended) {
		check_ended(c, r);
	} else {
		plan_check_lost(c, r);
		TRY(plan_check_caps(c, r, i));
	}
	r->possible = c->to->clashes.count == before;
	for (size_t k = before; k < c->to->clashes.count; k++)
		r->never |=
			c->to->clashes.list[k].stops || c->to->clashes.list[k].kind == CLASH_GAP;
	return OK;
}

/* ---- pools, the rule set itself ---- */

static void check_pools(struct plan_checking *c)
{
	const struct plan_scene *s = c->scene;

	for (size_t i = 0, k = 0; i < s->line_count; i++) {
		const struct plan_line_row *line = &s->lines[i];
		if (!is_campaign(line, &c->to->draw->asks.period) || k == c->pool_count)
			continue;
		uint64_t members = c->members[k++], a = (uint64_t)line->a, b = (uint64_t)line->b;
		c->to->campaign_visits += b ? (members * a + b - 1) / b : a;
	}
	if (c->to->in_two_pools)
		plan_clash_add(
			&c->to->clashes,
			&(struct plan_clash){
				.kind = CLASH_TWO_POOLS,
				.text = arena_printf(
					s->notes->arena,
					"%llu 家同时在两个专项的范围里；一家同时只能在一次未完成的抽查里",
					(unsigned long long)c->to->in_two_pools),
				.choices =
					"把两个专项合并成一次检查（应联尽联），或缩小其中一个的范围，"
					"或放在不同的期次。",
				.which = CLASH_BOTH_POOLS,
				.sites = c->to->in_two_pools,
			});
}

static const char *join(struct arena *a, const struct rule_texts *list)
{
	const char *text = "";

	for (size_t i = 0; i < list->count; i++)
		text = *text ? arena_printf(a, "%s,%s", text, list->at[i]) : list->at[i];
	return text;
}

static struct rule_texts county_codes(struct plan_checking *c)
{
	const struct plan_places *counties = &c->to->coverage.counties;
	const char **at = arena_array(c->scene->notes->arena, counties->count + 1, sizeof(*at));

	for (size_t i = 0; i < counties->count; i++)
		at[i] = counties->list[i].code;
	return (struct rule_texts){ at, counties->count };
}

/* What app/rule_set_check.h finds, as clashes: refused and warned ones. */
static void check_set(struct plan_checking *c)
{
	struct rule_findings found;
	const struct rule_texts counties = county_codes(c);
	const struct rule_check about = { .has_day = true,
					  .day = plan_scene_day(c->scene,
								&c->to->draw->asks.period),
					  .counties = &counties };
	struct arena *a = c->scene->notes->arena;

	rule_set_check(&c->scene->set, &about, a, &found);
	for (size_t i = 0; i < found.count; i++) {
		const struct rule_finding *f = &found.list[i];
		if (f->kind == PLAN_INFO || f->code == RULE_NO_NUMBER)
			continue;
		plan_clash_add(&c->to->clashes,
			       &(struct plan_clash){ .kind = CLASH_RULES,
						     .stops = f->kind == PLAN_REFUSED,
						     .rules = join(a, &f->rules),
						     .text = f->text,
						     .choices = "改规则集并导入，再编一版计划。" });
	}
}

/* The teams of this draw, exactly; and the year's places in sum. */
static int check_staff(struct plan_checking *c, const struct plan_span *period)
{
	struct plan_check *to = c->to;
	struct plan_work *works;
	size_t count;

	plan_capacity_end(&to->capacity, to->draw, &to->people, &to->clashes);
	plan_workload_deal(&c->work, to->draw, &works, &count);
	const struct plan_staff_ask ask = { c->scene, period, &to->people, works, count };
	struct plan_staff_unmet unmet;
	TRY(plan_staff_check(&ask, &to->clashes, &unmet));
	plan_staff_stop(&unmet, &to->clashes);
	to->capacity.unmet = unmet.places;
	to->capacity.unmet_as_drawn = unmet.as_drawn;
	/* Visits without a team are not made: nothing that is drawn now is sure. */
	for (size_t i = 0; unmet.as_drawn && i < to->rule_count; i++)
		if (to->rules[i].ask && to->rules[i].drawn) {
			to->rules[i].possible = false;
			to->rules[i].never = true;
		}
	return OK;
}

/* What only a draw that is still to be made can run into. */
static int check_to_come(struct plan_checking *c, const struct plan_span *period)
{
	TRY(check_staff(c, period));
	check_pools(c);
	TRY(plan_campaigns_staff(c->scene, c->to->draw->asks.period_text, &c->to->people,
				 &c->to->clashes));
	plan_check_lines(c);
	if (!c->to->draw->asks.drawn)
		c->to->sure = plan_sure_of(c->scene, c->to->draw);
	return OK;
}

static void check_year(struct plan_checking *c)
{
	struct plan_check *to = c->to;

	plan_capacity_year(&to->capacity, to->project.places, &to->clashes);
}

/* What nobody may learn from the numbers is not in them. */
static void tell_secret(const struct plan_scene *s, const struct plan_draw *d)
{
	if (s->history.secret == 0)
		return;
	plan_note(
		s->notes, PLAN_INFO,
		"%u 家检查任务还封存着：待查的数按各次抽取锁定时各条规则抽的家数算，不看是哪几家%s",
		s->history.secret,
		d->asks.uses_done
			? "；轮查、不重复的规则里它们按还没有查过算，所以本期抽的数和机会只多不少，"
			  "锁定时才按实际算"
			: "");
}

int plan_check_make(const struct plan_scene *s, const char *period, struct plan_check *ret)
{
	struct arena *a = s->notes->arena;
	struct plan_check check = { .clashes = { .arena = a } };
	struct plan_checking *c = arena_alloc(a, sizeof(*c));
	struct plan_span span;

	if (plan_span_parse(period, &span) != OK)
		return NONE;
	*c = (struct plan_checking){ .scene = s, .to = &check };
	check.draw = arena_alloc(a, sizeof(*check.draw));
	plan_coverage_init(&check.coverage, s);
	plan_capacity_init(&check.capacity, s);
	plan_workload_init(&c->work, a);
	TRY(load_pools(c, &span));
	TRY(plan_draw_look(s, period, look_at, c, check.draw));
	tell_secret(s, check.draw);
	plan_coverage_end(&check.coverage, &check.draw->sum);
	TRY(plan_people_read(s, &span, 0, &check.people));
	plan_recusals_release(&check.people.recusals);
	check.rules = arena_array(a, check.draw->asks.count + s->set.rule_count + 1,
				  sizeof(*check.rules));
	check.ended = plan_period_ended(s, &span);
	if (!check.ended)
		TRY(plan_project_make(s, check.draw, &check.project));
	for (size_t i = 0; i < check.draw->asks.count; i++)
		TRY(check_rule(c, i));
	plan_check_others(c);
	if (!check.ended)
		TRY(check_to_come(c, &span));
	plan_check_gaps(c);
	check_set(c);
	plan_milestones(s, check.milestones, &check.milestone_count);
	if (!check.ended)
		check_year(c);
	*ret = check;
	return OK;
}
