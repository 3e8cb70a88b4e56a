/* app/import_report.c — the user's own rows, in their order and columns, with what is wrong beside them. */
#include "app/identifiers.h"
#include "app/import_work.h"
#include "base/buf.h"
#include "base/status.h"
#include "files/csv.h"
#include "files/xlsx_read.h"

#include <string.h>

enum { TEXT_MOST = 1 << 16 };

struct reporting {
	struct import_work *work;
	struct import_out out;
	struct import_walk walk;
	struct buf text, row, guarded, masked;
	uint32_t next,
		number; /* the row stepped to and its number in the file; number 0: no more */
	uint32_t line;  /* rows written so far */
	bool secret;    /* this row is classified */
	bool personal;  /* an identity number stands in a cell of this row */
	char delimiter;
};

static void step(struct reporting *r)
{
	r->number = import_walk_next(&r->walk, &r->next) ? import_row_number(r->work, r->next) : 0;
}

/*
 * Would a spreadsheet that opens the CSV file take the cell for a formula? White space alone and dashes,
 * which stand for nothing, are harmless.
 */
static bool runs(const struct reporting *r, struct span cell)
{
	if (r->work->workbook || cell.len == 0 || !cell_is_formula(cell.at[0]))
		return false;
	for (size_t i = 0; i < cell.len; i++)
		if ((unsigned char)cell.at[i] > ' ' && cell.at[i] != '-')
			return true;
	return false;
}

/* The cell with stars for identity numbers, valid until the next one. */
static struct span masked(struct reporting *r, struct span cell)
{
	buf_clear(&r->masked);
	buf_add(&r->masked, cell.at, cell.len);
	identifier_mask_residents(r->masked.data, r->masked.len);
	return (struct span){ r->masked.data, r->masked.len };
}

/* Cells of classified rows, of personal columns and identity numbers elsewhere are not written back. */
static void write_cell(struct reporting *r, uint32_t column, struct span cell)
{
	const struct import_columns *c = &r->work->columns;
	bool person = column < c->count && c->column[column] == COLUMN_PERSON &&
		      r->line > r->work->summary->header_line;

	if (r->secret)
		return;
	if (cell.len && (person || identifier_is_resident(cell)))
		cell = SPAN("（已略去）");
	if (identifier_has_resident(cell))
		cell = masked(r, cell);
	if (!runs(r, cell)) {
		csv_write(&r->row, r->delimiter, cell.at, cell.len);
		return;
	}
	buf_clear(&r->guarded);
	buf_char(&r->guarded, '\'');
	buf_add(&r->guarded, cell.at, cell.len);
	cell = (struct span){ r->guarded.data, r->guarded.len };
	csv_write(&r->row, r->delimiter, cell.at, cell.len);
}

/* Appends empty cells up to the added column, the sentence, and the line end. */
static void finish_row(struct reporting *r, uint32_t count, bool header)
{
	for (uint32_t i = count; i < r->work->columns.count; i++)
		buf_char(&r->row, r->delimiter);
	if (count || r->work->columns.count == 0 || r->row.len)
		buf_char(&r->row, r->delimiter);
	if (header)
		buf_str(&r->text, "错误信息");
	csv_write(&r->row, r->delimiter, buf_text(&r->text), r->text.len);
	buf_str(&r->row, "\r\n");
	import_out_add(&r->out, r->row.data, r->row.len);
}

/* Prepares the sentence of the file's row r->line, and what must not be shown of it. */
static void sentence(struct reporting *r)
{
	buf_clear(&r->text);
	buf_clear(&r->row);
	r->secret = r->personal = false;
	if (r->number != r->line)
		return;
	import_walk_text(&r->walk, &r->text);
	r->secret = import_row_at(r->work, r->next)->flags & ROW_SECRET;
	for (uint32_t i = 0; i < r->walk.count; i++)
		r->personal |= r->walk.found[i].code == REASON_ID_IS_PERSON ||
			       r->walk.found[i].code == REASON_CODE_IS_PERSON;
	step(r);
}

static int take_sheet_row(const struct xlsx_row *row, void *arg)
{
	struct reporting *r = arg;
	uint32_t count = 0;

	/* Empty rows stay, so that every row keeps its number. */
	while (r->line + 1 < row->number && r->line < XLSX_ROWS) {
		r->line++;
		import_out_add(&r->out, "\r\n", 2);
	}
	r->line = row->number;
	sentence(r);
	for (size_t i = 0; i < row->count && row->cells[i].column < IMPORT_CELLS_MOST; i++) {
		for (; count <= row->cells[i].column; count++)
			if (count)
				buf_char(&r->row, r->delimiter);
		write_cell(r, count - 1, (struct span){ row->cells[i].text, row->cells[i].len });
	}
	if (r->row.full || r->text.full)
		return TOO_LARGE;
	finish_row(r, count, r->line == r->work->summary->header_line);
	return OK;
}

/* The cell's content, valid until the next one. */
static struct span content(const struct csv_cell *cell)
{
	static char plain[CSV_ROW_MOST];

	if (!cell->escaped)
		return (struct span){ cell->at, cell->len };
	return (struct span){ plain, csv_unescape(cell, plain) };
}

static void write_cells(struct reporting *r, const struct csv_cell *cells, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		if (i)
			buf_char(&r->row, r->delimiter);
		write_cell(r, i, content(&cells[i]));
	}
}

/* May the row go straight through? What the user wrote stays as it was written then. */
static bool is_harmless(const struct reporting *r, const struct csv_row *row,
			const struct csv_cell *cells)
{
	if (r->work->columns.personal || r->personal || r->secret || row->unclosed ||
	    row->count > IMPORT_CELLS_MOST ||
	    identifier_has_resident((struct span){ row->at, row->len }))
		return false;
	for (uint32_t i = 0; i < row->count; i++)
		if (runs(r, content(&cells[i])))
			return false;
	return true;
}

static void report_csv(struct reporting *r)
{
	struct import_work *w = r->work;
	struct csv_cell cells[IMPORT_CELLS_MOST];
	struct csv_row row;
	struct csv csv;

	csv_init(&csv, w->text.at, w->text.len, w->delimiter);
	while (csv_next(&csv, cells, IMPORT_CELLS_MOST, &row)) {
		r->line++;
		sentence(r);
		if (is_harmless(r, &row, cells))
			import_out_add(&r->out, row.at, row.len);
		else
			write_cells(r, cells,
				    row.count < IMPORT_CELLS_MOST ? row.count : IMPORT_CELLS_MOST);
		finish_row(r, row.count, r->line == w->summary->header_line);
	}
}

static int report_workbook(struct reporting *r)
{
	struct xlsx_report report;
	struct import_work *w = r->work;

	return xlsx_read(w->input.at, w->input.len, w->options->sheet, take_sheet_row, r, &report);
}

int import_write_report(struct import_work *w)
{
	struct reporting r = { .work = w, .delimiter = w->workbook ? ',' : w->delimiter };
	int rc = OK;

	import_out_init(&r.out, w->files->report);
	buf_init(&r.text, TEXT_MOST);
	buf_init(&r.row, (size_t)64 << 20);
	buf_init(&r.guarded, CSV_ROW_MOST + 1);
	buf_init(&r.masked, CSV_ROW_MOST + 1);
	import_walk_init(&r.walk, w);
	step(&r);
	import_out_add(&r.out, "\xef\xbb\xbf", 3);
	if (w->workbook)
		rc = report_workbook(&r);
	else
		report_csv(&r);
	buf_release(&r.text);
	buf_release(&r.row);
	buf_release(&r.guarded);
	buf_release(&r.masked);
	int written = import_out_end(&r.out);
	return rc ? rc : written;
}
