/* store/registry_link.c — table registry_link; and which changes are in force. */
#include "store/registry_link.h"

#include "base/status.h"

int registry_link_add(struct db *db, const char *registry, const struct registry_link *l)
{
	TRY(db_run(
		db,
		"insert into registry_link (registry, change, kind, old_row, new_row)"
		" select $1, cast($2 as bigint), $3, a.key, b.key from registry_row as a, registry_row as b"
		" where a.registry = $1 and a.id = $4 and b.registry = $1 and b.id = $5",
		"tittt", registry, l->change, l->kind, l->old_id, l->new_id));
	return db_changed(db) == 1 ? DB_OK : NONE;
}

int registry_link_walk(struct db *db, const char *registry, registry_link_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select l.change, l.kind, a.id, b.id, c.at from registry_link as l"
		     " join registry_change as c on c.id = l.change"
		     " join registry_row as a on a.key = l.old_row"
		     " join registry_row as b on b.key = l.new_row"
		     " where l.registry = $1 order by l.id",
		     "t", registry));
	while ((rc = db_next(r)) == DB_ROW) {
		struct registry_link l = { db_i64(r, 0), db_text(r, 1), db_text(r, 2),
					   db_text(r, 3), db_i64(r, 4) };
		TRY(each(arg, &l));
	}
	return rc;
}

/* The next change above `after` that undoes `change`; 0 if there is none. */
static int undoing(struct db *db, int64_t change, int64_t after, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select coalesce(min(id), 0) from registry_change where undone = $1 and id > $2",
		"ii", change, after));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? DB_FAILED : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

/* A change holds if none of those that undo it does. */
int registry_change_holds(struct db *db, int64_t change, bool *ret)
{
	int64_t by = 0;
	bool holds = true, other;

	do {
		TRY(undoing(db, change, by, &by));
		if (by == 0)
			break;
		TRY(registry_change_holds(db, by, &other));
		holds = !other;
	} while (holds);
	*ret = holds;
	return DB_OK;
}
