#ifndef STORE_REGISTRY_ROW_H
#define STORE_REGISTRY_ROW_H
/*
 * store/registry_row.h — the rows of the registries: the current ones, and how a change puts new ones in
 * their place. Each keeps all its versions (registry_history.h). cells is a row's canonical line without LF (app/registry.h); this folder does not look into it.
 */
#include "base/arena.h"
#include "db/db.h"

struct registry_row {
	int64_t key; /* inside the database only */
	const char *id, *name, *code, *cells;
	size_t cells_len;
	int64_t change, version; /* the change that made it what it is; 1, 2, 3... */
};

/* One row by its registry number; its strings live in the arena. NONE. */
MUST_USE int registry_row_get(struct db *db, struct arena *a, const char *registry, const char *id,
			      struct registry_row *ret);

/* Called for each row in the order of ids; not OK ends the walk and is returned. Valid during the call. */
typedef int registry_row_each(void *arg, const char *id, const char *cells, size_t len);

/* All rows as they were after a change, streamed; INT64_MAX: as they are. */
MUST_USE int registry_row_walk(struct db *db, const char *registry, int64_t change,
			       registry_row_each *each, void *arg);

/* ---- what lists are filtered by ---- */

struct registry_facet {
	const char *county, *class, *special, *state, *kind; /* "" where a row has none */
};

/* The number of this combination, made if it is new; inside db_write. */
MUST_USE int registry_facet_ensure(struct db *db, const char *registry,
				   const struct registry_facet *f, int64_t *ret);

/* Counts rows that got it (or lost it). Every change of rows must tell all of these. */
MUST_USE int registry_facet_count(struct db *db, int64_t facet, int64_t more);

/* Counts the rows of a registry anew, whatever was told before; inside db_write. */
MUST_USE int registry_facet_recount(struct db *db, const char *registry);

/* ---- changing rows, inside db_write ---- */

/* Texts by length, borrowed until the next row is asked for. */
struct registry_text {
	const char *at;
	size_t len;
};

struct registry_new {
	struct registry_text id, name, code, cells;
	int64_t facet;
};

/*
 * Fills the next row: DB_ROW, DB_OK at the end, else a code to give up with. No use of db meanwhile. Asked again
 * after the end it starts over with the same rows, which are read more than once.
 */
typedef int registry_row_next(void *arg, struct registry_new *row);

/* Adds rows that the registry does not have yet; DB_UNIQUE; TOO_LARGE: 2^24 or more. *ret_rows: how many. */
MUST_USE int registry_row_add(struct db *db, const char *registry, int64_t change,
			      registry_row_next *next, void *arg, int64_t *ret_rows);

/*
 * Gives rows that exist new cells, as their next version. CONFLICT if one of them does not exist or has been
 * changed by this very change.
 */
MUST_USE int registry_row_replace(struct db *db, const char *registry, int64_t change,
				  registry_row_next *next, void *arg, int64_t *ret_rows);

#endif
