/*
 * files/xlsx_write.c — libxlsxwriter in constant-memory mode. It writes by file name, so it is given the
 * temporary file of base/file.h, which then takes the place of the old one in one step.
 */
#include "files/xlsx_write.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/status.h"
#include "base/utf8.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

enum {
	COLUMNS = 16384,
	ROWS = 1048576,
	CELL_CHARACTERS = 32767,
	WIDTH_LEAST = 6,
	TEXT_MOST = 56, /* columns of letters; longer text wraps */
	EDGES = 4,      /* a column's width beside its text */
	LINE_HEIGHT = 16,
	LINES_MOST = 25, /* Excel's highest row has 409 points */
	SCRATCH = 256,
	FONT_SIZE = 11,
	HEADING_SIZE = 16,
	WIDE_SCALE = 85 /* per cent: the text has 9 points on paper */
};
#define NUMBER_MOST INT64_C(1000000000000000)
#define FONT "微软雅黑"

struct xlsx_write {
	struct file_out file;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *looks[XLSX_STRONG + 1], *header, *heading;
	uint32_t row, header_row; /* the next one; where the titles stand */
	uint16_t *widths;
	size_t columns;
	char *scratch; /* one cell's text made fit */
	size_t scratch_size;
	size_t lines; /* of the current row's tallest cell */
	int rc;       /* first failure */
};

static lxw_format *new_format(lxw_workbook *book, bool text)
{
	lxw_format *f = workbook_add_format(book);

	format_set_font_name(f, FONT);
	format_set_font_size(f, FONT_SIZE);
	format_set_align(f, LXW_ALIGN_VERTICAL_CENTER);
	format_set_border(f, LXW_BORDER_THIN);
	format_set_border_color(f, 0xBFBFBF);
	format_set_indent(f, 1);
	if (text) {
		format_set_num_format(f, "@");
		format_set_align(f, LXW_ALIGN_LEFT);
		format_set_text_wrap(f);
	}
	return f;
}

static void make_formats(struct xlsx_write *w)
{
	for (size_t i = 0; i < COUNT(w->looks); i++)
		w->looks[i] = new_format(w->book, i != XLSX_NUMERIC);
	format_set_font_color(w->looks[XLSX_MARKED], 0xC00000);
	format_set_bg_color(w->looks[XLSX_MARKED], 0xFDE9E7);
	format_set_num_format(w->looks[XLSX_NUMERIC], "0");
	format_set_align(w->looks[XLSX_NUMERIC], LXW_ALIGN_RIGHT);
	format_set_bold(w->looks[XLSX_STRONG]);
	w->header = new_format(w->book, true);
	format_set_bold(w->header);
	format_set_bg_color(w->header, 0xDDE6F0);
	format_set_indent(w->header, 0);
	format_set_align(w->header, LXW_ALIGN_CENTER);
	w->heading = workbook_add_format(w->book);
	format_set_font_name(w->heading, FONT);
	format_set_font_size(w->heading, HEADING_SIZE);
	format_set_bold(w->heading);
	format_set_align(w->heading, LXW_ALIGN_VERTICAL_CENTER);
}

/* The folder of the result: rows wait there, on the same disk, and not in a shared /tmp. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	size_t len = slash ? (size_t)(slash - path) : 0;
	char *folder = must_alloc(len + 2);

	memcpy(folder, path, len);
	if (!slash)
		folder[len++] = '.';
	else if (len == 0)
		folder[len++] = '/';
	folder[len] = '\0';
	return folder;
}

int xlsx_write_open(struct xlsx_write **ret, const char *path,
		    const struct xlsx_write_options *options)
{
	struct xlsx_write *w = must_alloc(sizeof(*w));
	char *title = options->title ? strdup(options->title) : NULL, *folder = folder_of(path);
	lxw_workbook_options book = { .constant_memory = LXW_TRUE,
				      .tmpdir = folder,
				      .use_zip64 = LXW_TRUE };
	lxw_doc_properties about = { .title = title, .created = (time_t)(options->created / 1000) };

	*w = (struct xlsx_write){ 0 };
	int rc = file_out_open(&w->file, path, options->mode);
	if (rc == OK) {
		w->book = workbook_new_opt(w->file.temp, &book);
		rc = w->book ? OK : IO_ERROR;
	}
	if (rc == OK) {
		workbook_set_properties(w->book, &about);
		make_formats(w);
		*ret = w;
	} else {
		xlsx_write_abort(w);
	}
	free(title);
	free(folder);
	return rc;
}

static void fail(struct xlsx_write *w, int rc)
{
	if (w->rc == OK)
		w->rc = rc;
}

static void check(struct xlsx_write *w, lxw_error error)
{
	if (error == LXW_ERROR_MAX_STRING_LENGTH_EXCEEDED ||
	    error == LXW_ERROR_WORKSHEET_INDEX_OUT_OF_RANGE)
		fail(w, TOO_LARGE);
	else if (error != LXW_NO_ERROR)
		fail(w, errno == ENOSPC ? NO_SPACE : IO_ERROR);
}

/* True where Excel would read an escape, _xHHHH_, in what is only text. */
static bool looks_escaped(const char *at)
{
	return at[0] == '_' && at[1] == 'x' && strspn(at + 2, "0123456789abcdefABCDEF") >= 4 &&
	       at[6] == '_';
}

/*
 * Copies text with what XML cannot hold made U+FFFD and look-alikes of escapes escaped; valid until the next
 * call. *characters: its length as Excel counts.
 */
static const char *fit_text(struct xlsx_write *w, const char *text, size_t *characters)
{
	static const char escape[] = "_x005F_";
	size_t len = strlen(text), to = 0;

	if (len * sizeof(escape) + 1 > w->scratch_size) {
		w->scratch_size = len * sizeof(escape) + SCRATCH;
		w->scratch = must_realloc(w->scratch, w->scratch_size);
	}
	*characters = 0;
	for (size_t i = 0; i < len;) {
		uint32_t code;
		bool escaped = looks_escaped(text + i);
		i += utf8_next(text + i, len - i, &code);
		if ((code < 0x20 && code != '\n' && code != '\t') || code == 0xFFFE ||
		    code == 0xFFFF)
			code = 0xFFFD;
		if (escaped) {
			memcpy(w->scratch + to, escape, sizeof(escape) - 1);
			to += sizeof(escape) - 1;
		} else {
			to += utf8_put(w->scratch + to, code);
		}
		*characters += code > 0xFFFF ? 2 : 1;
	}
	w->scratch[to] = '\0';
	return w->scratch;
}

/* Widens the column for a text and counts the lines it takes there. */
static void note_width(struct xlsx_write *w, size_t column, const char *text, size_t extra)
{
	size_t widest = 0, lines = 0;

	for (const char *line = text; *line;) {
		size_t len = strcspn(line, "\n"), width = utf8_width(line, len);
		if (width > widest)
			widest = width;
		lines += width > TEXT_MOST ? (width + TEXT_MOST - 1) / TEXT_MOST : 1;
		line += len + (line[len] == '\n');
	}
	widest = widest > TEXT_MOST ? TEXT_MOST : widest;
	if (widest + extra > w->widths[column])
		w->widths[column] = (uint16_t)(widest + extra);
	if (lines > w->lines)
		w->lines = lines;
}

static void put_text(struct xlsx_write *w, size_t column, const char *text, lxw_format *format)
{
	size_t characters;
	const char *fit = fit_text(w, text, &characters);

	if (characters > CELL_CHARACTERS) {
		fail(w, TOO_LARGE);
		return;
	}
	note_width(w, column, fit, EDGES);
	check(w, worksheet_write_string(w->sheet, w->row, (lxw_col_t)column, fit, format));
}

static void put_cell(struct xlsx_write *w, size_t column, const struct xlsx_value *v)
{
	lxw_format *format = w->looks[v->look];

	if (v->look == XLSX_NUMERIC) {
		assert(v->number < NUMBER_MOST && v->number > -NUMBER_MOST);
		char text[24];
		snprintf(text, sizeof(text), "%lld", (long long)v->number);
		note_width(w, column, text, EDGES);
		check(w, worksheet_write_number(w->sheet, w->row, (lxw_col_t)column,
						(double)v->number, format));
	} else if (v->text && v->text[0]) {
		put_text(w, column, v->text, format);
	} else {
		check(w, worksheet_write_blank(w->sheet, w->row, (lxw_col_t)column, format));
	}
	if (v->note && v->note[0]) {
		size_t characters;
		const char *fit = fit_text(w, v->note, &characters);
		check(w, worksheet_write_comment(w->sheet, w->row, (lxw_col_t)column, fit));
	}
}

/* Column widths are known, and may be set, only after the last row. */
static void end_sheet(struct xlsx_write *w)
{
	if (!w->sheet)
		return;
	for (size_t i = 0; i < w->columns; i++) {
		uint16_t width = w->widths[i] < WIDTH_LEAST ? WIDTH_LEAST : w->widths[i];
		worksheet_set_column(w->sheet, (lxw_col_t)i, (lxw_col_t)i, width, NULL);
	}
	uint32_t last = w->row > w->header_row + 1 ? w->row - 1 : w->header_row;
	worksheet_autofilter(w->sheet, w->header_row, 0, last, (lxw_col_t)(w->columns - 1));
	free(w->widths);
	w->widths = NULL;
	w->sheet = NULL;
}

static void set_print(struct xlsx_write *w)
{
	worksheet_freeze_panes(w->sheet, w->header_row + 1, 0);
	worksheet_set_default_row(w->sheet, LINE_HEIGHT + 4, LXW_FALSE);
	worksheet_set_landscape(w->sheet);
	worksheet_set_paper(w->sheet, 9); /* A4 */
	worksheet_set_margins(w->sheet, 0.5, 0.5, 0.6, 0.7);
	worksheet_fit_to_pages(w->sheet, 1, 0);
	worksheet_repeat_rows(w->sheet, 0, w->header_row);
	worksheet_set_footer(w->sheet, "&L&A&R第 &P 页 共 &N 页");
}

static void put_heading(struct xlsx_write *w, const char *heading)
{
	size_t characters;

	worksheet_set_row(w->sheet, 0, 30, NULL);
	check(w, worksheet_write_string(w->sheet, 0, 0, fit_text(w, heading, &characters),
					w->heading));
	w->row = 1;
}

int xlsx_write_sheet(struct xlsx_write *w, const struct xlsx_sheet *sheet)
{
	if (sheet->count == 0 || sheet->count > COLUMNS ||
	    workbook_validate_sheet_name(w->book, sheet->name) != LXW_NO_ERROR)
		return INVALID;
	end_sheet(w);
	w->sheet = workbook_add_worksheet(w->book, sheet->name);
	if (!w->sheet)
		return IO_ERROR;
	w->columns = sheet->count;
	w->widths = must_alloc(w->columns * sizeof(w->widths[0]));
	memset(w->widths, 0, w->columns * sizeof(w->widths[0]));
	w->row = 0;
	if (sheet->heading)
		put_heading(w, sheet->heading);
	w->header_row = w->row;
	set_print(w);
	worksheet_set_row(w->sheet, w->row, 24, NULL);
	for (size_t i = 0; i < sheet->count; i++) {
		put_text(w, i, sheet->columns[i], w->header);
		note_width(w, i, sheet->columns[i], EDGES + 2); /* the filter's arrow */
	}
	w->row++;
	return w->rc;
}

void xlsx_write_wide(struct xlsx_write *w)
{
	if (!w->sheet)
		return;
	worksheet_set_paper(w->sheet, 8); /* A3 */
	worksheet_set_print_scale(w->sheet, WIDE_SCALE);
	worksheet_repeat_columns(w->sheet, 0, w->columns > 2 ? 1 : 0);
	worksheet_print_across(w->sheet);
}

void xlsx_write_row(struct xlsx_write *w, const struct xlsx_value *cells, size_t count)
{
	assert(w->sheet && count <= w->columns);
	if (w->rc != OK)
		return;
	if (w->row >= ROWS) {
		fail(w, TOO_LARGE);
		return;
	}
	w->lines = 1;
	for (size_t i = 0; i < count; i++)
		put_cell(w, i, &cells[i]);
	size_t lines = w->lines < LINES_MOST ? w->lines : LINES_MOST;
	if (lines > 1) /* LibreOffice does not make such rows higher by itself */
		check(w,
		      worksheet_set_row(w->sheet, w->row, (double)(lines * LINE_HEIGHT + 4), NULL));
	w->row++;
}

static void release(struct xlsx_write *w)
{
	free(w->widths);
	free(w->scratch);
	free(w);
}

int xlsx_write_commit(struct xlsx_write *w)
{
	if (w->rc != OK) {
		int rc = w->rc;
		xlsx_write_abort(w);
		return rc;
	}
	end_sheet(w);
	check(w, workbook_close(w->book)); /* frees the book */
	int rc = w->rc;
	if (rc == OK)
		rc = file_out_commit(&w->file);
	else
		file_out_abort(&w->file);
	release(w);
	return rc;
}

void xlsx_write_abort(struct xlsx_write *w)
{
	if (!w)
		return;
	if (w->book)
		lxw_workbook_free(w->book);
	file_out_abort(&w->file);
	release(w);
}

void xlsx_write_abortp(struct xlsx_write **w)
{
	xlsx_write_abort(*w);
}
