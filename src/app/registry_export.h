#ifndef APP_REGISTRY_EXPORT_H
#define APP_REGISTRY_EXPORT_H
/* app/registry_export.h — a registry of the database as its canonical file (app/registry.h), now or as it once was. */
#include "app/office.h"
#include "app/registry.h"
#include "base/file.h"

#include <stdint.h>

/*
 * Writes the registry as it was after `change` (a number of registry_change; 0: now) to path, mode 0600,
 * streaming, from one state of the database; an empty registry gives line 1 alone. For work that ends with this
 * process: not synced. NONE: there is no such change of this registry; NO_SPACE, IO_ERROR: path is as it was; or a
 * db_code.
 */
MUST_USE int registry_export(struct office *o, enum registry kind, int64_t change,
			     const char *path);

/* The same, and tells the change that the file shows: the last one of the registry, 0 if there is none. */
MUST_USE int registry_export_last(struct office *o, enum registry kind, const char *path,
				  int64_t *ret_change);

/* The same as registry_export, mapped; no file is left. End with file_unmap. */
MUST_USE int registry_export_map(struct office *o, enum registry kind, int64_t change,
				 struct file_map *ret);

#endif
