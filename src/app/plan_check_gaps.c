/* app/plan_check_gaps.c — 监管真空: what the year's plan does not reach. */
#include "app/import_area.h"
#include "app/plan_checking.h"
#include "app/plan_lines_check.h"
#include "base/buf.h"

#include <string.h>

enum { NAMES_MOST = 4000 };

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

/* In the year's second half: the list's own ratio of a matter, which no rule of the set asks for. */
static void check_ratio(struct plan_checking *c, const struct plan_matter *m,
			const struct plan_covered_matter *got)
{
	struct arena *a = c->scene->notes->arena;
	bool late = c->to->draw->asks.period.number * 2 > rule_periods_a_year(c->scene->kind);
	uint64_t want = m->of ? (got->sites * m->ratio + m->of - 1) / m->of : 0;

	if (!late || got->visited >= want)
		return;
	plan_clash_add(
		&c->to->clashes,
		&(struct plan_clash){
			.kind = CLASH_GAP,
			.text = arena_printf(
				a,
				"事项 %.*s“%.*s”：清单写的抽查比例是 %u/%u，适用的 %llu 家全年至少 %llu 家，"
				"今年查到 %llu 家，还差 %llu 家；规则集不按事项的比例排",
				(int)m->id.len, m->id.at, (int)m->name.len, m->name.at, m->ratio,
				m->of, (unsigned long long)got->sites, (unsigned long long)want,
				(unsigned long long)got->visited,
				(unsigned long long)(want - got->visited)),
			.choices = arena_printf(
				a,
				"要照清单的比例查的，在计划项目里加一项：范围 matter=%.*s，目标 %u/%u。",
				(int)m->id.len, m->id.at, m->ratio, m->of),
			.sites = got->sites,
		});
}

/* Words for a rhythm that is closer than once a year. */
static bool is_closer(struct span frequency)
{
	static const char *const words[] = { "季", "月", "周", "旬" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (frequency.len &&
		    memmem(frequency.at, frequency.len, words[i], strlen(words[i])))
			return true;
	return false;
}

/* Rules reach each matter once a year; what the list asks more often is told. */
static void check_frequencies(struct plan_checking *c)
{
	CLEANUP(buf_release) struct buf out;
	const struct plan_matters *matters = &c->scene->matters;

	buf_init(&out, NAMES_MOST);
	for (size_t i = 0; i < matters->count; i++) {
		const struct plan_matter *m = &matters->list[i];
		if (is_closer(m->frequency))
			buf_printf(&out, "%s%.*s（%.*s）", out.len ? "、" : "", (int)m->id.len,
				   m->id.at, (int)m->frequency.len, m->frequency.at);
	}
	if (out.len == 0)
		return;
	struct arena *a = c->scene->notes->arena;
	plan_clash_add(&c->to->clashes,
		       &(struct plan_clash){
			       .kind = CLASH_GAP,
			       .text = arena_printf(a,
						    "清单写的抽查频次比一年一次密：%s；规则集只保证"
						    "每项事项一年查到一次，不按清单的频次排",
						    buf_text(&out)),
			       .choices = "要照清单的频次查的，在计划项目里加上，每期一项或不写期次"
					  "（每期都有）。" });
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
		check_ratio(c, m, got);
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

/* Rounding leaves the same small counties out in every period. */
static void check_never(struct plan_checking *c)
{
	const struct plan_project *p = &c->to->project;
	struct arena *a = c->scene->notes->arena;

	if (c->to->ended || p->never == 0)
		return;
	plan_clash_add(
		&c->to->clashes,
		&(struct plan_clash){
			.kind = CLASH_GAP,
			.text = arena_printf(
				a,
				"名额按县区分层、取整以后，从 %s 到年底各期都分不到的有 %llu 家（%s），"
				"今年也没有查过的记录：照这样全年一次也抽不到（监管真空）",
				p->list[0].text, (unsigned long long)p->never, p->never_names),
			.choices = arena_printf(
				a,
				"规则集改为不按县区分层（by_county 写 false），全市放在一起抽；或在计划项目里"
				"为这些县各加一项（类别 证后监管，目标 1，范围 county=%.6s），随日常一起抽；"
				"规则集的 minimum 管的是整条规则，要一县至少一家的，为该县另写一条规则"
				"（who 写 counties，minimum 写 1）。",
				p->never_counties),
			.which = CLASH_PLACE,
			.county = p->never_counties,
			.skill = "",
			.sites = p->never,
		});
}

/* When the year's last period is over: counties of which nobody was visited. */
static void check_unvisited(struct plan_checking *c, const struct plan_place *p)
{
	struct arena *a = c->scene->notes->arena;
	struct span name = area_name(span_of(p->code));
	bool last = c->to->draw->asks.period.number == rule_periods_a_year(c->scene->kind);

	if (!last || !c->to->ended || p->visited || p->uncovered == p->sites)
		return;
	plan_clash_add(
		&c->to->clashes,
		&(struct plan_clash){
			.kind = CLASH_GAP,
			.text = arena_printf(
				a,
				"%.*s的 %llu 家在产单位全年一家也没有查到过，最后一期已经结束"
				"（监管真空）",
				(int)name.len, name.at, (unsigned long long)p->sites),
			.choices = "下一年在计划项目里为这个县加一项（范围 county=县区代码），"
				   "或规则集不按县区分层。",
			.which = CLASH_PLACE,
			.county = p->code,
			.skill = "",
			.sites = p->sites,
		});
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
		check_unvisited(c, p);
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
	check_frequencies(c);
	check_places(c);
	check_never(c);
}
