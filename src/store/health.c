/* store/health.c — the only questions that one engine alone understands; each is asked there only. */
#include "store/health.h"

#include "base/status.h"

#include <string.h>

static int damage(struct db *db, struct arena *a, struct health *h)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select quick_check from pragma_quick_check(1)", ""));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc;
	if (strcmp(db_text(r, 0), "ok") != 0)
		h->damage = arena_str(a, db_text(r, 0));
	return DB_OK;
}

static int careless(struct db *db, struct arena *a, struct health *h)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select name from pg_settings where setting = 'off'"
		" and name in ('fsync', 'full_page_writes', 'synchronous_commit') order by name"
		" limit 1",
		""));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc;
	h->careless = arena_str(a, db_text(r, 0));
	return DB_OK;
}

static int number(struct db_rows *r, int64_t *ret)
{
	int rc = db_next(r);

	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

static int applied(struct db *db, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select coalesce(max(number), 0) from schema_migration", ""));
	return number(r, ret);
}

static int last_backup(struct db *db, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select coalesce(max(time), 0) from ledger_entry where action = 'data.backup'",
		     ""));
	return number(r, ret);
}

int health_look(struct db *db, struct arena *a, struct health *ret)
{
	*ret = (struct health){ .server = db_is_server(db) };
	TRY(applied(db, &ret->migrations));
	TRY(last_backup(db, &ret->backup_at));
	return ret->server ? careless(db, a, ret) : damage(db, a, ret);
}
