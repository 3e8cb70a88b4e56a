#ifndef APP_REGISTRY_MERGE_CELLS_H
#define APP_REGISTRY_MERGE_CELLS_H
/* app/registry_merge_cells.h — what a site's row becomes when another one is merged into it. */
#include "app/registry.h"
#include "base/arena.h"

/* Changes `cells`, those of the survivor; new texts live in the arena, others are those of `gone`. */
void registry_merge_cells(struct arena *a, struct span cells[REGISTRY_FIELDS_MOST],
			  const struct span gone[REGISTRY_FIELDS_MOST]);

/* "prefix id：reason", cut between characters to what the field holds; in the arena. */
MUST_USE struct span registry_merge_reason(struct arena *a, uint32_t field, const char *prefix,
					   const char *id, const char *reason);

#endif
