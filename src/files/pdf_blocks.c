/* files/pdf_blocks.c — the vocabulary of forms: each block takes its place below the last one. */
#include "files/pdf_place.h"

#include "base/arena.h"
#include "base/status.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CELLS = 64, GRID_TOP_FROM_MM = 20, SIGN_LABEL = 256 };
#define PAD_X 5.0
#define PAD_Y 4.0
#define BOX_SIZE 10.0
#define SIGN_GAP 14.0
#define CODE_SIZE (30 * PDF_MM)

static const struct pdf_style style_title = {
	.size = 22, .pitch = 32, .center = true, .strong = true
};
static const struct pdf_style style_number = { .size = 12, .pitch = 20, .right = true };
static const struct pdf_style style_heading = { .size = 16, .pitch = 26, .strong = true };
static const struct pdf_style style_body = { .size = 12, .pitch = 21, .indent = 24 };
static const struct pdf_style style_item = { .size = 12, .pitch = 19 };
static const struct pdf_style style_label = { .size = 12, .pitch = 18, .center = true };
static const struct pdf_style style_value = { .size = 12, .pitch = 18 };
static const struct pdf_style style_note = { .size = 9, .pitch = 14, .grey = 0.35 };
static const struct pdf_style style_head = {
	.size = 10.5, .pitch = 15, .center = true, .strong = true
};
static const struct pdf_style style_row = { .size = 10.5, .pitch = 15 };
static const struct pdf_style style_row_center = { .size = 10.5, .pitch = 15, .center = true };

static double full_width(const struct pdf *p)
{
	return p->right - p->left;
}

/* Makes sure that this much fits below; a block taller than a page starts on a fresh one. */
static void need(struct pdf *p, double height)
{
	if (p->y + height > p->bottom && !p->fresh)
		pdf_page(p);
}

/* Places a text of any length, over as many pages as it takes. */
static void flow(struct pdf *p, const char *text, const struct pdf_style *style, double x)
{
	struct pdf_piece piece = pdf_measure(p, text, p->right - x, style);

	for (int line = 0; line < piece.lines && p->rc == OK;) {
		need(p, style->pitch);
		int fit = (int)((p->bottom - p->y) / style->pitch);
		int lines = piece.lines - line < fit ? piece.lines - line : fit;
		if (lines < 1)
			lines = 1;
		pdf_put(p, &piece, line, lines, x, p->y);
		p->y += lines * style->pitch;
		line += lines;
	}
}

void pdf_title(struct pdf *p, const char *text)
{
	need(p, style_title.pitch * 3);
	flow(p, text, &style_title, p->left);
	p->y += 8;
}

void pdf_number(struct pdf *p, const char *text)
{
	flow(p, text, &style_number, p->left);
	p->y += 4;
}

void pdf_heading(struct pdf *p, const char *text)
{
	need(p, style_heading.pitch + 4 * style_body.pitch);
	if (!p->fresh)
		p->y += 8;
	flow(p, text, &style_heading, p->left);
	p->y += 4;
}

void pdf_paragraph(struct pdf *p, const char *text)
{
	flow(p, text, &style_body, p->left);
	p->y += 2;
}

void pdf_note(struct pdf *p, const char *text)
{
	flow(p, text, &style_note, p->left);
	p->y += 2;
}

void pdf_gap(struct pdf *p, int mm)
{
	p->y += mm * PDF_MM;
	if (p->y > p->bottom)
		pdf_page(p);
}

/* A row of a grid or table, measured. */
struct row {
	struct pdf_piece cell[CELLS];
	double width[CELLS];
	size_t count;
	int lines; /* of the tallest cell */
	double pitch;
	bool from_top; /* else text stands in the middle */
};

static void measure_row(struct pdf *p, struct row *r, const struct pdf_cell *cells,
			const struct pdf_style *const *styles)
{
	int shares = 0;

	for (size_t i = 0; i < r->count; i++)
		shares += cells[i].width;
	for (size_t i = 0; i < r->count; i++) {
		r->width[i] = full_width(p) * cells[i].width / (shares > 0 ? shares : 1);
		r->cell[i] = pdf_measure(p, cells[i].text, r->width[i] - 2 * PAD_X, styles[i]);
		r->pitch = styles[i]->pitch;
		if (r->cell[i].lines > r->lines)
			r->lines = r->cell[i].lines;
	}
}

/* Draws lines from..from+lines of each cell in boxes of this height. */
static void put_row(struct pdf *p, const struct row *r, int from, int lines, double height)
{
	double x = p->left;

	for (size_t i = 0; i < r->count; i++) {
		struct pdf_mark *box = pdf_add(p, PDF_BOX, x, p->y);
		box->w = r->width[i];
		box->h = height;
		int left = r->cell[i].lines - from, mine = left < lines ? left : lines;
		bool top = r->from_top && !r->cell[i].style.center;
		double y = p->y + (top ? PAD_Y : (height - mine * r->pitch) / 2);
		pdf_put(p, &r->cell[i], from, mine, x + PAD_X, y);
		x += r->width[i];
	}
	p->y += height;
}

static void place_row(struct pdf *p, const struct row *r, double least)
{
	double room = p->bottom - p->top, text = r->lines * r->pitch + 2 * PAD_Y;
	double height = text > least ? text : least;

	if (height <= room) {
		need(p, height);
		put_row(p, r, 0, r->lines, height);
		return;
	}
	for (int from = 0; from < r->lines && p->rc == OK;) {
		need(p, 2 * r->pitch + 2 * PAD_Y);
		int fit = (int)((p->bottom - p->y - 2 * PAD_Y) / r->pitch), left = r->lines - from;
		int lines = left < fit ? left : fit;
		put_row(p, r, from, lines, lines * r->pitch + 2 * PAD_Y);
		from += lines;
	}
}

void pdf_grid(struct pdf *p, const struct pdf_cell *cells, size_t count, int min_mm)
{
	const struct pdf_style *styles[CELLS];
	struct row r = { .count = count < CELLS ? count : CELLS,
			 .from_top = min_mm >= GRID_TOP_FROM_MM };
	double least = min_mm > 0 ? min_mm * PDF_MM : 9 * PDF_MM;

	for (size_t i = 0; i < r.count; i++)
		styles[i] = cells[i].look == PDF_VALUE ? &style_value : &style_label;
	measure_row(p, &r, cells, styles);
	if (least > p->bottom - p->top)
		least = p->bottom - p->top;
	place_row(p, &r, least);
}

void pdf_pairs(struct pdf *p, const struct pdf_pair *pairs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct pdf_pair *v = &pairs[i];
		const struct pdf_cell cells[] = { { v->label, 17, PDF_LABEL },
						  { v->value, v->label2 ? 37 : 91, PDF_VALUE },
						  { v->label2, 17, PDF_LABEL },
						  { v->value2, 37, PDF_VALUE } };
		pdf_grid(p, cells, v->label2 ? 4 : 2, 0);
	}
}

void pdf_checks(struct pdf *p, const struct pdf_check *checks, size_t count)
{
	p->y += 3;
	for (size_t i = 0; i < count; i++) {
		need(p, style_item.pitch);
		double y = p->y + (style_item.pitch - BOX_SIZE) / 2;
		struct pdf_mark *box = pdf_add(p, PDF_BOX, p->left + 2, y);
		box->w = box->h = BOX_SIZE;
		if (checks[i].ticked) {
			struct pdf_mark *tick = pdf_add(p, PDF_TICK, p->left + 2, y);
			tick->w = tick->h = BOX_SIZE;
		}
		flow(p, checks[i].text, &style_item, p->left + BOX_SIZE + 9);
	}
	p->y += 6;
}

/* Lines are equally long, whatever the labels before them. */
void pdf_signatures(struct pdf *p, const char *const *labels, size_t count)
{
	struct pdf_piece label[CELLS];
	double width[CELLS] = { 0 }, left = full_width(p), height = 12 * PDF_MM, x = p->left;

	count = count < CELLS ? count : CELLS;
	need(p, height);
	double base = p->y + height - 4;
	for (size_t i = 0; i < count; i++) {
		PangoRectangle box = { 0 };
		char text[SIGN_LABEL];
		snprintf(text, sizeof(text), "%s：", labels[i]);
		label[i] = pdf_measure(p, text, full_width(p), &style_item);
		if (label[i].len > 0)
			pango_layout_get_extents(p->layout, NULL, &box);
		width[i] = (double)box.width / PANGO_SCALE;
		left -= width[i];
	}
	double line = count > 0 && left > 0 ? left / (double)count : 0;
	for (size_t i = 0; i < count; i++) {
		pdf_put(p, &label[i], 0, 1, x, base - style_item.pitch + 3);
		x += width[i];
		if (line > SIGN_GAP)
			pdf_add(p, PDF_RULE, x, base)->w = line - SIGN_GAP;
		x += line;
	}
	p->y += height;
}

void pdf_qr(struct pdf *p, const char *text, const char *caption)
{
	struct qr code;
	int rc = qr_make(&code, text, QR_M);

	if (rc != OK) {
		p->rc = rc;
		return;
	}
	p->codes = must_realloc(p->codes, (p->code_count + 1) * sizeof(p->codes[0]));
	p->codes[p->code_count] = code;
	need(p, CODE_SIZE);
	struct pdf_mark *m = pdf_add(p, PDF_CODE, p->left, p->y);
	m->w = m->h = CODE_SIZE;
	m->text = p->code_count++;
	double x = p->left + CODE_SIZE + 8, pitch = style_note.pitch;
	struct pdf_piece piece = pdf_measure(p, caption, p->right - x, &style_note);
	int most = (int)(CODE_SIZE / pitch), lines = piece.lines < most ? piece.lines : most;
	pdf_put(p, &piece, 0, lines, x, p->y + (CODE_SIZE - lines * pitch) / 2);
	p->y += CODE_SIZE;
}

static void measure_header(struct pdf *p, struct row *r)
{
	const struct pdf_style *styles[CELLS];
	struct pdf_cell cells[CELLS];

	for (size_t i = 0; i < r->count; i++) {
		cells[i] = (struct pdf_cell){ p->columns[i].title, p->columns[i].width, PDF_LABEL };
		styles[i] = &style_head;
	}
	measure_row(p, r, cells, styles);
}

static void put_header(struct pdf *p)
{
	struct row r = { .count = p->column_count };

	measure_header(p, &r);
	place_row(p, &r, 8 * PDF_MM);
}

void pdf_table(struct pdf *p, const struct pdf_column *columns, size_t count)
{
	pdf_table_end(p);
	p->column_count = count < CELLS ? count : CELLS;
	p->columns = must_alloc(p->column_count * sizeof(columns[0]));
	p->titles = must_alloc(p->column_count * sizeof(p->titles[0]));
	for (size_t i = 0; i < p->column_count; i++) {
		p->columns[i] = columns[i];
		p->columns[i].title = p->titles[i] = strdup(columns[i].title);
	}
	need(p, 24 * PDF_MM);
	put_header(p);
}

void pdf_table_row(struct pdf *p, const char *const *texts)
{
	const struct pdf_style *styles[CELLS];
	struct pdf_cell cells[CELLS];
	struct row r = { .count = p->column_count };

	if (p->rc != OK)
		return;
	for (size_t i = 0; i < r.count; i++) {
		cells[i] = (struct pdf_cell){ texts[i], p->columns[i].width, PDF_VALUE };
		styles[i] = p->columns[i].center ? &style_row_center : &style_row;
	}
	measure_row(p, &r, cells, styles);
	if (p->y + r.lines * r.pitch + 2 * PAD_Y > p->bottom && !p->fresh) {
		pdf_page(p);
		put_header(p);
	}
	place_row(p, &r, 7 * PDF_MM);
}

void pdf_table_end(struct pdf *p)
{
	for (size_t i = 0; i < p->column_count; i++)
		free(p->titles[i]);
	free(p->titles);
	p->titles = NULL;
	free(p->columns);
	p->columns = NULL;
	p->column_count = 0;
}
