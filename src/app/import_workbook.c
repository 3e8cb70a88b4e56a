/* app/import_workbook.c — a worksheet as rows: the first ten are kept until the header row is known. */
#include "app/import_work.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"
#include "files/xlsx_read.h"

#include <string.h>

enum { SHEETS_TOLD = 600 };

/* Columns of a row whose numbers have lost digits. */
struct columns_lost {
	bool any, at[IMPORT_CELLS_MOST];
};

struct sheet {
	struct import_work *work;
	struct arena arena;
	struct import_head head;
	uint32_t numbers[IMPORT_HEADER_ROWS];
	struct columns_lost lost[IMPORT_HEADER_ROWS];
	bool begun; /* the header row is known */
};

/* Cells by column, empty where the sheet has none. */
static uint32_t dense(const struct xlsx_row *row, struct span *cells, struct columns_lost *lost)
{
	uint32_t count = 0;

	for (size_t i = 0; i < row->count; i++) {
		const struct xlsx_cell *c = &row->cells[i];
		if (c->column >= IMPORT_CELLS_MOST)
			break;
		while (count < c->column)
			cells[count++] = (struct span){ "", 0 };
		lost->at[count] = c->imprecise;
		lost->any |= c->imprecise;
		cells[count++] = (struct span){ c->text, c->len };
	}
	return count;
}

struct sheet_row {
	const struct span *cells;
	uint32_t count, number;
	const struct columns_lost *lost;
};

static int add_row(struct sheet *s, struct sheet_row row)
{
	const struct import_columns *c = &s->work->columns;
	struct import_flaw flaw = { REASON_DIGITS_LOST, 0 };

	/* The first such column that is read; columns that are not matter to nobody. */
	while (row.lost->any && flaw.column < row.count &&
	       !(row.lost->at[flaw.column] && flaw.column < c->count &&
		 c->column[flaw.column] >= 0))
		flaw.column++;
	return import_add_row(&s->work->part[0], row.cells, row.count, row.number,
			      row.lost->any && flaw.column < row.count ? &flaw : NULL);
}

static int begin(struct sheet *s)
{
	struct import_work *w = s->work;
	uint32_t index;

	TRY(import_find_header(w, &s->head, &index));
	w->summary->header_line = s->numbers[index];
	s->begun = true;
	w->parts = 1;
	TRY(import_part_begin(&w->part[0], w, 0));
	for (uint32_t i = index + 1; i < s->head.rows; i++)
		TRY(add_row(s, (struct sheet_row){ s->head.cells[i], s->head.counts[i],
						   s->numbers[i], &s->lost[i] }));
	return OK;
}

static int take_row(const struct xlsx_row *row, void *arg)
{
	struct sheet *s = arg;
	struct import_head *head = &s->head;
	struct span cells[IMPORT_CELLS_MOST];
	struct columns_lost lost = { .any = false };
	uint32_t count = dense(row, cells, &lost);

	if (s->begun)
		return add_row(s, (struct sheet_row){ cells, count, row->number, &lost });
	struct span *kept = arena_array(&s->arena, count, sizeof(*kept));
	for (uint32_t i = 0; i < count; i++)
		kept[i] = (struct span){ arena_mem(&s->arena, cells[i].at, cells[i].len),
					 cells[i].len };
	s->numbers[head->rows] = row->number;
	s->lost[head->rows] = lost;
	head->cells[head->rows] = kept;
	head->counts[head->rows++] = count;
	return head->rows == IMPORT_HEADER_ROWS ? begin(s) : OK;
}

/* There is no sheet of that name: those that there are, as many as fit. */
static int refuse_sheet(struct import_work *w)
{
	CLEANUP(buf_release) struct buf names;
	enum xlsx_problem problem;

	buf_init(&names, SHEETS_TOLD);
	if (xlsx_sheet_names(w->input.at, w->input.len, &names, &problem) != OK)
		return import_refuse(w, "%s", xlsx_problem_text(problem));
	for (size_t i = 0; i < names.len; i++)
		if (names.data[i] == '\n')
			names.data[i] = i + 1 < names.len ? '|' : 0;
	return import_refuse(w, "没有叫“%.128s”的工作表；这个工作簿里有（以 | 隔开）：%s",
			     w->options->sheet, buf_text(&names));
}

int import_scan_workbook(struct import_work *w)
{
	struct sheet s = { .work = w };
	struct xlsx_report report;

	int rc = xlsx_read(w->input.at, w->input.len, w->options->sheet, take_row, &s, &report);
	if (rc == OK && !s.begun)
		rc = begin(&s);
	arena_release(&s.arena);
	if (rc == INVALID && report.problem == XLSX_NO_SHEET && w->options->sheet)
		return refuse_sheet(w);
	if (rc == INVALID && report.problem != XLSX_FINE && report.row > 0)
		return import_refuse(w, "%s（读到第 %u 行）", xlsx_problem_text(report.problem),
				     report.row);
	if (rc == INVALID && report.problem != XLSX_FINE)
		return import_refuse(w, "%s", xlsx_problem_text(report.problem));
	if (rc == TOO_LARGE)
		return import_refuse(
			w, "工作表的行数超过 %llu，请分成几个文件导入或用 --max-rows 放宽",
			(unsigned long long)w->options->max_rows);
	TRY(rc);
	return import_part_end(&w->part[0]);
}
