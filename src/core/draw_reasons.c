/* core/draw_reasons.c — the certificate of spec/draw.md 4.4 in words: which visits compete for whom, who
 * of the others cannot come and why, and the sum that proves how many places stay empty. */
#include "core/bytes.h"
#include "core/draw.h"

enum { NAMES_SHOWN = 10, POOLS_ASKED = 200, TEXT_ROOM = 32768 };

enum why { WHY_SCOPE, WHY_SKILL, WHY_RECUSED, WHY_COUNT };

struct reasons {
	const struct draw *draw;
	const struct draw_teams *teams;
	struct writer *w;
	uint64_t *eligible; /* of each inspector: short visits of the kind it could help */
	bool *recused;      /* barred from at least one of them */
	uint32_t *pools;    /* a short visit of each pool that has one, then unused */
	uint32_t pool_count;
	uint64_t asked[4], visits[4]; /* by mark: places asked, visits */
	uint64_t offered;
};

/* Whether a visit with this mark is short of the inspector's grade. */
static bool wants(uint8_t mark, bool senior)
{
	return mark == ASSIGN_SHORT_BOTH ||
	       mark == (senior ? ASSIGN_SHORT_SENIOR : ASSIGN_SHORT_JUNIOR);
}

static uint64_t places(const struct assign_visit *v, uint8_t mark)
{
	if (mark == ASSIGN_SHORT_BOTH)
		return v->need;
	return mark == ASSIGN_SHORT_SENIOR ? v->min_senior : v->min_junior;
}

/* Adds up, pool by pool, which visits each inspector could help; then takes the recusals off. */
static int count_eligible(struct reasons *x, struct region *r)
{
	const struct assign_problem *p = &x->teams->problem;
	const uint8_t *marks = x->teams->result.marks;
	uint64_t(*by_pool)[2] = region_take(r, p->pool_count, sizeof(*by_pool));

	x->eligible = region_take(r, p->inspector_count, sizeof(*x->eligible));
	x->recused = region_take(r, p->inspector_count, sizeof(*x->recused));
	x->pools = region_take(r, p->pool_count, sizeof(*x->pools));
	if (!by_pool || !x->eligible || !x->recused || !x->pools)
		return CORE_FULL;
	for (uint32_t i = 0; i < p->visit_count; i++) {
		const struct assign_visit *v = &p->visits[i];

		if (marks[i] == ASSIGN_FREE)
			continue;
		if (by_pool[v->pool][0] + by_pool[v->pool][1] == 0)
			x->pools[x->pool_count++] = i;
		by_pool[v->pool][true] += wants(marks[i], true);
		by_pool[v->pool][false] += wants(marks[i], false);
		x->asked[marks[i]] += places(v, marks[i]);
		x->visits[marks[i]]++;
	}
	for (uint32_t i = 0; i < p->pool_count; i++) {
		for (uint32_t k = 0; k < p->pools[i].count; k++) {
			uint32_t who = p->pools[i].inspectors[k];

			x->eligible[who] += by_pool[i][p->inspectors[who].senior];
		}
	}
	for (uint32_t i = 0; i < p->visit_count; i++) {
		for (uint32_t k = 0; k < p->visits[i].excluded_count; k++) {
			uint32_t who = p->visits[i].excluded[k];

			if (!wants(marks[i], p->inspectors[who].senior))
				continue;
			x->eligible[who]--;
			x->recused[who] = true;
		}
	}
	return CORE_OK;
}

static uint64_t offer(const struct reasons *x, uint32_t who)
{
	uint64_t limit = x->teams->problem.inspectors[who].limit;

	return limit < x->eligible[who] ? limit : x->eligible[who];
}

/* "、X" for the first names, then "等"; the caller writes the total. */
static void write_name(struct writer *w, struct span name, uint64_t before)
{
	if (before < NAMES_SHOWN) {
		if (before > 0)
			write_literal(w, "、");
		write_span(w, name);
	} else if (before == NAMES_SHOWN) {
		write_literal(w, "等");
	}
}

static void write_visits(struct reasons *x, uint8_t mark)
{
	static const struct span words[4] = { { 0 },
					      SPAN_INIT("个老队员名额："),
					      SPAN_INIT("个新队员名额："),
					      SPAN_INIT("个名额（老、新队员都缺）：") };
	const struct assign_problem *p = &x->teams->problem;
	uint64_t written = 0;

	if (x->visits[mark] == 0)
		return;
	write_literal(x->w, "以下 ");
	write_number(x->w, x->visits[mark]);
	write_literal(x->w, " 次检查共要 ");
	write_number(x->w, x->asked[mark]);
	write_literal(x->w, " ");
	write_span(x->w, words[mark]);
	for (uint32_t i = 0; i < p->visit_count; i++) {
		if (x->teams->result.marks[i] == mark)
			write_name(x->w, p->visits[i].id, written++);
	}
	write_literal(x->w, "。\n");
}

/* True if the grade is what some short visit lacks. */
static bool grade_wanted(const struct reasons *x, bool senior)
{
	return x->visits[ASSIGN_SHORT_BOTH] +
		       x->visits[senior ? ASSIGN_SHORT_SENIOR : ASSIGN_SHORT_JUNIOR] >
	       0;
}

/* "3001（可去 5 次，上限 2）" for those who have room. */
static void write_helpers(struct reasons *x, bool senior)
{
	const struct assign_problem *p = &x->teams->problem;
	uint64_t count = 0, written = 0, sum = 0;

	for (uint32_t i = 0; i < p->inspector_count; i++) {
		uint64_t give = p->inspectors[i].senior == senior ? offer(x, i) : 0;

		count += give > 0;
		sum += give;
	}
	write_literal(x->w, "能去其中、还有余量的");
	write_span(x->w, senior ? SPAN("老队员") : SPAN("新队员"));
	write_literal(x->w, " ");
	write_number(x->w, count);
	write_literal(x->w, " 人，最多补 ");
	write_number(x->w, sum);
	write_literal(x->w, " 个");
	for (uint32_t i = 0; i < p->inspector_count; i++) {
		if (p->inspectors[i].senior != senior || offer(x, i) == 0)
			continue;
		if (written == 0)
			write_literal(x->w, "：");
		write_name(x->w, p->inspectors[i].id, written);
		if (written++ >= NAMES_SHOWN)
			continue;
		write_literal(x->w, "（可去 ");
		write_number(x->w, x->eligible[i]);
		write_literal(x->w, " 次，上限 ");
		write_number(x->w, p->inspectors[i].limit);
		write_literal(x->w, "）");
	}
	write_literal(x->w, "。\n");
	x->offered += sum;
}

/* Why an inspector can help none of the short visits: the nearest miss. */
static enum why why_not(const struct reasons *x, uint32_t who)
{
	const struct assign_problem *p = &x->teams->problem;
	struct draw_inspector unskilled = x->draw->inspectors[who];

	if (x->recused[who])
		return WHY_RECUSED;
	unskilled.senior = false; /* asks for scope alone */
	for (uint32_t i = 0; i < x->pool_count && i < POOLS_ASKED; i++) {
		struct draw_object object;
		uint64_t where = 0;
		bool found = draw_find_object(x->draw, p->visits[x->pools[i]].id, &where);

		CORE_ASSERT(found);
		draw_object_at(x->draw, where, &object);
		if (draw_eligible(&unskilled, &object))
			return WHY_SKILL;
	}
	return WHY_SCOPE;
}

static void write_others(struct reasons *x, bool senior)
{
	static const struct span words[WHY_COUNT + 1] = { SPAN_INIT("不在辖区"),
							  SPAN_INIT("没有所需资格"),
							  SPAN_INIT("须回避"),
							  SPAN_INIT("上限为 0") };
	const struct assign_problem *p = &x->teams->problem;

	for (uint32_t kind = 0; kind <= WHY_COUNT; kind++) {
		uint64_t count = 0;

		for (uint32_t i = 0; i < p->inspector_count; i++) {
			uint32_t why = WHY_COUNT;

			if (p->inspectors[i].senior != senior || offer(x, i) > 0)
				continue;
			if (x->eligible[i] == 0)
				why = why_not(x, i);
			if (why != kind)
				continue;
			if (count == 0) {
				write_span(x->w,
					   senior ? SPAN("另有老队员因") : SPAN("另有新队员因"));
				write_span(x->w, words[kind]);
				write_literal(x->w, "不能参加：");
			}
			write_name(x->w, p->inspectors[i].id, count++);
		}
		if (count == 0)
			continue;
		write_literal(x->w, "，共 ");
		write_number(x->w, count);
		write_literal(x->w, " 人。\n");
	}
}

static void write_head(struct reasons *x)
{
	static const struct span relaxations[] = { SPAN_INIT("轮换回避不计"),
						   SPAN_INIT("只要求一名老队员"),
						   SPAN_INIT("上限加 1") };
	const struct rules *rules = &x->draw->rules;

	write_literal(x->w, "组不成全部检查组：");
	write_number(x->w, x->teams->problem.visit_count);
	write_literal(x->w, " 次检查中，共有 ");
	write_number(x->w, x->teams->result.unmet);
	write_literal(x->w, " 个名额无论怎样安排都填不上。");
	for (uint32_t i = 0; i < x->teams->relaxed; i++) {
		write_span(x->w, i == 0 ? SPAN("已依次放宽：") : SPAN("、"));
		write_span(x->w, relaxations[rules->relax[i]]);
	}
	if (x->teams->relaxed > 0)
		write_literal(x->w, "，仍然不够。");
	write_literal(x->w, "\n");
}

static void write_sum(struct reasons *x)
{
	uint64_t asked = x->asked[1] + x->asked[2] + x->asked[3];

	write_literal(x->w, "算式：两级都缺的要 ");
	write_number(x->w, x->asked[ASSIGN_SHORT_BOTH]);
	write_literal(x->w, " + 缺老队员的要 ");
	write_number(x->w, x->asked[ASSIGN_SHORT_SENIOR]);
	write_literal(x->w, " + 缺新队员的要 ");
	write_number(x->w, x->asked[ASSIGN_SHORT_JUNIOR]);
	write_literal(x->w, " − 各人最多可补（上限与可去次数取小）合计 ");
	write_number(x->w, x->offered);
	write_literal(x->w, " = ");
	write_number(x->w, asked - x->offered);
	write_literal(x->w, "。\n");
	write_literal(
		x->w,
		"抽中的对象不变，不得重抽。可请上级或外区支援；今后在锁定之前提高上限、补上辖区和资格、"
		"借调人员（写进 scopes）或声明放宽办法。\n");
}

int draw_reasons(const struct draw *d, const struct draw_teams *teams, struct region *r,
		 struct span *ret)
{
	struct writer w = { .size = TEXT_ROOM };
	struct reasons x = { .draw = d, .teams = teams, .w = &w };

	CORE_ASSERT(!teams->feasible && teams->result.marks);
	w.at = region_take_raw(r, w.size, 1);
	if (!w.at)
		return CORE_FULL;
	CORE_TRY(count_eligible(&x, r));
	write_head(&x);
	for (uint8_t mark = 1; mark < 4; mark++)
		write_visits(&x, mark);
	for (int senior = 1; senior >= 0; senior--) {
		if (!grade_wanted(&x, senior))
			continue;
		write_helpers(&x, senior);
		write_others(&x, senior);
	}
	write_sum(&x);
	CORE_ASSERT(!w.full);
	*ret = (struct span){ w.at, w.len };
	return CORE_OK;
}
