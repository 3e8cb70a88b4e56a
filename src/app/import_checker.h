#ifndef APP_IMPORT_CHECKER_H
#define APP_IMPORT_CHECKER_H
/*
 * app/import_checker.h — what the checks of one row share: its reasons, scratch memory, the values seen
 * lately; and cleaning, which comes before every check. No memory is allocated: results point into the
 * input or into the scratch, both valid until the next row.
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
	const char *today; /* as in struct import_options */
	uint32_t senior_years;
	bool any_area;
	bool check_utf8;   /* the file as a whole is not valid */
	const char *limit; /* bytes up to here may be looked at, whatever the cell's end */
	struct cell_memory memory[REGISTRY_FIELDS_MOST][CELL_MEMORIES];
	struct reason reasons[CELL_REASONS_MOST]; /* of the current row */
	uint32_t reason_count;
	bool error;  /* one of them is */
	bool marked; /* a cell of the row bears a mark of classification, 机密★ */
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

/* What cleaning found in a cell; together in one number. */
enum {
	CELL_BROKEN = 1,  /* no text: bad bytes, controls, code points that are no characters */
	CELL_HIDDEN = 2,  /* without width or turning the direction of writing; dropped */
	CELL_PRIVATE = 4, /* of private use, which other machines do not show */
};

/*
 * Normalises white space (NBSP, U+3000, line breaks, tabs become one space; trimmed), drops hidden
 * characters, turns full-width digits and letters into ASCII. The input itself if nothing is to be done.
 * False if it does not fit into the scratch or is broken; *found says what there was.
 */
MUST_USE bool cell_clean(struct checker *k, struct span raw, struct span *ret, uint32_t *found);

/* Does a cell that begins so run as a formula when a spreadsheet opens a CSV file? */
static inline bool cell_is_formula(char first)
{
	return first == '=' || first == '+' || first == '-' || first == '@' || first == '\t' ||
	       first == '\r' || first == '\n';
}

/* A reason whose weight is the field's: a warning where it is lenient. Returns the empty span. */
struct span checker_bad(struct checker *k, enum reason_code code, uint32_t field, struct span text);

/* Cuts the next item of a list people typed, separated by , ; 、 ， ； | or line breaks; trimmed. */
MUST_USE bool cell_item(struct span *list, struct span *item);

#endif
