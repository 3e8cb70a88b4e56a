/* files/pdf_draw.c — marks to pages, page by page: stamp, marks, footer. */
#include "files/pdf_place.h"

#include "base/clock.h"
#include "base/status.h"
#include "base/utf8.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define STAMP_LARGEST 130.0
enum { FOOTER_MOST = 256 };

static const struct pdf_style footer_left = { .size = 9, .pitch = 12, .grey = 0.35 };
static const struct pdf_style footer_right = {
	.size = 9, .pitch = 12, .grey = 0.35, .right = true
};

/* Draws one line with its left end on the baseline; strong letters get a thin outline: the font has no bold. */
static void show_line(cairo_t *c, PangoLayoutLine *line, double x, double baseline,
		      const struct pdf_style *style)
{
	cairo_move_to(c, x, baseline);
	pango_cairo_show_layout_line(c, line);
	if (!style->strong)
		return;
	cairo_move_to(c, x, baseline);
	pango_cairo_layout_line_path(c, line);
	cairo_set_line_width(c, style->size * 0.025);
	cairo_stroke(c);
}

static void draw_lines(struct pdf *p, cairo_t *c, const struct pdf_mark *m)
{
	cairo_set_source_rgb(c, m->style.grey, m->style.grey, m->style.grey);
	for (int i = 0; i < m->lines; i++) {
		PangoLayoutLine *line = pango_layout_get_line_readonly(p->layout, m->line + i);
		PangoRectangle box;
		if (!line)
			break;
		pango_layout_line_get_extents(line, NULL, &box);
		double width = (double)box.width / PANGO_SCALE, x = m->x;
		double ascent = -(double)box.y / PANGO_SCALE,
		       tall = (double)box.height / PANGO_SCALE;
		if (m->style.center)
			x += (m->w - width) / 2;
		else if (m->style.right)
			x += m->w - width;
		else if (line->is_paragraph_start)
			x += m->style.indent;
		show_line(c, line, x,
			  m->y + i * m->style.pitch + (m->style.pitch - tall) / 2 + ascent,
			  &m->style);
	}
}

static void draw_text(struct pdf *p, cairo_t *c, const struct pdf_mark *m)
{
	pdf_set_layout(p, buf_text(&p->texts) + m->text, m->len, m->w, &m->style);
	draw_lines(p, c, m);
}

static void draw_tick(cairo_t *c, const struct pdf_mark *m)
{
	cairo_set_line_width(c, 1.6);
	cairo_move_to(c, m->x + m->w * 0.18, m->y + m->h * 0.50);
	cairo_line_to(c, m->x + m->w * 0.42, m->y + m->h * 0.78);
	cairo_line_to(c, m->x + m->w * 0.86, m->y + m->h * 0.20);
	cairo_stroke(c);
}

/* All modules in one path, runs of a row joined: no hairlines between them in any viewer. */
static void draw_code(cairo_t *c, const struct qr *q, const struct pdf_mark *m)
{
	double unit = m->w / (q->size + 2 * QR_QUIET);

	for (int y = 0; y < q->size; y++)
		for (int x = 0; x < q->size;) {
			int from = x;
			while (x < q->size && qr_dark(q, x, y))
				x++;
			if (x > from)
				cairo_rectangle(c, m->x + (from + QR_QUIET) * unit,
						m->y + (y + QR_QUIET) * unit, (x - from) * unit,
						unit);
			else
				x++;
		}
	cairo_fill(c);
}

static void draw_mark(struct pdf *p, cairo_t *c, const struct pdf_mark *m)
{
	cairo_set_source_rgb(c, m->style.grey, m->style.grey, m->style.grey);
	cairo_set_line_width(c, 0.8);
	switch (m->kind) {
	case PDF_TEXT:
		draw_text(p, c, m);
		break;
	case PDF_RULE:
		cairo_move_to(c, m->x, m->y);
		cairo_line_to(c, m->x + m->w, m->y + m->h);
		cairo_stroke(c);
		break;
	case PDF_BOX:
		cairo_rectangle(c, m->x, m->y, m->w, m->h);
		cairo_stroke(c);
		break;
	case PDF_TICK:
		draw_tick(c, m);
		break;
	case PDF_CODE:
		draw_code(c, &p->codes[m->text], m);
		break;
	}
}

/* Along the diagonal, under everything else, so that the text stays readable, also in a grey copy. */
static void draw_stamp(struct pdf *p, cairo_t *c)
{
	double diagonal = hypot(p->width, p->height) * 0.72;
	struct pdf_style style = { .size = STAMP_LARGEST, .pitch = STAMP_LARGEST };
	PangoRectangle box;

	pdf_set_layout(p, p->stamp, strlen(p->stamp), diagonal * 100, &style);
	PangoLayoutLine *line = pango_layout_get_line_readonly(p->layout, 0);
	pango_layout_line_get_extents(line, NULL, &box);
	double scale = fmin(1, diagonal / ((double)box.width / PANGO_SCALE));
	cairo_save(c);
	cairo_translate(c, p->width / 2, p->height / 2);
	cairo_rotate(c, -atan2(p->height, p->width) * 0.8);
	cairo_scale(c, scale, scale);
	cairo_set_source_rgb(c, 1, 0.82, 0.80);
	cairo_move_to(c, -(double)box.width / PANGO_SCALE / 2,
		      -(double)box.y / PANGO_SCALE - (double)box.height / PANGO_SCALE / 2);
	pango_cairo_show_layout_line(c, line);
	cairo_restore(c);
}

static void draw_footer_text(struct pdf *p, cairo_t *c, const char *text,
			     const struct pdf_style *style)
{
	struct pdf_mark m = { .x = p->left,
			      .y = p->bottom + 10 * PDF_MM,
			      .w = p->right - p->left,
			      .lines = 1,
			      .style = *style };

	pdf_set_layout(p, text, strlen(text), m.w, style);
	draw_lines(p, c, &m);
}

static void draw_footer(struct pdf *p, cairo_t *c, int page)
{
	char text[FOOTER_MOST];

	snprintf(text, sizeof(text), "第 %d 页　共 %d 页", page + 1, p->page + 1);
	draw_footer_text(p, c, text, &footer_right);
	/* The slanting stamp is letters to a search; here it is one word. */
	snprintf(text, sizeof(text), "%s%s%s", p->stamp ? p->stamp : "",
		 p->stamp && p->footer ? "　" : "", p->footer ? p->footer : "");
	text[utf8_valid(text, strlen(text))] = 0;
	if (*text)
		draw_footer_text(p, c, text, &footer_left);
}

static void set_metadata(struct pdf *p, cairo_surface_t *surface)
{
	char date[CLOCK_TEXT];

	clock_text(p->created, date);
	memcpy(date + 19, "Z", 2); /* cairo reads no fractions of a second */
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, p->title);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "明签");
}

int pdf_draw(struct pdf *p, cairo_write_func_t write, void *arg)
{
	cairo_surface_t *surface =
		cairo_pdf_surface_create_for_stream(write, arg, p->width, p->height);
	cairo_t *c = cairo_create(surface);
	size_t next = 0;

	set_metadata(p, surface);
	for (int page = 0; page <= p->page; page++) {
		if (p->stamp)
			draw_stamp(p, c);
		for (; next < p->count && p->marks[next].page == page; next++)
			draw_mark(p, c, &p->marks[next]);
		draw_footer(p, c, page);
		cairo_show_page(c);
	}
	bool ok = cairo_status(c) == CAIRO_STATUS_SUCCESS;
	cairo_destroy(c);
	cairo_surface_finish(surface);
	ok = ok && cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;
	cairo_surface_destroy(surface);
	if (!ok)
		errno = EILSEQ; /* a text that the library cannot draw: it has no number of its own */
	return ok ? OK : IO_ERROR;
}
