/* store/schema.c — each engine has a catalogue of its own. */
#include "store/schema.h"

#include "base/status.h"

static int first(struct db_rows *r, struct arena *a, const char **ret)
{
	int rc = db_next(r);

	*ret = NULL;
	if (rc != DB_ROW)
		return rc;
	*ret = arena_str(a, db_text(r, 0));
	return DB_OK;
}

static int of_file(struct db *db, struct arena *a, const char **ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select type || ' ' || name from sqlite_master where type in ('trigger', 'view')"
		" order by name limit 1",
		""));
	return first(r, a, ret);
}

static int of_server(struct db *db, struct arena *a, const char **ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select s.name from (select 'trigger ' || t.tgname as name, t.tgrelid as of"
		" from pg_trigger as t where not t.tgisinternal"
		" union all select 'rule ' || w.rulename, w.ev_class from pg_rewrite as w"
		" union all select 'policy ' || p.polname, p.polrelid from pg_policy as p) as s"
		" join pg_class as c on c.oid = s.of"
		" join pg_namespace as n on n.oid = c.relnamespace"
		" where n.nspname = current_schema() order by s.name limit 1",
		""));
	return first(r, a, ret);
}

int schema_strange(struct db *db, struct arena *a, const char **ret)
{
	return db_is_server(db) ? of_server(db, a, ret) : of_file(db, a, ret);
}
