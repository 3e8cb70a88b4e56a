#ifndef STORE_REGISTRY_QUALITY_H
#define STORE_REGISTRY_QUALITY_H
/* store/registry_quality.h — what a report on a registry's quality reads: rows with the time of their last change. */
#include "db/db.h"

#include <stddef.h>

/* Called for each row in the order of ids: its canonical line and UTC milliseconds. Valid during the call. */
typedef int registry_quality_each(void *arg, const char *cells, size_t len, int64_t changed_at);

/* All rows of a registry as they are, streamed. Inside db_read they are of one state of the database. */
MUST_USE int registry_quality_walk(struct db *db, const char *registry, registry_quality_each *each,
				   void *arg);

/* Called for each county with the number of open suggestions whose second row lies there. */
typedef int registry_doubles_each(void *arg, const char *county, int64_t count);

MUST_USE int registry_doubles_walk(struct db *db, const char *registry, registry_doubles_each *each,
				   void *arg);

#endif
