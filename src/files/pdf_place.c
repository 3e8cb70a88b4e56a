/* files/pdf_place.c — see pdf_place.h; where a block goes is decided above, in pdf_blocks.c. */
#include "files/pdf_place.h"

#include "base/arena.h"
#include "base/status.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_MARKS = 256 };

/* What a document cannot hold: cairo refuses the whole page for one noncharacter. */
static uint32_t fit(uint32_t code)
{
	if ((code < 0x20 && code != '\n') || (code >= 0x7F && code < 0xA0))
		return ' ';
	bool never = (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE;
	return never ? 0xFFFD : code;
}

char *pdf_clean(const char *text)
{
	size_t len = strlen(text), to = 0;
	char *out = must_alloc(len * 3 + 1);

	for (size_t i = 0; i < len;) {
		uint32_t code;
		i += utf8_next(text + i, len - i, &code);
		if (code == '\r')
			continue;
		to += utf8_put(out + to, fit(code));
	}
	out[to] = '\0';
	return out;
}

static void note_missing(struct pdf *p, const char *text, size_t len)
{
	for (size_t i = 0; i < len;) {
		uint32_t code;
		size_t n = utf8_next(text + i, len - i, &code);
		char one[5] = "";
		memcpy(one, text + i, n);
		if (code > ' ' && !pango_font_has_char(p->font, code) &&
		    !strstr(buf_text(&p->missing), one))
			buf_add(&p->missing, one, n);
		i += n;
	}
}

void pdf_set_layout(struct pdf *p, const char *text, size_t len, double width,
		    const struct pdf_style *style)
{
	PangoFontDescription *font = pango_font_description_from_string(PDF_FONT);
	PangoAttrList *attributes = pango_attr_list_new();

	pango_attr_list_insert(attributes, pango_attr_fallback_new(FALSE));
	pango_font_description_set_absolute_size(font, style->size * PANGO_SCALE);
	pango_layout_set_font_description(p->layout, font);
	pango_layout_set_attributes(p->layout, attributes);
	pango_layout_set_width(p->layout, (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(p->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_indent(p->layout, (int)(style->indent * PANGO_SCALE));
	pango_layout_set_text(p->layout, text, (int)len);
	pango_attr_list_unref(attributes);
	pango_font_description_free(font);
	if (pango_layout_get_unknown_glyphs_count(p->layout) > 0)
		note_missing(p, text, len);
}

struct pdf_mark *pdf_add(struct pdf *p, enum pdf_mark_kind kind, double x, double y)
{
	if (p->count == p->room) {
		p->room = p->room ? p->room * 2 : FIRST_MARKS;
		p->marks = must_realloc(p->marks, p->room * sizeof(p->marks[0]));
	}
	p->marks[p->count] = (struct pdf_mark){ .kind = kind, .page = p->page, .x = x, .y = y };
	p->fresh = false;
	return &p->marks[p->count++];
}

struct pdf_piece pdf_measure(struct pdf *p, const char *text, double width,
			     const struct pdf_style *style)
{
	char *fit = pdf_clean(text ? text : "");
	struct pdf_piece piece = {
		.text = p->texts.len, .len = strlen(fit), .width = width, .style = *style
	};

	buf_add(&p->texts, fit, piece.len);
	if (p->texts.full) {
		p->rc = TOO_LARGE;
		piece.len = 0;
	}
	if (piece.len > 0) {
		pdf_set_layout(p, fit, piece.len, width, style);
		piece.lines = pango_layout_get_line_count(p->layout);
	}
	free(fit);
	return piece;
}

void pdf_put(struct pdf *p, const struct pdf_piece *piece, int line, int lines, double x, double y)
{
	if (piece->len == 0 || lines <= 0)
		return;
	struct pdf_mark *m = pdf_add(p, PDF_TEXT, x, y);
	m->text = piece->text;
	m->len = piece->len;
	m->w = piece->width;
	m->line = line;
	m->lines = lines;
	m->style = piece->style;
}

void pdf_page(struct pdf *p)
{
	if (p->page + 1 >= PDF_PAGES) {
		p->rc = TOO_LARGE; /* what follows piles up on this page and is never drawn */
		p->y = p->top;
		return;
	}
	p->page++;
	p->y = p->top;
	p->fresh = true;
}
