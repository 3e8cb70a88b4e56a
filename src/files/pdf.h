#ifndef FILES_PDF_H
#define FILES_PDF_H
/*
 * files/pdf.h — A4 documents that look like Chinese official forms: blocks are put one below the other, what
 * does not fit goes to the next page, every page has a footer with its number. Vector text in WenQuanYi Micro
 * Hei, the only font used: a character it lacks is drawn as a box with its code and told by pdf_missing,
 * never dropped or taken from another font.
 *
 * All texts are UTF-8 (invalid bytes and noncharacters become U+FFFD), copied, and may hold line ends. The same calls with the
 * same `created` give the same bytes. One document uses one thread; a form takes about 5 ms.
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define PDF_FONT "WenQuanYi Micro Hei"
enum { PDF_PAGES = 5000 }; /* most pages of a document */

struct pdf; /* one document being laid out */

struct pdf_options {
	const char *title;  /* document property */
	const char *footer; /* left in each page's footer, e.g. the draw id; or NULL */
	const char *
		stamp; /* large, slanting, light red under the text of each page, e.g. 演练无效, and in its footer; or NULL */
	int64_t created; /* UTC ms, document property */
	bool landscape;
};

/* Starts a document. NONE if the font is not installed (package fonts-wqy-microhei). */
MUST_USE int pdf_open(struct pdf **ret, const struct pdf_options *options);

void pdf_title(struct pdf *p, const char *text);   /* 22 pt, centred */
void pdf_number(struct pdf *p, const char *text);  /* the number line under a title: 12 pt, right */
void pdf_heading(struct pdf *p, const char *text); /* 16 pt, left; kept with what follows */
void pdf_paragraph(struct pdf *p,
		   const char *text);           /* 12 pt, first line indented by two characters */
void pdf_note(struct pdf *p, const char *text); /* 9 pt, no indent, grey */
void pdf_gap(struct pdf *p, int mm);

/* A cell of a bordered grid. */
enum pdf_cell_look { PDF_LABEL, PDF_VALUE, PDF_CENTER };
struct pdf_cell {
	const char *text;
	int width; /* share of the row; the shares of a row are added up */
	enum pdf_cell_look look;
};

/*
 * One row of a bordered grid; rows that follow each other share their lines. At least min_mm high (0: as the
 * text needs), never broken over two pages unless it is taller than one.
 */
void pdf_grid(struct pdf *p, const struct pdf_cell *cells, size_t count, int min_mm);

/* One grid row each: label and value, one pair (value2 NULL) or two pairs side by side. */
struct pdf_pair {
	const char *label, *value, *label2, *value2;
};
void pdf_pairs(struct pdf *p, const struct pdf_pair *pairs, size_t count);

/* A list of boxes, ticked or empty. */
struct pdf_check {
	const char *text;
	bool ticked;
};
void pdf_checks(struct pdf *p, const struct pdf_check *checks, size_t count);

/* "label：________" with a line to sign on, `count` side by side. */
void pdf_signatures(struct pdf *p, const char *const *labels, size_t count);

/* A QR code (level M, 30 mm) with a caption to its right. Text as in qr.h; what does not fit is told at
 * commit: TOO_LARGE. */
void pdf_qr(struct pdf *p, const char *text, const char *caption);

/* A table over as many pages as it takes; the header row is repeated. count columns until pdf_table_end. */
struct pdf_column {
	const char *title;
	int width; /* share */
	bool center;
};
void pdf_table(struct pdf *p, const struct pdf_column *columns, size_t count);
void pdf_table_row(struct pdf *p, const char *const *texts);
void pdf_table_end(struct pdf *p);

/* Starts a new page. */
void pdf_page(struct pdf *p);

/* Pages so far, and the different characters that the font lacks, as UTF-8 ("" if none; the first 64). */
MUST_USE int pdf_pages(const struct pdf *p);
MUST_USE const char *pdf_missing(const struct pdf *p);

/*
 * Draws the document and puts it at path, whole or not at all. TOO_LARGE (over PDF_PAGES pages, QR text),
 * NO_SPACE, IO_ERROR. Always releases p.
 */
MUST_USE int pdf_commit(struct pdf *p, const char *path, mode_t mode);

/* The same for one of many files in a folder that file_sync_tree will sync (base/file.h). */
MUST_USE int pdf_commit_staged(struct pdf *p, const char *path, mode_t mode);

/* Releases p without a file; NULL is allowed. pdf_abortp is for CLEANUP. */
void pdf_abort(struct pdf *p);
void pdf_abortp(struct pdf **p);

#endif
