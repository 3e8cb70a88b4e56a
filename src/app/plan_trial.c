/* app/plan_trial.c — the trial seeds are SHA-256 of fixed words, so that anybody gets the same trials. */
#include "app/plan_trial.h"

#include "app/draw_memory.h"
#include "base/status.h"
#include "core/sha256.h"

#include <stdio.h>
#include <string.h>

static int note_problem(struct plan_notes *notes, const struct problem *p)
{
	char text[512];
	struct writer w = { text, sizeof(text), 0, false };

	problem_write(p, &w);
	plan_note(notes, PLAN_REFUSED, "%.*s", (int)w.len, text);
	return INVALID;
}

static struct draw_seed trial_seed(uint32_t number)
{
	struct draw_seed seed;
	char text[48];

	snprintf(text, sizeof(text), "mingqian trial %u", number);
	sha256_hex(span_of(text), seed.hex);
	return seed;
}

static void measure(const struct draw *d, const struct draw_teams *t, struct plan_trial *ret)
{
	ret->drawn = t->drawn_count;
	ret->visits = t->problem.visit_count;
	for (uint32_t i = 0; i < t->problem.visit_count; i++)
		ret->places += t->problem.visits[i].need;
	for (uint32_t i = 0; i < d->inspector_count; i++)
		ret->room += d->inspectors[i].limit;
}

/* One trial: the shortest declared relaxation with teams; teams is that of the last one tried. */
static int try_seed(const struct draw *d, uint32_t number, struct region *r, struct plan_trial *sum,
		    struct draw_teams *teams)
{
	struct draw_seed seed = trial_seed(number);
	struct draw_selection selection;

	if (draw_select(d, &seed, r, &selection) != CORE_OK)
		return TOO_LARGE;
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
			"用 %u 个公开的试签种子试排：每次都排得出检查组（抽 %llu 家，%llu 趟，%llu 人次；"
			"各人上限合计 %llu 趟）。",
			t->tried, (unsigned long long)t->drawn, (unsigned long long)t->visits,
			(unsigned long long)t->places, (unsigned long long)t->room);
}

static int run_trials(const struct plan_lists *lists, struct span rules, struct region *r,
		      struct plan_notes *notes, struct plan_trial *sum)
{
	struct draw_files files = { 0 };
	struct problem problem = { 0 };
	struct draw d;
	struct draw_teams teams = { 0 };

	files.file[CORE_FILE_OBJECTS] = lists->objects;
	files.file[CORE_FILE_INSPECTORS] = lists->inspectors;
	files.file[CORE_FILE_CONFLICTS] = lists->conflicts;
	files.file[CORE_FILE_RULES] = rules;
	int rc = draw_open(&files, r, &d, &problem);
	if (rc != CORE_OK)
		return rc == CORE_FULL ? TOO_LARGE : note_problem(notes, &problem);
	size_t mark = region_mark(r);
	for (uint32_t i = 0; i < PLAN_TRIALS; i++) {
		region_reset(r, mark);
		TRY(try_seed(&d, i, r, sum, &teams));
		sum->tried++;
		/* Two seeds without teams and none with: the reason is not chance. */
		if (i == 1 && sum->feasible == 0)
			break;
	}
	if (sum->feasible > 0) {
		note_some(sum, notes);
		return OK;
	}
	plan_note(
		notes, PLAN_REFUSED,
		"按这些名单和规则排不出检查组（试排：抽 %llu 家，%llu 趟，需要 %llu 人次，缺 %llu 人次）。",
		(unsigned long long)sum->drawn, (unsigned long long)sum->visits,
		(unsigned long long)sum->places, (unsigned long long)teams.result.unmet);
	plan_explain_shortage(&d, &teams, lists->absent, lists->absent_count, PLAN_REFUSED, notes);
	return INVALID;
}

int plan_trial(const struct plan_lists *lists, struct span rules, struct plan_notes *notes,
	       struct plan_trial *ret)
{
	struct plan_trial sum = { 0 };
	struct region r = { 0 };

	if (draw_region_init(&r) != OK)
		return TOO_LARGE;
	int rc = run_trials(lists, rules, &r, notes, &sum);
	draw_region_release(&r);
	if (rc == OK)
		*ret = sum;
	return rc;
}
