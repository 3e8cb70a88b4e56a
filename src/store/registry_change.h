#ifndef STORE_REGISTRY_CHANGE_H
#define STORE_REGISTRY_CHANGE_H
/*
 * store/registry_change.h — changes of the registries, numbered; every one says who, when, why and from which
 * file. A registry is named by its word ("sites"); its changes come one by one, see registry_change_head.
 */
#include "base/arena.h"
#include "db/db.h"

struct registry_change {
	int64_t id;
	const char *registry;
	const char *kind; /* import, edit, merge, split or undo */
	int64_t at;       /* UTC milliseconds */
	const char *actor, *reason;
	const char *file;        /* name of the imported file or of the evidence; "" if none */
	const char *file_digest; /* its SHA-256 in hex, or "" */
	const char *
		result_digest; /* of the canonical file that came of it (import) or of the rows changed */
	int64_t undone;        /* the change that this one undoes, 0 if none */
	int64_t added, updated, unchanged, quarantined, kept; /* rows */
};

/*
 * Adds it (its id is not read) and makes it the last one of its registry, inside db_write. On PostgreSQL two
 * that do this at once end in a serialization failure for one of them, which db_write repeats.
 */
MUST_USE int registry_change_add(struct db *db, const struct registry_change *c, int64_t *ret_id);

/* The last change of a registry; 0 if there is none. */
MUST_USE int registry_change_head(struct db *db, const char *registry, int64_t *ret);

/* One change of a registry; its strings live in the arena. NONE. */
MUST_USE int registry_change_get(struct db *db, struct arena *a, const char *registry, int64_t id,
				 struct registry_change *ret);

/* The last change of a registry before a moment (UTC milliseconds); 0 if there is none. */
MUST_USE int registry_change_before(struct db *db, const char *registry, int64_t moment,
				    int64_t *ret);

/* How many changes of a registry came after `from`, up to `to` (numbers of changes). */
MUST_USE int registry_change_count(struct db *db, const char *registry, int64_t from, int64_t to,
				   int64_t *ret);

/* The first change of a registry; 0 if there is none. */
MUST_USE int registry_change_first(struct db *db, const char *registry, int64_t *ret);

/* Called for each; not OK ends the walk and is returned. The change is valid during the call. */
typedef int registry_change_each(void *arg, const struct registry_change *c);

/* The newest changes of a registry below number `below`, at most `most`, newest first. */
MUST_USE int registry_change_newest(struct db *db, const char *registry, int64_t below,
				    int64_t most, registry_change_each *each, void *arg);

#endif
