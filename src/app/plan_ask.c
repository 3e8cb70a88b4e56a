/* app/plan_ask.c — windows and remainders. */
#include "app/plan_ask.h"

#include "app/plan_period.h"
#include "base/buf.h"
#include "base/status.h"

#include <stdio.h>
#include <string.h>

static uint64_t divide_up(uint64_t a, uint64_t b)
{
	return a / b + (a % b != 0);
}

static uint64_t less(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

static bool spreads(const struct rule_basis *b)
{
	return b->kind == RULE_PERCENT || b->kind == RULE_ALL;
}

/* "文件（文号）条款" */
static const char *law_of(const struct plan_scene *s, const struct rule *r)
{
	const char *document = rule_document(&s->set, r);
	const char *number = r->document ? r->number : s->set.number;

	if (!document)
		return "";
	return arena_printf(s->notes->arena, "%s%s%s%s%s", document, number ? "（" : "",
			    number ? number : "", number ? "）" : "", r->article ? r->article : "");
}

static int add(struct plan_asks *asks, const struct plan_ask *ask)
{
	if (asks->count == COVER_RULES_MOST)
		return TOO_LARGE;
	asks->list[asks->count++] = *ask;
	return OK;
}

static int add_rule(const struct plan_scene *s, struct plan_asks *asks, const struct rule *r)
{
	uint32_t rule_periods = rule_periods_a_year(r->period);
	uint32_t plan_periods = rule_periods_a_year(asks->period.kind);
	struct plan_ask ask = {
		.id = r->id,
		.title = r->title ? r->title : r->id,
		.law = law_of(s, r),
		.rule = r,
		.who = r->who,
		.window = plan_span_at(r->period, asks->period.from),
		.times = 1,
		.distinct = spreads(&r->basis) && (!r->has_other || spreads(&r->other)),
		.counts = r->counts ? r->counts : (unsigned)RULE_VISIT_DAILY,
		.heads = s->heads[r - s->set.rules],
	};

	if (rule_periods > plan_periods) {
		ask.times = rule_periods / plan_periods;
		ask.window = asks->period;
	}
	ask.share = ask.distinct;
	ask.left = plan_span_left(&ask.window, &asks->period);
	asks->uses_done |= r->repeat.policy != RULE_INDEPENDENT || r->basis.kind == RULE_ALL;
	return add(asks, &ask);
}

bool plan_line_window(const struct plan_line_row *line, const struct plan_span *period,
		      struct plan_span *ret)
{
	*ret = *period;
	if (line->period[0] == 0)
		return true;
	return plan_span_parse(line->period, ret) == OK && ret->from <= period->from &&
	       period->to <= ret->to;
}

static int add_line(const struct plan_scene *s, struct plan_asks *asks,
		    const struct plan_line_row *line)
{
	struct plan_ask ask = { .id = line->id,
				.title = line->title,
				.law = line->document,
				.line = line,
				.times = 1,
				.distinct = true,
				.share = line->b > 0,
				.counts = RULE_VISIT_DAILY | RULE_VISIT_CAMPAIGN };

	if (plan_line_joint(line)) {
		ask.counts = RULE_VISIT_JOINT;
		asks->joint = true;
	}
	if (!plan_line_window(line, &asks->period, &ask.window))
		return NONE;
	TRY(plan_who_parse(line->pool, s->notes, &ask.who));
	ask.left = plan_span_left(&ask.window, &asks->period);
	/* A pool of its own looks for sites that were not visited: those that were count for it already. */
	if (ask.left > 1 || strcmp(line->kind, "campaign") == 0)
		asks->uses_done = true;
	return add(asks, &ask);
}

static bool is_daily(const struct rule *r)
{
	return r->visit == RULE_VISIT_DAILY && r->unit == RULE_UNIT_VISITS &&
	       !(r->basis.kind == RULE_PERCENT && r->basis.of == RULE_OF_DRAWN);
}

static int make_daily(const struct plan_scene *s, struct plan_asks *asks)
{
	int64_t day = plan_scene_day(s, &asks->period);

	for (size_t i = 0; i < s->set.rule_count; i++)
		if (is_daily(&s->set.rules[i]) && rule_on(&s->set, &s->set.rules[i], day))
			TRY(add_rule(s, asks, &s->set.rules[i]));
	for (size_t i = 0; i < s->line_count; i++) {
		const char *kind = s->lines[i].kind;
		if (strcmp(kind, "permit") != 0 && strcmp(kind, "project") != 0)
			continue;
		int rc = add_line(s, asks, &s->lines[i]);
		if (rc != OK && rc != NONE)
			return rc;
	}
	return OK;
}

bool plan_line_joint(const struct plan_line_row *line)
{
	return strcmp(line->kind, "joint") == 0;
}

bool plan_line_alone(const struct plan_line_row *line)
{
	return strcmp(line->kind, "campaign") == 0 || plan_line_joint(line);
}

static bool some_wait(const struct plan_history *h)
{
	for (size_t i = 0; i < h->count; i++)
		if (h->list[i].pending)
			return true;
	return false;
}

int plan_asks_make(const struct plan_scene *s, const char *period, const char *pool,
		   struct plan_asks *ret)
{
	struct plan_asks asks = { .period_text = period,
				  .pool = pool,
				  .waiting = some_wait(&s->history) };

	if (plan_span_parse(period, &asks.period) != OK || asks.period.kind != s->kind ||
	    asks.period.year != (uint32_t)s->plan.year)
		return NONE;
	if (strcmp(pool, PLAN_POOL_DAILY) == 0) {
		TRY(make_daily(s, &asks));
		*ret = asks;
		return OK;
	}
	for (size_t i = 0; i < s->line_count; i++)
		if (strcmp(s->lines[i].id, pool) == 0 && plan_line_alone(&s->lines[i])) {
			TRY(add_line(s, &asks, &s->lines[i]));
			*ret = asks;
			return OK;
		}
	return NONE;
}

bool plan_asks_add_matters(struct plan_asks *asks, struct arena *a, const char *title,
			   uint32_t kinds)
{
	struct plan_ask ask = { .id = arena_printf(a, "m%x", kinds),
				.title = title,
				.law = "",
				.kinds = kinds,
				.window = asks->period,
				.left = 1,
				.times = 1,
				.counts = RULE_VISIT_DAILY };

	return add(asks, &ask) == OK;
}

/* ---- numbers ---- */

static uint64_t whole_of(const struct plan_asks *asks, const struct plan_ask *ask,
			 const struct rule_basis *b)
{
	if (b->kind == RULE_PER_INSPECTOR)
		return ask->heads;
	if (b->kind == RULE_PERCENT && b->of == RULE_OF_CITY)
		return ask->city;
	if (b->kind == RULE_PERCENT && b->of == RULE_OF_RULE)
		for (size_t i = 0; i < asks->count; i++)
			if (asks->list[i].rule && strcmp(asks->list[i].rule->id, b->rule) == 0)
				return asks->list[i].want;
	return ask->members;
}

static uint64_t rule_wants(const struct plan_asks *asks, const struct plan_ask *ask)
{
	const struct rule *r = ask->rule;
	uint64_t want = rule_amount(r, &r->basis, whole_of(asks, ask, &r->basis));

	if (r->has_other) {
		uint64_t other = rule_amount(r, &r->other, whole_of(asks, ask, &r->other));
		want = other < want ? other : want;
	}
	if (want < r->minimum && ask->members)
		want = r->minimum;
	want *= ask->times;
	return ask->distinct && want > ask->members ? ask->members : want;
}

const char *plan_ask_unset(const struct plan_scene *s, const struct plan_ask *ask,
			   const char **ret_mend)
{
	struct arena *a = s->notes->arena;

	if (!ask->rule)
		return NULL;
	if (ask->rule->basis.kind == RULE_UNSET) {
		*ret_mend = "在规则集里写上比例或数量和文号，再编一版计划。";
		return arena_printf(a, "规则“%s”还没有填数", ask->title);
	}
	if (ask->rule->basis.kind != RULE_PER_INSPECTOR || ask->heads || *s->version.area == 0)
		return NULL;
	*ret_mend = arena_printf(
		a, "在检查人员名录里给分局的人员写上“管辖片区”（%s），或把“单位”写成“%s”。",
		s->version.area, s->version.authority);
	return arena_printf(a,
			    "规则“%s”按执法人员人数算，而本计划区域里没有一名计数的双随机执法人员",
			    ask->title);
}

static uint64_t line_wants(const struct plan_ask *ask)
{
	uint64_t a = (uint64_t)ask->line->a, b = (uint64_t)ask->line->b;
	uint64_t n = b ? divide_up(ask->members * a, b) : a;

	/* What goes with the daily draw never holds it up: a pool that is too small is told by itself. */
	return n > ask->members && !plan_line_alone(ask->line) ? ask->members : n;
}

static void settle(const struct plan_asks *asks, struct plan_ask *ask)
{
	if (ask->rule)
		ask->want = rule_wants(asks, ask);
	else if (ask->line)
		ask->want = line_wants(ask);
	else
		ask->want = ask->members > 0;
	ask->need =
		asks->drawn ? 0 : divide_up(less(ask->want, ask->done + ask->pending), ask->left);
	ask->small = asks->waiting && ask->members < PLAN_FEW;
}

void plan_asks_drawn(struct plan_asks *asks)
{
	asks->drawn = true;
	for (size_t i = 0; i < asks->count; i++) {
		asks->list[i].drawn = true;
		asks->list[i].left--;
	}
}

void plan_asks_settle(struct plan_asks *asks)
{
	for (int round = 0; round < 2; round++) /* the second one for rules that speak of others */
		for (size_t i = 0; i < asks->count; i++)
			settle(asks, &asks->list[i]);
}

static enum cover_repeat repeat_of(const struct plan_ask *ask)
{
	if (ask->line)
		return COVER_ROUNDS;
	if (!ask->rule)
		return COVER_AGAIN;
	switch (ask->rule->repeat.policy) {
	case RULE_ONCE_A_YEAR:
		return COVER_ONCE;
	case RULE_AFTER_COVERAGE:
		return COVER_ROUNDS;
	case RULE_ROTATION:
		return COVER_ROTATION;
	case RULE_INDEPENDENT:
		break;
	}
	return ask->rule->basis.kind == RULE_ALL ? COVER_ROUNDS : COVER_AGAIN;
}

void plan_asks_rules(const struct plan_scene *s, const struct plan_asks *asks,
		     struct cover_rule *out)
{
	uint32_t periods = rule_periods_a_year(s->kind);

	for (size_t i = 0; i < asks->count; i++) {
		const struct plan_ask *ask = &asks->list[i];
		out[i] = (struct cover_rule){
			.label = ask->id,
			.need = ask->need,
			.repeat = asks->drawn ? COVER_AGAIN : repeat_of(ask),
			.visits = ask->rule ? ask->rule->repeat.visits : 0,
			.periods = periods,
			.left = periods - asks->period.number + 1,
		};
	}
}

/* ---- words ---- */

const char *plan_basis_words(struct arena *a, const struct rule_basis *b)
{
	unsigned long long x = b->a, y = b->b;

	switch (b->kind) {
	case RULE_PERCENT:
		if (x * 1000 % y == 0)
			return x * 100 % y == 0 ? arena_printf(a, "%llu%%", x * 100 / y)
						: arena_printf(a, "%llu.%llu%%", x * 1000 / y / 10,
							       x * 1000 / y % 10);
		return arena_printf(a, "%llu/%llu", x, y);
	case RULE_PER_INSPECTOR:
		return y == 1 ? arena_printf(a, "每名执法人员 %llu 家", x)
			      : arena_printf(a, "每 %llu 名执法人员 %llu 家", y, x);
	case RULE_NUMBER:
		return arena_printf(a, "%llu 家", x);
	case RULE_ALL:
		return "全部";
	case RULE_UNSET:
		break;
	}
	return "数字待定";
}

static void say_basis(const struct plan_ask *ask, struct arena *a, struct buf *say)
{
	if (ask->rule) {
		buf_printf(say, "%s%s", rule_period_words(ask->rule->period),
			   plan_basis_words(a, &ask->rule->basis));
		if (ask->rule->has_other)
			buf_printf(say, "或%s", plan_basis_words(a, &ask->rule->other));
		if (ask->heads)
			buf_printf(say, "（计数 %llu 人）", (unsigned long long)ask->heads);
	} else if (ask->line) {
		const struct rule_basis b = { .kind = ask->line->b ? RULE_PERCENT : RULE_NUMBER,
					      .a = (uint64_t)ask->line->a,
					      .b = (uint64_t)ask->line->b };
		buf_str(say, plan_basis_words(a, &b));
	} else {
		buf_str(say, "每项事项一年至少查到一次");
	}
}

static void say_draws(const struct plan_ask *ask, uint64_t drawn, struct buf *say)
{
	uint64_t missing = less(ask->want, ask->done + ask->pending);

	if (!ask->drawn) {
		if (ask->left > 1)
			buf_printf(say, "，分 %u 期", ask->left);
		buf_printf(say, "；本期至少 %llu 家，抽 %llu 家", (unsigned long long)ask->need,
			   (unsigned long long)drawn);
		return;
	}
	buf_str(say, "；本期已经抽过");
	if (missing && ask->left)
		buf_printf(say, "，还差 %llu 家，分在以后 %u 期，每期至少 %llu 家",
			   (unsigned long long)missing, ask->left,
			   (unsigned long long)divide_up(missing, ask->left));
	else if (missing)
		buf_printf(say, "，还差 %llu 家，这一周期里没有下一次抽取了",
			   (unsigned long long)missing);
}

const char *plan_ask_sentence(struct arena *a, const struct plan_ask *ask, uint64_t drawn)
{
	CLEANUP(buf_release) struct buf say;
	char window[PLAN_SPAN_TEXT];

	buf_init(&say, 4000);
	plan_span_text(&ask->window, window);
	buf_printf(&say, "%s：在册 N=%llu，", ask->title, (unsigned long long)ask->members);
	say_basis(ask, a, &say);
	buf_printf(&say, " → %s 至少 %llu 家", window, (unsigned long long)ask->want);
	if (ask->small) {
		buf_printf(&say,
			   "；不到 %d 家，还有检查任务没有做完时不写已查、待查和本期抽几家，"
			   "免得看出是哪一家",
			   PLAN_FEW);
		return arena_str(a, buf_text(&say));
	}
	if (ask->done + ask->pending)
		buf_printf(&say, "，已查 %llu 家、待查 %llu 家", (unsigned long long)ask->done,
			   (unsigned long long)ask->pending);
	say_draws(ask, drawn, &say);
	if (*ask->law)
		buf_printf(&say, "（依据：%s）", ask->law);
	return arena_str(a, buf_text(&say));
}
