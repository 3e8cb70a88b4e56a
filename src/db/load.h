#ifndef DB_LOAD_H
#define DB_LOAD_H
/*
 * db/load.h — many rows into one table at once: COPY on PostgreSQL, one prepared insert on SQLite. Errors
 * are those of db_run; memory does not grow with the rows.
 */
#include "db/db.h"

/* One value of a row: a number, or bytes (NULL for null) that are borrowed until the next row is asked for. */
struct db_cell {
	int64_t number;
	const char *at;
	size_t len;
	bool null; /* of a number: null instead */
};

/*
 * Fills one row, `cell` as many as there are kinds, zeroed before each call. DB_ROW, DB_OK after the last
 * one; any other code gives the load up and is what db_load returns. It may not use the connection, and
 * starts afresh each time the work around it runs again.
 */
typedef int db_load_next(void *arg, struct db_cell *cell);

/*
 * Inserts all rows of `next`, inside db_write only (else DB_READ_ONLY). sql is exactly `insert into TABLE
 * (COLUMN, ...) values ($1, $2, ...)`, one parameter a column in order, else DB_WRONG; kinds are i, t and b
 * as in db.h. *ret_rows (may be NULL) is how many were inserted. A failure poisons the transaction on both
 * engines; on PostgreSQL constraints may be found only at the end. After the commit of a load of many rows
 * PostgreSQL looks at the table (analyze), so that it plans the next query by what is there.
 */
MUST_USE int db_load(struct db *db, const char *sql, const char *kinds, db_load_next *next,
		     void *arg, int64_t *ret_rows);

#endif
