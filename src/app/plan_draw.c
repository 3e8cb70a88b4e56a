/*
 * app/plan_draw.c — one pass counts; in the second half of a year a second one, when object kinds whose
 * matters nobody was checked for yet get an ask of their own.
 */
#include "app/plan_draw.h"

#include "app/plan_period.h"
#include "base/status.h"

#include <string.h>

struct counting {
	struct plan_draw *draw;
	plan_scan_each *each;
	void *arg;
};

static int count_site(void *arg, const struct plan_scanned *s)
{
	struct counting *c = arg;

	if (s->site->text[SITE_MATTERS].len == 0) {
		c->draw->kind_sites[s->site->kind]++;
		c->draw->kind_visited[s->site->kind] += s->visits > 0 || s->pending;
	}
	if (s->asks)
		TRY(plan_cells_add(&c->draw->cells, s));
	return c->each ? c->each(c->arg, s) : OK;
}

static int count(const struct plan_scene *s, struct counting *c)
{
	struct plan_draw *d = c->draw;

	memset(d->kind_sites, 0, sizeof(d->kind_sites));
	memset(d->kind_visited, 0, sizeof(d->kind_visited));
	plan_cells_init(&d->cells, s->notes->arena, s, &d->asks);
	TRY(plan_scan(s, &d->asks, true, count_site, c, &d->sum));
	for (size_t i = 0; i < d->sum.gone_count; i++) {
		const struct plan_gone *gone = &d->sum.gone[i];
		d->kind_visited[gone->kind] +=
			gone->matters.len == 0 && plan_gone_visited(&s->history, gone);
	}
	for (int k = 0; k < OBJECT_KINDS; k++)
		d->kind_visited[k] += plan_sealed_kinds(&s->history.sealed) >> k & 1;
	return OK;
}

/* At least so many are drawn whatever the strata: the largest need. */
static uint64_t drawn_at_least(const struct plan_draw *d)
{
	uint64_t most = 0;

	for (size_t i = 0; i < d->asks.count; i++)
		most = d->asks.list[i].need > most ? d->asks.list[i].need : most;
	return most;
}

/*
 * Object kinds that have sites and matters, no visit this year, and none for certain in this draw: more are
 * drawn than there are sites of other kinds.
 */
static uint32_t kinds_missing(const struct plan_scene *s, const struct plan_draw *d)
{
	uint32_t with_matters = 0, missing = 0;
	uint64_t drawn = drawn_at_least(d);

	for (size_t i = 0; i < s->matters.count; i++)
		with_matters |= s->matters.list[i].kinds;
	for (int k = 0; k < OBJECT_KINDS; k++)
		if ((with_matters >> k & 1) && d->kind_sites[k] && !d->kind_visited[k] &&
		    drawn <= d->sum.live - d->kind_sites[k])
			missing |= 1u << k;
	return missing;
}

static bool late_in_the_year(const struct plan_scene *s, const struct plan_draw *d)
{
	return d->asks.period.number * 2 > rule_periods_a_year(s->kind);
}

static void add_kinds(const struct plan_scene *s, struct plan_draw *d, uint32_t missing)
{
	uint32_t fields;
	const struct field *f = &registry_fields(REGISTRY_SITES, &fields)[SITE_KIND];
	struct arena *a = s->notes->arena;

	for (uint32_t k = 0; k < OBJECT_KINDS; k++) {
		if (!(missing >> k & 1))
			continue;
		struct span words = field_words(f, span_of(f->choices[k].value));
		plan_asks_add_matters(&d->asks, a,
				      arena_printf(a, "事项全覆盖：%.*s", (int)words.len, words.at),
				      1u << k);
	}
}

int plan_draw_cover(const struct plan_scene *s, struct plan_draw *d)
{
	struct arena *a = s->notes->arena;
	struct cover_rule *rules = arena_array(a, COVER_RULES_MOST, sizeof(*rules));
	struct cover_team *teams = arena_array(a, s->set.team_count + 1, sizeof(*teams));
	struct cover_general general = { .teams = teams,
					 .team_count = s->set.team_count,
					 .bundle = s->set.bundle,
					 .relax = s->set.relax,
					 .word = s->word ? s->word : "" };

	for (size_t i = 0; i < s->set.team_count; i++)
		teams[i] = (struct cover_team){ s->set.teams[i].need, s->set.teams[i].min_senior,
						s->set.teams[i].min_junior };
	plan_asks_rules(s, &d->asks, rules);
	const struct cover_input in = { .rules = rules,
					.rule_count = d->asks.count,
					.cells = d->cells.list,
					.cell_count = d->cells.count,
					.general = &general };
	return plan_cover(&in, a, &d->cover);
}

/*
 * Sites of sealed visits cannot be drawn. Which they are is not known here (inside, app/plan_history.h, they are held
 * in their cells), but how many of each rule: so many less there are for it.
 */
static void leave_out_sealed(const struct plan_scene *s, struct plan_draw *d)
{
	for (size_t i = 0; !s->word && !d->asks.joint && i < d->asks.count; i++) {
		struct cover_sum *sum = &d->cover.sums[i];
		uint64_t n = plan_sealed_of(&s->history.sealed, d->asks.list[i].id, d->asks.pool,
					    INT64_MIN, INT64_MAX);
		n = n < sum->room ? n : sum->room;
		sum->room -= n;
		sum->held += n;
		sum->drawn = sum->drawn < sum->room ? sum->drawn : sum->room;
		if (d->asks.list[i].need > sum->room + sum->missing)
			sum->missing = d->asks.list[i].need - sum->room;
		d->cover.met = d->cover.met && sum->missing == 0;
	}
}

static int make(const struct plan_scene *s, bool late, plan_scan_each *each, void *arg,
		struct plan_draw *d)
{
	struct counting c = { d, NULL, NULL };

	if (late) {
		TRY(count(s, &c));
		plan_asks_settle(&d->asks);
		add_kinds(s, d, kinds_missing(s, d));
	}
	c.each = each;
	c.arg = arg;
	TRY(count(s, &c));
	plan_asks_settle(&d->asks);
	TRY(plan_draw_cover(s, d));
	leave_out_sealed(s, d);
	return OK;
}

int plan_draw_make(const struct plan_scene *s, const char *period, const char *pool,
		   plan_scan_each *each, void *arg, struct plan_draw *ret)
{
	memset(ret, 0, sizeof(*ret));
	TRY(plan_asks_make(s, period, pool, &ret->asks));
	bool daily = strcmp(pool, PLAN_POOL_DAILY) == 0;
	return make(s, daily && late_in_the_year(s, ret), each, arg, ret);
}

int plan_draw_look(const struct plan_scene *s, const char *period, plan_scan_each *each, void *arg,
		   struct plan_draw *ret)
{
	memset(ret, 0, sizeof(*ret));
	TRY(plan_asks_make(s, period, PLAN_POOL_DAILY, &ret->asks));
	if (plan_scene_drawn(s, period))
		plan_asks_drawn(&ret->asks);
	return make(s, !ret->asks.drawn && late_in_the_year(s, ret), each, arg, ret);
}
