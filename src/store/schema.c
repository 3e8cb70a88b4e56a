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

static int strange_in_file(struct db *db, struct arena *a, const char **ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select type || ' ' || name from sqlite_master where type in ('trigger', 'view')"
		" order by name limit 1",
		""));
	return first(r, a, ret);
}

static int strange_on_server(struct db *db, struct arena *a, const char **ret)
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

static int lines_of_file(struct db *db, struct db_rows **ret)
{
	return db_query(
		db, ret,
		"select m.name || ' ' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || c.pk"
		" as line from sqlite_master as m join pragma_table_info(m.name) as c"
		" where m.type = 'table' and substr(m.name, 1, 7) <> 'sqlite_'"
		" union all select m.name || ' index ' || i.name || ' ' || i.\"unique\" || ' ' || x.seqno"
		" || ' ' || coalesce(x.name, '') from sqlite_master as m"
		" join pragma_index_list(m.name) as i join pragma_index_info(i.name) as x"
		" where m.type = 'table' and substr(m.name, 1, 7) <> 'sqlite_'"
		" union all select m.name || ' ' || m.type || ' ' || m.sql from sqlite_master as m"
		" where m.sql is not null and substr(m.name, 1, 7) <> 'sqlite_' order by line",
		"");
}

static int lines_on_server(struct db *db, struct db_rows **ret)
{
	return db_query(
		db, ret,
		"select u.line from (select c.relname || ' ' || a.attname || ' ' || t.typname || ' '"
		" || case when a.attnotnull then '1' else '0' end as line"
		" from pg_class as c join pg_namespace as n on n.oid = c.relnamespace"
		" join pg_attribute as a on a.attrelid = c.oid join pg_type as t on t.oid = a.atttypid"
		" where n.nspname = current_schema() and c.relkind in ('r', 'p') and a.attnum > 0"
		" and not a.attisdropped"
		" union all select c.relname || ' index ' || i.relname || ' '"
		" || case when x.indisunique then '1' else '0' end || ' ' || a.attnum || ' ' || a.attname"
		" from pg_class as c join pg_namespace as n on n.oid = c.relnamespace"
		" join pg_index as x on x.indrelid = c.oid join pg_class as i on i.oid = x.indexrelid"
		" join pg_attribute as a on a.attrelid = i.oid"
		" where n.nspname = current_schema()"
		" union all select c.relname || ' index ' || i.relname || ' ' || x.indisvalid || ' '"
		" || pg_get_indexdef(i.oid, 0, true)"
		" from pg_class as c join pg_namespace as n on n.oid = c.relnamespace"
		" join pg_index as x on x.indrelid = c.oid join pg_class as i on i.oid = x.indexrelid"
		" where n.nspname = current_schema()"
		" union all select c.relname || ' constraint ' || k.conname || ' ' || k.convalidated"
		" || ' ' || pg_get_constraintdef(k.oid)"
		" from pg_constraint as k join pg_class as c on c.oid = k.conrelid"
		" join pg_namespace as n on n.oid = c.relnamespace"
		" where n.nspname = current_schema() and k.contype in ('c', 'f', 'p', 'u', 'x')"
		" union all select c.relname || ' value ' || a.attname || ' ' || cast(a.attidentity as text)"
		" || cast(a.attgenerated as text) || ' ' || coalesce(pg_get_expr(d.adbin, d.adrelid), '')"
		" from pg_class as c join pg_namespace as n on n.oid = c.relnamespace"
		" join pg_attribute as a on a.attrelid = c.oid"
		" left join pg_attrdef as d on d.adrelid = c.oid and d.adnum = a.attnum"
		" where n.nspname = current_schema() and c.relkind in ('r', 'p') and a.attnum > 0"
		" and not a.attisdropped and (a.atthasdef or a.attidentity <> '' or a.attgenerated <> '')"
		" union all select c.relname || ' table ' || cast(c.relpersistence as text) || ' ' || c.relrowsecurity"
		" from pg_class as c join pg_namespace as n on n.oid = c.relnamespace"
		" where n.nspname = current_schema() and c.relkind in ('r', 'p'))"
		" as u order by u.line collate \"C\"",
		"");
}

int schema_walk(struct db *db, schema_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_is_server(db) ? lines_on_server(db, &r) : lines_of_file(db, &r));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(each(arg, db_text(r, 0)));
	return rc;
}

static int unfit_in_file(struct db *db, struct arena *a, const char **ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select quick_check from pragma_quick_check(1) where quick_check <> 'ok'",
		     ""));
	return first(r, a, ret);
}

/* Each table is read once, by a statement that the server makes from what it says of the columns. */
static int unfit_on_server(struct db *db, struct arena *a, const char **ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select s.name from (select c.relname as name, cast(query_to_xml(format("
		"'select 1 as one from %s where %s limit 1', cast(c.oid as regclass), (select string_agg(w.rule,"
		" ' or ' order by w.rule) from (select format('num_nulls(%I) > 0', a.attname) as rule"
		" from pg_attribute as a where a.attrelid = c.oid and a.attnum > 0"
		" and not a.attisdropped and a.attnotnull"
		" union all select format('not coalesce(%s, true)', pg_get_expr(k.conbin, k.conrelid))"
		" from pg_constraint as k where k.conrelid = c.oid and k.contype = 'c') as w)),"
		" false, true, '') as text) as found from pg_class as c"
		" join pg_namespace as n on n.oid = c.relnamespace"
		" where n.nspname = current_schema() and c.relkind = 'r' and exists"
		" (select 1 from pg_attribute as a where a.attrelid = c.oid and a.attnum > 0"
		" and not a.attisdropped and a.attnotnull)) as s"
		" where s.found like '%<one>%' order by s.name limit 1",
		""));
	return first(r, a, ret);
}

int schema_unfit(struct db *db, struct arena *a, const char **ret)
{
	return db_is_server(db) ? unfit_on_server(db, a, ret) : unfit_in_file(db, a, ret);
}

int schema_strange(struct db *db, struct arena *a, const char **ret)
{
	return db_is_server(db) ? strange_on_server(db, a, ret) : strange_in_file(db, a, ret);
}
