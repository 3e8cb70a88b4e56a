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

/*
 * Gives the kept file the name `path` too (its folder is on the same disk), if it shows the registry as it is.
 * OK: *ret_change is the registry's last change. NONE: there is none that fits, and nothing was done. Or a
 * db_code.
 */
MUST_USE int registry_kept_take(struct office *o, struct arena *a, enum registry kind,
				const char *path, int64_t *ret_change);

/* Keeps this file, which then is gone from its place; or forgets the kept one if path is NULL. */
void registry_kept_put(const struct office *o, struct arena *a, enum registry kind,
		       const char *path);

#endif
