/*
 * app/plan_quota.c — special first, because what it gives to key and general units counts there too;
 * then each of these gets only what is missing. In a rotating group units that owe a visit in every
 * period left are taken whole by a quota line, the rest by a split weighted with what they owe.
 */
#include "app/plan_quota.h"

#include "base/buf.h"
#include "base/status.h"

#include <stdio.h>
#include <string.h>

enum { RULES_MOST = 4 << 20 };

/* A group while it is worked out. */
struct group {
	enum plan_group id;
	struct plan_minimum minimum;
	uint64_t need;
	uint64_t others; /* counted in other groups' splits, for certain */
	uint64_t fixed;  /* cells with a quota line of their own */
	uint64_t total;  /* of the split */
	uint64_t room;   /* members of the split's cells */
	uint64_t
		exact; /* members of all its cells: the split may write the law's ratio if equal to N */
};

struct work {
	const struct plan_rules *rules;
	struct plan_cell *cells;
	size_t count;
	uint64_t inspectors;
	struct plan_notes *notes;
	struct buf *out;
	uint64_t *weights; /* scratch, count entries each */
	bool *inside;
	struct plan_quota result;
};

static uint64_t divide_up(uint64_t a, uint64_t b)
{
	return a / b + (a % b != 0);
}

enum plan_group plan_group_of(enum plan_kind kind)
{
	if (kind == PLAN_PLAIN_KEY)
		return PLAN_KEY;
	return kind == PLAN_PLAIN_GENERAL ? PLAN_GENERAL : PLAN_SPECIAL;
}

enum plan_kind plan_kind_of(const struct plan_rules *rules, bool key, bool special)
{
	if (rules->minimum[PLAN_SPECIAL].basis == PLAN_NO_MINIMUM)
		special = false;
	if (special)
		return key ? PLAN_SPECIAL_KEY : PLAN_SPECIAL_GENERAL;
	return key ? PLAN_PLAIN_KEY : PLAN_PLAIN_GENERAL;
}

/* Whether the group's rule speaks of the cell: a special key unit belongs to two groups. */
static bool counts_in(enum plan_kind kind, enum plan_group group)
{
	if (group == PLAN_KEY)
		return kind == PLAN_PLAIN_KEY || kind == PLAN_SPECIAL_KEY;
	if (group == PLAN_GENERAL)
		return kind == PLAN_PLAIN_GENERAL || kind == PLAN_SPECIAL_GENERAL;
	return kind == PLAN_SPECIAL_KEY || kind == PLAN_SPECIAL_GENERAL;
}

static uint32_t periods_left(const struct plan_rules *rules)
{
	return rules->periods - rules->period + 1;
}

uint32_t plan_due(const struct plan_rules *rules, enum plan_kind kind, uint64_t done,
		  uint32_t entered)
{
	uint32_t year = rules->minimum[plan_group_of(kind)].visits_a_year;

	if (year == 0)
		return PLAN_NO_ROTATION;
	uint64_t due = divide_up((uint64_t)year * (rules->periods - entered + 1), rules->periods);
	due = due > done ? due - done : 0;
	uint32_t left = periods_left(rules);
	return due > left ? left : (uint32_t)due;
}

static const struct plan_own *own_quota(const struct work *w, const struct plan_cell *c)
{
	for (size_t i = 0; i < w->rules->own_count; i++) {
		const struct plan_own *o = &w->rules->own[i];
		if (o->kind == c->kind && strcmp(o->county, c->county) == 0)
			return o;
	}
	return NULL;
}

/* A cell that takes no part in its group's split. */
static bool stands_alone(const struct work *w, const struct plan_cell *c)
{
	if (c->due != PLAN_NO_ROTATION && (c->due == 0 || c->due == periods_left(w->rules)))
		return true;
	return own_quota(w, c) != NULL;
}

static uint64_t weight_of(const struct plan_cell *c)
{
	return c->due == PLAN_NO_ROTATION ? c->members : c->members * c->due;
}

void plan_cell_name(const struct plan_cell *c, char *out, size_t size)
{
	char due[16] = "";

	if (c->due != PLAN_NO_ROTATION)
		snprintf(due, sizeof(due), ".v%u", c->due);
	snprintf(out, size, "%s%s%s%s", plan_kind_name(c->kind), *c->county ? "." : "", c->county,
		 due);
}

static void name_cells(struct work *w)
{
	char name[96];

	for (size_t i = 0; i < w->count; i++) {
		plan_cell_name(&w->cells[i], name, sizeof(name));
		w->cells[i].stratum = arena_str(w->notes->arena, name);
	}
}

/* The quota of a cell that stands alone; a county's own number wins over the rotation. */
static void fix_alone(struct work *w, struct plan_cell *c)
{
	const struct plan_own *o = own_quota(w, c);

	if (c->due == 0 || !o) {
		c->least = c->most = c->due == 0 ? 0 : c->members;
		return;
	}
	uint64_t n = o->b ? divide_up(c->members * o->a, o->b) : o->a;
	if (n > c->members)
		plan_note(w->notes, PLAN_REFUSED,
			  "规则文件第 %u 行“县定 %s %s”要抽 %llu 家，名录里这一格只有 %llu 家。"
			  "请改小，或核对名录。",
			  o->line, plan_kind_name(o->kind), o->county, (unsigned long long)n,
			  (unsigned long long)c->members);
	c->least = c->most = n;
}

static void check_own_lines(struct work *w)
{
	for (size_t i = 0; i < w->rules->own_count; i++) {
		const struct plan_own *o = &w->rules->own[i];
		size_t found = 0;
		for (size_t k = 0; k < w->count; k++)
			found += own_quota(w, &w->cells[k]) == o;
		if (found == 0)
			plan_note(
				w->notes, PLAN_REFUSED,
				"规则文件第 %u 行“县定 %s %s”：名录里没有这样的单位。请核对县区代码。",
				o->line, plan_kind_name(o->kind), o->county);
		if (found > 1 ||
		    (found == 1 && w->rules->minimum[plan_group_of(o->kind)].visits_a_year))
			plan_note(
				w->notes, PLAN_REFUSED,
				"规则文件第 %u 行：“%s”按轮查抽取，不能再给一个县定数。请二选一。",
				o->line, plan_kind_name(o->kind));
	}
}

static uint64_t members_of(const struct work *w, enum plan_group group)
{
	uint64_t n = 0;

	for (size_t i = 0; i < w->count; i++)
		n += counts_in(w->cells[i].kind, group) ? w->cells[i].members : 0;
	return n;
}

static uint64_t need_of(const struct work *w, const struct plan_minimum *m, uint64_t members)
{
	if (m->basis == PLAN_RATIO)
		return divide_up(members * m->a, m->b);
	if (m->basis == PLAN_NUMBER)
		return m->a;
	if (m->basis != PLAN_PER_INSPECTOR)
		return 0;
	uint64_t year = m->a * w->inspectors;
	return year > m->done ? divide_up(year - m->done, periods_left(w->rules)) : 0;
}

/* Sum over the split of what rotation asks this period: ceil(sum of members * due / periods left). */
static uint64_t rotation_asks(const struct work *w, const struct group *g)
{
	uint64_t owed = 0;

	if (g->minimum.visits_a_year == 0)
		return 0;
	for (size_t i = 0; i < w->count; i++)
		if (plan_group_of(w->cells[i].kind) == g->id && !stands_alone(w, &w->cells[i]))
			owed += weight_of(&w->cells[i]);
	return divide_up(owed, periods_left(w->rules));
}

/* Sets total, fixed and room of the group's split and refuses more than there are. */
static void size_group(struct work *w, struct group *g)
{
	for (size_t i = 0; i < w->count; i++) {
		struct plan_cell *c = &w->cells[i];
		if (plan_group_of(c->kind) != g->id)
			continue;
		g->exact += c->members;
		if (stands_alone(w, c)) {
			fix_alone(w, c);
			g->fixed += c->least;
		} else {
			g->room += c->members;
		}
	}
	uint64_t have = g->others + g->fixed, asks = rotation_asks(w, g);
	g->total = g->need > have ? g->need - have : 0;
	if (asks > g->total)
		g->total = asks;
	if (g->total <= g->room)
		return;
	plan_note(w->notes, PLAN_REFUSED,
		  "“%s”的最低数做不到：规则文件第 %u 行要求 %llu 家，名录里可抽的只有 %llu 家%s。"
		  "请核对名录（在产单位）或最低数。",
		  plan_group_name(g->id), g->minimum.line, (unsigned long long)g->need,
		  (unsigned long long)(have + g->room),
		  g->minimum.visits_a_year ? "（轮查之后还欠次数的）" : "");
	g->total = g->room;
}

static size_t load_split(struct work *w, const struct group *g, int kind, struct plan_cell **in)
{
	size_t n = 0;

	for (size_t i = 0; i < w->count; i++) {
		struct plan_cell *c = &w->cells[i];
		if (plan_group_of(c->kind) != g->id || stands_alone(w, c) || c->members == 0)
			continue;
		w->weights[n] = weight_of(c);
		w->inside[n] = kind == PLAN_KINDS || (int)c->kind == kind;
		in[n++] = c;
	}
	return n;
}

/* Least and most of each cell alone; in a rotation a share may exceed the members. */
static void size_cells(struct work *w, const struct group *g, struct plan_cell **in, size_t n)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += w->weights[i];
	for (size_t i = 0; i < n; i++) {
		uint64_t share = g->total * w->weights[i] / sum;
		uint64_t rest = g->total * w->weights[i] % sum;
		in[i]->least = share;
		in[i]->most = share + (rest > 0);
		if (in[i]->most > in[i]->members)
			plan_note(
				w->notes, share > in[i]->members ? PLAN_REFUSED : PLAN_WARNING,
				"“%s”按轮查权数可能分到 %llu 家，这一格只有 %llu 家："
				"轮查次数与最低数（规则文件第 %u 行）冲突。请把轮查次数加大，或改用独立抽取。",
				in[i]->stratum, (unsigned long long)in[i]->most,
				(unsigned long long)in[i]->members, g->minimum.line);
	}
}

static void write_amount(struct work *w, const struct group *g)
{
	bool whole = g->others == 0 && g->fixed == 0 && g->exact == g->room &&
		     g->minimum.basis == PLAN_RATIO && g->total == g->need &&
		     members_of(w, g->id) == g->room;

	if (whole)
		buf_printf(w->out, "%llu/%llu", (unsigned long long)g->minimum.a,
			   (unsigned long long)g->minimum.b);
	else
		buf_printf(w->out, "%llu", (unsigned long long)g->total);
}

static void write_group(struct work *w, const struct group *g, struct plan_cell **in, size_t n)
{
	for (size_t i = 0; i < w->count; i++) {
		struct plan_cell *c = &w->cells[i];
		bool alone = plan_group_of(c->kind) == g->id &&
			     (stands_alone(w, c) || c->members == 0 || g->total == 0);
		if (alone)
			buf_printf(w->out, "quota %s %llu\n", c->stratum,
				   (unsigned long long)c->least);
	}
	if (n == 0 || g->total == 0)
		return;
	if (n == 1) {
		buf_printf(w->out, "quota %s ", in[0]->stratum);
		write_amount(w, g);
		buf_char(w->out, '\n');
		return;
	}
	buf_printf(w->out, "split %s ", plan_group_name(g->id));
	write_amount(w, g);
	for (size_t i = 0; i < n; i++)
		buf_printf(w->out, " %s=%llu", in[i]->stratum, (unsigned long long)w->weights[i]);
	buf_char(w->out, '\n');
}

/* What the group gives for certain to the cells of one kind (PLAN_KINDS: to all its cells). */
static uint64_t sure_of(struct work *w, const struct group *g, int kind, struct plan_cell **in)
{
	uint64_t fixed = 0;

	for (size_t i = 0; i < w->count; i++) {
		const struct plan_cell *c = &w->cells[i];
		if (plan_group_of(c->kind) == g->id && stands_alone(w, c) &&
		    (kind == PLAN_KINDS || (int)c->kind == kind))
			fixed += c->least;
	}
	size_t n = load_split(w, g, kind, in);
	return fixed + plan_split_least(g->total, w->weights, w->inside, n);
}

/* The minimum before anything is subtracted, in words: "重点：在册 N=573，10% → 58 家". */
static void say_need(struct work *w, const struct group *g, uint64_t members, struct buf *say)
{
	const struct plan_minimum *m = &g->minimum;

	buf_printf(say, "%s：在册 N=%llu，", plan_group_name(g->id), (unsigned long long)members);
	if (m->basis == PLAN_RATIO && 100 * m->a % m->b == 0)
		buf_printf(say, "%llu%%", (unsigned long long)(100 * m->a / m->b));
	else if (m->basis == PLAN_RATIO)
		buf_printf(say, "%llu/%llu", (unsigned long long)m->a, (unsigned long long)m->b);
	else if (m->basis == PLAN_NUMBER)
		buf_str(say, "定数");
	else
		buf_printf(say, "(%llu×执法人员 %llu 人 − 本年已查 %llu)÷剩余 %u 期",
			   (unsigned long long)m->a, (unsigned long long)w->inspectors,
			   (unsigned long long)m->done, periods_left(w->rules));
	buf_printf(say, " → 至少 %llu 家", (unsigned long long)g->need);
}

static void say_group(struct work *w, const struct group *g, uint64_t members)
{
	CLEANUP(buf_release) struct buf say;

	buf_init(&say, 2000);
	say_need(w, g, members, &say);
	if (g->others)
		buf_printf(&say, "；其中%s兼特殊无论尾数怎么分至少抽到 %llu 家",
			   plan_group_name(g->id), (unsigned long long)g->others);
	if (g->fixed)
		buf_printf(&say, "；单列的格子共 %llu 家%s", (unsigned long long)g->fixed,
			   g->minimum.visits_a_year ? "（含本期必查的）" : "");
	if (g->others || g->fixed)
		buf_printf(&say, "；%s %llu 家", g->others ? "不兼特殊的另抽" : "其余按份额抽",
			   (unsigned long long)g->total);
	if (g->minimum.visits_a_year)
		buf_printf(&say, "；轮查一年 %u 次", g->minimum.visits_a_year);
	buf_printf(&say, "（依据：%s）", g->minimum.law ? g->minimum.law : "规则文件未写");
	w->result.sums[g->id].line = arena_str(w->notes->arena, buf_text(&say));
	plan_note(w->notes, PLAN_INFO, "%s", buf_text(&say));
}

static void settle(struct work *w, struct group *g, struct plan_cell **in)
{
	struct plan_sum *sum = &w->result.sums[g->id];

	sum->members = members_of(w, g->id);
	g->need = sum->need = need_of(w, &g->minimum, sum->members);
	size_group(w, g);
	size_t n = load_split(w, g, PLAN_KINDS, in);
	if (g->total > 0 && n > 0)
		size_cells(w, g, in, n);
	write_group(w, g, in, n);
	sum->least = g->others + g->fixed + g->total;
	w->result.drawn += g->fixed + g->total;
	if (g->minimum.basis != PLAN_NO_MINIMUM)
		say_group(w, g, sum->members);
}

static void write_head(struct work *w)
{
	const struct plan_rules *p = w->rules;

	buf_printf(w->out, "team %u %u %u\n", p->teams[0].need, p->teams[0].min_senior,
		   p->teams[0].min_junior);
	for (size_t t = 1; t < p->team_count; t++)
		for (size_t i = 0; i < w->count; i++)
			if (w->cells[i].kind == p->teams[t].kind)
				buf_printf(w->out, "team %u %u %u %s\n", p->teams[t].need,
					   p->teams[t].min_senior, p->teams[t].min_junior,
					   w->cells[i].stratum);
	if (p->bundle)
		buf_printf(w->out, "bundle %u\n", p->bundle);
	if (p->relax & PLAN_RELAX_ROTATION)
		buf_str(w->out, "relax rotation\n");
	if (p->relax & PLAN_RELAX_SECOND)
		buf_str(w->out, "relax second\n");
	if (p->relax & PLAN_RELAX_LIMIT)
		buf_str(w->out, "relax limit\n");
}

static void write_rules(struct work *w)
{
	struct plan_cell **in = arena_array(w->notes->arena, w->count + 1, sizeof(*in));
	const struct plan_minimum *m = w->rules->minimum;
	struct group special = { .id = PLAN_SPECIAL, .minimum = m[PLAN_SPECIAL] };
	struct group key = { .id = PLAN_KEY, .minimum = m[PLAN_KEY] };
	struct group general = { .id = PLAN_GENERAL, .minimum = m[PLAN_GENERAL] };

	write_head(w);
	settle(w, &special, in);
	key.others = sure_of(w, &special, PLAN_SPECIAL_KEY, in);
	settle(w, &key, in);
	general.others = sure_of(w, &special, PLAN_SPECIAL_GENERAL, in);
	settle(w, &general, in);
}

int plan_quota(const struct plan_rules *rules, struct plan_cell *cells, size_t count,
	       uint64_t inspectors, struct plan_notes *notes, struct plan_quota *ret)
{
	CLEANUP(buf_release) struct buf out;
	size_t refused = notes->refused;
	struct work w = { .rules = rules,
			  .cells = cells,
			  .count = count,
			  .inspectors = inspectors,
			  .notes = notes,
			  .out = &out };

	buf_init(&out, RULES_MOST);
	w.weights = arena_array(notes->arena, count + 1, sizeof(*w.weights));
	w.inside = arena_array(notes->arena, count + 1, sizeof(*w.inside));
	name_cells(&w);
	check_own_lines(&w);
	write_rules(&w);
	if (out.full)
		plan_note(notes, PLAN_REFUSED, "县区太多，规则文本超过 4 MB。请检查名录的县区列。");
	if (notes->refused > refused)
		return INVALID;
	w.result.rules = arena_mem(notes->arena, out.data, out.len);
	w.result.len = out.len;
	*ret = w.result;
	return OK;
}
