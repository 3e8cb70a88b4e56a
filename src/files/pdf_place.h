#ifndef FILES_PDF_PLACE_H
#define FILES_PDF_PLACE_H
/* files/pdf_place.h — measuring text and placing it on the current page. Only for the pdf*.c. */
#include "files/pdf_inside.h"

/* Valid UTF-8 without control characters but line ends. free() it. */
MUST_USE char *pdf_clean(const char *text);

/* Sets p->layout to a text, broken into lines of this width; characters the font lacks are noted. */
void pdf_set_layout(struct pdf *p, const char *text, size_t len, double width,
		    const struct pdf_style *style);

/* A text broken into lines, not yet placed. */
struct pdf_piece {
	size_t text, len;
	double width;
	int lines;
	struct pdf_style style;
};

/* Cleans, keeps and measures a text; NULL is "". */
MUST_USE struct pdf_piece pdf_measure(struct pdf *p, const char *text, double width,
				      const struct pdf_style *style);

/* Places some of its lines with their top left at x, y. */
void pdf_put(struct pdf *p, const struct pdf_piece *piece, int line, int lines, double x, double y);

/* Adds a mark to the current page; valid until the next one. */
struct pdf_mark *pdf_add(struct pdf *p, enum pdf_mark_kind kind, double x, double y);

#endif
