/* files/pdf.c — opening and committing a document: the font, the page's measures, the file. */
#include "files/pdf_place.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

#define A4_SHORT (210 * PDF_MM)
#define A4_LONG (297 * PDF_MM)
enum { TEXTS_MOST = 512 << 20, MISSING_MOST = 64 * 4 };

static char *clean_or_null(const char *text)
{
	return text && text[0] ? pdf_clean(text) : NULL;
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
	p->title = pdf_clean(options->title);
	p->footer = clean_or_null(options->footer);
	p->stamp = clean_or_null(options->stamp);
	if (!load_font(p)) {
		pdf_abort(p);
		return NONE;
	}
	*ret = p;
	return OK;
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

static int commit(struct pdf *p, const char *path, mode_t mode, bool staged)
{
	struct file_out file;
	int rc = p->rc;

	if (rc == OK)
		rc = file_out_open(&file, path, mode);
	if (rc != OK) {
		pdf_abort(p);
		return rc;
	}
	file.staged = staged;
	rc = pdf_draw(p, write_out, &file);
	if (rc == OK)
		rc = file_out_commit(&file);
	else
		file_out_abort(&file);
	pdf_abort(p);
	return rc;
}

int pdf_commit(struct pdf *p, const char *path, mode_t mode)
{
	return commit(p, path, mode, false);
}

int pdf_commit_staged(struct pdf *p, const char *path, mode_t mode)
{
	return commit(p, path, mode, true);
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
