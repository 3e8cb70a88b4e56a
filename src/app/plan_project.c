/*
 * app/plan_project.c — cells move: who is drawn goes to the cell with one visit more and one visit of the cap
 * less. Members move in whole numbers, for quotas are made of them; the shares of `had` in 2^-20 of a site, so that
 * a stratum of ten has no other chances than one of a thousand.
 */
#include "app/plan_project.h"

#include "app/import_area.h"
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
	uint64_t *never; /* by cell: shares at the beginning that were not visited this year */
	size_t never_count;
};

static int copy_cells(struct playing *p, const struct plan_cells *from)
{
	p->never_count = from->count;
	p->never = arena_array(p->scene->notes->arena, from->count + 1, sizeof(*p->never));
	plan_cells_init(&p->draw.cells, p->scene->notes->arena, p->scene, &p->draw.asks);
	for (size_t i = 0; i < from->count; i++) {
		size_t at;
		TRY(plan_cells_cell(&p->draw.cells, &from->list[i], &at));
		p->draw.cells.list[at].members = from->list[i].members;
		for (int v = 0; v < PLAN_HAD; v++)
			p->draw.cells.had[at][v] = from->had[i][v] << SHIFT;
		p->never[at] = p->draw.cells.had[at][0];
	}
	return OK;
}

/* Moves `count` of a cell's members to another one. Their shares are moved apart, for they need not be whole. */
static void move(struct plan_cells *c, size_t from, size_t to, uint64_t count)
{
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
	key.certain = false;
	return plan_cells_cell(c, &key, ret);
}

/* Who waits for a visit is visited, and can be drawn again in the next period unless the cap is reached. */
static int end_waiting(struct playing *p)
{
	struct plan_cells *c = &p->draw.cells;
	size_t count = c->count, at;

	for (size_t i = 0; i < count; i++) {
		struct cover_cell key = c->list[i];
		if (!key.held || key.cap_left == 0)
			continue;
		if (c->uses_done && key.done < 12)
			key.done++;
		key.held = false; /* the cap has counted the visit already, as the scan has */
		TRY(plan_cells_cell(c, &key, &at));
		move(c, i, at, key.members);
		for (int v = 0; v < PLAN_HAD; v++) {
			c->had[at][v] += c->had[i][v];
			c->had[i][v] = 0;
		}
	}
	return OK;
}

static uint64_t share_of(const struct plan_cells *c, size_t cell)
{
	uint64_t sum = 0;

	for (int v = 0; v < PLAN_HAD; v++)
		sum += c->had[cell][v];
	return sum;
}

/* What a stratum draws of those that no draw takes for certain. */
struct lot {
	unsigned __int128 drawn; /* on an average, in shares times `of` */
	uint64_t of, all;        /* all: the shares of these members */
	uint64_t whole;          /* members moved in whole numbers */
	uint64_t members;
	uint64_t over,
		whole_over; /* certain ones beyond what the stratum draws: others of its kind draw less */
};

/* The part of a share that a draw visits: what the stratum draws, on an average, over all that is in it. */
static uint64_t visited_part(const struct cover_stratum *s, const struct plan_extra *e,
			     const struct lot *lot, uint64_t had)
{
	if ((s->members && e->least == s->members) ||
	    lot->drawn >= (unsigned __int128)lot->all * lot->of)
		return had;
	return (uint64_t)(had * lot->drawn / ((unsigned __int128)lot->all * lot->of));
}

static bool is_certain(const struct cover_cell *c)
{
	return c->certain && !c->held;
}

/* A cell of certain ones takes its members from what its stratum draws. */
static void take_certain(struct lot *lot, uint64_t members, uint64_t share)
{
	unsigned __int128 n = (unsigned __int128)share * lot->of;

	lot->over += n > lot->drawn ? (uint64_t)((n - lot->drawn) / lot->of) : 0;
	lot->drawn -= n > lot->drawn ? lot->drawn : n;
	lot->whole_over += members > lot->whole ? members - lot->whole : 0;
	lot->whole -= members > lot->whole ? lot->whole : members;
	lot->members -= members;
}

/* What is over is taken from the other strata of the kind, the last first, as the lists do (app/life_certain_quota.h). */
static void spread_over(const struct cover *cover, struct lot *lots, uint32_t from)
{
	struct lot *over = &lots[from];

	for (size_t i = cover->strata_count; over->over + over->whole_over > 0 && i-- > 0;) {
		struct lot *lot = &lots[i];
		if (cover->strata[i].kind != cover->strata[from].kind || cover->strata[i].must)
			continue;
		unsigned __int128 n = (unsigned __int128)over->over * lot->of;
		n = n < lot->drawn ? n : lot->drawn;
		lot->drawn -= n;
		over->over -= (uint64_t)(n / lot->of);
		uint64_t whole = over->whole_over < lot->whole ? over->whole_over : lot->whole;
		lot->whole -= whole;
		over->whole_over -= whole;
	}
}

/* Whole numbers for cells that move: of equal remainders others have the unit left over in the next period. */
static uint64_t whole_part(const struct plan_extra *e, uint32_t period)
{
	return e->least + ((e->nth + period * e->part) % e->of < e->part);
}

static struct lot *make_lots(const struct playing *p, const struct plan_extra *extras)
{
	const struct plan_cells *c = &p->draw.cells;
	const struct cover *cover = &p->draw.cover;
	struct lot *lots =
		arena_array(p->scene->notes->arena, cover->strata_count + 1, sizeof(*lots));

	for (size_t i = 0; i < cover->strata_count; i++)
		lots[i] = (struct lot){
			.drawn =
				((unsigned __int128)extras[i].least * extras[i].of + extras[i].part)
				<< SHIFT,
			.of = extras[i].of,
			.whole = whole_part(&extras[i], p->draw.asks.period.number),
			.members = cover->strata[i].members
		};
	for (size_t i = 0; i < c->count; i++) {
		struct lot *lot = &lots[c->list[i].stratum];
		if (is_certain(&c->list[i]))
			take_certain(lot, c->list[i].members, share_of(c, i));
		else
			lot->all += share_of(c, i);
	}
	for (uint32_t i = 0; i < cover->strata_count; i++)
		spread_over(cover, lots, i);
	return lots;
}

/* Who is visited goes on with his share, whether the cell is left or not; all at once, by what was before. */
static void visit_shares(struct playing *p, size_t count, const struct plan_extra *extras,
			 const struct lot *lots, const size_t *to)
{
	struct plan_cells *c = &p->draw.cells;
	const struct cover *cover = &p->draw.cover;
	struct arena *a = p->scene->notes->arena;
	uint64_t(*taken)[PLAN_HAD] = arena_array(a, count + 1, sizeof(*taken));

	for (size_t i = 0; i < count; i++) {
		uint32_t s = c->list[i].stratum;
		bool certain = is_certain(&c->list[i]);
		for (int v = 0; v < PLAN_HAD && (certain || lots[s].all); v++) {
			taken[i][v] = certain ? c->had[i][v]
					      : visited_part(&cover->strata[s], &extras[s],
							     &lots[s], c->had[i][v]);
			c->had[i][v] -= taken[i][v];
		}
	}
	for (size_t i = 0; i < count; i++)
		for (int v = 0; v < PLAN_HAD; v++)
			c->had[to[i]][v + 1 < PLAN_HAD ? v + 1 : v] += taken[i][v];
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
	size_t *to = arena_array(a, count + 1, sizeof(*to));
	const struct plan_extra *extras = plan_extras(cover, a);
	const struct lot *lots = make_lots(p, extras);

	for (size_t i = 0; i < count; i++) {
		const struct lot *lot = &lots[c->list[i].stratum];
		uint64_t *at = &before[c->list[i].stratum], members = c->list[i].members;
		if (is_certain(&c->list[i]))
			taken[i] = members;
		if (lot->members == 0 || is_certain(&c->list[i]))
			continue;
		taken[i] = lot->whole * (*at + members) / lot->members -
			   lot->whole * *at / lot->members;
		*at += members;
	}
	for (size_t i = 0; i < count; i++) {
		to[i] = i;
		if ((plan_extra_none(&extras[c->list[i].stratum]) && !is_certain(&c->list[i])) ||
		    share_of(c, i) == 0)
			continue;
		TRY(visited_cell(c, i, &to[i]));
		if (to[i] != i)
			move(c, i, to[i], taken[i]);
	}
	visit_shares(p, count, extras, lots, to);
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

/* Sites of a cell that were not visited this year and have no chance until it ends, though others of their rules do. */
static uint64_t never_of(const struct playing *p, size_t cell)
{
	const struct cover_cell *c = &p->draw.cells.list[cell];
	const struct cover_stratum *s = &p->draw.cover.strata[c->stratum];

	if (*c->county == 0 || c->held || s->shut || p->never[cell] != p->draw.cells.had[cell][0])
		return 0;
	for (size_t i = 0; i < p->draw.cover.strata_count; i++)
		if (p->draw.cover.strata[i].kind == s->kind && p->draw.cover.strata[i].usual > 0)
			return p->never[cell] >> SHIFT;
	return 0;
}

static void sum_never(struct playing *p)
{
	CLEANUP(buf_release) struct buf names = { 0 }, codes = { 0 };
	struct arena *a = p->scene->notes->arena;
	const struct cover_cell *list = p->draw.cells.list;

	buf_init(&names, WHY_MOST);
	buf_init(&codes, WHY_MOST);
	for (size_t i = 0; p->to->count && i < p->never_count; i++) {
		uint64_t sites = 0;
		bool first = never_of(p, i) > 0;
		for (size_t k = 0; first && k < p->never_count; k++)
			if (strcmp(list[k].county, list[i].county) == 0) {
				first = k >= i || never_of(p, k) == 0;
				sites += never_of(p, k);
			}
		if (!first)
			continue;
		struct span name = area_name(span_of(list[i].county));
		buf_printf(&names, "%s%.*s %llu 家", names.len ? "、" : "", (int)name.len, name.at,
			   (unsigned long long)sites);
		buf_printf(&codes, "%s%s", codes.len ? "," : "", list[i].county);
		p->to->never += sites;
	}
	p->to->never_names = arena_str(a, buf_text(&names));
	p->to->never_counties = arena_str(a, buf_text(&codes));
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
	sum_never(p);
	*ret = project;
	return OK;
}

const char *plan_project_model(void)
{
	return "算法：名录、人员和规则按当天不变，抽到的都查到，以后的专项和个案不计；公开了的必查单位下一次必定抽到，别的抽余下的；每次从一层 N 家里抽 "
	       "d 家，每家被抽中的机会都是 d/N（不放回抽取），各期独立，只受重复规则和年度上限的限制；"
	       "封存着的检查任务按范围里每家机会相同算一次；"
	       "同一企业的几处厂区分用企业的上限。没有重复规则、也到不了上限时机会是准确的；有上限或轮查时，"
	       "各期还能抽的家数按平均数算，是近似值。";
}
