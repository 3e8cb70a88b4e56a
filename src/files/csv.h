#ifndef FILES_CSV_H
#define FILES_CSV_H
/*
 * files/csv.h — reads CSV as people save it: RFC 4180, and also CRLF or LF, commas, semicolons or tabs,
 * rows of uneven length, quotes inside unquoted cells, text after a closing quote, a quote that never
 * closes. Nothing is copied: cells point into the file's bytes, which are UTF-8 and outlive the reader.
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* A row longer than this is taken for one whose quote never closes. */
enum { CSV_ROW_MOST = 1 << 18 };

struct csv_cell {
	const char *at;
	size_t len;
	bool escaped; /* holds quotes that are no content: use csv_unescape */
};

struct csv_row {
	const char *at; /* the row's bytes without its line end */
	size_t len;
	uint32_t count; /* cells in the file; only the first `most` were stored */
	uint32_t lines; /* lines it takes, 1 unless a cell holds line breaks */
	bool unclosed; /* a quote never closes: the row was cut at its first line end, quotes as text */
};

struct csv {
	const char *at, *end;
	char delimiter;
};

/* Reads from [at, at + len); a byte order mark is the caller's to skip. */
void csv_init(struct csv *c, const char *at, size_t len, char delimiter);

/* The delimiter of these first bytes of a file: the one of , ; TAB | that stands there most. */
MUST_USE char csv_delimiter(const char *at, size_t len);

/* Reads a row into cells[0..most) and *row; false at the end. An empty line is a row of one empty cell. */
MUST_USE bool csv_next(struct csv *c, struct csv_cell *cells, uint32_t most, struct csv_row *row);

/* Writes the content of an escaped cell; out has room for cell->len bytes. Returns its length. */
MUST_USE size_t csv_unescape(const struct csv_cell *cell, char *out);

/*
 * Start of the first row at or behind `from`, by the count of quotes before it: right for every file whose
 * quotes are balanced. Who reads a file in parts must see that the part before ends exactly there.
 */
MUST_USE size_t csv_row_start(const char *at, size_t len, size_t from);

/* Appends a cell, quoted if it must be. */
void csv_write(struct buf *out, char delimiter, const char *at, size_t len);

#endif
