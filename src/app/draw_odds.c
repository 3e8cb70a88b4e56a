/* app/draw_odds.c — trials are independent, so each thread takes the next one and adds up its own sums. */
#include "app/draw_odds.h"

#include "app/draw_memory.h"
#include "app/workers.h"
#include "base/status.h"
#include "core/declare.h"
#include "core/sha256.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* One thread's sums. */
struct tally {
	struct region scratch;
	struct draw_odds_stratum *strata;
	struct draw_odds_load *loads;
	uint32_t feasible, relaxed;
	int rc;
};

struct trials {
	const struct draw *draw;
	const struct draw_watch *watch;
	const char *name;
	uint32_t count;
	atomic_uint next, done;
	atomic_bool stop;
	atomic_uint *pairs; /* upper triangle, or NULL */
	struct tally tallies[WORKERS_MOST];
};

static int status_of(int core_rc)
{
	return core_rc == CORE_OK ? OK : core_rc == CORE_FULL ? TOO_LARGE : INVALID;
}

static void trial_seed(const char *name, uint32_t i, struct draw_seed *ret)
{
	char text[128];
	struct writer w = { text, sizeof(text), 0, false };

	write_literal(&w, "dr1-odds ");
	write_span(&w, span_of(name));
	write_char(&w, ' ');
	write_number(&w, i);
	sha256_hex((struct span){ text, w.len }, ret->hex);
}

static size_t pair_at(uint32_t n, uint32_t a, uint32_t b)
{
	size_t low = a < b ? a : b, high = a < b ? b : a;

	return low * (2 * (size_t)n - low - 1) / 2 + (high - low - 1);
}

static void add_selection(struct tally *t, const struct draw_selection *s, uint32_t strata)
{
	for (uint32_t i = 0; i < strata; i++) {
		struct draw_odds_stratum *sum = &t->strata[i];
		uint64_t quota = s->strata[i].quota;
		if (quota < sum->quota_least)
			sum->quota_least = quota;
		if (quota > sum->quota_most)
			sum->quota_most = quota;
		sum->drawn_sum += s->strata[i].drawn_count;
	}
}

static void add_team(atomic_uint *pairs, uint32_t inspectors, const uint32_t *members,
		     uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t k = i + 1; k < count; k++)
			atomic_fetch_add_explicit(
				&pairs[pair_at(inspectors, members[i], members[k])], 1,
				memory_order_relaxed);
}

static void add_teams(struct trials *s, struct tally *t, const struct draw_teams *teams)
{
	uint32_t n = teams->problem.inspector_count;
	const struct assign_result *r = &teams->result;

	t->feasible++;
	t->relaxed += teams->relaxed > 0;
	for (uint32_t i = 0; i < n; i++) {
		struct draw_odds_load *l = &t->loads[i];
		l->sum += r->load[i];
		if (r->load[i] < l->least)
			l->least = r->load[i];
		if (r->load[i] > l->most)
			l->most = r->load[i];
	}
	for (uint32_t v = 0; s->pairs && v < teams->problem.visit_count; v++)
		add_team(s->pairs, n, r->members + r->team_start[v],
			 r->team_start[v + 1] - r->team_start[v]);
}

static int run_trial(struct trials *s, struct tally *t, uint32_t i)
{
	struct draw_seed seed;
	struct draw_selection selection;
	struct draw_teams teams;

	trial_seed(s->name, i, &seed);
	TRY(status_of(draw_select(s->draw, &seed, &t->scratch, &selection)));
	add_selection(t, &selection, s->draw->rules.stratum_count);
	TRY(status_of(draw_teams(s->draw, &seed, &selection, &t->scratch, &teams)));
	if (teams.feasible)
		add_teams(s, t, &teams);
	return OK;
}

static bool go_on(struct trials *s, uint32_t index)
{
	if (index == 0 && s->watch) {
		if (s->watch->at)
			s->watch->at(s->watch->arg, "试抽", atomic_load(&s->done), s->count);
		if (s->watch->stop && s->watch->stop(s->watch->arg))
			atomic_store(&s->stop, true);
	}
	return !atomic_load(&s->stop);
}

static void run_trials(void *arg, uint32_t index)
{
	struct trials *s = arg;
	struct tally *t = &s->tallies[index];

	while (go_on(s, index)) {
		uint32_t i = atomic_fetch_add(&s->next, 1);
		if (i >= s->count)
			return;
		size_t mark = region_mark(&t->scratch);
		t->rc = run_trial(s, t, i);
		region_reset(&t->scratch, mark);
		if (t->rc != OK) {
			atomic_store(&s->stop, true);
			return;
		}
		atomic_fetch_add(&s->done, 1);
	}
}

static int init_tally(const struct draw *d, struct region *r, struct tally *t)
{
	TRY(draw_region_init(&t->scratch));
	t->strata = region_take(r, d->rules.stratum_count, sizeof(*t->strata));
	t->loads = region_take(r, d->inspector_count, sizeof(*t->loads));
	if (!t->strata || !t->loads)
		return TOO_LARGE;
	for (uint32_t i = 0; i < d->rules.stratum_count; i++)
		t->strata[i].quota_least = UINT64_MAX;
	for (uint32_t i = 0; i < d->inspector_count; i++)
		t->loads[i].least = UINT32_MAX;
	return OK;
}

/* Adds thread k's sums to those of thread 0. */
static void join_tally(struct tally *to, const struct tally *from, const struct draw *d)
{
	to->feasible += from->feasible;
	to->relaxed += from->relaxed;
	for (uint32_t i = 0; i < d->rules.stratum_count; i++) {
		struct draw_odds_stratum *s = &to->strata[i];
		const struct draw_odds_stratum *f = &from->strata[i];
		s->drawn_sum += f->drawn_sum;
		s->quota_least = f->quota_least < s->quota_least ? f->quota_least : s->quota_least;
		s->quota_most = f->quota_most > s->quota_most ? f->quota_most : s->quota_most;
	}
	for (uint32_t i = 0; i < d->inspector_count; i++) {
		struct draw_odds_load *l = &to->loads[i];
		l->sum += from->loads[i].sum;
		l->least = from->loads[i].least < l->least ? from->loads[i].least : l->least;
		l->most = from->loads[i].most > l->most ? from->loads[i].most : l->most;
	}
}

static int all_trials(struct trials *s, uint32_t threads, struct region *r)
{
	uint32_t ready = 0;
	int rc = OK;

	for (; ready < threads && rc == OK; ready++)
		rc = init_tally(s->draw, r, &s->tallies[ready]);
	if (rc == OK)
		workers_run(threads, run_trials, s);
	for (uint32_t i = 0; i < ready; i++) {
		rc = rc == OK ? s->tallies[i].rc : rc;
		draw_region_release(&s->tallies[i].scratch);
	}
	if (rc == OK && atomic_load(&s->stop))
		rc = CANCELLED;
	for (uint32_t i = 1; rc == OK && i < threads; i++)
		join_tally(&s->tallies[0], &s->tallies[i], s->draw);
	return rc;
}

/* Is x's share larger than y's? Fractions by cross multiplication; both sides are below 2^64. */
static bool larger_share(const struct draw_odds_pair *x, const struct draw_odds_pair *y)
{
	uint64_t left = x->together * y->of, right = y->together * x->of;

	return left != right ? left > right : x->together > y->together;
}

static void keep_pair(struct draw_odds *out, struct draw_odds_pair p)
{
	uint32_t at = out->pair_count;

	if (at == DRAW_ODDS_PAIRS) {
		if (!larger_share(&p, &out->pairs[at - 1]))
			return;
		at--;
	} else {
		out->pair_count++;
	}
	for (; at > 0 && larger_share(&p, &out->pairs[at - 1]); at--)
		out->pairs[at] = out->pairs[at - 1];
	out->pairs[at] = p;
}

static void find_pairs(const struct trials *s, struct draw_odds *out)
{
	uint32_t n = s->draw->inspector_count;
	size_t at = 0;

	for (uint32_t i = 0; i < n; i++) {
		for (uint32_t k = i + 1; k < n; k++, at++) {
			uint64_t together = atomic_load(&s->pairs[at]);
			if (!together)
				continue;
			bool less = out->loads[i].sum <= out->loads[k].sum;
			uint64_t of = less ? out->loads[i].sum : out->loads[k].sum;
			keep_pair(out, (struct draw_odds_pair){ less ? i : k, less ? k : i,
								together, of });
		}
	}
}

static int fewer_teams(const void *a, const void *b)
{
	const struct draw_odds_visit *x = a, *y = b;

	if (x->teams != y->teams)
		return x->teams < y->teams ? -1 : 1;
	return span_compare(x->object, y->object);
}

/* A copy of the draw whose rules take everything, each object a visit of its own. */
static int take_all(const struct draw *d, struct region *r, struct draw *ret)
{
	struct draw all = *d;
	uint32_t count = d->rules.stratum_count;

	all.rules.strata = region_take(r, count, sizeof(*all.rules.strata));
	if (!all.rules.strata)
		return TOO_LARGE;
	for (uint32_t i = 0; i < count; i++) {
		all.rules.strata[i] = d->rules.strata[i];
		all.rules.strata[i].amount = (struct rules_amount){ 1, 1 };
		all.rules.strata[i].split = RULES_NO_SPLIT;
	}
	all.rules.split_count = 0;
	all.rules.bundle = 0;
	*ret = all;
	return OK;
}

static int count_teams(const struct draw *d, uint64_t threshold, struct region *r,
		       struct draw_odds *out)
{
	struct draw all;
	struct draw_seed seed;
	struct draw_selection selection;
	struct draw_teams teams;

	TRY(take_all(d, r, &all));
	trial_seed(out->name, 0, &seed);
	TRY(status_of(draw_select(&all, &seed, r, &selection)));
	TRY(status_of(draw_teams_prepare(&all, &seed, &selection, 0, r, &teams)));
	uint32_t count = teams.problem.visit_count;
	struct draw_odds_visit *visits = region_take(r, count, sizeof(*visits));
	if (!visits)
		return TOO_LARGE;
	for (uint32_t v = 0; v < count; v++)
		visits[v] = (struct draw_odds_visit){ teams.problem.visits[v].id,
						      assign_team_count(&teams.problem, v) };
	if (count)
		qsort(visits, count, sizeof(*visits), fewer_teams);
	out->teams_known = true;
	out->few = visits;
	while (out->few_count < count && visits[out->few_count].teams < threshold)
		out->few_count++;
	out->teams_least = count ? visits[0].teams : 0;
	out->teams_median = count ? visits[(count - 1) / 2].teams : 0;
	return OK;
}

static void take_name(const struct draw *d, char name[65])
{
	struct declaration declaration;
	struct problem problem;
	struct writer w = { name, 64, 0, false };

	if (declaration_parse(d->files.file[CORE_FILE_DECLARATION], &declaration, &problem) ==
	    CORE_OK) {
		write_span(&w, declaration.draw_id);
	} else {
		sha256_hex(d->files.file[CORE_FILE_RULES], name);
		w.len = SHA256_HEX;
	}
	name[w.len] = 0;
}

static int take_pairs(uint32_t n, struct region *r, atomic_uint **ret)
{
	size_t count = n > 1 ? (size_t)n * (n - 1) / 2 : 0;

	*ret = region_take(r, count, sizeof(**ret));
	return *ret ? OK : TOO_LARGE;
}

int draw_odds(const struct draw *d, uint32_t trials, uint64_t threshold,
	      const struct draw_watch *watch, struct region *r, struct draw_odds *ret)
{
	struct draw_odds out = { .trials = trials };
	struct trials s = { .draw = d, .watch = watch, .name = out.name, .count = trials };

	take_name(d, out.name);
	if (d->object_count <= DRAW_ODDS_TEAMS_OBJECTS)
		TRY(count_teams(d, threshold, r, &out));
	out.pairs_known = d->inspector_count <= DRAW_ODDS_PAIRS_INSPECTORS;
	if (out.pairs_known)
		TRY(take_pairs(d->inspector_count, r, &s.pairs));
	TRY(all_trials(&s, workers_usual(), r));
	out.strata = s.tallies[0].strata;
	out.loads = s.tallies[0].loads;
	out.feasible = s.tallies[0].feasible;
	out.relaxed = s.tallies[0].relaxed;
	for (uint32_t i = 0; i < d->inspector_count; i++)
		if (out.feasible == 0)
			out.loads[i].least = 0;
	if (out.pairs_known && out.feasible)
		find_pairs(&s, &out);
	*ret = out;
	return OK;
}
