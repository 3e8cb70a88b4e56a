/* store/registry_edit.c — tables registry_edit, registry_winner and registry_override. */
#include "store/registry_edit.h"

#include "base/status.h"

#include <string.h>

int registry_edit_add(struct db *db, const struct registry_edit *e)
{
	TRY(db_run(db,
		   "update registry_edit set until_change = $4 where field = $3"
		   " and until_change is null and row ="
		   " (select key from registry_row where registry = $1 and id = $2)",
		   "ttti", e->registry, e->id, e->field, e->change));
	TRY(db_run(db,
		   "insert into registry_edit (row, field, change)"
		   " select key, $3, $4 from registry_row where registry = $1 and id = $2",
		   "ttti", e->registry, e->id, e->field, e->change));
	return db_changed(db) == 1 ? DB_OK : NONE;
}

static int each_edit(struct db_rows *r, registry_edit_each *each, void *arg)
{
	int rc;

	while ((rc = db_next(r)) == DB_ROW)
		TRY(each(arg, db_text(r, 0), db_i64(r, 1), db_text(r, 2)));
	return rc;
}

int registry_edit_walk(struct db *db, const char *registry, registry_edit_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select r.id, r.key, e.field from registry_edit as e"
		     " join registry_row as r on r.key = e.row"
		     " where r.registry = $1 and e.until_change is null order by r.id, e.field",
		     "t", registry));
	return each_edit(r, each, arg);
}

int registry_edit_fields(struct db *db, int64_t key, registry_edit_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select r.id, r.key, e.field from registry_edit as e"
		     " join registry_row as r on r.key = e.row"
		     " where e.row = $1 and e.until_change is null order by e.field",
		     "i", key));
	return each_edit(r, each, arg);
}

int registry_edit_undo(struct db *db, int64_t undone, int64_t by)
{
	TRY(db_run(db,
		   "update registry_edit set until_change = $2 where change = $1"
		   " and until_change is null and row in"
		   " (select v.row from registry_version as v where v.change = $2)",
		   "ii", undone, by));
	return db_run(db,
		      "update registry_edit set until_change = null where until_change = $1"
		      " and row in (select v.row from registry_version as v where v.change = $2)",
		      "ii", undone, by);
}

int registry_winner_set(struct db *db, const char *registry, const char *field, const char *winner)
{
	return db_run(db,
		      "insert into registry_winner (registry, field, winner) values ($1, $2, $3)"
		      " on conflict (registry, field) do update set winner = excluded.winner",
		      "ttt", registry, field, winner);
}

int registry_winner_walk(struct db *db, const char *registry, registry_winner_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select field, winner from registry_winner where registry = $1 order by field",
		     "t", registry));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(each(arg, db_text(r, 0), db_text(r, 1)));
	return rc;
}

int registry_override_add(struct db *db, int64_t change, const struct registry_override *o)
{
	TRY(db_run(db,
		   "insert into registry_override (change, row, field, winner, kept, refused)"
		   " values ($1, $2, $3, $4, $5, $6)",
		   "iitttt", change, o->key, o->field, o->winner, o->kept, o->refused));
	if (strcmp(o->winner, "file") != 0)
		return DB_OK;
	return db_run(db,
		      "update registry_edit set until_change = $1 where row = $2 and field = $3"
		      " and until_change is null",
		      "iit", change, o->key, o->field);
}

int registry_override_walk(struct db *db, int64_t change, registry_override_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(
		db, &r,
		"select o.row, r.id, o.field, o.winner, o.kept, o.refused from registry_override as o"
		" join registry_row as r on r.key = o.row where o.change = $1 order by r.id, o.field",
		"i", change));
	while ((rc = db_next(r)) == DB_ROW) {
		struct registry_override o = { db_i64(r, 0),  db_text(r, 1), db_text(r, 2),
					       db_text(r, 3), db_text(r, 4), db_text(r, 5) };
		TRY(each(arg, &o));
	}
	return rc;
}
