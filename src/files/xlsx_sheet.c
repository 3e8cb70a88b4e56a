/*
 * files/xlsx_sheet.c — cells are gathered until their row ends. Text that is not shared goes to one buffer a
 * row; because it may move while it grows, cells keep offsets until the row is handed over.
 */
#include "files/xlsx_sheet.h"

#include "base/arena.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_CELLS = 64, CELL_BYTES = 4 * XLSX_CELL_UNITS };
#define BAD UINT32_MAX /* no row, column or string has this number */

struct sheet {
	struct xlsx_xml x;
	const struct xlsx_sheet_in *in;
	struct xlsx_report *report;
	struct buf text; /* of the row's cells that are not shared strings */
	struct xlsx_cell *cells;
	size_t *offset; /* of each cell in text; unused for shared strings */
	size_t count, room;
	uint32_t next_column;
	bool in_data, in_row, in_cell, in_text, hidden;
	int phonetic;
	/* The cell being read. */
	struct xlsx_cell cell;
	size_t from;
	uint32_t style;
	char type[12];
	bool has_value;
};

/* Reads letters as a column; returns where they end, or NULL. */
static const char *read_column(const char *at, uint32_t *ret)
{
	uint32_t n = 0;
	int letters = 0;

	for (; (*at >= 'A' && *at <= 'Z') || (*at >= 'a' && *at <= 'z'); at++) {
		if (++letters > 5)
			return NULL;
		n = n * 26 + (uint32_t)((*at & ~0x20) - 'A' + 1);
	}
	*ret = n - 1;
	return letters > 0 ? at : NULL;
}

/* "B7" to column 1, row 7. */
static bool read_reference(const char *at, size_t len, uint32_t *column, uint32_t *row)
{
	char text[16];

	if (len >= sizeof(text))
		return false;
	memcpy(text, at, len);
	text[len] = '\0';
	const char *digits = read_column(text, column);
	if (!digits)
		return false;
	*row = xlsx_count(digits, BAD - 1, BAD);
	return *row != BAD && *row > 0;
}

static void begin_row(struct sheet *s, const char **attributes)
{
	const char *number = xlsx_attribute(attributes, "r");
	uint32_t row = number ? xlsx_count(number, BAD - 1, BAD) : s->report->row + 1;

	if (row == 0 || row == BAD)
		s->x.problem = XLSX_BAD_REFERENCE;
	else if (row > XLSX_ROWS)
		s->x.problem = XLSX_TOO_MANY_ROWS;
	else if (row <= s->report->row)
		s->x.problem = XLSX_ROW_ORDER;
	if (s->x.problem != XLSX_FINE)
		return;
	s->report->row = row;
	s->hidden = xlsx_true(xlsx_attribute(attributes, "hidden"));
	s->in_row = true;
	s->count = 0;
	s->next_column = 0;
	buf_clear(&s->text);
}

/* The cell's column; BAD after setting the problem. */
static uint32_t cell_column(struct sheet *s, const char *reference)
{
	uint32_t column = s->next_column, row = s->report->row;

	if (reference &&
	    (!read_reference(reference, strlen(reference), &column, &row) || row != s->report->row))
		s->x.problem = XLSX_BAD_REFERENCE;
	else if (column >= XLSX_COLUMNS)
		s->x.problem = XLSX_TOO_MANY_COLUMNS;
	else if (column < s->next_column)
		s->x.problem = XLSX_CELL_ORDER;
	return s->x.problem == XLSX_FINE ? column : BAD;
}

static void begin_cell(struct sheet *s, const char **attributes)
{
	uint32_t column = cell_column(s, xlsx_attribute(attributes, "r"));
	const char *type = xlsx_attribute(attributes, "t");

	if (column == BAD)
		return;
	s->next_column = column + 1;
	s->cell = (struct xlsx_cell){ .column = column };
	s->from = s->text.len;
	s->style = xlsx_count(xlsx_attribute(attributes, "s"), XLSX_STYLES, XLSX_STYLES);
	memset(s->type, 0, sizeof(s->type));
	for (size_t i = 0; type && type[i] && i < sizeof(s->type) - 1; i++)
		s->type[i] = type[i];
	s->has_value = false;
	s->in_cell = true;
	s->phonetic = 0;
}

static void note_merged(struct sheet *s, const char *range)
{
	struct xlsx_report *r = s->report;
	const char *colon = range ? strchr(range, ':') : NULL;
	struct xlsx_range m;

	if (!colon || !read_reference(range, (size_t)(colon - range), &m.column, &m.row) ||
	    !read_reference(colon + 1, strlen(colon + 1), &m.last_column, &m.last_row))
		return;
	m.row--;
	m.last_row--;
	if (r->merged < XLSX_MERGED_TOLD)
		r->merged_range[r->merged] = m;
	r->merged++;
}

static void note_columns(struct sheet *s, const char **attributes)
{
	uint32_t first = xlsx_count(xlsx_attribute(attributes, "min"), XLSX_COLUMNS, 0);
	uint32_t last = xlsx_count(xlsx_attribute(attributes, "max"), XLSX_COLUMNS, 0);

	if (first > 0 && last >= first && xlsx_true(xlsx_attribute(attributes, "hidden")))
		s->report->hidden_columns += last - first + 1;
}

static void start_in_cell(struct sheet *s, const char *name)
{
	bool inline_text = strcmp(s->type, "inlineStr") == 0;

	if (strcmp(name, "f") == 0) {
		s->cell.formula = true;
	} else if (strcmp(name, "rPh") == 0) {
		s->phonetic++;
	} else if (strcmp(name, inline_text ? "t" : "v") == 0 && s->phonetic == 0) {
		s->in_text = true;
		s->has_value = true;
	}
}

static void on_start(struct xlsx_xml *x, const char *name, const char **attributes)
{
	struct sheet *s = x->arg;

	if (s->in_cell)
		start_in_cell(s, name);
	else if (s->in_row && strcmp(name, "c") == 0)
		begin_cell(s, attributes);
	else if (s->in_data && !s->in_row && strcmp(name, "row") == 0)
		begin_row(s, attributes);
	else if (strcmp(name, "sheetData") == 0)
		s->in_data = true;
	else if (!s->in_data && strcmp(name, "col") == 0)
		note_columns(s, attributes);
	else if (!s->in_data && strcmp(name, "mergeCell") == 0)
		note_merged(s, xlsx_attribute(attributes, "ref"));
}

static void on_text(struct xlsx_xml *x, const char *at, size_t len)
{
	struct sheet *s = x->arg;

	if (!s->in_text)
		return;
	buf_add(&s->text, at, len);
	if (s->text.full || s->text.len - s->from > CELL_BYTES)
		x->problem = XLSX_TOO_LONG_CELL;
}

/* Replaces the cell's stored text by what a reader sees. */
static void set_text(struct sheet *s, const char *text)
{
	s->text.len = s->from;
	buf_str(&s->text, text);
}

static void finish_number(struct sheet *s)
{
	const char *at = s->text.data + s->from;
	size_t len = s->text.len - s->from;
	enum xlsx_format format = XLSX_FORMAT_PLAIN;
	char out[XLSX_NUMBER_TEXT];

	if (s->style < s->in->styles->count)
		format = (enum xlsx_format)s->in->styles->format[s->style];
	s->cell.kind = XLSX_DATE;
	if (format != XLSX_FORMAT_PLAIN &&
	    xlsx_date_text(at, len, format, s->in->book->since_1904, out)) {
		set_text(s, out);
		return;
	}
	s->cell.kind = XLSX_NUMBER;
	if (xlsx_number_text(at, len, out, &s->cell.imprecise))
		set_text(s, out);
	else
		s->x.problem = XLSX_BAD_REFERENCE;
}

/* An ISO 8601 date cell: midnight is not shown. */
static void finish_iso_date(struct sheet *s)
{
	char *at = s->text.data + s->from;
	size_t len = s->text.len - s->from;

	s->cell.kind = XLSX_DATE;
	if (len > 10 && at[10] == 'T') {
		at[10] = ' ';
		if (strncmp(at + 10, " 00:00:00", 9) == 0)
			s->text.len = s->from + 10;
	}
}

static void finish_shared(struct sheet *s)
{
	uint32_t n = xlsx_count(s->text.data + s->from, XLSX_STRINGS, BAD);

	s->cell.text = xlsx_strings_get(s->in->strings, n, &s->cell.len);
	if (!s->cell.text)
		s->x.problem = XLSX_BAD_REFERENCE;
	s->text.len = s->from;
}

static void finish_text(struct sheet *s)
{
	char *at = s->text.data + s->from;
	size_t len = xlsx_unescape(at, s->text.len - s->from);

	s->text.len = s->from + len;
	if (xlsx_units(at, len) > XLSX_CELL_UNITS)
		s->x.problem = XLSX_TOO_LONG_CELL;
}

static void finish_value(struct sheet *s)
{
	if (strcmp(s->type, "s") == 0) {
		finish_shared(s);
	} else if (strcmp(s->type, "b") == 0) {
		s->cell.kind = XLSX_BOOL;
		set_text(s, xlsx_true(s->text.data + s->from) ? "TRUE" : "FALSE");
	} else if (strcmp(s->type, "e") == 0) {
		s->cell.kind = XLSX_ERROR;
	} else if (strcmp(s->type, "d") == 0) {
		finish_iso_date(s);
	} else if (s->type[0] == '\0' || strcmp(s->type, "n") == 0) {
		finish_number(s);
	} else {
		finish_text(s);
	}
}

static void keep_cell(struct sheet *s)
{
	struct xlsx_report *r = s->report;

	if (s->count == s->room) {
		s->room = s->room ? s->room * 2 : FIRST_CELLS;
		s->cells = must_realloc(s->cells, s->room * sizeof(s->cells[0]));
		s->offset = must_realloc(s->offset, s->room * sizeof(s->offset[0]));
	}
	if (!s->cell.text) {
		s->cell.len = (uint32_t)(s->text.len - s->from);
		buf_char(&s->text, '\0');
	}
	if (s->text.full)
		s->x.problem = XLSX_TOO_LONG_CELL;
	s->offset[s->count] = s->from;
	s->cells[s->count++] = s->cell;
	r->cells++;
	r->formulas += s->cell.formula && s->cell.kind != XLSX_NO_VALUE;
	r->formulas_no_value += s->cell.kind == XLSX_NO_VALUE;
	r->errors += s->cell.kind == XLSX_ERROR;
	r->imprecise += s->cell.imprecise;
	if (s->cell.column >= r->columns)
		r->columns = s->cell.column + 1;
}

static void end_cell(struct sheet *s)
{
	s->in_cell = false;
	if (s->has_value && s->text.len > s->from)
		finish_value(s);
	else if (s->cell.formula && !s->has_value)
		s->cell.kind = XLSX_NO_VALUE;
	if (s->x.problem != XLSX_FINE)
		return;
	bool some = s->cell.text ? s->cell.len > 0 : s->text.len > s->from;
	if (some || s->cell.kind == XLSX_NO_VALUE)
		keep_cell(s);
}

static void end_row(struct sheet *s)
{
	s->in_row = false;
	if (s->count == 0)
		return;
	for (size_t i = 0; i < s->count; i++)
		if (!s->cells[i].text)
			s->cells[i].text = s->text.data + s->offset[i];
	s->report->rows++;
	s->report->hidden_rows += s->hidden;
	struct xlsx_row row = { s->report->row, s->hidden, s->cells, s->count };
	s->x.stop = s->in->take(&row, s->in->arg);
}

static void on_end(struct xlsx_xml *x, const char *name)
{
	struct sheet *s = x->arg;

	if (s->in_cell && (strcmp(name, "v") == 0 || strcmp(name, "t") == 0))
		s->in_text = false;
	else if (s->in_cell && strcmp(name, "rPh") == 0)
		s->phonetic--;
	else if (s->in_cell && strcmp(name, "c") == 0)
		end_cell(s);
	else if (s->in_row && strcmp(name, "row") == 0)
		end_row(s);
	else if (s->in_data && strcmp(name, "sheetData") == 0)
		s->in_data = false;
}

enum xlsx_problem xlsx_sheet_read(const struct xlsx_sheet_in *in, struct xlsx_package *p,
				  const char *part, struct xlsx_report *report, int *stop)
{
	struct sheet s = { .in = in, .report = report };

	s.x = (struct xlsx_xml){ .start = on_start, .end = on_end, .text = on_text, .arg = &s };
	buf_init(&s.text, XLSX_ROW_BYTES);
	enum xlsx_problem problem = xlsx_xml_parse(&s.x, p, part);
	*stop = s.x.stop;
	buf_release(&s.text);
	free(s.cells);
	free(s.offset);
	return problem;
}
