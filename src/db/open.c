/* db/open.c — a connection from its words, and its end; here alone the engines are chosen. */
#include "db/db.h"

#include "base/arena.h"
#include "db/engine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Not connected yet. */
static struct db *fresh(void)
{
	struct db *db = must_alloc(sizeof(*db));

	memset(db, 0, sizeof(*db));
	atomic_init(&db->cancelled, false);
	db->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	return db;
}

static int connect_to(struct db *db, const struct db_engine *engine, const char *target)
{
	if (db->wake < 0)
		return db_error(db, DB_FAILED, "eventfd: %s", strerror(errno));
	db->engine = engine;
	db->target = strdup(target);
	if (!db->target)
		abort();
	return db_ready(db);
}

int db_open(const char *where, struct db **ret)
{
	static const struct {
		const char *prefix;
		const struct db_engine *engine;
	} kinds[] = { { "sqlite:", &db_engine_sqlite }, { "postgres:", &db_engine_postgres } };
	struct db *db = *ret = fresh();

	for (size_t i = 0; i < COUNT(kinds); i++) {
		size_t len = strlen(kinds[i].prefix);
		if (strncmp(where, kinds[i].prefix, len) == 0)
			return connect_to(db, kinds[i].engine, where + len);
	}
	return db_error(db, DB_WRONG, "a database is \"sqlite:PATH\" or \"postgres:CONNINFO\"");
}

int db_open_again(const struct db *db, struct db **ret)
{
	return connect_to(*ret = fresh(), db->engine, db->target);
}

bool db_is_server(const struct db *db)
{
	return db->engine == &db_engine_postgres;
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
