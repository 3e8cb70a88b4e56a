/* app/plan_trial.c — the trial seeds are SHA-256 of fixed words, so that anybody gets the same trials. */
#include "app/plan_trial.h"

#include "app/draw_memory.h"
#include "app/plan_problem.h"
#include "base/status.h"
#include "core/sha256.h"

#include <stdio.h>
#include <string.h>

struct trying {
	struct draw draw;
	struct region *region;
	struct plan_notes *notes;
	struct plan_trial sum;
	struct draw_teams teams; /* of the trial made last */
};

static struct draw_seed trial_seed(uint32_t number)
{
	struct draw_seed seed = { { 0 } };
	char text[48];

	snprintf(text, sizeof(text), "mingqian trial %u", number);
	sha256_hex(span_of(text), seed.hex);
	return seed;
}

/* A quota over its stratum would be a shortfall in every draw. */
static void check_quotas(const struct draw *d, const struct draw_selection *s,
			 struct plan_notes *notes)
{
	for (uint32_t i = 0; i < d->rules.stratum_count; i++) {
		struct span name = d->rules.strata[i].name;
		if (s->strata[i].quota > d->members[i])
			plan_note(
				notes, PLAN_REFUSED,
				"层“%.*s”要抽 %llu 家，名单里只有 %llu 家。请改规则里的数，或核对名录。",
				(int)name.len, name.at, (unsigned long long)s->strata[i].quota,
				(unsigned long long)d->members[i]);
	}
}

static void measure(const struct draw *d, const struct draw_teams *t, struct plan_trial *ret)
{
	ret->drawn = t->drawn_count;
	ret->visits = t->problem.visit_count;
	for (uint32_t i = 0; i < t->problem.visit_count; i++)
		ret->places += t->problem.visits[i].need;
	for (uint32_t i = 0; i < d->inspector_count; i++) {
		ret->room += d->inspectors[i].limit;
		ret->unlimited += d->inspectors[i].limit >= PLAN_NO_LIMIT;
	}
}

/* One trial: the shortest declared relaxation with teams; teams is that of the last one tried. */
static int try_seed(struct trying *t, uint32_t number)
{
	const struct draw *d = &t->draw;
	struct region *r = t->region;
	struct plan_trial *sum = &t->sum;
	struct draw_teams *teams = &t->teams;
	struct draw_seed seed = trial_seed(number);
	struct draw_selection selection;

	if (draw_select(d, &seed, r, &selection) != CORE_OK)
		return TOO_LARGE;
	if (number == 0)
		check_quotas(d, &selection, t->notes);
	for (uint32_t relaxed = 0; relaxed <= d->rules.relax_count; relaxed++) {
		if (draw_teams_prepare(d, &seed, &selection, relaxed, r, teams) != CORE_OK)
			return TOO_LARGE;
		if (number == 0 && relaxed == 0)
			measure(d, teams, sum);
		int rc = assign_feasible(&teams->problem, r, &teams->result);
		if (rc == CORE_FULL)
			return TOO_LARGE;
		teams->feasible = rc == CORE_OK;
		if (teams->feasible) {
			sum->feasible++;
			sum->relaxed += relaxed > 0;
			return OK;
		}
	}
	return OK;
}

static const char *say_room(const struct plan_trial *t, struct arena *a)
{
	if (t->unlimited)
		return arena_printf(a, "%u 人不设上限", t->unlimited);
	return arena_printf(a, "各人上限合计 %llu 趟", (unsigned long long)t->room);
}

static void note_some(const struct plan_trial *t, struct plan_notes *notes)
{
	if (t->feasible < t->tried)
		plan_note(
			notes, PLAN_WARNING,
			"用 %u 个公开的试签种子试排：%u 次排得出检查组，%u 次排不出。正式抽签也可能排不出，"
			"请增加人手、上限或放宽项后再冻结。",
			t->tried, t->feasible, t->tried - t->feasible);
	else if (t->relaxed)
		plan_note(notes, PLAN_WARNING,
			  "用 %u 个公开的试签种子试排：其中 %u 次要用到声明的放宽才排得出检查组。",
			  t->tried, t->relaxed);
	else
		plan_note(
			notes, PLAN_INFO,
			"用 %u 个公开的试签种子试排：每次都排得出检查组（抽 %llu 家，%llu 趟，%llu 人次；%s）。",
			t->tried, (unsigned long long)t->drawn, (unsigned long long)t->visits,
			(unsigned long long)t->places, say_room(t, notes->arena));
}

/* What core finds odd in the lists; too large quotas are refused above. */
static int note_warnings(struct trying *t, const struct draw_files *files)
{
	struct draw_warnings warnings;

	if (draw_warnings(&t->draw, t->region, &warnings) != CORE_OK)
		return TOO_LARGE;
	for (uint32_t i = 0; i < warnings.count; i++) {
		if (warnings.items[i].code != WARNING_SHORTFALL)
			plan_note_problem(t->notes, PLAN_WARNING, &warnings.items[i], files);
	}
	if (warnings.more)
		plan_note(t->notes, PLAN_WARNING, "还有 %llu 条类似的提醒没有列出。",
			  (unsigned long long)warnings.more);
	return OK;
}

static int note_none(const struct trying *t, const struct plan_lists *lists)
{
	const struct plan_trial *sum = &t->sum;
	const struct plan_shortage shortage = { &t->draw, &t->teams, lists->absent,
						lists->absent_count, false };

	plan_note(
		t->notes, PLAN_REFUSED,
		"按这些名单和规则排不出检查组（试排：抽 %llu 家，%llu 趟，需要 %llu 人次，缺 %llu 人次）。",
		(unsigned long long)sum->drawn, (unsigned long long)sum->visits,
		(unsigned long long)sum->places, (unsigned long long)t->teams.result.unmet);
	TRY(plan_explain_shortage(&shortage, t->region, t->notes));
	return INVALID;
}

static int run_trials(struct trying *t, const struct plan_lists *lists, struct span rules)
{
	struct draw_files files = { 0 };
	struct problem problem = { 0 };
	size_t refused = t->notes->refused;

	files.file[CORE_FILE_OBJECTS] = lists->objects;
	files.file[CORE_FILE_INSPECTORS] = lists->inspectors;
	files.file[CORE_FILE_CONFLICTS] = lists->conflicts;
	files.file[CORE_FILE_RULES] = rules;
	int rc = draw_open(&files, t->region, &t->draw, &problem);
	if (rc == CORE_FULL)
		return TOO_LARGE;
	if (rc != CORE_OK) {
		plan_note_problem(t->notes, PLAN_REFUSED, &problem, &files);
		return INVALID;
	}
	TRY(note_warnings(t, &files));
	size_t mark = region_mark(t->region);
	for (uint32_t i = 0; i < PLAN_TRIALS; i++) {
		region_reset(t->region, mark);
		TRY(try_seed(t, i));
		t->sum.tried++;
		/* Two seeds without teams and none with: the reason is not chance. */
		if (i == 1 && t->sum.feasible == 0)
			break;
	}
	if (t->sum.feasible == 0)
		return note_none(t, lists);
	note_some(&t->sum, t->notes);
	return t->notes->refused > refused ? INVALID : OK;
}

int plan_trial(const struct plan_lists *lists, struct span rules, struct plan_notes *notes,
	       struct plan_trial *ret)
{
	struct region r = { 0 };
	struct trying t = { .region = &r, .notes = notes };

	if (draw_region_init(&r) != OK)
		return TOO_LARGE;
	int rc = run_trials(&t, lists, rules);
	draw_region_release(&r);
	if (rc == OK)
		*ret = t.sum;
	return rc;
}
