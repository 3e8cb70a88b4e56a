/* app/plan_opening.c — rows are sorted, equal ones refused, held against the registries, and kept whole. */
#include "app/plan_opening.h"

#include "app/life_seal.h"
#include "app/office_person.h"
#include "app/person.h"
#include "app/plan_csv.h"
#include "app/plan_first_draw.h"
#include "app/plan_opening_caps.h"
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
	const char *county; /* of a site; "" unless the registry has it */
	bool kept;          /* the import that counts now says the same */
};

struct opening {
	struct office *office;
	const struct plan_opening_ask *ask;
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
	p->list[p->count++] = (struct placed){ row, p->csv.line, "", false };
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
		else if (!people)
			p->list[i].county = arena_mem(p->notes->arena, cells[SITE_COUNTY].at,
						      cells[SITE_COUNTY].len);
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
static int check_before(struct opening *p, struct plan_opening_sum *sum)
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
	if (sum->replaced <= p->count || p->ask->reason)
		return OK;
	plan_note(p->notes, PLAN_REFUSED,
		  "%u 年原来记着 %llu 条（%s，%s 导入），这个文件只有 %zu 条：导入是整个替换。"
		  "确实要减少的，加 --reason 写明原因；只想补充的，把原来的各条也写进文件。"
		  "现在记着的用 plan balances 看。",
		  p->year.year, (unsigned long long)sum->replaced, before.file, before.actor,
		  p->count);
	return INVALID;
}

/* ---- what a planner cannot do alone ---- */

/* Without an approver: nothing that counts is replaced so, and nothing is brought where the list of people binds. */
static int check_alone(struct opening *p, struct db *db)
{
	static const char how[] = "命令行加 --approver 姓名；网上提出“改年初数据”，由负责人同意";
	struct plan_opening_head before;
	bool bound;

	int rc = plan_opening_now(db, p->notes->arena, p->year.year, &before);
	if (rc == OK)
		return life_refuse(
			p->office, FORBIDDEN,
			"%u 年的年初数据 %s 已经导入过（%s），改动要另一名负责人同意：%s",
			p->year.year, before.actor, before.file, how);
	if (rc != NONE)
		return rc;
	TRY(person_in_force(p->office, &bound));
	return bound ? life_refuse(p->office, FORBIDDEN,
				   "导入 %u 年的年初数据要人员名单里的另一名负责人同意：%s",
				   p->year.year, how)
		     : OK;
}

/* It takes a head who is somebody else: what is brought spares those whom it counts. */
static int check_second(struct opening *p, struct db *db)
{
	struct office *o = p->office;
	const char *name = p->ask->approver;

	if (!name)
		return check_alone(p, db);
	const char *wrong = office_name_wrong(name);
	if (wrong)
		return life_refuse(o, INVALID, "“%s”不能当姓名：%s", name, wrong);
	if (office_same_person(name, o->actor))
		return life_refuse(o, FORBIDDEN, "办理人 %s 不能自己批准", o->actor);
	return person_check(o, name, PERSON_BIT(PERSON_LEADER));
}

static int mark_kept(void *arg, const struct plan_opening_row *row)
{
	struct opening *p = arg;
	const struct placed key = { .row = *row };
	size_t low = 0, high = p->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (compare_rows(&p->list[middle].row, &key.row) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < p->count && compare_rows(&p->list[low].row, row) == 0)
		p->list[low].kept = p->list[low].row.n <= row->n;
	return OK;
}

/* The kinds that this system's own draws and visits tell of. */
static const char *drawn_kind(const struct plan_opening_row *row)
{
	if (strcmp(row->kind, "visit") != 0)
		return NULL;
	if (row->visits & RULE_VISIT_JOINT)
		return "联合检查";
	if (row->visits & RULE_VISIT_CAMPAIGN)
		return "专项检查";
	return row->visits & RULE_VISIT_DAILY ? "日常检查" : NULL;
}

static void refuse_drawn(struct opening *p, const struct placed *one,
			 const struct plan_first_draw *first)
{
	char day[PLAN_DAY_TEXT], from[PLAN_DAY_TEXT];

	plan_day_text(one->row.day, day);
	plan_day_text(first->from, from);
	plan_note(p->notes, PLAN_REFUSED,
		  "第 %llu 行：%s 在 %s 的%s不收：本系统对这个地区的第一次抽取是 %s（%s，%s 起），"
		  "从那天起的检查只由抽中的任务登记（visits done），登错的用 visits undo 撤回。"
		  "请删去这一行。",
		  (unsigned long long)one->line, one->row.subject, day, drawn_kind(&one->row),
		  first->id, first->period, from);
}

/* A visit of the time in which this system draws would be counted beside the one that was drawn. */
static int check_drawn(struct opening *p, struct db *db)
{
	struct plan_first_draws draws;
	size_t told = 0;

	TRY(plan_first_draws(db, p->notes->arena, &draws));
	TRY(plan_opening_walk(db, p->year.year, mark_kept, p));
	for (size_t i = 0; i < p->count && told < REFUSED_MOST; i++) {
		const struct placed *one = &p->list[i];
		const struct plan_first_draw *first =
			plan_first_draw_of(&draws, span_of(one->county));
		if (one->kept || !drawn_kind(&one->row) || !first || one->row.day < first->from)
			continue;
		refuse_drawn(p, one, first);
		told++;
	}
	return told ? INVALID : OK;
}

static int may_keep(struct opening *p, struct db *db)
{
	TRY(person_acts(p->office, PERSON_ACTORS));
	return check_second(p, db);
}

static int keep(struct db *db, void *arg)
{
	struct opening *p = arg;
	char digest[OFFICE_DIGEST];
	const char *text;

	p->head.at = office_now(p->office);
	int may = may_keep(p, db);
	if (may != OK && p->office->why[0])
		plan_note(p->notes, PLAN_REFUSED, "%s", p->office->why);
	TRY(may);
	TRY(check_drawn(p, db));
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

/* The file's name and who agreed and why, in this order: a name has no "；". */
static const char *name_with_words(const struct opening *p)
{
	const struct plan_opening_ask *ask = p->ask;

	return arena_printf(p->notes->arena, "%s%s%s%s%s", ask->file_name,
			    ask->approver ? "；同意：" : "", ask->approver ? ask->approver : "",
			    ask->reason ? "；原因：" : "", ask->reason ? ask->reason : "");
}

static int check_name(struct opening *p)
{
	if (!strstr(p->ask->file_name, "；"))
		return OK;
	plan_note(p->notes, PLAN_REFUSED, "文件名里不能有“；”，请改名后再导入。");
	return INVALID;
}

static int import(struct opening *p, struct plan_opening_sum *sum)
{
	char digest[OFFICE_DIGEST];

	TRY(check_name(p));
	TRY(read_file(p, p->ask->file));
	office_digest(p->ask->file.at, p->ask->file.len, digest);
	p->head.digest = digest;
	TRY(check_before(p, sum));
	TRY(note_unknown(p, REGISTRY_SITES, &sum->unknown));
	TRY(note_unknown(p, REGISTRY_INSPECTORS, &sum->unknown));
	p->head = (struct plan_opening_head){ .year = p->year.year,
					      .rows = (int64_t)p->count,
					      .actor = p->office->actor,
					      .file = name_with_words(p),
					      .digest = digest };
	TRY(office_write(p->office, keep, p));
	count(p, sum);
	return OK;
}

int plan_opening_import(struct office *o, const struct plan_opening_ask *ask,
			struct plan_notes *notes, struct plan_opening_sum *ret)
{
	struct opening p = { .office = o,
			     .ask = ask,
			     .notes = notes,
			     .year = plan_span_make(RULE_YEAR, ask->year, 1),
			     .today = plan_day_of(office_now(o)) };
	struct plan_opening_sum sum = { 0 };

	o->why[0] = 0;
	TRY(scope_need_all(o));
	if (ask->reason)
		TRY(office_reason(o, ask->reason));
	int rc = import(&p, &sum);

	free(p.list);
	TRY(rc);
	/* It is kept: what cannot be told about it now is told by plan_opening_caps later. */
	if (plan_opening_caps(o, ask->year, notes, &sum.above) != OK)
		plan_note(notes, PLAN_WARNING, "已经记入，但没能核对年度上限。");
	*ret = sum;
	return OK;
}
