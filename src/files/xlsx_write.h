#ifndef FILES_XLSX_WRITE_H
#define FILES_XLSX_WRITE_H
/*
 * files/xlsx_write.h — writes workbooks that open well and print well: header row bold, frozen, filtered and
 * repeated on each printed page; columns as wide as their text; A4 landscape, one page wide, "第 1 页 共 3 页"
 * in the footer. Memory stays constant whatever the number of rows (rows go to a temporary file beside the
 * result).
 *
 * Text is always text: a cell that begins with = + - @ or looks like a number, date or link is shown as it
 * is, keeps its zeros, and stays text when somebody edits it in Excel (format @). Invalid UTF-8 and
 * control characters but tab and line end become U+FFFD. The same calls with the same `created` give the same bytes.
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { XLSX_SHEET_NAME = 31 }; /* most characters; none of [ ] : * ? / \ */

struct xlsx_write; /* one workbook being written */

struct xlsx_write_options {
	const char *title; /* document property; may be NULL */
	int64_t created;   /* UTC ms, document property */
	mode_t mode;       /* of the file, as in open(2) */
};

enum xlsx_look {
	XLSX_PLAIN,
	XLSX_MARKED,  /* red on light red: here something is wrong */
	XLSX_NUMERIC, /* number as a number, right-aligned; text is not used */
	XLSX_STRONG
};

struct xlsx_value {
	const char *text; /* NULL or "" leaves the cell empty (it keeps its look) */
	int64_t number;   /* XLSX_NUMERIC: |number| < 10^15, so that Excel keeps every digit */
	enum xlsx_look look;
	const char *note; /* a comment on the cell, or NULL; at most 32,767 characters */
};

struct xlsx_sheet {
	const char *name;           /* unique in the workbook */
	const char *heading;        /* a large line above the header row, or NULL */
	const char *const *columns; /* titles of the header row */
	size_t count;
};

/* Starts a workbook that will replace path on commit. NO_SPACE or IO_ERROR. */
MUST_USE int xlsx_write_open(struct xlsx_write **ret, const char *path,
			     const struct xlsx_write_options *options);

/* Starts the next sheet. A name that Excel would not take, or 0 or more than 16,384 columns, is INVALID. */
MUST_USE int xlsx_write_sheet(struct xlsx_write *w, const struct xlsx_sheet *sheet);

/*
 * The current sheet has many columns: it is printed on A3, as many pages wide as it takes to stay legible, its
 * first two columns on each page.
 */
void xlsx_write_wide(struct xlsx_write *w);

/*
 * Appends a row to the current sheet. Failures (over 1,048,576 rows or 32,767 characters in a cell:
 * TOO_LARGE) are kept and told by xlsx_write_commit, so that a writer may go on freely.
 */
void xlsx_write_row(struct xlsx_write *w, const struct xlsx_value *cells, size_t count);

/* Finishes the file and puts it in place; OK, TOO_LARGE, NO_SPACE, IO_ERROR. Always releases w. */
MUST_USE int xlsx_write_commit(struct xlsx_write *w);

/* Leaves path as it was and releases w; NULL is allowed. */
void xlsx_write_abort(struct xlsx_write *w);

/* For CLEANUP; set the variable to NULL after commit. */
void xlsx_write_abortp(struct xlsx_write **w);

#endif
