#ifndef APP_REGISTRY_SHAPE_H
#define APP_REGISTRY_SHAPE_H
/*
 * app/registry_shape.h — what the database keeps of a row beside its line: the name and code that are searched,
 * and the facet that lists are filtered by. This is the one place where they are derived from the cells.
 */
#include "app/registry.h"

enum facet_part {
	FACET_COUNTY, /* six digits; of an inspector all districts, joined by ',' */
	FACET_CLASS,
	FACET_SPECIAL, /* 1 or 0; of an inspector: assistant */
	FACET_STATE,   /* of an inspector: on duty, 1 or 0 */
	FACET_KIND,    /* object kind; of an inspector the role, of a matter its object kinds */
	FACET_PARTS
};

struct registry_shape {
	struct span name, code;
	struct span facet
		[FACET_PARTS]; /* borrowed from the cells or constant; empty where there is none */
};

void registry_shape(enum registry kind, const struct span cells[REGISTRY_FIELDS_MOST],
		    struct registry_shape *ret);

/*
 * The facets of many rows: each combination once, with how many rows more have it after a change. Memory is
 * that of the combinations, which are few.
 */
struct facet_entry {
	struct span part[FACET_PARTS]; /* NUL-terminated, of the table */
	int64_t more;                  /* rows, may be negative */
	int64_t id;                    /* in the database, once it is known */
};

struct facets {
	struct arena *arena;
	struct facet_entry *entries;
	uint32_t count, size;
	uint32_t *slots; /* index + 1, 0: free */
	uint32_t last;   /* found last: neighbours are often alike */
};

enum { FACETS_MOST = 100000 };

void facets_init(struct facets *f, struct arena *a);

/* The entry of this combination, made if it is new; valid until the next one is made. NULL: too many. */
MUST_USE struct facet_entry *facets_find(struct facets *f, const struct span part[FACET_PARTS]);

#endif
