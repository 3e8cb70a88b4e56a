/* db/connection.c — opening, losing and finding again a connection; limits, cancelling, error text. */
#include "db/db.h"

#include "base/arena.h"
#include "db/engine.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

int db_error(struct db *db, int code, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(db->error, sizeof(db->error), format, ap);
	va_end(ap);
	return code;
}

int db_fail(struct db *db, int code)
{
	if (db->depth > 0 && db->poison == 0)
		db->poison = code;
	return code;
}

int64_t db_ticks(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000 + 1;
}

bool db_must_stop(const struct db *db)
{
	if (db->shielded)
		return false;
	return atomic_load(&db->cancelled) ||
	       (db->deadline != DB_NO_LIMIT && db_ticks() >= db->deadline);
}

int db_open(const char *where, struct db **ret)
{
	static const struct {
		const char *prefix;
		const struct db_engine *engine;
	} kinds[] = { { "sqlite:", &db_engine_sqlite }, { "postgres:", &db_engine_postgres } };
	struct db *db = must_alloc(sizeof(*db));

	memset(db, 0, sizeof(*db));
	atomic_init(&db->cancelled, false);
	*ret = db;
	db->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (db->wake < 0)
		return db_error(db, DB_FAILED, "eventfd: %s", strerror(errno));
	for (size_t i = 0; i < COUNT(kinds); i++) {
		size_t len = strlen(kinds[i].prefix);

		if (strncmp(where, kinds[i].prefix, len) != 0)
			continue;
		db->engine = kinds[i].engine;
		db->target = strdup(where + len);
		if (!db->target)
			abort();
		return db_ready(db);
	}
	return db_error(db, DB_WRONG, "a database is \"sqlite:PATH\" or \"postgres:CONNINFO\"");
}

void db_disconnect(struct db *db)
{
	if (!db->handle)
		return;
	db_cache_clear(db);
	db->engine->disconnect(db);
	db->handle = NULL;
}

void db_close(struct db *db)
{
	if (!db)
		return;
	db_close_open(db);
	db_disconnect(db);
	if (db->wake >= 0)
		close(db->wake);
	free(db->target);
	free(db);
}

void db_closep(struct db **db)
{
	db_close(*db);
	*db = NULL;
}

const char *db_error_text(const struct db *db)
{
	return db->error;
}

int db_ready(struct db *db)
{
	if (!db->engine)
		return DB_WRONG;
	if (db->depth > 0)
		return db->handle ? DB_OK : db_error(db, DB_LOST, "the connection was lost");
	if (db->handle && !db->engine->alive(db))
		db_disconnect(db);
	return db->handle ? DB_OK : db->engine->connect(db);
}

int db_may_run(struct db *db)
{
	if (db->open)
		return db_error(db, DB_WRONG, "another result of this connection is still open");
	if (db->depth > 0 && db->poison != 0)
		return DB_POISONED;
	if (db_must_stop(db))
		return db_error(db, DB_CANCELLED, "cancelled or out of time");
	return db_ready(db);
}

void db_limit(struct db *db, int64_t ms)
{
	uint64_t count;

	atomic_store(&db->cancelled, false);
	if (read(db->wake, &count, sizeof(count)) < 0)
		errno = 0; /* nothing to forget */
	db->deadline = ms > 0 ? db_ticks() + ms : DB_NO_LIMIT;
}

void db_cancel(struct db *db)
{
	const uint64_t one = 1;
	int kept = errno;

	atomic_store(&db->cancelled, true);
	if (write(db->wake, &one, sizeof(one)) < 0)
		errno = kept; /* full: it is readable already */
	errno = kept;
}
