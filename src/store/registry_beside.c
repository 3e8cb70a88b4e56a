/* store/registry_beside.c — one statement over the three tables. */
#include "store/registry_beside.h"

#include "base/status.h"

int registry_beside_walk(struct db *db, int64_t change, registry_beside_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(
		db, &r,
		"select 'link' as what, l.kind as a, o.id as b, n.id as c, l.registry as d, '' as e"
		" from registry_link as l join registry_row as o on o.key = l.old_row"
		" join registry_row as n on n.key = l.new_row where l.change = $1"
		" union all select 'edit', r.id, e.field, '', '', '' from registry_edit as e"
		" join registry_row as r on r.key = e.row where e.change = $1"
		" union all select 'override', r.id, v.field, v.winner, v.kept, v.refused"
		" from registry_override as v join registry_row as r on r.key = v.row"
		" where v.change = $1 order by what, a, b, c, d, e",
		"i", change));
	while ((rc = db_next(r)) == DB_ROW) {
		const char *const cells[REGISTRY_BESIDE] = { db_text(r, 0), db_text(r, 1),
							     db_text(r, 2), db_text(r, 3),
							     db_text(r, 4), db_text(r, 5) };
		TRY(each(arg, cells));
	}
	return rc;
}

int registry_beside_next(struct db *db, const char *registry, int64_t after, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select c.id from registry_change as c where c.registry = $1 and c.id > $2"
		     " and (c.kind in ('merge', 'split', 'undo') or exists"
		     " (select 1 from registry_link as l where l.change = c.id))"
		     " order by c.id limit 1",
		     "ti", registry, after));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}
