#ifndef STORE_REGISTRY_SUGGESTION_H
#define STORE_REGISTRY_SUGGESTION_H
/*
 * store/registry_suggestion.h — pairs of rows that may be one site: found by the program, decided by a person.
 * A pair that was refused is never suggested again.
 */
#include "base/arena.h"
#include "db/db.h"

struct registry_suggestion {
	int64_t id;
	const char *first, *second; /* registry numbers, the older row first */
	const char *basis;          /* code_address, name_address or name_county */
	int64_t found_at;           /* UTC milliseconds */
	const char *state;          /* open, confirmed or refused */
	int64_t decided_at;         /* 0 while open */
	const char *actor, *reason; /* of the decision; "" while open */
	int64_t change;             /* the merge, 0 if none */
};

/*
 * Adds an open one (first, second in any order; basis, found_at are read), inside db_write. *ret_fresh: it was not
 * there, or was confirmed by a merge that has been undone and is open again. NONE: a row does not exist.
 */
MUST_USE int registry_suggestion_add(struct db *db, const char *registry,
				     const struct registry_suggestion *s, bool *ret_fresh);

/* One of a registry; its strings live in the arena. NONE. */
MUST_USE int registry_suggestion_get(struct db *db, struct arena *a, const char *registry,
				     int64_t id, struct registry_suggestion *ret);

/* Writes the decision (state, decided_at, actor, reason, change) of s->id, inside db_write. CONFLICT: not open. */
MUST_USE int registry_suggestion_decide(struct db *db, const struct registry_suggestion *s);

/* Called for each; not OK ends the walk and is returned. Valid during the call; no use of db meanwhile. */
typedef int registry_suggestion_each(void *arg, const struct registry_suggestion *s);

/*
 * Those of a registry in a state with a number above `after`, at most `most`, in the order of numbers. Open ones
 * with a row that is merged by now are passed over: the row's survivor has pairs of its own.
 */
struct registry_suggestion_page {
	const char *registry, *state;
	int64_t after, most;
};
MUST_USE int registry_suggestion_walk(struct db *db, const struct registry_suggestion_page *p,
				      registry_suggestion_each *each, void *arg);

/* How many of them there are in all. */
MUST_USE int registry_suggestion_count(struct db *db, const char *registry, const char *state,
				       int64_t *ret);

/* The number of the pair of these two rows; 0 if it was never suggested. */
MUST_USE int registry_suggestion_find(struct db *db, const char *registry, const char *one,
				      const char *other, int64_t *ret);

#endif
