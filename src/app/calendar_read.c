/* app/calendar_read.c — a year's file, as a person saved it from a spreadsheet. */
#include "app/calendar.h"

#include "base/clock.h"
#include "base/status.h"
#include "base/utf8.h"
#include "files/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_MOST = 366, COLUMNS = 3, CELL = 128 };

struct reading {
	struct plan_notes *notes;
	struct calendar_day *days;
	size_t count;
	char year[5]; /* of the first row */
	uint32_t line;
};

/* A cell without blanks around it; "" if it is too long to be any value. */
static void clean(const struct csv_cell *cell, char out[CELL])
{
	char text[CELL];
	size_t len = 0, from = 0;

	out[0] = 0;
	if (cell->len >= CELL)
		return;
	if (cell->escaped) {
		len = csv_unescape(cell, text);
	} else {
		memcpy(text, cell->at, cell->len);
		len = cell->len;
	}
	while (len > from && (text[len - 1] == ' ' || text[len - 1] == '\t'))
		len--;
	while (from < len && (text[from] == ' ' || text[from] == '\t'))
		from++;
	memcpy(out, text + from, len - from);
	out[len - from] = 0;
}

static bool is_one_of(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(text, *words) == 0)
			return true;
	return false;
}

/* 1, 0, or -1 for neither. */
static int working_of(const char *text)
{
	static const char *const yes[] = { "1", "是", "上班", "班", NULL };
	static const char *const no[] = { "0", "否", "放假", "休息", "休", NULL };

	return is_one_of(text, yes) ? 1 : is_one_of(text, no) ? 0 : -1;
}

/* 2026-01-01, and 2026/1/1 as spreadsheets write it. */
static bool day_of(const char *text, char out[CLOCK_DAY], int64_t *ret)
{
	unsigned year, month, day;
	char separator[2], rest;

	if (strspn(text, "0123456789-/") != strlen(text))
		return false;
	if (sscanf(text, "%4u%1[-/]%2u%*1[-/]%2u%c", &year, separator, &month, &day, &rest) != 4)
		return false;
	snprintf(out, CLOCK_DAY, "%04u-%02u-%02u", year % 10000, month % 100, day % 100);
	return clock_parse_day(out, ret) == OK && *ret >= 0;
}

static void add_day(struct reading *r, char cells[COLUMNS][CELL])
{
	char text[CLOCK_DAY];
	int64_t day;
	int working = working_of(cells[1]);
	size_t name = strlen(cells[2]);

	if (!day_of(cells[0], text, &day)) {
		plan_note(r->notes, PLAN_REFUSED,
			  "第 %u 行：日期应写成 2026-01-01 这样，且是 1970 年以后。",
			  (unsigned)r->line);
		return;
	}
	if (!r->year[0])
		memcpy(r->year, text, 4);
	if (memcmp(r->year, text, 4) != 0)
		plan_note(r->notes, PLAN_REFUSED,
			  "第 %u 行：是 %.4s 年的，这个文件是 %s 年的。一年一个文件。",
			  (unsigned)r->line, text, r->year);
	else if (working < 0)
		plan_note(r->notes, PLAN_REFUSED, "第 %u 行：是否上班应写 1（上班）或 0（放假）。",
			  (unsigned)r->line);
	else if (name > CALENDAR_NAME_MOST || strpbrk(cells[2], ",;|\"\t\r\n"))
		/* whatever might be taken for a delimiter when the kept text is read again */
		plan_note(
			r->notes, PLAN_REFUSED,
			"第 %u 行：名称最多 %d 个字节，不能有英文的逗号、分号、竖线、引号，也不能有制表符和换行。",
			(unsigned)r->line, CALENDAR_NAME_MOST);
	else if (r->count == DAYS_MOST)
		plan_note(r->notes, PLAN_REFUSED, "第 %u 行：一年没有这么多天。",
			  (unsigned)r->line);
	else
		r->days[r->count++] = (struct calendar_day){ day, working == 1,
							     arena_str(r->notes->arena, cells[2]) };
}

/* Reads the next row that is not empty; false at the end. */
static bool next(struct reading *r, struct csv *csv, char cells[COLUMNS][CELL])
{
	struct csv_cell raw[COLUMNS];
	struct csv_row row;

	while (csv_next(csv, raw, COLUMNS, &row)) {
		r->line++;
		for (uint32_t i = 0; i < COLUMNS; i++) {
			cells[i][0] = 0;
			if (i < row.count)
				clean(&raw[i], cells[i]);
		}
		if (row.len)
			return true;
	}
	return false;
}

static int by_day(const void *a, const void *b)
{
	const struct calendar_day *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

static void sort(struct reading *r)
{
	qsort(r->days, r->count, sizeof(*r->days), by_day);
	for (size_t i = 1; i < r->count; i++)
		if (r->days[i].day == r->days[i - 1].day)
			plan_note(r->notes, PLAN_REFUSED, "%s 写了两次，请删掉一行。",
				  calendar_text(r->notes->arena, r->days[i].day));
}

static void tell_counts(const struct reading *r)
{
	static const struct calendar plain = { NULL, 0 };
	unsigned off = 0, moved = 0, on = 0;

	for (size_t i = 0; i < r->count; i++) {
		bool weekday = calendar_is_working_day(&plain, r->days[i].day);
		off += !r->days[i].working;
		moved += !r->days[i].working && weekday;
		on += r->days[i].working && !weekday;
	}
	plan_note(
		r->notes, PLAN_INFO,
		"%s 年：列出放假 %u 天（其中星期一至五 %u 天），周末上班 %u 天。请与放假通知核对。",
		r->year, off, moved, on);
}

static bool is_header(char cells[COLUMNS][CELL])
{
	static const char *const dates[] = { "date", "日期", NULL };
	static const char *const workings[] = { "working", "是否上班", "上班", NULL };

	return is_one_of(cells[0], dates) && is_one_of(cells[1], workings);
}

static void read_rows(struct reading *r, const char *text, size_t len)
{
	char cells[COLUMNS][CELL];
	struct csv csv;

	csv_init(&csv, text, len, csv_delimiter(text, len));
	if (!next(r, &csv, cells) || !is_header(cells)) {
		plan_note(r->notes, PLAN_REFUSED,
			  "第一行应为：date,working,name（或 日期,是否上班,名称）。");
		return;
	}
	while (r->notes->refused < 20 && next(r, &csv, cells))
		add_day(r, cells);
	sort(r);
	if (r->count == 0 && r->notes->refused == 0)
		plan_note(r->notes, PLAN_REFUSED, "文件里一天也没有写。");
}

int calendar_read(const char *text, size_t len, struct plan_notes *notes, struct calendar_year *ret)
{
	struct reading r = { .notes = notes };
	size_t refused = notes->refused;

	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
	}
	if (len > CALENDAR_FILE_MOST)
		plan_note(notes, PLAN_REFUSED, "文件超过 %d KB，不像是一年的日历。",
			  CALENDAR_FILE_MOST >> 10);
	else if (utf8_valid(text, len) != len || memchr(text, 0, len))
		plan_note(
			notes, PLAN_REFUSED,
			"日历文件不是 UTF-8 编码。请另存为“CSV UTF-8”，或在记事本里另存为 UTF-8。");
	if (notes->refused > refused)
		return INVALID;
	r.days = arena_array(notes->arena, DAYS_MOST, sizeof(*r.days));
	read_rows(&r, text, len);
	if (notes->refused > refused)
		return INVALID;
	tell_counts(&r);
	*ret = (struct calendar_year){ (uint32_t)strtoul(r.year, NULL, 10), r.days, r.count };
	return OK;
}
