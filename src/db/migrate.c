/* db/migrate.c — compares what is recorded with what the program has, and applies the rest. */
#include "db/migrate.h"

#include "base/clock.h"
#include "db/engine.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct list {
	const struct migration *at;
	size_t count;
	size_t applied; /* out */
};

/* Runs a text of several statements in the running transaction. */
static int define(struct db *db, const char *name, const char *sql)
{
	const char *why = NULL;
	char *text = db->engine->migration_text(sql, &why);

	if (!text)
		return db_fail(db, db_error(db, DB_WRONG, "migration %s: %s", name, why));
	int rc = db->engine->script(db, text);
	free(text);
	return rc == DB_OK ? rc : db_fail(db, rc);
}

static int make_table(struct db *db, void *arg)
{
	(void)arg;
	return define(db, "schema_migration",
		      "create table if not exists schema_migration ("
		      " number bigint primary key,"
		      " name text not null,"
		      " sha256 text not null,"
		      " applied_at bigint not null);");
}

static int compare(struct db *db, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	struct list *list = arg;
	int rc;

	list->applied = 0;
	TRY(db_query(db, &r, "select number, name, sha256 from schema_migration order by number",
		     ""));
	while ((rc = db_next(r)) == DB_ROW) {
		if (list->applied == list->count)
			return db_error(db, DB_NEWER,
					"the database has migration %s, this program not",
					db_text(r, 1));
		const struct migration *m = &list->at[list->applied++];
		if (db_i64(r, 0) != m->number || strcmp(db_text(r, 1), m->name) != 0 ||
		    strcmp(db_text(r, 2), m->sha256) != 0)
			return db_error(db, DB_CHANGED, "migration %s is not the one applied",
					m->name);
	}
	return rc;
}

/* Reads again what is applied: on SQLite another process may have come first. */
static int apply_next(struct db *db, void *arg)
{
	struct list *list = arg;

	TRY(compare(db, list));
	if (list->applied == list->count)
		return DB_OK;
	const struct migration *m = &list->at[list->applied];
	TRY(define(db, m->name, m->sql));
	TRY(db_run(
		db,
		"insert into schema_migration (number, name, sha256, applied_at) values ($1, $2, $3, $4)",
		"itti", (int64_t)m->number, m->name, m->sha256, clock_now()));
	list->applied++;
	return DB_OK;
}

static int apply(struct db *db, struct list *list)
{
	TRY(db_write(db, make_table, NULL));
	do
		TRY(db_write(db, apply_next, list));
	while (list->applied < list->count);
	return DB_OK;
}

int db_migrate(struct db *db, const struct migration *at, size_t count)
{
	struct list list = { at, count, 0 };

	for (size_t i = 0; i < count; i++)
		assert(at[i].number == (int)i + 1);
	assert(db->depth == 0);
	TRY(db_ready(db));
	TRY(db->engine->migrate_lock(db, true));
	int rc = apply(db, &list);
	/* The lock goes with the connection if this fails; the answer is about the migrations. */
	if (db->handle && db->engine->migrate_lock(db, false) != DB_OK)
		db_disconnect(db);
	return rc;
}
