/* app/plan_lines.c — the CSV of a plan's lines; columns are found by their headers. */
#include "app/plan_csv.h"
#include "app/plan_span.h"
#include "app/plan_who.h"
#include "app/plan_year.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

enum column { ID, KIND, TITLE, POOL, PERIOD, TARGET, MATTERS, DOCUMENT, COLUMNS };

static const struct plan_csv_column columns[COLUMNS] = {
	[ID] = { "id", "编号", true },
	[KIND] = { "kind", "类别", true },
	[TITLE] = { "title", "名称", true },
	[POOL] = { "pool", "范围", false },
	[PERIOD] = { "period", "期次", false },
	[TARGET] = { "target", "目标", true },
	[MATTERS] = { "matters", "事项", false },
	[DOCUMENT] = { "document", "依据", false },
};

static const struct {
	const char *word, *kind;
} kinds[] = {
	{ "campaign", "campaign" }, { "专项", "campaign" },   { "permit", "permit" },
	{ "证后监管", "permit" },   { "project", "project" }, { "环评事中事后", "project" },
	{ "建设项目", "project" },  { "joint", "joint" },     { "部门联合", "joint" },
};

static const char *kind_of(const char *word)
{
	for (size_t i = 0; i < COUNT(kinds); i++)
		if (strcmp(kinds[i].word, word) == 0)
			return kinds[i].kind;
	return NULL;
}

/* "10%", "1/3" or "20". */
static bool parse_target(const char *text, int64_t *a, int64_t *b)
{
	struct span s = span_of(text), first;
	uint64_t x, y = 0;

	if (s.len && s.at[s.len - 1] == '%') {
		s.len--;
		if (read_number(s, 100, &x) != CORE_OK || x == 0)
			return false;
		*a = (int64_t)x;
		*b = 100;
		return true;
	}
	bool ratio = span_cut(&s, '/', &first);
	if (read_number(first, 1000000, &x) != CORE_OK)
		return false;
	if (ratio && (read_number(s, 1000000, &y) != CORE_OK || x == 0 || x > y))
		return false;
	*a = (int64_t)x;
	*b = (int64_t)y;
	return true;
}

static bool period_fits(const char *text, uint32_t year)
{
	struct plan_span span;

	return *text == 0 || (plan_span_parse(text, &span) == OK && span.year == year);
}

struct reading {
	struct plan_csv csv;
	struct plan_notes *notes;
	uint32_t year;
	struct plan_line_row *list;
	size_t count;
};

static void refuse(struct reading *r, const char *what, const char *value, const char *mend)
{
	plan_note(r->notes, PLAN_REFUSED, "计划项目第 %llu 行：%s“%s”%s",
		  (unsigned long long)r->csv.line, what, value, mend);
}

static bool known(const struct reading *r, const char *id)
{
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(r->list[i].id, id) == 0)
			return true;
	return false;
}

/* What the pool's own reader says, with the line. */
static bool read_pool(struct reading *r, const char *pool, struct rule_who *ret)
{
	struct plan_notes notes;

	plan_notes_init(&notes, r->notes->arena);
	if (plan_who_parse(pool, &notes, ret) == OK)
		return true;
	plan_note(r->notes, PLAN_REFUSED, "计划项目第 %llu 行：%s", (unsigned long long)r->csv.line,
		  notes.list[0].text);
	return false;
}

static void check_id(struct reading *r, const char *id)
{
	if (!registry_id_valid(span_of(id)) || strlen(id) > 32 || strcmp(id, "daily") == 0)
		refuse(r, "编号", id, "应为 1 到 32 个字母、数字或 . _ : -，且不叫 daily。");
	else if (known(r, id))
		refuse(r, "编号", id, "重复，请改成不同的。");
	else if (r->count == PLAN_LINES_MOST)
		refuse(r, "编号", id, "：一份计划最多 40 项，请合并。");
}

/* Everything that is wrong with the row, not only what is found first. */
static void read_row(struct reading *r, const char *const *cells)
{
	struct plan_line_row row = { .id = cells[ID],
				     .kind = kind_of(cells[KIND]),
				     .title = cells[TITLE],
				     .pool = cells[POOL],
				     .period = cells[PERIOD],
				     .matters = cells[MATTERS],
				     .document = cells[DOCUMENT] };
	struct rule_who who;
	size_t before = r->notes->refused;

	check_id(r, row.id);
	if (!row.kind)
		refuse(r, "类别", cells[KIND], "应为 专项、证后监管、建设项目 或 部门联合。");
	if (!parse_target(cells[TARGET], &row.a, &row.b))
		refuse(r, "目标", cells[TARGET], "应写成 10%、1/3 或 20。");
	if (!period_fits(row.period, r->year))
		refuse(r, "期次", row.period,
		       "应为本年的期次，如 2026-Q3、2026-07，或不填（每期都有）。");
	if (read_pool(r, row.pool, &who) && r->notes->refused == before)
		r->list[r->count++] = row;
}

static int compare(const void *a, const void *b)
{
	return strcmp(((const struct plan_line_row *)a)->id, ((const struct plan_line_row *)b)->id);
}

int plan_lines_read(const char *text, size_t len, uint32_t year, struct plan_notes *notes,
		    struct plan_line_row **ret, size_t *ret_count)
{
	struct reading r = { .notes = notes, .year = year };
	size_t refused = notes->refused;
	const char *cells[COLUMNS];

	r.list = arena_array(notes->arena, PLAN_LINES_MOST, sizeof(*r.list));
	TRY(plan_csv_open(&r.csv, text, len, columns, COLUMNS, notes));
	while (plan_csv_next(&r.csv, cells))
		read_row(&r, cells);
	if (notes->refused > refused)
		return INVALID;
	if (r.count)
		qsort(r.list, r.count, sizeof(*r.list), compare);
	*ret = r.list;
	*ret_count = r.count;
	return OK;
}
