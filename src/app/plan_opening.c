/* app/plan_opening.c — rows are sorted, equal ones refused, held against the registries, and kept whole. */
#include "app/plan_opening.h"

#include "app/person.h"
#include "app/plan_csv.h"
#include "app/plan_span.h"
#include "app/registry_export.h"
#include "app/row_sum.h"
#include "app/scope.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

enum column { KIND, SUBJECT, DAY, VISITS, N, COLUMNS };
enum { SHOWN_MOST = 20, REFUSED_MOST = 50 };

static const struct plan_csv_column columns[COLUMNS] = {
	[KIND] = { "kind", "类别", true }, [SUBJECT] = { "subject", "编号", true },
	[DAY] = { "day", "日期", false },  [VISITS] = { "visits", "检查类型", false },
	[N] = { "n", "次数", false },
};

/* A row, and where it stands in the file. */
struct placed {
	struct plan_opening_row row;
	uint64_t line;
};

struct opening {
	struct office *office;
	struct plan_notes *notes;
	struct plan_csv csv;
	struct plan_span year;
	int64_t today;
	struct placed *list;
	size_t count, size;
	struct plan_opening_head head;
};

static void refuse(struct opening *p, const char *what, const char *value, const char *mend)
{
	plan_note(p->notes, PLAN_REFUSED, "第 %llu 行：%s“%s”%s", (unsigned long long)p->csv.line,
		  what, value, mend);
}

static const char *kind_of(const char *word)
{
	static const char *const words[][2] = {
		{ "visit", "检查" }, { "cap", "频次" }, { "case", "案件" }, { "load", "任务量" }
	};

	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(word, words[i][0]) == 0 || strcmp(word, words[i][1]) == 0)
			return words[i][0];
	return NULL;
}

static bool add_visit_word(struct span word, int64_t *bits)
{
	static const struct {
		const char *word, *chinese;
		enum rule_visit bit;
	} words[] = {
		{ "daily", "日常", RULE_VISIT_DAILY },
		{ "campaign", "专项", RULE_VISIT_CAMPAIGN },
		{ "targeted", "个案", RULE_VISIT_TARGETED },
		{ "recheck", "复查", RULE_VISIT_RECHECK },
		{ "offsite", "非现场", RULE_VISIT_OFFSITE },
		{ "joint", "联合", RULE_VISIT_JOINT },
		{ "business", "业务", RULE_VISIT_BUSINESS },
	};

	for (size_t i = 0; i < COUNT(words); i++)
		if (span_equal(word, span_of(words[i].word)) ||
		    span_equal(word, span_of(words[i].chinese))) {
			*bits |= words[i].bit;
			return true;
		}
	return false;
}

/* "日常+联合"; empty is 日常. */
static bool parse_visits(const char *text, int64_t *ret)
{
	struct span rest = span_of(text), word;
	int64_t bits = 0;

	while (rest.len) {
		span_cut(&rest, '+', &word);
		if (!add_visit_word(word, &bits))
			return false;
	}
	*ret = bits ? bits : RULE_VISIT_DAILY;
	return true;
}

static bool parse_day(const struct opening *p, const char *text, int64_t *ret)
{
	*ret = p->year.from;
	if (*text == 0)
		return true;
	return clock_parse_day(text, ret) == OK && *ret >= p->year.from && *ret <= p->year.to &&
	       *ret <= p->today;
}

static void refuse_day(struct opening *p, const char *text)
{
	int64_t day;

	if (clock_parse_day(text, &day) == OK && (day < p->year.from || day > p->year.to))
		refuse(p, "日期", text,
		       arena_printf(p->notes->arena,
				    "不是 %u 年的：年份写错了的改日期，或改 --year。",
				    p->year.year));
	else
		refuse(p, "日期", text, "应为本年已过的日期，写成 2026-03-05。");
}

/* Digits of a Chinese keyboard as the plain ones; other text stays. */
static const char *plain_digits(struct arena *a, const char *text)
{
	char *out = arena_str(a, text), *to = out;

	for (const char *c = text; *c; c++)
		if (strncmp(c, "\xef\xbc", 2) == 0 && (unsigned char)c[2] >= 0x8d &&
		    (unsigned char)c[2] <= 0x99 && (unsigned char)c[2] != 0x8f) {
			*to++ = (char)((unsigned char)c[2] - 0x60);
			c += 2;
		} else {
			*to++ = *c;
		}
	*to = 0;
	return out;
}

static bool parse_n(const char *text, int64_t *ret)
{
	uint64_t n = 1;

	if (*text && (read_number(span_of(text), 100000, &n) != CORE_OK || n == 0))
		return false;
	*ret = (int64_t)n;
	return true;
}

static void read_row(struct opening *p, const char *const *cells)
{
	struct arena *a = p->notes->arena;
	struct plan_opening_row row = { .kind = kind_of(cells[KIND]),
					.subject = plain_digits(a, cells[SUBJECT]) };
	const char *day = plain_digits(a, cells[DAY]), *n = plain_digits(a, cells[N]);

	if (!row.kind) {
		refuse(p, "类别", cells[KIND], "应为 检查、频次、案件 或 任务量。");
		return;
	}
	if (!registry_id_valid(span_of(row.subject))) {
		refuse(p, "编号", row.subject, "不是污染源编号或执法人员编号。");
		return;
	}
	if (!parse_day(p, day, &row.day)) {
		refuse_day(p, day);
		return;
	}
	if (!parse_n(n, &row.n)) {
		refuse(p, "次数", cells[N], "应为 1 到 100000 的整数。");
		return;
	}
	bool visit = strcmp(row.kind, "visit") == 0;
	if (visit && !parse_visits(cells[VISITS], &row.visits)) {
		refuse(p, "检查类型", cells[VISITS],
		       "应为 日常、专项、个案、复查、非现场、联合、业务，几个用 + 连接。");
		return;
	}
	if (p->count == p->size) {
		p->size = p->size ? p->size * 2 : 1024;
		p->list = must_realloc(p->list, p->size * sizeof(*p->list));
	}
	p->list[p->count++] = (struct placed){ row, p->csv.line };
}

static int compare_rows(const struct plan_opening_row *x, const struct plan_opening_row *y)
{
	int order = strcmp(x->subject, y->subject);

	if (order == 0)
		order = strcmp(x->kind, y->kind);
	if (order == 0)
		order = (x->day > y->day) - (x->day < y->day);
	return order ? order : (x->visits > y->visits) - (x->visits < y->visits);
}

static int compare(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;
	int order = compare_rows(&x->row, &y->row);

	return order ? order : (x->line > y->line) - (x->line < y->line);
}

/* A row twice is a visit counted twice, or two visits that nobody told apart: only the file's maker knows. */
static void refuse_doubles(struct opening *p)
{
	size_t told = 0;

	if (p->count)
		qsort(p->list, p->count, sizeof(*p->list), compare);
	for (size_t i = 1; i < p->count && told < REFUSED_MOST; i++) {
		const struct placed *a = &p->list[i - 1], *b = &p->list[i];
		if (compare_rows(&a->row, &b->row) != 0)
			continue;
		told++;
		plan_note(
			p->notes, PLAN_REFUSED,
			"第 %llu 行：编号“%s”与第 %llu 行重复（类别、日期、检查类型都相同）。重复录入的"
			"请删去一行；确实有几次的，写成一行，在“次数”里填次数。",
			(unsigned long long)b->line, b->row.subject, (unsigned long long)a->line);
	}
}

static int read_file(struct opening *p, struct span file)
{
	const char *cells[COLUMNS];
	size_t refused = p->notes->refused;

	TRY(plan_csv_open(&p->csv, file.at, file.len, columns, COLUMNS, p->notes));
	while (plan_csv_next(&p->csv, cells)) {
		if (p->notes->refused - refused >= REFUSED_MOST)
			break;
		if (p->count == PLAN_OPENING_ROWS_MOST) {
			plan_note(p->notes, PLAN_REFUSED, "超过一百万行，请拆开或先汇总。");
			break;
		}
		read_row(p, cells);
	}
	refuse_doubles(p);
	if (p->count == 0 && p->notes->refused == refused)
		plan_note(p->notes, PLAN_REFUSED,
			  "文件里一行数据也没有，没有记入；原来记着的不变。请核对文件。");
	return p->notes->refused > refused ? INVALID : OK;
}

static void tell_unknown(struct opening *p, enum registry kind, const char *id, uint64_t *unknown)
{
	if (++*unknown <= SHOWN_MOST)
		plan_note(p->notes, PLAN_WARNING,
			  "%s里没有编号 %s，它的数暂时不起作用。请核对编号。", registry_title(kind),
			  id);
}

/* Ids of one registry pass by in order, the rows too. */
static int note_unknown(struct opening *p, enum registry kind, uint64_t *unknown)
{
	bool people = kind == REGISTRY_INSPECTORS;
	struct file_map map;
	struct registry_reader reader;
	struct span cells[REGISTRY_FIELDS_MOST];

	TRY(registry_export_map(p->office, kind, 0, &map));
	int rc = registry_open(&reader, kind, (struct span){ map.at, map.len });
	bool more = rc == OK && (rc = registry_next(&reader, cells)) == OK;
	for (size_t i = 0; i < p->count && (rc == OK || rc == NONE); i++) {
		struct span id = span_of(p->list[i].row.subject);
		if ((strcmp(p->list[i].row.kind, "load") == 0) != people)
			continue;
		while (more && span_compare(cells[0], id) < 0)
			more = (rc = registry_next(&reader, cells)) == OK;
		if (!more || !span_equal(cells[0], id))
			tell_unknown(p, kind, p->list[i].row.subject, unknown);
	}
	file_unmap(&map);
	return rc == NONE ? OK : rc;
}

static int add_row(void *arg, const struct plan_opening_row *row)
{
	struct sha256 *sum = arg;

	row_sum_text(sum, row->kind);
	row_sum_text(sum, row->subject);
	row_sum_number(sum, row->day);
	row_sum_number(sum, row->visits);
	row_sum_number(sum, row->n);
	return OK;
}

int plan_opening_document(struct db *db, struct arena *a, const struct plan_opening_head *head,
			  const char **ret)
{
	struct sha256 sum;
	char rows[ROW_SUM];

	sha256_init(&sum);
	TRY(plan_opening_rows(db, head->id, add_row, &sum));
	row_sum_done(&sum, rows);
	*ret = arena_printf(a, "opening %lld\nfile %s\ndigest %s\nrows %lld %s\n",
			    (long long)head->year, head->file, head->digest, (long long)head->rows,
			    rows);
	return OK;
}

int plan_opening_now(struct db *db, struct arena *a, uint32_t year, struct plan_opening_head *ret)
{
	int64_t after = 0;
	int rc;

	while ((rc = plan_opening_next(db, a, after, ret)) == OK) {
		if (ret->year == (int64_t)year && ret->current)
			return OK;
		after = ret->id;
	}
	return rc;
}

/* Who takes rows away says why. */
static int check_before(struct opening *p, const char *reason, struct plan_opening_sum *sum)
{
	struct plan_opening_head before;
	int rc = plan_opening_now(p->office->db, p->notes->arena, p->year.year, &before);

	if (rc == NONE)
		return OK;
	TRY(rc);
	if (strcmp(before.digest, p->head.digest) == 0) {
		plan_note(p->notes, PLAN_REFUSED,
			  "这个文件与 %u 年现在记着的（%s 导入）一字不差，没有改动。", p->year.year,
			  before.actor);
		return INVALID;
	}
	sum->replaced = (uint64_t)before.rows;
	if (sum->replaced <= p->count || reason)
		return OK;
	plan_note(p->notes, PLAN_REFUSED,
		  "%u 年原来记着 %llu 条（%s，%s 导入），这个文件只有 %zu 条：导入是整个替换。"
		  "确实要减少的，加 --reason 写明原因；只想补充的，把原来的各条也写进文件。"
		  "现在记着的用 plan balances 看。",
		  p->year.year, (unsigned long long)sum->replaced, before.file, before.actor,
		  p->count);
	return INVALID;
}

static int keep(struct db *db, void *arg)
{
	struct opening *p = arg;
	char digest[OFFICE_DIGEST];
	const char *text;

	p->head.at = office_now(p->office);
	int may = person_acts(p->office, PERSON_ACTORS);
	if (may == FORBIDDEN)
		plan_note(p->notes, PLAN_REFUSED, "%s", p->office->why);
	TRY(may);
	TRY(plan_opening_begin(db, &p->head));
	for (size_t i = 0; i < p->count; i++)
		TRY(plan_opening_add(db, p->head.id, &p->list[i].row));
	TRY(plan_opening_document(db, p->notes->arena, &p->head, &text));
	TRY(office_document(p->office, text, strlen(text), digest));
	return office_log(p->office, "plan.opening",
			  arena_printf(p->notes->arena, "%lld", (long long)p->head.year), digest);
}

static void count(const struct opening *p, struct plan_opening_sum *sum)
{
	for (size_t i = 0; i < p->count; i++) {
		const char *kind = p->list[i].row.kind;
		sum->visits += strcmp(kind, "visit") == 0;
		sum->caps += strcmp(kind, "cap") == 0;
		sum->cases += strcmp(kind, "case") == 0;
		sum->loads += strcmp(kind, "load") == 0;
	}
}

static int import(struct opening *p, const char *file_name, struct span file, const char *reason,
		  struct plan_opening_sum *sum)
{
	char digest[OFFICE_DIGEST];

	TRY(read_file(p, file));
	office_digest(file.at, file.len, digest);
	p->head.digest = digest;
	TRY(check_before(p, reason, sum));
	TRY(note_unknown(p, REGISTRY_SITES, &sum->unknown));
	TRY(note_unknown(p, REGISTRY_INSPECTORS, &sum->unknown));
	p->head = (struct plan_opening_head){
		.year = p->year.year,
		.rows = (int64_t)p->count,
		.actor = p->office->actor,
		.file = reason ? arena_printf(p->notes->arena, "%s；原因：%s", file_name, reason)
			       : file_name,
		.digest = digest
	};
	TRY(office_write(p->office, keep, p));
	count(p, sum);
	return OK;
}

int plan_opening_import(struct office *o, uint32_t year, const char *file_name, struct span file,
			const char *reason, struct plan_notes *notes, struct plan_opening_sum *ret)
{
	struct opening p = { .office = o,
			     .notes = notes,
			     .year = plan_span_make(RULE_YEAR, year, 1),
			     .today = plan_day_of(office_now(o)) };
	struct plan_opening_sum sum = { 0 };

	o->why[0] = 0;
	TRY(scope_need_all(o));
	if (reason)
		TRY(office_reason(o, reason));
	int rc = import(&p, file_name, file, reason, &sum);

	free(p.list);
	if (rc == OK)
		*ret = sum;
	return rc;
}
