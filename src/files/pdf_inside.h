#ifndef FILES_PDF_INSIDE_H
#define FILES_PDF_INSIDE_H
/*
 * files/pdf_inside.h — what the pdf*.c share. A document is a list of marks with their places; drawing
 * waits until the number of pages is known. Points, from the top left.
 */
#include "base/buf.h"
#include "files/pdf.h"
#include "files/qr.h"

#include <pango/pangocairo.h>

#define PDF_MM (72.0 / 25.4)

enum pdf_mark_kind { PDF_TEXT, PDF_RULE, PDF_BOX, PDF_TICK, PDF_CODE };

struct pdf_style {
	double size, pitch; /* of the letters, from line to line */
	double indent;      /* of a paragraph's first line */
	double grey;        /* 0 black */
	bool center, right, strong;
};

struct pdf_mark {
	enum pdf_mark_kind kind;
	int page; /* 0 = the first */
	double x, y, w, h;
	size_t text,
		len; /* PDF_TEXT: place in pdf.texts; PDF_CODE: text is the number of the code */
	int line, lines; /* PDF_TEXT: which lines of it */
	struct pdf_style style;
};

struct pdf {
	double width, height; /* of the page */
	double left, right, top, bottom;
	double y; /* where the next block goes */
	int page;
	bool fresh; /* nothing on this page yet */
	struct buf texts;
	struct pdf_mark *marks;
	size_t count, room;
	struct qr *codes;
	size_t code_count;
	struct pdf_column *columns; /* of the open table */
	char **titles;              /* theirs, ours to free */
	size_t column_count;
	PangoContext *context;
	PangoLayout *layout;
	PangoFont *font;
	struct buf missing;
	char *title, *footer, *stamp;
	int64_t created;
	int rc; /* first failure */
};

/* Draws all pages to a PDF that write receives. OK or IO_ERROR. */
MUST_USE int pdf_draw(struct pdf *p, cairo_write_func_t write, void *arg);

#endif
