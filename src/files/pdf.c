/* files/pdf.c — opening, committing and the page: text is measured here, places are decided in pdf_blocks.c. */
#include "files/pdf_place.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/status.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#define A4_SHORT (210 * PDF_MM)
#define A4_LONG (297 * PDF_MM)
enum { TEXTS_MOST = 512 << 20, MISSING_MOST = 64 * 4, FIRST_MARKS = 256 };

/* Valid UTF-8 without control characters but line ends. */
static char *clean(const char *text)
{
	size_t len = strlen(text), to = 0;
	char *out = must_alloc(len * 3 + 1);

	for (size_t i = 0; i < len;) {
		uint32_t code;
		i += utf8_next(text + i, len - i, &code);
		if (code == '\r')
			continue;
		to += utf8_put(out + to,
			       (code < 0x20 && code != '\n') || code == 0x7F ? ' ' : code);
	}
	out[to] = '\0';
	return out;
}

static char *clean_or_null(const char *text)
{
	return text && text[0] ? clean(text) : NULL;
}

/* The one font, measured without hinting, so that what fits here fits in print; 1 unit is 1 point. */
static bool load_font(struct pdf *p)
{
	PangoFontMap *map = pango_cairo_font_map_get_default();
	PangoFontDescription *want = pango_font_description_from_string(PDF_FONT " 12");
	cairo_font_options_t *options = cairo_font_options_create();
	bool found = false;

	p->context = pango_font_map_create_context(map);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(p->context, options);
	pango_cairo_context_set_resolution(p->context, 72);
	pango_context_set_language(p->context, pango_language_from_string("zh-cn"));
	pango_context_set_round_glyph_positions(p->context, FALSE);
	p->font = pango_context_load_font(p->context, want);
	if (p->font) {
		PangoFontDescription *have = pango_font_describe(p->font);
		const char *family = pango_font_description_get_family(have);
		found = family && strcmp(family, PDF_FONT) == 0;
		pango_font_description_free(have);
	}
	pango_font_description_free(want);
	cairo_font_options_destroy(options);
	p->layout = pango_layout_new(p->context);
	return found;
}

static void set_page(struct pdf *p, bool landscape)
{
	p->width = landscape ? A4_LONG : A4_SHORT;
	p->height = landscape ? A4_SHORT : A4_LONG;
	p->left = 28 * PDF_MM;
	p->right = p->width - 26 * PDF_MM;
	p->top = 26 * PDF_MM;
	p->bottom = p->height - 26 * PDF_MM;
	p->y = p->top;
	p->fresh = true;
}

int pdf_open(struct pdf **ret, const struct pdf_options *options)
{
	struct pdf *p = must_alloc(sizeof(*p));

	*p = (struct pdf){ .created = options->created };
	set_page(p, options->landscape);
	buf_init(&p->texts, TEXTS_MOST);
	buf_init(&p->missing, MISSING_MOST);
	p->title = clean(options->title);
	p->footer = clean_or_null(options->footer);
	p->stamp = clean_or_null(options->stamp);
	if (!load_font(p)) {
		pdf_abort(p);
		return NONE;
	}
	*ret = p;
	return OK;
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
	char *fit = clean(text ? text : "");
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

int pdf_pages(const struct pdf *p)
{
	return p->page + 1;
}

const char *pdf_missing(const struct pdf *p)
{
	return buf_text(&p->missing);
}

static cairo_status_t write_out(void *arg, const unsigned char *at, unsigned len)
{
	file_out_add(arg, at, len);
	return CAIRO_STATUS_SUCCESS;
}

int pdf_commit(struct pdf *p, const char *path, mode_t mode)
{
	struct file_out file;
	int rc = p->rc;

	if (rc == OK)
		rc = file_out_open(&file, path, mode);
	if (rc != OK) {
		pdf_abort(p);
		return rc;
	}
	rc = pdf_draw(p, write_out, &file);
	if (rc == OK)
		rc = file_out_commit(&file);
	else
		file_out_abort(&file);
	pdf_abort(p);
	return rc;
}

void pdf_abort(struct pdf *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->code_count; i++)
		qr_release(&p->codes[i]);
	pdf_table_end(p);
	free(p->codes);
	free(p->marks);
	free(p->title);
	free(p->footer);
	free(p->stamp);
	buf_release(&p->texts);
	buf_release(&p->missing);
	if (p->font)
		g_object_unref(p->font);
	g_object_unref(p->layout);
	g_object_unref(p->context);
	free(p);
}

void pdf_abortp(struct pdf **p)
{
	pdf_abort(*p);
}
