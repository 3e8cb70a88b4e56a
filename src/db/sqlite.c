/*
 * db/sqlite.c — the embedded engine: one connection of SQLite, hardened, in WAL mode, every commit synced.
 */
#include "db/engine.h"
#include "db/sql.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { STEPS_BETWEEN_CHECKS = 1000, BUSY_PAUSE_MS = 5 };

static sqlite3 *handle(const struct db *db)
{
	return db->handle;
}

static int constraint_code(int extended)
{
	switch (extended) {
	case SQLITE_CONSTRAINT_UNIQUE:
	case SQLITE_CONSTRAINT_PRIMARYKEY:
	case SQLITE_CONSTRAINT_ROWID:
		return DB_UNIQUE;
	case SQLITE_CONSTRAINT_CHECK:
		return DB_CHECK;
	case SQLITE_CONSTRAINT_FOREIGNKEY:
	case SQLITE_CONSTRAINT_TRIGGER: /* what "on delete restrict" gives */
		return DB_FOREIGN_KEY;
	case SQLITE_CONSTRAINT_NOTNULL:
		return DB_NOT_NULL;
	default:
		return DB_WRONG; /* the type of a strict column, among others */
	}
}

/* Readers need room too: for the index of the journal in shared memory, which is a file. */
static int io_code(int extended, int system)
{
	bool full = extended == SQLITE_IOERR_SHMSIZE || system == ENOSPC || system == EDQUOT ||
		    system == EFBIG;

	return full ? DB_FULL : DB_FAILED;
}

static int code_of(int extended, int system)
{
	switch (extended & 0xff) {
	case SQLITE_CONSTRAINT:
		return constraint_code(extended);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return DB_BUSY;
	case SQLITE_FULL:
		return DB_FULL;
	case SQLITE_IOERR:
		return io_code(extended, system);
	case SQLITE_READONLY:
		return DB_READ_ONLY;
	case SQLITE_INTERRUPT:
		return DB_CANCELLED;
	case SQLITE_CANTOPEN:
		return DB_LOST;
	case SQLITE_ERROR:
	case SQLITE_MISMATCH:
	case SQLITE_RANGE:
	case SQLITE_TOOBIG:
	case SQLITE_MISUSE:
	case SQLITE_AUTH:
		return DB_WRONG;
	default:
		return DB_FAILED;
	}
}

static int failed(struct db *db)
{
	int extended = sqlite3_extended_errcode(handle(db));
	int code = code_of(extended, sqlite3_system_errno(handle(db)));

	if (code == DB_BUSY && db_must_stop(db))
		code = DB_CANCELLED;
	return db_error(db, code, "SQLite %d: %s", extended, sqlite3_errmsg(handle(db)));
}

static int run(struct db *db, const char *sql)
{
	return sqlite3_exec(handle(db), sql, NULL, NULL, NULL) == SQLITE_OK ? DB_OK : failed(db);
}

static int on_progress(void *arg)
{
	return db_must_stop(arg);
}

/* Waits for another writer, but wakes for a cancellation, which SQLite's own handler does not. */
static int on_busy(void *arg, int count)
{
	const struct timespec rest = { 0, BUSY_PAUSE_MS * 1000000L };
	struct db *db = arg;

	if (count == 0)
		db->busy_since = db_ticks();
	if (db_must_stop(db) || db_ticks() - db->busy_since >= DB_BUSY_MS)
		return 0;
	nanosleep(&rest, NULL);
	return 1;
}

/*
 * A new database is for its owner only. O_EXCL, because closing a descriptor of a file that is open in
 * another connection of this process would drop that connection's locks.
 */
static void make_private(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
}

/* Of several that open a new database at once: SQLite asks no busy handler for the change to WAL. */
static int go_wal(struct db *db)
{
	int rc = run(db, "pragma journal_mode = wal");

	for (int count = 0; rc == DB_BUSY && on_busy(db, count); count++)
		rc = run(db, "pragma journal_mode = wal");
	return rc;
}

static int harden(struct db *db)
{
	static const struct {
		int option, value;
	} options[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
		{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
		/* A statement keeps its plan: else it is prepared anew when another value is bound. */
		{ SQLITE_DBCONFIG_ENABLE_QPSG, 1 },
	};

	for (size_t i = 0; i < COUNT(options); i++)
		if (sqlite3_db_config(handle(db), options[i].option, options[i].value, NULL) !=
		    SQLITE_OK)
			return failed(db);
	sqlite3_busy_handler(handle(db), on_busy, db);
	sqlite3_progress_handler(handle(db), STEPS_BETWEEN_CHECKS, on_progress, db);
	TRY(go_wal(db));
	return run(db, "pragma synchronous = full;"
		       "pragma case_sensitive_like = on; pragma cell_size_check = on;"
		       "pragma journal_size_limit = 67108864");
}

/* WAL is what lets readers and a writer work at once; a file system without it is refused. */
static int check_wal(struct db *db)
{
	sqlite3_stmt *st = NULL;
	bool wal;

	if (sqlite3_prepare_v2(handle(db), "pragma journal_mode", -1, &st, NULL) != SQLITE_OK)
		return failed(db);
	wal = sqlite3_step(st) == SQLITE_ROW &&
	      strcmp((const char *)sqlite3_column_text(st, 0), "wal") == 0;
	sqlite3_finalize(st);
	return wal ? DB_OK : db_error(db, DB_FAILED, "SQLite cannot use WAL mode here");
}

static void disconnect(struct db *db)
{
	db->wide_cache = false;
	sqlite3_close_v2(handle(db));
}

static int connect(struct db *db)
{
	const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
			  SQLITE_OPEN_EXRESCODE;
	sqlite3 *opened = NULL;

	make_private(db->target);
	int rc = sqlite3_open_v2(db->target, &opened, flags, NULL);
	db->handle = opened;
	if (!opened)
		abort(); /* out of memory */
	rc = rc == SQLITE_OK ? harden(db) : failed(db);
	if (rc == DB_OK)
		rc = check_wal(db);
	if (rc != DB_OK) {
		disconnect(db);
		db->handle = NULL;
	}
	return rc;
}

static bool alive(struct db *db)
{
	(void)db;
	return true;
}

/*
 * A load, and statements about what was loaded, touch pages all over the indexes: the transaction keeps more of
 * them at hand, where they would go to the journal and back again and again.
 */
enum { LOAD_CACHE_KIB = 65536, USUAL_CACHE_KIB = 2000 };

static int set_cache(struct db *db, bool wide)
{
	char sql[48];

	if (db->wide_cache == wide)
		return DB_OK;
	snprintf(sql, sizeof(sql), "pragma cache_size = -%d",
		 wide ? LOAD_CACHE_KIB : USUAL_CACHE_KIB);
	TRY(run(db, sql));
	db->wide_cache = wide;
	return DB_OK;
}

static int begin(struct db *db, bool write)
{
	return run(db, write ? "begin immediate" : "begin deferred");
}

static int commit(struct db *db)
{
	TRY(run(db, "commit"));
	(void)!set_cache(db, false); /* it is committed, whatever the cache says */
	return DB_OK;
}

/* Some errors have rolled back already; then there is nothing left to do. */
static void rollback(struct db *db)
{
	if ((!sqlite3_get_autocommit(handle(db)) && run(db, "rollback") != DB_OK) ||
	    set_cache(db, false) != DB_OK)
		db_disconnect(db);
}

static int prepare(struct db *db, struct db_statement *st)
{
	sqlite3_stmt *made;

	if (sqlite3_prepare_v3(handle(db), st->sqlite_text, -1, SQLITE_PREPARE_PERSISTENT, &made,
			       NULL) != SQLITE_OK)
		return failed(db);
	st->prepared = made;
	return DB_OK;
}

static void forget(struct db *db, struct db_statement *st)
{
	(void)db;
	sqlite3_finalize(st->prepared);
}

static int bind(sqlite3_stmt *st, int n, const struct db_value *v, sqlite3_destructor_type keep)
{
	switch (v->kind) {
	case DB_KIND_INT:
		return sqlite3_bind_int64(st, n, v->number);
	case DB_KIND_TEXT:
		return sqlite3_bind_text64(st, n, v->at, v->len, keep, SQLITE_UTF8);
	case DB_KIND_BYTES:
		return sqlite3_bind_blob64(st, n, v->at, v->len, keep);
	case DB_KIND_NULL:
	default:
		return sqlite3_bind_null(st, n);
	}
}

static int start(struct db *db, struct db_rows *r, const struct db_value *value)
{
	sqlite3_stmt *st = r->statement->prepared;

	if (!sqlite3_stmt_readonly(st) && !db->writing)
		return db_error(db, DB_READ_ONLY, "a write outside db_write");
	for (size_t i = 0; i < r->statement->count; i++)
		if (bind(st, (int)i + 1, &value[i], SQLITE_TRANSIENT) != SQLITE_OK)
			return failed(db);
	r->columns = sqlite3_column_count(st);
	if (r->columns > DB_MOST_COLUMNS)
		return db_error(db, DB_WRONG, "more than %d columns", DB_MOST_COLUMNS);
	return DB_OK;
}

static int read_column(struct db *db, sqlite3_stmt *st, int column, struct db_value *v)
{
	*v = (struct db_value){ .kind = DB_KIND_NULL };
	switch (sqlite3_column_type(st, column)) {
	case SQLITE_NULL:
		return DB_OK;
	case SQLITE_INTEGER:
		v->kind = DB_KIND_INT;
		v->number = sqlite3_column_int64(st, column);
		return DB_OK;
	case SQLITE_TEXT:
		v->kind = DB_KIND_TEXT;
		v->at = (const char *)sqlite3_column_text(st, column);
		break;
	case SQLITE_BLOB:
		v->kind = DB_KIND_BYTES;
		v->at = sqlite3_column_blob(st, column);
		break;
	default:
		return db_error(db, DB_WRONG, "column %d is no bigint, text or bytea", column);
	}
	v->len = (size_t)sqlite3_column_bytes(st, column);
	if (!v->at)
		v->at = ""; /* SQLite's empty blob */
	return DB_OK;
}

static int next(struct db *db, struct db_rows *r)
{
	sqlite3_stmt *st = r->statement->prepared;
	int rc = sqlite3_step(st);

	if (rc == SQLITE_DONE) {
		db->changed = sqlite3_stmt_readonly(st) ? 0 : sqlite3_changes64(handle(db));
		return DB_OK;
	}
	if (rc != SQLITE_ROW)
		return failed(db);
	for (int i = 0; i < r->columns; i++)
		TRY(read_column(db, st, i, &r->value[i]));
	return DB_ROW;
}

/* SQLite makes all changes before the first row of RETURNING, so a reset loses nothing of a write. */
static int finish(struct db *db, struct db_rows *r)
{
	sqlite3_stmt *st = r->statement->prepared;

	bool unread = !sqlite3_stmt_readonly(st) && sqlite3_stmt_busy(st);

	if (sqlite3_reset(st) == SQLITE_OK && unread)
		db->changed = sqlite3_changes64(handle(db));
	sqlite3_clear_bindings(st);
	return DB_OK;
}

static int load_row(struct db *db, sqlite3_stmt *st, const struct db_value *value, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (bind(st, (int)i + 1, &value[i], SQLITE_STATIC) != SQLITE_OK)
			return failed(db);
	int rc = sqlite3_step(st) == SQLITE_DONE ? DB_OK : failed(db);
	sqlite3_reset(st);
	return rc;
}

static int load(struct db *db, struct db_load *l)
{
	struct db_value value[DB_MOST_PARAMETERS];
	sqlite3_stmt *st = l->statement->prepared;

	TRY(set_cache(db, true));
	int rc = l->pull(l->arg, value);
	for (; rc == DB_ROW; rc = l->pull(l->arg, value)) {
		rc = load_row(db, st, value, l->statement->count);
		if (rc != DB_OK)
			break;
		l->rows++;
	}
	sqlite3_clear_bindings(st);
	return rc;
}

static int migrate_lock(struct db *db, bool on)
{
	(void)db, (void)on; /* `begin immediate` is enough */
	return DB_OK;
}

const struct db_engine db_engine_sqlite = {
	.connect = connect,
	.disconnect = disconnect,
	.alive = alive,
	.script = run,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.prepare = prepare,
	.forget = forget,
	.start = start,
	.next = next,
	.finish = finish,
	.load = load,
	.migrate_lock = migrate_lock,
	.migration_text = sql_migration_sqlite,
};
