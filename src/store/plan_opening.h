#ifndef STORE_PLAN_OPENING_H
#define STORE_PLAN_OPENING_H
/*
 * store/plan_opening.h — what a year had seen before its data was begun here. Importing a year again puts
 * the new rows in the old ones' place; the old ones stay, no longer current.
 */
#include "base/arena.h"
#include "db/db.h"

#include <stdbool.h>

struct plan_opening_row {
	const char *kind;    /* visit, cap, case, load */
	const char *subject; /* id of a site; of an inspector for load */
	int64_t day;         /* days since 1970 */
	int64_t visits;      /* enum rule_visit bits; 0 for case and load */
	int64_t n;
};

struct plan_opening_head {
	int64_t id, year, at, rows;
	const char *actor, *file, *digest;
	bool current, last; /* read only: the one that counts; the last of its year */
};

/* Makes the current one of its year and sets head->id. */
MUST_USE int plan_opening_begin(struct db *db, struct plan_opening_head *head);
MUST_USE int plan_opening_add(struct db *db, int64_t opening, const struct plan_opening_row *row);

/* The next one after a number (0: the first), strings in the arena. NONE. */
MUST_USE int plan_opening_next(struct db *db, struct arena *a, int64_t after,
			       struct plan_opening_head *ret);

/* When the first import of the year was made (UTC milliseconds), also if another took its place; 0: none. */
MUST_USE int plan_opening_first(struct db *db, int64_t year, int64_t *ret);

/* Called for each current row of the year by subject and day; not OK ends the walk. */
typedef int plan_opening_each(void *arg, const struct plan_opening_row *row);
MUST_USE int plan_opening_walk(struct db *db, int64_t year, plan_opening_each *each, void *arg);

/* The rows of one import, whether it counts or not. */
MUST_USE int plan_opening_rows(struct db *db, int64_t opening, plan_opening_each *each, void *arg);

#endif
