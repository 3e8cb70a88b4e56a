#ifndef STORE_PERSON_H
#define STORE_PERSON_H
/*
 * store/person.h — people of the bureau who approve and sign, each in a role. Rows are added, and once marked as left
 * never changed again. Strings live in the caller's arena or are valid during a call.
 */
#include "base/arena.h"
#include "db/db.h"

struct person_row {
	const char *name, *role; /* leader, legal, discipline or archive */
	int64_t at, left_at;     /* left_at 0: still there */
	const char *actor;
};

/* Adds one, inside db_write. DB_UNIQUE: that person has that role now. */
MUST_USE int person_row_add(struct db *db, const struct person_row *row);

/* Whoever has that name and role leaves it. NONE. */
MUST_USE int person_row_leave(struct db *db, const char *name, const char *role, int64_t at);

/* All, those who left too, in order; not OK ends the walk. */
typedef int person_row_each(void *arg, const struct person_row *row);
MUST_USE int person_row_walk(struct db *db, person_row_each *each, void *arg);

#endif
