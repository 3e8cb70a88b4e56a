/* app/plan_lines_check.c — one pass over the sites counts the pools of all lines. */
#include "app/plan_lines_check.h"

#include "app/registry_export.h"
#include "base/status.h"

#include <string.h>

static const char *wrong_period(const struct plan_lines_base *base, const char *period)
{
	static const char *const forms[] = { [RULE_MONTH] = "月（%u-07）",
					     [RULE_QUARTER] = "季度（%u-Q3）",
					     [RULE_HALF] = "半年（%u-H2）",
					     [RULE_YEAR] = "年（%u）" };
	struct plan_span span;

	if (*period == 0)
		return NULL;
	if (plan_span_parse(period, &span) == OK && span.year == base->year &&
	    rule_periods_a_year(span.kind) <= rule_periods_a_year(base->kind))
		return NULL;
	const char *form = forms[base->kind];
	size_t head = strcspn(form, "%");
	return arena_printf(base->arena,
			    "本计划按%.*s%u%s抽取，没有“%s”这一期：请写这样的一期，或更长的一段，"
			    "或不写（每期都有）",
			    (int)head, form, base->year, form + head + 2, period);
}

static bool is_listed(const struct plan_matters *matters, struct span id)
{
	for (size_t i = 0; i < matters->count; i++)
		if (span_equal(matters->list[i].id, id))
			return true;
	return false;
}

static const char *wrong_matter(const struct plan_lines_base *base, struct span id)
{
	if (is_listed(base->matters, id))
		return NULL;
	return arena_printf(base->arena,
			    "事项“%.*s”不在现行有效的抽查事项清单里：请改成清单里的编码，"
			    "或先导入它（mingqian import matters）",
			    (int)id.len, id.at);
}

static const char *wrong_matters(const struct plan_lines_base *base,
				 const struct plan_line_row *line, const struct rule_who *who)
{
	struct span list = span_of(line->matters), item;
	const char *wrong = NULL;

	while (!wrong && registry_item(&list, &item))
		if (item.len)
			wrong = wrong_matter(base, item);
	for (size_t i = 0; !wrong && i < who->matters.count; i++)
		wrong = wrong_matter(base, span_of(who->matters.at[i]));
	return wrong;
}

const char *plan_line_wrong(const struct plan_lines_base *base, const struct plan_line_row *line)
{
	struct plan_notes notes;
	struct rule_who who;
	const char *wrong = wrong_period(base, line->period);

	plan_notes_init(&notes, base->arena);
	if (wrong)
		return wrong;
	if (plan_who_parse(line->pool, &notes, &who) != OK)
		return notes.list[0].text;
	wrong = plan_who_wrong(&who, base->arena);
	return wrong ? wrong : wrong_matters(base, line, &who);
}

const char *plan_line_short(struct arena *a, const struct plan_line_row *line, uint64_t members)
{
	if (members == 0)
		return arena_printf(a, "范围“%s”里没有一家在产单位，抽不出来：请核对范围和名录",
				    *line->pool ? line->pool : "全部");
	if (line->b || (uint64_t)line->a <= members)
		return NULL;
	return arena_printf(a, "目标 %lld 家，范围“%s”里只有 %llu 家在产单位：请改目标或放宽范围",
			    (long long)line->a, *line->pool ? line->pool : "全部",
			    (unsigned long long)members);
}

/* ---- lines that are handed in ---- */

struct counting {
	const struct plan_lines_of *of;
	struct rule_who *who;
	uint64_t *members;
	size_t count;
	const struct plan_matters *matters;
	int64_t day;
	uint64_t live;
};

static bool in_area(const char *area, struct span county)
{
	struct span list = span_of(area), item;

	if (list.len == 0)
		return true;
	while (registry_item(&list, &item))
		if (span_equal(item, county))
			return true;
	return false;
}

static void count_site(struct counting *c, const struct site *site)
{
	const struct plan_site one = { site, site_special_on(site, c->day), c->matters };

	if (site->state != SITE_LIVE || !in_area(c->of->area, site->text[SITE_COUNTY]))
		return;
	c->live++;
	for (size_t i = 0; i < c->count; i++)
		c->members[i] += plan_who_fits(&c->who[i], &one);
}

/* What does not read is told by every check of the plan; here it only ends the count. */
static int count_sites(struct counting *c, struct span file)
{
	struct registry_reader reader = { 0 };
	struct span cells[REGISTRY_FIELDS_MOST];
	int rc = file.len ? registry_open(&reader, REGISTRY_SITES, file) : NONE;

	while (rc == OK && (rc = registry_next(&reader, cells)) == OK) {
		struct site site;
		rc = site_decode(cells, &site, &reader.problem);
		if (rc == OK)
			count_site(c, &site);
	}
	return rc == NONE ? OK : rc;
}

static void refuse(struct plan_notes *notes, const struct plan_line_row *line, const char *why)
{
	plan_note(notes, PLAN_REFUSED, "计划项目 %s（%s）：%s。", line->id, line->title, why);
}

static int check_lines(struct counting *c, const struct plan_lines_base *base, struct span sites,
		       const struct plan_line_row *lines, struct plan_notes *notes)
{
	size_t refused = notes->refused;

	for (size_t i = 0; i < c->count; i++) {
		const char *wrong = plan_line_wrong(base, &lines[i]);
		if (wrong)
			refuse(notes, &lines[i], wrong);
		else
			TRY(plan_who_parse(lines[i].pool, notes, &c->who[i]));
	}
	if (notes->refused > refused)
		return INVALID;
	TRY(count_sites(c, sites));
	for (size_t i = 0; c->live && i < c->count; i++) {
		const char *wrong = plan_line_short(base->arena, &lines[i], c->members[i]);
		if (wrong)
			refuse(notes, &lines[i], wrong);
	}
	return notes->refused > refused ? INVALID : OK;
}

/* The maps are released by the caller. */
static int check(struct office *o, const struct plan_lines_of *of,
		 const struct plan_line_row *lines, size_t count, struct plan_notes *notes,
		 struct file_map maps[2])
{
	struct arena *a = notes->arena;
	struct plan_span year = plan_span_make(RULE_YEAR, of->year, 1);
	struct plan_matters matters;
	int64_t day = plan_day_of(office_now(o));
	struct plan_lines_base base = { &matters, RULE_QUARTER, of->year, a };
	struct counting c = { .of = of, .count = count, .matters = &matters };

	c.day = day < year.from ? year.from : day > year.to ? year.to : day;
	c.who = arena_array(a, count + 1, sizeof(*c.who));
	c.members = arena_array(a, count + 1, sizeof(*c.members));
	TRY(plan_span_kind(of->period, &base.kind));
	TRY(registry_export_map(o, REGISTRY_SITES, 0, &maps[0]));
	TRY(registry_export_map(o, REGISTRY_MATTERS, 0, &maps[1]));
	TRY(plan_matters_read((struct span){ maps[1].at, maps[1].len }, c.day, of->level, notes,
			      &matters));
	return check_lines(&c, &base, (struct span){ maps[0].at, maps[0].len }, lines, notes);
}

int plan_lines_check(struct office *o, const struct plan_lines_of *of,
		     const struct plan_line_row *lines, size_t count, struct plan_notes *notes)
{
	struct file_map maps[2] = { { 0 }, { 0 } };

	if (count == 0)
		return OK;
	int rc = check(o, of, lines, count, notes, maps);
	for (int i = 0; i < 2; i++)
		if (maps[i].at)
			file_unmap(&maps[i]);
	return rc;
}
