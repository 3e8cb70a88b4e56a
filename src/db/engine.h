#ifndef DB_ENGINE_H
#define DB_ENGINE_H
/*
 * db/engine.h — what the files of this folder share: the connection, and the table of functions that an
 * engine (sqlite.c, postgres.c) fills. Not for other folders.
 *
 * query.c, cache.c and transaction.c hold everything that must be the same on both engines (poison, one
 * open result, checks of SQL and text); an engine only executes. None calls one that stands before it here:
 * open.c; sqlite.c, postgres.c, transaction.c; query.c; connection.c; cache.c; state.c.
 */
#include "db/db.h"

#include <stdatomic.h>

enum { DB_CACHE = 128, DB_ERROR = 512, DB_GROWN = 256, DB_NO_LIMIT = 0 };

enum db_kind { DB_KIND_NULL, DB_KIND_INT, DB_KIND_TEXT, DB_KIND_BYTES };

struct db_value {
	enum db_kind kind;
	int64_t number;
	const char *at; /* never NULL for text and bytes; text from a row ends with a NUL */
	size_t len;
};

struct db_statement {
	const char *literal;                /* the key, with text; NULL marks a free slot */
	char *text, *sqlite_text;           /* as given, and with ?N */
	char types[DB_MOST_PARAMETERS + 1]; /* i, t or b for each parameter */
	size_t count;                       /* of parameters */
	uint64_t used;                      /* clock of the cache */
	void *prepared;                     /* sqlite3_stmt; unused by PostgreSQL */
	unsigned number;                    /* PostgreSQL: its name is s<number> */
};

struct db_rows {
	struct db *db;
	struct db_statement *statement; /* NULL once the result is closed */
	int pending; /* what the next db_next returns; DB_NOTHING_READ if it must ask */
	int rc;      /* after closing: what db_next goes on to return */
	bool row;    /* value[] holds a row */
	int columns;
	struct db_value value[DB_MOST_COLUMNS];
	void *current; /* PostgreSQL: the PGresult that value[] points into */
};

/* A bulk insert (load.h): the engine asks pull for each row until it says DB_OK, and counts them. */
struct db_load {
	struct db_statement *statement; /* the insert */
	const char *copy;               /* the same as PostgreSQL's COPY */
	const char *table;              /* its name */
	int (*pull)(void *arg, struct db_value *value);
	void *arg;
	int64_t rows;
};

struct db_engine {
	/* Sets db->handle, or leaves it NULL and returns an error. */
	int (*connect)(struct db *db);
	void (*disconnect)(struct db *db);
	/* Outside a transaction and between statements: is the connection still good? */
	bool (*alive)(struct db *db);
	/* Runs statements without parameters and rows. */
	int (*script)(struct db *db, const char *sql);
	int (*begin)(struct db *db, bool write);
	int (*commit)(struct db *db);
	void (*rollback)(struct db *db);
	int (*prepare)(struct db *db, struct db_statement *st);
	void (*forget)(struct db *db, struct db_statement *st);
	/* Binds and sends r->statement; then next gives DB_ROW (value[] filled), DB_OK or an error. */
	int (*start)(struct db *db, struct db_rows *r, const struct db_value *value);
	int (*next)(struct db *db, struct db_rows *r);
	/* Ends the statement: fetches what is left. After an error of next it returns DB_OK. */
	int (*finish)(struct db *db, struct db_rows *r);
	/* Inserts all rows of a load; after an error the transaction must roll back. */
	int (*load)(struct db *db, struct db_load *l);
	/* Keeps other processes from migrating at the same time, and stops doing so. */
	int (*migrate_lock)(struct db *db, bool on);
	/* A migration's text as this engine wants it; NULL and *ret_why if it is refused. free() it. */
	char *(*migration_text)(const char *sql, const char **ret_why);
};

extern const struct db_engine db_engine_sqlite, db_engine_postgres;

struct db {
	const struct db_engine *engine;
	char *target; /* path or conninfo */
	void *handle; /* the engine's connection; NULL while there is none */
	struct db_rows *open;
	int depth;     /* 0 outside, 1 in a transaction, more in savepoints */
	bool writing;  /* the transaction is one of db_write */
	int poison;    /* first error in the transaction, or 0 */
	bool shielded; /* commit and rollback run: no cancelling */
	atomic_bool cancelled;
	int wake;           /* eventfd, readable after db_cancel */
	int64_t deadline;   /* monotonic milliseconds, DB_NO_LIMIT for none */
	int64_t busy_since; /* SQLite's busy handler */
	bool wide_cache;    /* SQLite: until the transaction ends */
	char grown
		[DB_GROWN]; /* PostgreSQL: `a, b`, tables that this transaction put many rows into */
	int64_t changed;
	struct db_statement cache[DB_CACHE];
	uint64_t cache_clock;
	unsigned cache_number;
	char error[DB_ERROR];
};

/* state.c: sets db_error_text and returns code. */
PRINTF(3, 4) int db_error(struct db *db, int code, const char *format, ...);

/* Like db_error; inside a transaction the code also poisons it. */
int db_fail(struct db *db, int code);

/* True if the running statement must stop now. */
MUST_USE bool db_must_stop(const struct db *db);

/* Monotonic milliseconds, never 0. */
MUST_USE int64_t db_ticks(void);

/*
 * cache.c: the prepared statement of this SQL and these types (i, t, b; at most DB_MOST_PARAMETERS), from
 * the cache or prepared now; it is borrowed until the next one is looked for. DB_WRONG for refused SQL, or
 * the engine's error.
 */
MUST_USE int db_cache_find(struct db *db, const char *sql, const char *types,
			   struct db_statement **ret);

/* Forgets one prepared statement, or all. */
void db_cache_forget(struct db *db, struct db_statement *st);
void db_cache_clear(struct db *db);

/* connection.c: connects if there is no connection and none is owed to a transaction. */
MUST_USE int db_ready(struct db *db);

/* Checks what must hold before any statement: no open result, no poison, not cancelled, connected. */
MUST_USE int db_may_run(struct db *db);

/* Drops the connection, as if the network had: statements are forgotten, the handle is NULL. */
void db_disconnect(struct db *db);

/* query.c: closes the open result, if any. */
void db_close_open(struct db *db);

#endif
