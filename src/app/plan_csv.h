#ifndef APP_PLAN_CSV_H
#define APP_PLAN_CSV_H
/*
 * app/plan_csv.h — small tables that planners hand in as CSV: UTF-8 (a byte order mark may stand in front),
 * columns in any order, found by their English or Chinese header. Lines may end with LF, CRLF or CR; line numbers are
 * those of an editor, also behind cells of several lines.
 */
#include "app/plan_notes.h"
#include "files/csv.h"

struct plan_csv_column {
	const char *name, *header;
	bool required; /* the column must be there and its cells filled */
};

enum { PLAN_CSV_COLUMNS = 16 };

struct plan_csv {
	struct csv csv;
	struct plan_notes *notes;
	const struct plan_csv_column *columns;
	uint32_t count;
	int32_t at[PLAN_CSV_COLUMNS]; /* column in the file, -1: it has none */
	uint64_t line;                /* of the row returned last, from 1 */
	uint32_t lines;               /* it takes */
};

/* Reads the header. INVALID with a note if it is no UTF-8, holds a NUL, or a required column is missing. */
MUST_USE int plan_csv_open(struct plan_csv *c, const char *text, size_t len,
			   const struct plan_csv_column *columns, uint32_t count,
			   struct plan_notes *notes);

/*
 * Next row that is not empty: cells[0..count) in the notes' arena, "" where the file has none. Rows that lack
 * a required cell, or hold control characters, become PLAN_REFUSED notes and are passed over.
 */
bool plan_csv_next(struct plan_csv *c, const char **cells);

#endif
