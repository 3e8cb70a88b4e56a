#ifndef DB_COPY_H
#define DB_COPY_H
/*
 * db/copy.h — all rows of all tables from one database into another one of the same migrations, on either engine.
 * One of the two is SQLite: its schema says which tables and columns there are.
 */
#include "db/db.h"

struct db_copied {
	int64_t tables, rows;
	uint64_t sum; /* over all values, whatever their order: finds damage, not a forger */
};

/* Told now and then; false gives the copy up (CANCELLED). */
typedef bool db_copy_progress(void *arg, uint64_t rows, uint64_t total);

/*
 * Copies one state of `from` in one transaction of `to`, whose tables are there and empty (CONFLICT if a table has
 * rows). Rows that point at each other may come in any order. progress may be NULL. Both connections are idle.
 */
MUST_USE int db_copy(struct db *from, struct db *to, db_copy_progress *progress, void *arg,
		     struct db_copied *ret);

/* What db_copy would tell of `db`, read only; `like` (it may be db) is SQLite and has the same tables. */
MUST_USE int db_sum(struct db *db, struct db *like, struct db_copied *ret);

#endif
