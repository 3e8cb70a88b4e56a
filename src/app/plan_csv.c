/* app/plan_csv.c — over files/csv.h; cells are trimmed of spaces. */
#include "app/plan_csv.h"

#include "base/status.h"
#include "base/utf8.h"

#include <string.h>

enum { CELLS_MOST = 64 };

static const char *text_of(struct arena *a, const struct csv_cell *cell)
{
	char *out = arena_alloc(a, cell->len + 1);
	size_t len = cell->len, from = 0;

	if (cell->escaped)
		len = csv_unescape(cell, out);
	else
		memcpy(out, cell->at, len);
	while (len > from && (out[len - 1] == ' ' || out[len - 1] == '\t'))
		len--;
	while (from < len && (out[from] == ' ' || out[from] == '\t'))
		from++;
	return arena_mem(a, out + from, len - from);
}

static int find_columns(struct plan_csv *c, const struct csv_cell *cells, uint32_t count)
{
	for (uint32_t k = 0; k < c->count; k++) {
		c->at[k] = -1;
		for (uint32_t i = 0; i < count && i < CELLS_MOST; i++) {
			const char *head = text_of(c->notes->arena, &cells[i]);
			if (strcmp(head, c->columns[k].name) == 0 ||
			    strcmp(head, c->columns[k].header) == 0)
				c->at[k] = (int32_t)i;
		}
		if (c->at[k] < 0 && c->columns[k].required) {
			plan_note(
				c->notes, PLAN_REFUSED,
				"第一行缺少“%s”（%s）这一列。请按说明加上表头，存成 UTF-8 的 CSV。",
				c->columns[k].header, c->columns[k].name);
			return INVALID;
		}
	}
	return OK;
}

/* A text in C would end there, and the rest of the cell be lost. */
static int check_nul(const char *text, size_t len, struct plan_notes *notes)
{
	const char *nul = memchr(text, 0, len);
	unsigned line = 1;

	if (!nul)
		return OK;
	for (const char *c = text; c < nul; c++)
		line += *c == '\n';
	plan_note(notes, PLAN_REFUSED, "第 %u 行里有空字符（NUL）：请删去，再存成“CSV UTF-8”。",
		  line);
	return INVALID;
}

/* Old spreadsheets end lines with CR alone; it would all be one line. */
static const char *with_lines(struct arena *a, const char *text, size_t len)
{
	if (len == 0 || memchr(text, '\n', len) || !memchr(text, '\r', len))
		return text;
	char *out = arena_mem(a, text, len);
	for (size_t i = 0; i < len; i++)
		if (out[i] == '\r')
			out[i] = '\n';
	return out;
}

int plan_csv_open(struct plan_csv *c, const char *text, size_t len,
		  const struct plan_csv_column *columns, uint32_t count, struct plan_notes *notes)
{
	struct csv_cell cells[CELLS_MOST];
	struct csv_row row;
	size_t bom = len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0, head;

	*c = (struct plan_csv){ .notes = notes, .columns = columns, .count = count, .lines = 1 };
	if (utf8_valid(text, len) != len) {
		plan_note(notes, PLAN_REFUSED, "文件不是 UTF-8。请另存为“CSV UTF-8”。");
		return INVALID;
	}
	text = with_lines(notes->arena, text, len);
	TRY(check_nul(text, len, notes));
	/* By the header alone: pools are full of semicolons. */
	for (head = bom; head < len && text[head] != '\n'; head++)
		;
	csv_init(&c->csv, text + bom, len - bom, csv_delimiter(text + bom, head - bom));
	if (!csv_next(&c->csv, cells, CELLS_MOST, &row)) {
		plan_note(notes, PLAN_REFUSED, "文件是空的。第一行应为表头。");
		return INVALID;
	}
	c->line = 1;
	c->lines = row.lines;
	return find_columns(c, cells, row.count);
}

static bool has_control(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20)
			return true;
	return false;
}

static bool fill(struct plan_csv *c, const struct csv_cell *cells, uint32_t count, const char **ret)
{
	bool good = true;

	for (uint32_t k = 0; k < c->count; k++) {
		bool there = c->at[k] >= 0 && (uint32_t)c->at[k] < count && c->at[k] < CELLS_MOST;
		ret[k] = there ? text_of(c->notes->arena, &cells[c->at[k]]) : "";
		if (good && (has_control(ret[k]) || (c->columns[k].required && !*ret[k]))) {
			plan_note(c->notes, PLAN_REFUSED, "第 %llu 行的“%s”%s",
				  (unsigned long long)c->line, c->columns[k].header,
				  *ret[k] ? "里有换行或控制字符，请删去。" : "没有填。");
			good = false;
		}
	}
	return good;
}

bool plan_csv_next(struct plan_csv *c, const char **ret)
{
	struct csv_cell cells[CELLS_MOST];
	struct csv_row row;

	while (csv_next(&c->csv, cells, CELLS_MOST, &row)) {
		bool empty = true;
		c->line += c->lines;
		c->lines = row.lines;
		for (uint32_t i = 0; i < row.count && i < CELLS_MOST; i++)
			empty = empty && cells[i].len == 0;
		if (!empty && fill(c, cells, row.count, ret))
			return true;
	}
	return false;
}
