#ifndef APP_REGISTRY_KEPT_H
#define APP_REGISTRY_KEPT_H
/*
 * app/registry_kept.h — the canonical file that the last import of the sites made is kept in the office's work
 * folder, so that the next import need not write a million rows of the database to a file again. It is used only if
 * the table holds the same rows, each compared.
 * Registries that name people are never kept.
 */
#include "app/office.h"
#include "app/registry.h"

struct registry_kept; /* a look at the kept file, going on beside other work */

/*
 * Gives the kept file the name `path` too (its folder is on the same disk). NULL: no file is kept, and nothing was done.
 * Else registry_kept_seen must be called before the arena and the office go.
 */
MUST_USE struct registry_kept *registry_kept_take(const struct office *o, struct arena *a,
						  enum registry kind, const char *path);

/* Begins to compare it with the table, in a thread and by a connection of its own. No fork until it was seen. */
void registry_kept_look(struct registry_kept *k);

/*
 * Waits for the end, or looks now if no look was begun. OK: the file shows the registry as it was after *ret_change, its last change when the look began.
 * NONE: it does not; the name is gone. Or a db_code.
 */
MUST_USE int registry_kept_seen(struct registry_kept *k, int64_t *ret_change);

/* Keeps this file, which then is gone from its place; or forgets the kept one if path is NULL. */
void registry_kept_put(const struct office *o, struct arena *a, enum registry kind,
		       const char *path);

#endif
