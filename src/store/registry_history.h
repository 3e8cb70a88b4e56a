#ifndef STORE_REGISTRY_HISTORY_H
#define STORE_REGISTRY_HISTORY_H
/* store/registry_history.h — what rows were before: versions of one row, two states compared, a change undone. */
#include "base/arena.h"
#include "db/db.h"

struct registry_version {
	int64_t version, change;
	const char *cells; /* the canonical line without LF */
};

/* Called for each; not OK ends the walk and is returned. Valid during the call. */
typedef int registry_version_each(void *arg, const struct registry_version *v);

/* All versions of a row by its key, the current one first. */
MUST_USE int registry_version_walk(struct db *db, int64_t key, registry_version_each *each,
				   void *arg);

/* Called for each row that differs, in the order of ids; `from` is NULL where it did not exist yet. */
typedef int registry_diff_each(void *arg, const char *id, const char *from, const char *to);

/* Rows that changes in (from, to] of a registry touched, streamed; a row may be equal in both states. */
MUST_USE int registry_diff_walk(struct db *db, const char *registry, const int64_t from_to[2],
				registry_diff_each *each, void *arg);

/* Called for each version with the time of its change; not OK ends the walk. Valid during the call. */
typedef int registry_since_each(void *arg, int64_t at, const char *cells);

/* All versions that came after a change of a registry, by ids and then from old to new, streamed. */
MUST_USE int registry_since_walk(struct db *db, const char *registry, int64_t change,
				 registry_since_each *each, void *arg);

/*
 * Rows that a change replaced and no later one touched, with the cells they had before (`from`: now; `to`:
 * before), in the order of ids; then rows that it added and no later one touched (`to` is NULL).
 */
MUST_USE int registry_undo_walk(struct db *db, const char *registry, int64_t change,
				registry_diff_each *each, void *arg);

#endif
