#ifndef DB_DB_H
#define DB_DB_H
/*
 * db/db.h — one small SQL interface over SQLite and PostgreSQL with the same behaviour on both.
 *
 * A connection belongs to one thread at a time; only db_cancel may come from another. It has one open
 * result at most. Outside db_write it can only read: a write there is DB_READ_ONLY on both engines.
 *
 * SQL is one statement (select, insert, update, delete, with, values) as a string literal with $1, $2...
 * that runs on both engines; what only one of them would understand in the same way (`?`, `::`, E'', X'',
 * [x], nested comments) is refused as DB_WRONG. Statements are prepared once for each connection, found
 * again by the literal's address and text.
 *
 * Parameters, by the letters in `kinds`, one letter for each $N:
 *   i  int64_t                     I  const int64_t *, NULL for null
 *   t  const char *, NULL for null T  const char *, size_t (text by length; NULL for null)
 *   b  const void *, size_t (bytea; NULL for null)
 * An int literal is no int64_t: cast it. Text must be valid UTF-8 without NUL, else DB_BAD_TEXT.
 *
 * Results are bigint (truth values are 0 and 1), text, bytea or null. Anything else (a float, numeric) is
 * DB_WRONG: cast it in SQL, e.g. cast(sum(x) as bigint).
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Beside these, functions that run your `work` return its codes (base/status.h). */
enum db_code {
	DB_OK = 0,
	DB_ROW = 1,       /* db_next: there is a row */
	DB_UNIQUE = -100, /* a unique or primary key exists already */
	DB_CHECK = -101,  /* a check constraint refused the row */
	DB_FOREIGN_KEY =
		-102,        /* the row pointed to is missing, or one that is pointed to would go */
	DB_NOT_NULL = -103,  /* null in a column that must have a value */
	DB_BUSY = -104,      /* others were in the way, also after the retries */
	DB_LOST = -105,      /* no connection; nothing was changed; the next use connects again */
	DB_UNKNOWN = -106,   /* the connection was lost in commit: it may have happened or not */
	DB_WRONG = -107,     /* the program's mistake: SQL, parameters, types, order of calls */
	DB_FULL = -108,      /* no room on the disk */
	DB_READ_ONLY = -109, /* a write outside db_write, or the database cannot be written */
	DB_CANCELLED = -110, /* db_cancel, or the time limit passed */
	DB_BAD_TEXT = -111,  /* a text parameter is no UTF-8 or has a NUL */
	DB_POISONED = -112, /* an earlier statement of this transaction failed; it must roll back */
	DB_FAILED = -113,   /* damage, I/O error, anything else the engine says */
	DB_CHANGED = -114,  /* db_migrate: a migration that was applied has another text now */
	DB_NEWER = -115     /* db_migrate: the database has migrations that this program lacks */
};

enum { DB_MOST_PARAMETERS = 64, DB_MOST_COLUMNS = 64, DB_BUSY_MS = 5000 };

struct db;
struct db_rows;

/*
 * Opens "sqlite:PATH" (made with mode 0600 if missing) or "postgres:CONNINFO" (see libpq; the database
 * must be UTF-8 with collation C). On failure *ret is set all the same, so that db_error_text can tell
 * why, and the next use tries to connect again; DB_WRONG if the string is of neither form.
 */
MUST_USE int db_open(const char *where, struct db **ret);

/* Another connection to the same database, as db_open gives it; from any thread while `db` is open. */
MUST_USE int db_open_again(const struct db *db, struct db **ret);

/* Is it PostgreSQL? Only for questions about the engine itself. */
MUST_USE bool db_is_server(const struct db *db);

/* Closes it (an open transaction is rolled back) and frees it; NULL is allowed. */
void db_close(struct db *db);
void db_closep(struct db **db);

/* Why the last call failed, for the log, in English; never holds row values. Valid until the next call. */
MUST_USE const char *db_error_text(const struct db *db);

/*
 * Runs one statement up to its first row; every error that the statement can cause before it (a
 * constraint, bad SQL) is returned here. *ret is set on DB_OK only; free it with db_rows_free.
 * Parameters are copied.
 */
MUST_USE int db_query(struct db *db, struct db_rows **ret, const char *sql, const char *kinds, ...);

/* Runs one statement to its end and drops its rows. */
MUST_USE int db_run(struct db *db, const char *sql, const char *kinds, ...);

/* Rows that the last finished insert, update or delete touched; 0 after a select. */
MUST_USE int64_t db_changed(const struct db *db);

/*
 * Goes to the next row: DB_ROW, DB_OK after the last one (the result is closed then, the connection free
 * for the next query), or an error. Rows are streamed: memory does not grow with their number.
 */
MUST_USE int db_next(struct db_rows *r);

/*
 * Frees the result; NULL is allowed. Rows not read yet are still fetched and dropped on PostgreSQL (to
 * cancel would poison the transaction), so say `limit` when only some are wanted.
 */
void db_rows_free(struct db_rows *r);
void db_rows_freep(struct db_rows **r);

/*
 * The values of the current row, columns from 0; valid until the next db_next or db_rows_free. They
 * assert that the column exists. Null gives 0, "", or NULL with length 0, and so does a value of another type: somebody
 * with the database can put either anywhere (store/schema.h looks for them), and no reader may fall over it.
 */
MUST_USE bool db_null(const struct db_rows *r, int column);
MUST_USE int64_t db_i64(const struct db_rows *r, int column);
MUST_USE const char *db_text(const struct db_rows *r, int column);
MUST_USE const void *db_bytes(const struct db_rows *r, int column, size_t *ret_len);

/* What db_write and db_read run. DB_OK commits; any other code rolls back and is returned. */
typedef int db_work(struct db *db, void *arg);

/*
 * Runs work in a write transaction: `begin immediate` on SQLite, serializable on PostgreSQL. work may run
 * again after a serialization failure (DB_BUSY_MS in all, at least three times), so it has no effect
 * outside the transaction and fills its outputs afresh. A failed statement poisons the transaction: every
 * further one is DB_POISONED, and db_write returns the first error even if work returned DB_OK.
 *
 * Inside another db_write it is a savepoint: when it fails, only what it did is undone and the outer work
 * may go on; this is how to expect DB_UNIQUE, and how many works share one commit. DB_BUSY, DB_LOST,
 * DB_FULL, DB_CANCELLED and DB_FAILED end the whole transaction. Inside db_read it is DB_WRONG.
 */
MUST_USE int db_write(struct db *db, db_work *work, void *arg);

/* Runs work once in a read-only transaction that sees one state of the database. Nests in both. */
MUST_USE int db_read(struct db *db, db_work *work, void *arg);

/*
 * Starts a new period of use: forgets a cancellation; every statement that runs longer than ms
 * milliseconds from now ends with DB_CANCELLED, and so do all later ones until db_limit is called again.
 * 0 means no limit. Commit and rollback are never cut short.
 */
void db_limit(struct db *db, int64_t ms);

/*
 * From any thread or signal handler, while db is open: the running statement and all later ones end with
 * DB_CANCELLED until db_limit is called.
 */
void db_cancel(struct db *db);

#endif
