#ifndef STORE_REGISTRY_BESIDE_H
#define STORE_REGISTRY_BESIDE_H
/*
 * store/registry_beside.h — what a change of a registry left beside its rows: links of merges and splits, fields marked as
 * edited here, values that met a local edit. For its digest.
 */
#include "db/db.h"

enum { REGISTRY_BESIDE = 6 }; /* cells of a line */

/* A line for each, in bytewise order: what it is, then registry numbers and words. Valid during the call. */
typedef int registry_beside_each(void *arg, const char *const cells[REGISTRY_BESIDE]);
MUST_USE int registry_beside_walk(struct db *db, int64_t change, registry_beside_each *each,
				  void *arg);

/* The next change of a registry after one that merged, split or undid, or that has links; NONE. */
MUST_USE int registry_beside_next(struct db *db, const char *registry, int64_t after, int64_t *ret);

#endif
