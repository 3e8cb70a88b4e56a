/* app/plan_check_gaps.c — 监管真空: what the year's plan does not reach. */
#include "app/import_area.h"
#include "app/plan_checking.h"
#include "app/plan_lines_check.h"

/* A site that this matter is for is drawn for certain. */
static bool surely_drawn(const struct plan_checking *c, const struct plan_matter *m)
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

static void no_matters(struct plan_checking *c)
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

static void check_matters(struct plan_checking *c)
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
		bool drawn = !c->to->ended && surely_drawn(c, m);
		if (got->reached || (got->sites && (!last || drawn)))
			continue;
		plan_clash_add(
			&c->to->clashes,
			&(struct plan_clash){
				.kind = CLASH_GAP,
				.text = arena_printf(
					a, "事项 %.*s“%.*s”%s", (int)m->id.len, m->id.at,
					(int)m->name.len, m->name.at,
					got->sites == 0 ? "没有适用的在产单位（监管真空）"
					: c->to->ended
						? "全年没有查到过，最后一期已经结束"
						: "今年还没有查到过，只剩这一期，不一定抽得到"),
				.choices =
					got->sites
						? "在计划项目里为它加一项，范围写 matter=事项编号。"
						: "核对单位的对象类型；事项不再使用的，在清单里停用。",
				.sites = got->sites,
			});
	}
}

static void check_places(struct plan_checking *c)
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

void plan_check_lines(struct plan_checking *c)
{
	const struct plan_scene *s = c->scene;
	struct arena *a = s->notes->arena;
	const struct plan_lines_base base = { &s->matters, s->kind, (uint32_t)s->plan.year, a };

	for (size_t i = 0; i < c->line_count; i++) {
		const struct plan_line_row *line = &s->lines[i];
		const char *wrong = plan_line_wrong(&base, line);
		if (!wrong)
			wrong = plan_line_short(a, line, c->line_members[i]);
		if (wrong)
			plan_clash_add(&c->to->clashes,
				       &(struct plan_clash){
					       .kind = CLASH_LINE,
					       .rules = line->id,
					       .text = arena_printf(a, "计划项目“%s”：%s",
								    line->title, wrong),
					       .choices = "改好项目的 CSV，再编一版计划"
							  "（mingqian plan new --lines）。" });
	}
}

void plan_check_gaps(struct plan_checking *c)
{
	check_matters(c);
	check_places(c);
}
