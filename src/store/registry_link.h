#ifndef STORE_REGISTRY_LINK_H
#define STORE_REGISTRY_LINK_H
/*
 * store/registry_link.h — which row goes on with what another one was, after a merge or a split. A link holds as
 * long as its change is in force: a change that was undone is not, unless the undoing was undone in its turn.
 */
#include "db/db.h"

struct registry_link {
	int64_t change;
	const char *kind; /* merge: the old row is gone; split: it stays beside the new one */
	const char *old_id, *new_id; /* registry numbers */
	int64_t at;                  /* of the change, UTC milliseconds; not read when added */
};

/* Adds one, inside db_write. NONE: a row does not exist. */
MUST_USE int registry_link_add(struct db *db, const char *registry, const struct registry_link *l);

/* Called for each; not OK ends the walk and is returned. Valid during the call; no use of db meanwhile. */
typedef int registry_link_each(void *arg, const struct registry_link *l);

/* All links of a registry in the order they were added, also those of changes that were undone. */
MUST_USE int registry_link_walk(struct db *db, const char *registry, registry_link_each *each,
				void *arg);

/* Is a change in force? One that does not exist is. */
MUST_USE int registry_change_holds(struct db *db, int64_t change, bool *ret);

#endif
