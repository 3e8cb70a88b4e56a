#ifndef APP_IMPORT_WORK_H
#define APP_IMPORT_WORK_H
/*
 * app/import_work.h — the import inside the sandbox, in steps that share these structs:
 *
 *   import_scan    every row of the file, in one or two parts: checked, its canonical line put into the
 *                  part's spill file, its reasons into another, 40 bytes about it into memory
 *   import_resolve numbers for rows without one, duplicates, order by id
 *   import_merge   the canonical file, merged with the old registry: states of all rows
 *   import_tell    JSON, and the user's file back with 错误信息
 *
 * Memory: 48 bytes a row and fixed buffers; the lines live in unlinked files that are mapped to be read.
 * Everything is written to descriptors that the parent opened; nothing is opened here.
 */
#include "app/import.h"
#include "app/import_cell.h"
#include "base/arena.h"
#include "files/text.h"

#include <stdbool.h>
#include <stdint.h>

enum { IMPORT_PARTS = 2, IMPORT_SEGMENT = 1 << 15, OUT_BYTES = 1 << 18 };

/* Buffered writing to a descriptor; the first failure is kept and the rest dropped. */
struct import_out {
	int fd, rc;
	bool placed; /* writes at `offset`, so that two threads may write one file */
	uint64_t offset;
	size_t len;
	uint64_t total; /* bytes added so far */
	char *data;
};

void import_out_init(struct import_out *o, int fd);
void import_out_add(struct import_out *o, const void *at, size_t len);
MUST_USE int import_out_end(struct import_out *o); /* flushes and frees the buffer */

/* Room for len bytes (at most OUT_BYTES) to write into; then add what was used to o->len and o->total. */
MUST_USE char *import_out_room(struct import_out *o, size_t len);

enum import_flag {
	ROW_NO_ID = 1,     /* the file gives none */
	ROW_MINTED = 2,    /* its id is the text in key */
	ROW_OLD_ID = 4,    /* its id stands in the old registry at old_at */
	ROW_REASONS = 8,   /* it has records in the part's reasons file */
	ROW_LATE = 16,     /* it has reasons found after the scan */
	ROW_SECRET = 32,   /* nothing of it may be written */
	ROW_NO_CELLS = 64, /* its line holds the id only */
	ROW_MERGED = 128   /* it says that the site was merged */
};

struct import_row {
	uint64_t key[2]; /* first 16 bytes of the id, big-endian */
	union {
		struct {
			uint32_t first_hash, second_hash; /* of the two ways to match; 0: none */
		};
		uint64_t old_at; /* ROW_OLD_ID: byte in the old registry */
	};
	uint64_t at; /* of its line in the part's spill */
	uint32_t
		line; /* row of the file, from 1; within a part that is not the first, minus part.line_base */
	uint16_t len; /* of its line with LF */
	uint8_t flags, state;
};

_Static_assert(sizeof(struct import_row) == 40,
	       "48 bytes a row with its place in the order and a hash slot");

/* A reason found after the scan. */
struct import_late {
	uint32_t row, other; /* row numbers of the whole import */
	const char *old;     /* or the other one is this row of the old registry */
	uint8_t code;
	bool error;
};

/* One record of a reasons file; arg bytes follow. */
struct import_record {
	uint32_t row; /* within the part */
	uint8_t code, field, error, arg;
};

struct import_part {
	struct import_work *work;
	struct checker *checker;
	struct import_row **segments;
	uint32_t segment_count, rows;
	uint32_t line_base; /* rows of the file before this part, header and empty ones included */
	uint32_t lines;     /* rows of the file in this part */
	uint64_t blank;
	struct arena arena;                         /* of the constants */
	struct span constant[REGISTRY_FIELDS_MOST]; /* of fields without a column */
	uint8_t looked_at[REGISTRY_FIELDS_MOST];    /* the other ones */
	uint32_t looked_count;
	size_t from, to; /* bytes of the file */
	size_t end;      /* where it really ended */
	struct import_out spill, reasons;
	const char *spill_at, *reasons_at; /* mapped after the scan */
	size_t spill_len, reasons_len;
	int rc; /* of the scan: OK, TOO_LARGE (rows), or of writing */
};

/* Descriptors that the parent opened; -1 where not wanted. */
struct import_files {
	int spill[IMPORT_PARTS], reasons[IMPORT_PARTS]; /* unlinked, read and write */
	int text;                   /* the file as UTF-8, if it must be converted */
	int registry, json, report; /* results */
};

struct import_work {
	const struct import_options *options;
	const struct import_files *files;
	struct import_map map;
	struct span input, old; /* mapped; old is empty if there is none */
	struct text_decoder *decoder;
	int pipe; /* summaries go there, or -1 */
	struct import_summary *summary;

	/* set by the scan */
	bool workbook;
	struct span text; /* the CSV as UTF-8 without BOM */
	char delimiter;
	bool bad_utf8;
	struct import_columns columns;
	struct import_part part[IMPORT_PARTS];
	uint32_t parts, rows;

	/* set by import_resolve */
	uint32_t *order; /* rows by id; quarantined ones are left out */
	uint32_t ordered;
	struct import_late *late; /* sorted by row */
	size_t late_count;
};

/* The whole of it. OK; INVALID with summary->refusal; or the code of a failed descriptor. */
MUST_USE int import_work_run(struct import_work *w);

/* Frees what it left; the descriptors stay open. */
void import_work_release(struct import_work *w);

/* Does it start as a zip or as the container of old and of encrypted workbooks? Else it is taken for CSV. */
MUST_USE bool import_is_workbook(struct span file);

/* Sends the summary through the pipe: progress. */
void import_progress(struct import_work *w, uint64_t done, uint64_t total);

/* Puts a refusal into the summary and returns INVALID. */
MUST_USE PRINTF(2, 3) int import_refuse(struct import_work *w, const char *format, ...);

/* ---- rows ---- */

/* Which part a row belongs to; *row becomes its number within the part. */
static inline struct import_part *import_part_of(struct import_work *w, uint32_t *row)
{
	if (*row < w->part[0].rows)
		return &w->part[0];
	*row -= w->part[0].rows;
	return &w->part[1];
}

static inline struct import_row *import_part_row(const struct import_part *p, uint32_t row)
{
	return &p->segments[row / IMPORT_SEGMENT][row % IMPORT_SEGMENT];
}

static inline struct import_row *import_row_at(struct import_work *w, uint32_t row)
{
	const struct import_part *p = import_part_of(w, &row);

	return import_part_row(p, row);
}

/* Its line in the spill, without LF; the first cell is empty if the file gives no id. */
MUST_USE struct span import_row_line(struct import_work *w, uint32_t row);

/* Its id; of a minted one the text is written to `room`. */
MUST_USE struct span import_row_id(struct import_work *w, uint32_t row, char room[16]);

/* Row number in the user's file. */
MUST_USE uint32_t import_row_number(struct import_work *w, uint32_t row);

void import_key(struct span id, uint64_t key[2]);

/* Cuts a canonical line into cells, missing ones empty. */
void import_line_cells(struct span line, uint32_t fields, struct span *cells);

/* The two texts by which rows without a number are matched (hash 0: none). */
struct import_match {
	uint32_t first, second;
};
MUST_USE struct import_match import_match_of(enum registry kind, const struct span *cells);

/* Do two rows agree in the first (or second) way? */
MUST_USE bool import_match_same(enum registry kind, bool first, const struct span *a,
				const struct span *b);

/* ---- steps ---- */

/* What the reader of the file found wrong with a row; the row is quarantined. */
struct import_flaw {
	enum reason_code code;
	uint32_t column; /* of the file, one that is read; or IMPORT_CELLS_MOST */
};

/* Adds a row: raw cells by column of the file; blank rows are counted and passed over. flaw may be NULL. */
MUST_USE int import_add_row(struct import_part *p, const struct span *cells, uint32_t count,
			    uint32_t line, const struct import_flaw *flaw);

/* Checks that look at several cells of a row; some values are set or emptied by them. */
void import_check_row(const struct import_columns *c, struct checker *k, struct span *values);

/* Refuses a mapping file whose values no field takes, naming line, words and mend. */
MUST_USE int import_check_map(struct import_work *w);

/* Refuses one with a rule about a column that the header row does not have. */
MUST_USE int import_check_renames(struct import_work *w, const struct span *cells, uint32_t count);

MUST_USE int import_scan_csv(struct import_work *w);
MUST_USE int import_scan_workbook(struct import_work *w);
MUST_USE int import_part_begin(struct import_part *p, struct import_work *w, uint32_t index);
MUST_USE int import_part_end(struct import_part *p);
void import_part_release(struct import_part *p);

/* Finds the header row among the first rows given; *index. INVALID after a refusal. */
struct import_head {
	const struct span *cells[IMPORT_HEADER_ROWS];
	uint32_t counts[IMPORT_HEADER_ROWS], rows;
};
MUST_USE int import_find_header(struct import_work *w, const struct import_head *head,
				uint32_t *index);

MUST_USE int import_resolve(struct import_work *w);

/* Takes rows that share a certificate with somebody else out of the order; import_resolve calls it. */
MUST_USE int import_check_people(struct import_work *w);

/*
 * Sorts in place without a call of the system: qsort asks how much memory there is, which the sandbox forbids. size: of
 * one item, at most IMPORT_ITEM_MOST bytes.
 */
enum { IMPORT_ITEM_MOST = 64 };
void import_sort_items(void *items, size_t count, size_t size,
		       int (*compare)(const void *a, const void *b));

/* Adds a reason found after the scan; an error quarantines its row. */
void import_add_late(struct import_work *w, const struct import_late *late);

/* By row, as they are told. */
void import_sort_late(struct import_work *w);
MUST_USE int import_sort(struct import_work *w);
MUST_USE int import_merge(struct import_work *w);
MUST_USE int import_write_json(struct import_work *w);

/* The most frequent reasons of quarantined rows, in words, into the summary. */
void import_count_reasons(struct import_work *w);

/* ---- telling ---- */

/* Walks the reasons of all rows in the order of the file. */
struct import_walk {
	struct import_work *work;
	uint32_t row; /* next */
	size_t at;    /* in the current part's reasons */
	size_t late;  /* next late one */
	struct reason found[CELL_REASONS_MOST + 4];
	uint32_t count; /* of the row stepped to */
	char numbers[4][12];
};
void import_walk_init(struct import_walk *walk, struct import_work *w);
/* Steps to the next row; false at the end. Then walk->found[0..count) are its reasons. */
MUST_USE bool import_walk_next(struct import_walk *walk, uint32_t *row);

/* Appends all sentences of a row's reasons, joined by ；, errors first. */
void import_walk_text(const struct import_walk *walk, struct buf *out);

/* The user's file as CSV with the added column. */
MUST_USE int import_write_report(struct import_work *w);

#endif
