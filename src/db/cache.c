/* db/cache.c — statements that a connection has prepared; the one unused longest gives way. */
#include "db/db.h"

#include "base/arena.h"
#include "db/engine.h"
#include "db/sql.h"

#include <stdlib.h>
#include <string.h>

void db_cache_forget(struct db *db, struct db_statement *st)
{
	if (!st->literal)
		return;
	db->engine->forget(db, st);
	free(st->text);
	free(st->sqlite_text);
	*st = (struct db_statement){ 0 };
}

void db_cache_clear(struct db *db)
{
	for (size_t i = 0; i < DB_CACHE; i++)
		db_cache_forget(db, &db->cache[i]);
}

/* A copy for the cache; statements are short, and memory that is out ends the process. */
static char *copy(const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(must_alloc(size), text, size);
}

static int prepare(struct db *db, struct db_statement *st, const char *sql, const char *types)
{
	struct db_statement fresh = { .literal = sql, .count = strlen(types) };
	int highest;

	fresh.text = copy(sql);
	fresh.sqlite_text = copy(sql);
	memcpy(fresh.types, types, fresh.count + 1);
	fresh.number = ++db->cache_number;

	const char *why = sql_number(fresh.sqlite_text, &highest);
	int rc = why ? db_error(db, DB_WRONG, "SQL: %s", why) : DB_OK;
	if (rc == DB_OK && (size_t)highest != fresh.count)
		rc = db_error(db, DB_WRONG, "SQL has %d parameters, %zu given", highest,
			      fresh.count);
	if (rc == DB_OK)
		rc = db->engine->prepare(db, &fresh);
	if (rc != DB_OK) {
		free(fresh.text);
		free(fresh.sqlite_text);
		return rc;
	}
	*st = fresh;
	return DB_OK;
}

/* The address finds it, the text proves it: a buffer that is used again must not run an old statement. */
int db_cache_find(struct db *db, const char *sql, const char *types, struct db_statement **ret)
{
	struct db_statement *oldest = &db->cache[0];

	for (size_t i = 0; i < DB_CACHE; i++) {
		struct db_statement *st = &db->cache[i];

		if (st->literal == sql && strcmp(st->types, types) == 0 &&
		    strcmp(st->text, sql) == 0) {
			st->used = ++db->cache_clock;
			*ret = st;
			return DB_OK;
		}
		if (st->used < oldest->used)
			oldest = st;
	}
	db_cache_forget(db, oldest);
	TRY(prepare(db, oldest, sql, types));
	oldest->used = ++db->cache_clock;
	*ret = oldest;
	return DB_OK;
}
