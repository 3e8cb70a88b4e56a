/*
 * app/plan_project.c — cells move: who is drawn goes to the cell with one visit more and one visit of the cap
 * less. The shares of `had` are in 2^-20 of a site.
 */
#include "app/plan_project.h"

#include "app/plan_extra.h"

#include "base/buf.h"
#include "base/status.h"

#include <stdio.h>
#include <string.h>

enum { SHIFT = 20, MILLION = 1000000, WHY_MOST = 8000 };

struct playing {
	const struct plan_scene *scene;
	struct plan_draw draw;
	struct plan_project *to;
	uint64_t drawn[COVER_RULES_MOST]; /* in the rule's window, and in all periods */
	uint64_t all[COVER_RULES_MOST];
};

static int copy_cells(struct playing *p, const struct plan_cells *from)
{
	plan_cells_init(&p->draw.cells, p->scene->notes->arena, p->scene, &p->draw.asks);
	for (size_t i = 0; i < from->count; i++) {
		size_t at;
		TRY(plan_cells_cell(&p->draw.cells, &from->list[i], &at));
		p->draw.cells.list[at].members = from->list[i].members;
		for (int v = 0; v < PLAN_HAD; v++)
			p->draw.cells.had[at][v] = from->had[i][v] << SHIFT;
	}
	return OK;
}

/* Moves `count` of a cell's members, any of them alike, to another one; a visit more if `visited`. */
static void move(struct plan_cells *c, size_t from, size_t to, uint64_t count, bool visited)
{
	uint64_t members = c->list[from].members, taken[PLAN_HAD];

	for (int v = 0; v < PLAN_HAD; v++) {
		unsigned __int128 part = (unsigned __int128)c->had[from][v] * count / members;
		taken[v] = (uint64_t)part;
		c->had[from][v] -= taken[v];
	}
	for (int v = 0; v < PLAN_HAD; v++)
		c->had[to][v + visited < PLAN_HAD ? v + visited : PLAN_HAD - 1] += taken[v];
	c->list[from].members -= count;
	c->list[to].members += count;
}

static bool has_cap(uint32_t cap_left)
{
	return cap_left != UINT32_MAX;
}

/* The cell of somebody of this cell who was just visited. */
static int visited_cell(struct plan_cells *c, size_t from, size_t *ret)
{
	struct cover_cell key = c->list[from];

	if (c->uses_done && key.done < 12)
		key.done++;
	if (has_cap(key.cap_left)) {
		key.cap_left -= key.cap_left > 0;
		key.held = key.cap_left == 0;
	}
	return plan_cells_cell(c, &key, ret);
}

/* Who waits for a visit is visited, and can be drawn again in the next period unless the cap is reached. */
static int end_waiting(struct playing *p)
{
	struct plan_cells *c = &p->draw.cells;
	size_t count = c->count, at;

	for (size_t i = 0; i < count; i++) {
		struct cover_cell key = c->list[i];
		if (!key.held || key.cap_left == 0 || key.members == 0)
			continue;
		if (c->uses_done && key.done < 12)
			key.done++;
		key.held = false; /* the cap has counted the visit already, as the scan has */
		TRY(plan_cells_cell(c, &key, &at));
		move(c, i, at, key.members, false);
	}
	return OK;
}

/* Nobody of this cell moves when he is visited: what is drawn need not be a whole number. */
static void visit_part(struct plan_cells *c, size_t cell, const struct plan_extra *e,
		       uint64_t members)
{
	unsigned __int128 drawn = (unsigned __int128)e->least * e->of + e->part;
	unsigned __int128 all = (unsigned __int128)members * e->of;

	for (int v = PLAN_HAD - 1; v >= 0; v--) {
		uint64_t taken = (uint64_t)(c->had[cell][v] * drawn / all);
		c->had[cell][v] -= taken;
		c->had[cell][v + 1 < PLAN_HAD ? v + 1 : PLAN_HAD - 1] += taken;
	}
}

/* Whole numbers for cells that move: of equal remainders others have the unit left over in the next period. */
static uint64_t whole_part(const struct plan_extra *e, uint32_t period)
{
	return e->least + ((e->nth + period * e->part) % e->of < e->part);
}

/* Members of each stratum before this cell, so that its cells share what is drawn exactly. */
static int draw_cells(struct playing *p)
{
	struct plan_cells *c = &p->draw.cells;
	const struct cover *cover = &p->draw.cover;
	struct arena *a = p->scene->notes->arena;
	size_t count = c->count;
	uint64_t *before = arena_array(a, cover->strata_count + 1, sizeof(*before));
	uint64_t *taken = arena_array(a, count + 1, sizeof(*taken));
	const struct plan_extra *extras = plan_extras(cover, a);

	for (size_t i = 0; i < count; i++) {
		const struct cover_stratum *s = &cover->strata[c->list[i].stratum];
		if (s->members == 0)
			continue;
		uint64_t *at = &before[c->list[i].stratum], members = c->list[i].members;
		uint64_t n = whole_part(&extras[c->list[i].stratum], p->draw.asks.period.number);
		taken[i] = n * (*at + members) / s->members - n * *at / s->members;
		*at += members;
	}
	for (size_t i = 0; i < count; i++) {
		const struct cover_stratum *s = &cover->strata[c->list[i].stratum];
		const struct plan_extra *e = &extras[c->list[i].stratum];
		size_t to;
		if (plan_extra_none(e) || c->list[i].members == 0)
			continue;
		TRY(visited_cell(c, i, &to));
		if (to == i)
			visit_part(c, i, e, s->members);
		else if (taken[i])
			move(c, i, to, taken[i], true);
	}
	return OK;
}

/* "“重点”至少 3 家，能抽的只有 2 家（……），缺 1 家" */
static const char *short_words(const struct playing *p, size_t i)
{
	const struct plan_ask *ask = &p->draw.asks.list[i];
	const struct cover_sum *sum = &p->draw.cover.sums[i];
	struct arena *a = p->scene->notes->arena;

	if (ask->small)
		return arena_printf(a, "“%s”抽不满", ask->title);
	return arena_printf(a,
			    "“%s”至少 %llu 家，能抽的只有 %llu 家（到上限或在等检查的 %llu 家，"
			    "按重复规则轮不到的 %llu 家），缺 %llu 家",
			    ask->title, (unsigned long long)ask->need,
			    (unsigned long long)sum->room, (unsigned long long)sum->held,
			    (unsigned long long)sum->turned, (unsigned long long)sum->missing);
}

/* The rules that the period does not meet. */
static const char *why_not(struct playing *p, const char *period)
{
	CLEANUP(buf_release) struct buf say;
	struct arena *a = p->scene->notes->arena;

	buf_init(&say, WHY_MOST);
	for (size_t i = 0; i < p->draw.asks.count; i++) {
		if (p->draw.cover.sums[i].missing == 0)
			continue;
		const char *words = short_words(p, i);
		buf_printf(&say, "%s%s", say.len ? "；" : "", words);
		if (!p->to->why[i])
			p->to->why[i] = arena_printf(a, "%s %s", period, words);
	}
	return arena_str(a, buf_text(&say));
}

static void note_period(struct playing *p)
{
	const struct cover *cover = &p->draw.cover;
	struct plan_project_period *to = &p->to->list[p->to->count++];

	plan_span_text(&p->draw.asks.period, to->text);
	to->met = cover->met;
	to->why = cover->met ? "" : why_not(p, to->text);
	to->visits = cover->drawn;
	for (size_t i = 0; i < cover->strata_count; i++) {
		const struct cover_stratum *s = &cover->strata[i];
		const struct rule_team *team = &p->scene->set.teams[s->team];
		to->places += s->usual * team->need;
		to->seniors += s->usual * team->min_senior;
	}
	p->to->visits += to->visits;
	p->to->places += to->places;
	for (size_t i = 0; i < p->draw.asks.count; i++) {
		p->drawn[i] += cover->sums[i].drawn;
		p->all[i] += cover->sums[i].drawn;
		p->to->missing[i] += cover->sums[i].missing;
	}
}

static uint64_t divide_up(uint64_t a, uint64_t b)
{
	return a / b + (a % b != 0);
}

/* What an ask needs of a later period: in a new window all anew, else what is still left of the old one. */
static void move_ask(struct playing *p, size_t i, const struct plan_span *period)
{
	struct plan_ask *ask = &p->draw.asks.list[i];

	if (ask->line && (period->from < ask->window.from || period->to > ask->window.to) &&
	    ask->line->period[0]) {
		ask->need = 0;
		return;
	}
	if (!ask->rule && !ask->line) { /* matters are covered by the first draw */
		ask->need = 0;
		return;
	}
	if (period->from > ask->window.to) {
		enum rule_period kind = ask->window.kind;
		ask->window = plan_span_at(kind, period->from);
		ask->done = ask->pending = 0;
		p->drawn[i] = 0;
	}
	uint64_t had = ask->done + ask->pending + p->drawn[i];
	ask->left = plan_span_left(&ask->window, period);
	ask->need = ask->want > had ? divide_up(ask->want - had, ask->left) : 0;
}

/* Each member may be one of the sealed visits' sites, as likely as any other: one visit more in that share. */
static void add_sealed(const struct playing *p, const struct plan_ask *ask, uint64_t members,
		       unsigned __int128 had[PLAN_HAD])
{
	uint64_t n = plan_sealed_of(&p->scene->history.sealed, ask->id, p->draw.asks.pool,
				    INT64_MIN, INT64_MAX);

	n = n < members ? n : members;
	for (int v = PLAN_HAD - 2; n > 0 && v >= 0; v--) {
		unsigned __int128 more = had[v] * n / members;
		had[v] -= more;
		had[v + 1] += more;
	}
}

static void sum_chances(struct playing *p)
{
	const struct plan_asks *asks = &p->draw.asks;
	const struct plan_cells *c = &p->draw.cells;
	struct plan_project *to = p->to;

	to->chances = arena_array(p->scene->notes->arena, asks->count + 1, sizeof(*to->chances));
	to->chance_count = asks->count;
	for (size_t i = 0; i < asks->count; i++) {
		struct plan_chance *chance = &to->chances[i];
		unsigned __int128 had[PLAN_HAD] = { 0 };
		*chance = (struct plan_chance){ .id = asks->list[i].id,
						.title = asks->list[i].title,
						.hidden = asks->list[i].small,
						.visits = p->all[i] };
		for (size_t k = 0; k < c->count; k++) {
			if (!(c->list[k].rules >> i & 1))
				continue;
			chance->members += c->list[k].members;
			for (int v = 0; v < PLAN_HAD; v++)
				had[v] += c->had[k][v];
		}
		add_sealed(p, &asks->list[i], chance->members, had);
		unsigned __int128 whole = (unsigned __int128)chance->members << SHIFT;
		for (int v = 0; whole && v < PLAN_HAD; v++)
			chance->share[v] = (uint64_t)((had[v] * MILLION + whole / 2) / whole);
	}
}

int plan_project_make(const struct plan_scene *s, const struct plan_draw *draw,
		      struct plan_project *ret)
{
	struct plan_project project = { 0 };
	struct playing *p = arena_alloc(s->notes->arena, sizeof(*p));
	uint32_t last = rule_periods_a_year(s->kind);

	*p = (struct playing){ .scene = s, .to = &project };
	p->draw.asks = draw->asks;
	p->draw.asks.drawn = false; /* the periods to come were not */
	TRY(copy_cells(p, &draw->cells));
	for (uint32_t number = draw->asks.period.number + draw->asks.drawn; number <= last;
	     number++) {
		struct plan_span period = plan_span_make(s->kind, draw->asks.period.year, number);
		if (number > draw->asks.period.number) {
			for (size_t i = 0; i < p->draw.asks.count; i++)
				move_ask(p, i, &period);
			TRY(end_waiting(p));
		}
		p->draw.asks.period = period;
		TRY(plan_draw_cover(s, &p->draw));
		note_period(p);
		TRY(draw_cells(p));
	}
	sum_chances(p);
	*ret = project;
	return OK;
}

const char *plan_project_model(void)
{
	return "算法：名录、人员和规则按当天不变，抽到的都查到，以后的专项和个案不计；每次从一层 N 家里抽 "
	       "d 家，每家被抽中的机会都是 d/N（不放回抽取），各期独立，只受重复规则和年度上限的限制；"
	       "封存着的检查任务按范围里每家机会相同算一次；"
	       "同一企业的几处厂区分用企业的上限。全部用整数计算，误差小于百万分之一。";
}
