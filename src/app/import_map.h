#ifndef APP_IMPORT_MAP_H
#define APP_IMPORT_MAP_H
/*
 * app/import_map.h — which column of a foreign file is which field: by the words in its header row, and by
 * a mapping file (UTF-8, one rule a line, '#' at the start or behind white space begins a comment) for what words cannot tell:
 *
 *   企业全称(公章) = 单位名称          the file's header = our field (Chinese header or ASCII name)
 *   联系人 = -                         that column is not read
 *   监管类别 := 一般                   the value of this field where the file has none
 *   所属县区: 东城 => 130602           a word in that field means another
 *
 * Headers are compared without white space, asterisks, colons and what stands in brackets, half-width and
 * in lower case.
 */
#include "app/registry.h"
#include "base/cleanup.h"

#include <stdbool.h>
#include <stdint.h>

struct arena;

enum {
	IMPORT_MAP_BYTES = 1 << 20, /* largest mapping file */
	IMPORT_CELLS_MOST = 256,    /* columns of a file that are looked at */
	IMPORT_HEADER_ROWS = 10     /* the header row stands among the first so many */
};

/* What a column is, beside the number of a field. */
enum { COLUMN_IGNORED = -1, COLUMN_PERSON = -2, COLUMN_CLASSIFIED = -3 };

struct import_word {
	uint32_t field, line; /* of the mapping file */
	struct span from, to;
};

struct import_rename {
	struct span header;
	int target; /* a field or COLUMN_IGNORED */
	uint32_t line;
};

struct import_map {
	enum registry kind;
	struct import_rename *renames;
	struct import_word *words;
	uint32_t rename_count, word_count;
	struct span fixed[REGISTRY_FIELDS_MOST];
	uint32_t fixed_line[REGISTRY_FIELDS_MOST];
};

/* A map without rules. */
void import_map_init(struct import_map *m, enum registry kind);

/* Reads a mapping file; spans point into text. INVALID: *problem, in the arena, names line and mend. */
MUST_USE int import_map_read(struct arena *a, enum registry kind, struct span text,
			     struct import_map *ret, const char **problem);

/* The value that the map gives a word of a field; false if none. */
MUST_USE bool import_map_word(const struct import_map *m, uint32_t field, struct span word,
			      struct span *ret);

/* The first rule about a column that none of these header cells is; NULL if all are met. */
MUST_USE const struct import_rename *import_map_unmet(const struct import_map *m,
						      const struct span *cells, uint32_t count);

struct import_columns {
	int8_t column[IMPORT_CELLS_MOST]; /* a field or COLUMN_* */
	uint32_t count;                   /* columns of the header row, at most IMPORT_CELLS_MOST */
	bool present[REGISTRY_FIELDS_MOST];
	bool personal; /* a column is COLUMN_PERSON or COLUMN_CLASSIFIED: rows are not copied bare */
};

/*
 * Reads a row as a header row; returns how many fields it names, 0 if the required name column is not
 * among them. Two columns that mean one field: the better word wins (the table's order), then the first.
 */
MUST_USE uint32_t import_columns_read(const struct import_map *m, const struct span *cells,
				      uint32_t count, struct import_columns *ret);

/* Headers of required fields that neither a column nor a fixed value gives, joined by 、; "" if none. */
MUST_USE const char *import_columns_missing(struct arena *a, const struct import_map *m,
					    const struct import_columns *c);

#endif
