#ifndef APP_REGISTRY_COMPARE_H
#define APP_REGISTRY_COMPARE_H
/*
 * app/registry_compare.h — the registry as it is and as an import would have it, side by side: which rows are
 * new, which differ, and where a field that was edited here stays or gives way. Both files are canonical and
 * ours; all of it streams.
 */
#include "app/registry.h"
#include "app/registry_shape.h"
#include "base/cleanup.h"

#include <stdbool.h>
#include <stdint.h>

struct registry_compare {
	enum registry kind;
	struct span old;   /* canonical file, or empty: there was no row */
	struct span fresh; /* canonical file that holds every id of the old one */
	/* Fields edited here and in force: lines `id TAB key TAB field's number`, in the order of ids. */
	struct span edits;
	bool file_wins[REGISTRY_FIELDS_MOST];
	/* Where to write canonical files of the rows that are new and that change, and the overrides. */
	const char *added, *changed, *overrides;
	struct facets *facets; /* gets what the change makes of each */
};

enum { COMPARE_DIGEST = 65, LOSS_COUNTIES_MOST = 256 };

/* What sites of a county stop to be: each means fewer inspections. */
enum registry_loss_kind { LOSS_KEY, LOSS_SPECIAL, LOSS_LIVE, LOSS_KINDS };

struct registry_loss {
	char county[8]; /* of the row before; "" if it had none */
	int64_t lost[LOSS_KINDS];
};

struct registry_difference {
	int64_t added, updated, overridden; /* rows, rows, fields */
	char digest[COMPARE_DIGEST]; /* SHA-256 of the canonical file that comes of it, in hex */
	/* Of sites, the counties that lose some, at most LOSS_COUNTIES_MOST; in the arena of the facets. */
	struct registry_loss *losses;
	size_t loss_count;
};

/*
 * Lines of `overrides`: key, field's name, "file" or "local", the value that stays, the one that does not;
 * between tabs. NO_SPACE, IO_ERROR; TOO_LARGE: more than FACETS_MOST facets; INVALID: the files do not fit.
 */
MUST_USE int registry_compare(const struct registry_compare *c, struct registry_difference *ret);

/* Cuts the next line, without its LF, off a file of ours; false at its end. */
bool registry_line(struct span *file, struct span *line);

/* Cuts a canonical line into cells, missing ones empty. */
void registry_cells(enum registry kind, struct span line, struct span cells[REGISTRY_FIELDS_MOST]);

#endif
