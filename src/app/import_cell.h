#ifndef APP_IMPORT_CELL_H
#define APP_IMPORT_CELL_H
/*
 * app/import_cell.h — one cell of a foreign file becomes a canonical value (enum field_kind), or reasons why
 * not. No memory is allocated: results point into the input or into the checker's scratch, both valid until
 * the next row; a value that repeats in its column (class, county, state...) is looked up once.
 */
#include "app/import_map.h"
#include "app/import_reason.h"
#include "app/registry.h"
#include "base/cleanup.h"

#include <stdbool.h>
#include <stdint.h>

enum { CELL_SCRATCH = 1 << 16, CELL_REASONS_MOST = 64, CELL_REMEMBERED = 48, CELL_MEMORIES = 16 };

/* A value of a column that was seen lately and what became of it, when it was clean. */
struct cell_memory {
	char raw[CELL_REMEMBERED], value[CELL_REMEMBERED];
	uint8_t raw_len, value_len;
	bool known;
};

struct checker {
	enum registry kind;
	const struct field *fields;
	uint32_t field_count;
	const struct import_map *map;
	bool any_area;
	bool check_utf8;   /* the file as a whole is not valid */
	const char *limit; /* bytes up to here may be looked at, whatever the cell's end */
	struct cell_memory memory[REGISTRY_FIELDS_MOST][CELL_MEMORIES];
	struct reason reasons[CELL_REASONS_MOST]; /* of the current row */
	uint32_t reason_count;
	bool error; /* one of them is */
	size_t used;
	char scratch[CELL_SCRATCH + 16]; /* sixteen bytes may be looked at from any of it */
};

/* kind, map, any_area, check_utf8 and limit are set by the caller afterwards where not 0. */
void checker_init(struct checker *k, enum registry kind, const struct import_map *map);

/* Forgets the row before: its reasons and its scratch. */
void checker_row(struct checker *k);

/* Adds a reason; more than CELL_REASONS_MOST are dropped, but the row stays in error. */
void checker_reason(struct checker *k, enum reason_code code, uint32_t field, bool error,
		    struct span arg);

/* Takes room in the scratch; NULL when there is none left. */
MUST_USE char *checker_take(struct checker *k, size_t len);

/*
 * Normalises white space (NBSP, U+3000, line breaks, tabs become one space; trimmed), drops zero-width
 * characters, turns full-width digits and letters into ASCII. The input itself if nothing is to be done.
 * False if it does not fit into the scratch or has bytes that are no text (then *broken).
 */
MUST_USE bool cell_clean(struct checker *k, struct span raw, struct span *ret, bool *broken);

/* The canonical value of a raw cell; empty after an error. */
MUST_USE struct span cell_check(struct checker *k, uint32_t field, struct span raw);

/* 1 yes, 0 no, -1 not understood. */
MUST_USE int cell_truth(struct span clean);

#endif
