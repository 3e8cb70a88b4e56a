/* app/plan_check.c — what one pass collects, then the rules one by one. */
#include "app/plan_check.h"

#include "app/import_area.h"
#include "app/plan_period.h"
#include "app/plan_staff.h"
#include "app/rule_set_check.h"
#include "base/status.h"

#include <string.h>

enum { CAMPAIGNS_MOST = 64 };

struct checking {
	const struct plan_scene *scene;
	struct plan_check *to;
	struct rule_who pools[CAMPAIGNS_MOST];
	uint64_t members[CAMPAIGNS_MOST];
	size_t pool_count;
	struct plan_workload work;
};

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

static int load_pools(struct checking *c, const struct plan_span *period)
{
	const struct plan_scene *s = c->scene;

	for (size_t i = 0; i < s->line_count && c->pool_count < CAMPAIGNS_MOST; i++)
		if (is_campaign(&s->lines[i], period))
			TRY(plan_who_parse(s->lines[i].pool, s->notes, &c->pools[c->pool_count++]));
	return OK;
}

static size_t count_pools(struct checking *c, const struct plan_scanned *s)
{
	const struct plan_site site = { s->site, s->special, &c->scene->matters };
	size_t found = 0;

	for (size_t i = 0; i < c->pool_count; i++)
		if (plan_who_fits(&c->pools[i], &site)) {
			c->members[i]++;
			found++;
		}
	return found;
}

static int look_at(void *arg, const struct plan_scanned *s)
{
	struct checking *c = arg;

	plan_coverage_add(&c->to->coverage, s);
	plan_capacity_add(&c->to->capacity, s);
	c->to->in_two_pools += count_pools(c, s) > 1;
	return plan_workload_add(&c->work, &c->to->draw->cells, s,
				 plan_skill_of(&c->scene->matters, s->site));
}

/* ---- rules ---- */

/* Windows of the rule that begin after the current one and before the year ends. */
static uint64_t windows_left(const struct plan_ask *ask)
{
	if (!ask->rule)
		return 0;
	return rule_periods_a_year(ask->window.kind) - ask->window.number;
}

static void check_missing(struct checking *c, const struct plan_check_rule *r, size_t i)
{
	struct arena *a = c->scene->notes->arena;
	const struct cover_sum *sum = &c->to->draw->cover.sums[i];

	if (r->missing == 0)
		return;
	plan_clash_add(
		&c->to->clashes,
		&(struct plan_clash){
			.kind = CLASH_MINIMUM,
			.stops = true,
			.rules = r->id,
			.text = arena_printf(
				a,
				"“%s”本期至少 %llu 家，能抽的只有 %llu 家：%llu 家已到年度上限或正在"
				"另一次抽查中，%llu 家按重复规则轮不到，还缺 %llu 家",
				r->title, (unsigned long long)r->need,
				(unsigned long long)sum->room, (unsigned long long)sum->held,
				(unsigned long long)sum->turned, (unsigned long long)r->missing),
			.choices =
				"改为轮查（rotation，每家每年次数相同）；按文件免除上限（在规则集的 cap "
				"里写明依据）；核对名录里的停产、搬迁；与上级商定比例。",
			.which = CLASH_CAPPED,
			.asks = (uint64_t)1 << i,
			.sites = r->ask->capped,
		});
}

/* Would it fit if the year's visits were not rounded up in every window? */
static bool only_odd(const struct plan_ask *ask, uint64_t windows, uint64_t room)
{
	const struct rule *r = ask->rule;

	if (!r || r->basis.kind != RULE_PERCENT || r->has_other || ask->times != 1 || windows == 0)
		return false;
	unsigned __int128 exact = (unsigned __int128)ask->members * r->basis.a * windows;
	return exact % r->basis.b != 0 || ask->members * r->basis.a % r->basis.b != 0
		       ? exact / r->basis.b <= room + ask->done + ask->pending
		       : false;
}

static void check_cap(struct checking *c, const struct plan_check_rule *r, size_t i)
{
	struct arena *a = c->scene->notes->arena;
	uint64_t windows = windows_left(r->ask) + 1;

	if (!c->scene->set.cap.given || r->year_left <= r->year_room || r->missing)
		return;
	bool odd = only_odd(r->ask, windows, r->year_room);
	plan_clash_add(
		&c->to->clashes,
		&(struct plan_clash){
			.kind = odd ? CLASH_ODD : CLASH_CAP,
			.rules = arena_printf(a, "%s,cap", r->id),
			.text = arena_printf(
				a,
				"“%s”到年底还要 %llu 家次，年度上限只放得下 %llu 家次（在册 %llu 家，"
				"其中 %llu 家已到上限）%s",
				r->title, (unsigned long long)r->year_left,
				(unsigned long long)r->year_room, (unsigned long long)r->members,
				(unsigned long long)r->ask->capped,
				odd ? "：家数除不尽，每期向上取整多出来的" : ""),
			.choices =
				odd ? "按文件给其中一家免除上限（例如信用 D、E 级的一家）；或在规则集里改取整方式"
				      "（要有文件）；轮查也凑不出半家。"
				    : "改为轮查（rotation）；按文件免除（例如信用 D、E 级，特殊监管对象）；"
				      "用非现场检查代替（规则写明计入）；与上级商定比例。",
			.which = CLASH_MEMBERS,
			.asks = (uint64_t)1 << i,
			.sites = r->members,
		});
}

static void check_unset(struct checking *c, const struct plan_check_rule *r)
{
	if (!r->ask->rule || r->ask->rule->basis.kind != RULE_UNSET)
		return;
	plan_clash_add(&c->to->clashes,
		       &(struct plan_clash){
			       .kind = CLASH_UNSET,
			       .stops = true,
			       .rules = r->id,
			       .text = arena_printf(c->scene->notes->arena, "规则“%s”还没有填数",
						    r->title),
			       .choices = "在规则集里写上比例或数量和文号，再编一版计划。",
		       });
}

static void check_rule(struct checking *c, size_t i)
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
		.sentence = plan_ask_sentence(c->scene->notes->arena, ask, sum->drawn),
	};
	r->year_left = r->left + windows_left(ask) * ask->want;
	size_t before = c->to->clashes.count;
	check_unset(c, r);
	check_missing(c, r, i);
	check_cap(c, r, i);
	r->possible = c->to->clashes.count == before;
}

static bool was_drawn(const struct plan_scene *s, const char *line)
{
	for (size_t i = 0; i < s->joint_drawn_count; i++)
		if (strcmp(s->joint_drawn[i], line) == 0)
			return true;
	return false;
}

/* Joint lines of the plan that were not drawn yet. */
static uint64_t joint_waiting(const struct plan_scene *s)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s->line_count; i++)
		n += plan_line_joint(&s->lines[i]) && !was_drawn(s, s->lines[i].id);
	return n;
}

/* Visits of the year with one of the bits in a window. */
static uint64_t count_visits(const struct plan_scene *s, unsigned bits,
			     const struct plan_span *window, bool pending)
{
	uint64_t n = 0;

	for (size_t i = 0; i < s->history.count; i++) {
		const struct plan_past *p = &s->history.list[i];
		if (!p->only_cap && !p->copy && p->pending == pending && (p->visits & bits) &&
		    p->counts >= window->from && p->counts <= window->to)
			n += p->n;
	}
	return n;
}

/* A number of actions a year, e.g. 3 joint checks: the draws that were made, and the plan's lines without one. */
static void fill_actions(const struct plan_scene *s, const struct rule *rule,
			 struct plan_check_rule *r)
{
	r->want = rule_amount(rule, &rule->basis, 0);
	r->done = s->joint_drawn_count;
	r->pending = joint_waiting(s);
	r->left = less(r->want, r->done + r->pending);
	r->sentence = arena_printf(
		s->notes->arena, "%s：%s至少 %llu 次，已抽 %llu 次，计划里还有 %llu 次没有抽",
		r->title, rule_period_words(rule->period), (unsigned long long)r->want,
		(unsigned long long)r->done, (unsigned long long)r->pending);
}

/* A share of all daily visits, e.g. a fifth of them joint ones. */
static void fill_share(const struct checking *c, const struct rule *rule, struct plan_check_rule *r)
{
	const struct plan_scene *s = c->scene;
	struct plan_span window = plan_span_at(rule->period, c->to->draw->asks.period.from);
	unsigned bits = rule->counts ? rule->counts : (unsigned)rule->visit;

	r->members = count_visits(s, RULE_VISIT_DAILY, &window, false) +
		     count_visits(s, RULE_VISIT_DAILY, &window, true) + c->to->draw->cover.drawn;
	r->want = rule_amount(rule, &rule->basis, r->members);
	r->done = count_visits(s, bits, &window, false);
	r->pending = count_visits(s, bits, &window, true);
	r->left = less(r->want, r->done + r->pending);
	r->sentence = arena_printf(
		s->notes->arena,
		"%s：日常检查 %llu 家次（含本期要抽的）的%s → %s至少 %llu 家次，已查 %llu、待查 %llu",
		r->title, (unsigned long long)r->members,
		plan_basis_words(s->notes->arena, &rule->basis), rule_period_words(rule->period),
		(unsigned long long)r->want, (unsigned long long)r->done,
		(unsigned long long)r->pending);
}

/* Rules that no draw of this pool serves: they are counted and told. */
static void check_others(struct checking *c)
{
	const struct plan_scene *s = c->scene;
	int64_t day = plan_scene_day(s, &c->to->draw->asks.period);

	for (size_t i = 0; i < s->set.rule_count; i++) {
		const struct rule *rule = &s->set.rules[i];
		struct plan_check_rule *r = &c->to->rules[c->to->rule_count];
		bool actions = rule->unit == RULE_UNIT_ACTIONS && rule->basis.kind == RULE_NUMBER;
		bool share = rule->basis.kind == RULE_PERCENT && rule->basis.of == RULE_OF_DRAWN;
		if (!rule_on(&s->set, rule, day) || (!actions && !share))
			continue;
		*r = (struct plan_check_rule){ .id = rule->id,
					       .title = rule->title ? rule->title : rule->id,
					       .law = rule->article ? rule->article : "" };
		if (actions)
			fill_actions(s, rule, r);
		else
			fill_share(c, rule, r);
		r->year_left = r->left;
		r->possible = r->left == 0;
		c->to->rule_count++;
		if (r->left)
			plan_clash_add(
				&c->to->clashes,
				&(struct plan_clash){
					.kind = CLASH_GAP,
					.rules = r->id,
					.text = r->sentence,
					.choices =
						actions ? "在计划项目里补上部门联合的行动。"
							: "把本期抽到的一部分与其他部门联合检查。",
				});
	}
}

/* ---- gaps, pools, the rule set itself ---- */

/* A site that this matter is for is drawn for certain. */
static bool surely_drawn(const struct checking *c, const struct plan_matter *m)
{
	const struct plan_draw *d = c->to->draw;
	uint64_t drawn = d->cover.drawn;

	for (size_t i = 0; i < d->asks.count; i++)
		if ((d->asks.list[i].kinds & m->kinds) && d->cover.sums[i].drawn)
			return true;
	for (int k = 0; k < OBJECT_KINDS; k++)
		if ((m->kinds >> k & 1) && d->kind_sites[k] &&
		    drawn > d->sum.live - d->kind_sites[k])
			return true;
	return false;
}

static void no_matters(struct checking *c)
{
	const struct plan_matters *m = &c->scene->matters;

	plan_clash_add(
		&c->to->clashes,
		&(struct plan_clash){
			.kind = CLASH_GAP,
			.text = m->expired ? arena_printf(
						     c->scene->notes->arena,
						     "抽查事项清单里的 %zu 项这一天都不在有效期内",
						     m->expired)
					   : "抽查事项清单是空的，检查任务里没有事项",
			.choices =
				"用 mingqian import matters 导入省级公布的、现行有效的随机抽查事项清单。",
		});
}

static void check_matters(struct checking *c)
{
	const struct plan_scene *s = c->scene;
	const struct plan_coverage *cover = &c->to->coverage;
	struct arena *a = s->notes->arena;
	bool last = c->to->draw->asks.period.number == rule_periods_a_year(s->kind);

	if (s->matters.count == 0)
		no_matters(c);
	for (size_t i = 0; i < s->matters.count; i++) {
		const struct plan_matter *m = &s->matters.list[i];
		const struct plan_covered_matter *got = &cover->matters[i];
		if (got->reached || (got->sites && (!last || surely_drawn(c, m))))
			continue;
		plan_clash_add(
			&c->to->clashes,
			&(struct plan_clash){
				.kind = CLASH_GAP,
				.text = arena_printf(
					a, "事项 %.*s“%.*s”%s", (int)m->id.len, m->id.at,
					(int)m->name.len, m->name.at,
					got->sites ? "今年还没有查到过，只剩这一期，不一定抽得到"
						   : "没有适用的在产单位（监管真空）"),
				.choices =
					got->sites
						? "在计划项目里为它加一项，范围写 matter=事项编号。"
						: "核对单位的对象类型；事项不再使用的，在清单里停用。",
				.sites = got->sites,
			});
	}
}

static void check_places(struct checking *c)
{
	const struct plan_places *counties = &c->to->coverage.counties;
	struct arena *a = c->scene->notes->arena;
	uint64_t uncovered = c->to->draw->sum.uncovered;

	if (uncovered)
		plan_clash_add(&c->to->clashes,
			       &(struct plan_clash){
				       .kind = CLASH_GAP,
				       .text = arena_printf(
					       a, "%llu 家在产单位不在任何规则的范围里（监管真空）",
					       (unsigned long long)uncovered),
				       .choices = "在规则集里为它们写规则，或在计划项目里加一项。",
				       .which = CLASH_UNCOVERED,
				       .sites = uncovered,
			       });
	for (size_t i = 0; i < counties->count; i++) {
		const struct plan_place *p = &counties->list[i];
		struct span name = area_name(span_of(p->code));
		if (p->uncovered < p->sites)
			continue;
		plan_clash_add(
			&c->to->clashes,
			&(struct plan_clash){
				.kind = CLASH_GAP,
				.text = arena_printf(
					a, "%.*s的 %llu 家在产单位没有规则管到（监管真空）",
					(int)name.len, name.at, (unsigned long long)p->sites),
				.choices = "核对规则的县区范围。",
				.which = CLASH_PLACE,
				.county = p->code,
				.sites = p->sites,
			});
	}
}

static void check_pools(struct checking *c)
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

static struct rule_texts county_codes(struct checking *c)
{
	const struct plan_places *counties = &c->to->coverage.counties;
	const char **at = arena_array(c->scene->notes->arena, counties->count + 1, sizeof(*at));

	for (size_t i = 0; i < counties->count; i++)
		at[i] = counties->list[i].code;
	return (struct rule_texts){ at, counties->count };
}

/* What app/rule_set_check.h finds, as clashes: refused and warned ones. */
static void check_set(struct checking *c)
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
static int check_staff(struct checking *c, const struct plan_span *period)
{
	struct plan_check *to = c->to;
	struct plan_work *works;
	size_t count;

	plan_capacity_end(&to->capacity, to->draw, &to->people, &to->clashes);
	plan_workload_deal(&c->work, to->draw, &works, &count);
	const struct plan_staff_ask ask = { c->scene, period, &to->people, works, count };
	return plan_staff_check(&ask, &to->clashes, &to->capacity.unmet);
}

/* What a plan counts only once another person has agreed to what it asks. */
static void tell_secret(const struct plan_scene *s)
{
	if (s->history.secret)
		plan_note(s->notes, PLAN_INFO,
			  "还有 %u 家封存着的检查任务没有计入：计划批准以后才计入，"
			  "免得用没有批准的计划打听抽中了哪一家",
			  s->history.secret);
}

int plan_check_make(const struct plan_scene *s, const char *period, struct plan_check *ret)
{
	struct arena *a = s->notes->arena;
	struct plan_check check = { .clashes = { .arena = a } };
	struct checking *c = arena_alloc(a, sizeof(*c));
	struct plan_span span;

	if (plan_span_parse(period, &span) != OK)
		return NONE;
	tell_secret(s);
	*c = (struct checking){ .scene = s, .to = &check };
	check.draw = arena_alloc(a, sizeof(*check.draw));
	plan_coverage_init(&check.coverage, s);
	plan_capacity_init(&check.capacity, s);
	plan_workload_init(&c->work, a);
	TRY(load_pools(c, &span));
	TRY(plan_draw_make(s, period, PLAN_POOL_DAILY, look_at, c, check.draw));
	plan_coverage_end(&check.coverage, &check.draw->sum);
	TRY(plan_people_read(s, &span, 0, &check.people));
	plan_recusals_release(&check.people.recusals);
	check.rules = arena_array(a, check.draw->asks.count + s->set.rule_count + 1,
				  sizeof(*check.rules));
	for (size_t i = 0; i < check.draw->asks.count; i++)
		check_rule(c, i);
	check_others(c);
	TRY(check_staff(c, &span));
	check_pools(c);
	check_matters(c);
	check_places(c);
	check_set(c);
	plan_milestones(s, check.milestones, &check.milestone_count);
	TRY(plan_project_make(s, check.draw, &check.project));
	plan_capacity_year(&check.capacity, check.project.places, &check.clashes);
	*ret = check;
	return OK;
}
