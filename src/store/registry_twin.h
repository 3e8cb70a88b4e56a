#ifndef STORE_REGISTRY_TWIN_H
#define STORE_REGISTRY_TWIN_H
/* store/registry_twin.h — rows of a registry that share a code or a name with another row. */
#include "db/db.h"

#include <stddef.h>

/* Called for each such row: the shared word, its registry number, its canonical line. Valid during the call. */
struct registry_twin {
	const char *word, *id, *cells;
	size_t cells_len;
};
typedef int registry_twin_each(void *arg, const struct registry_twin *t);

/* By code, in the order of code, then id. Rows without a code are left out. */
MUST_USE int registry_twin_codes(struct db *db, const char *registry, registry_twin_each *each,
				 void *arg);

/*
 * By name and county: the word is the name without blanks and with half-width brackets, a blank, the county. In
 * the order of that, then id. Merged rows are left out here.
 */
MUST_USE int registry_twin_names(struct db *db, const char *registry, registry_twin_each *each,
				 void *arg);

#endif
