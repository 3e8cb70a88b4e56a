/* store/person.c — table person. */
#include "store/person.h"

#include "base/status.h"

int person_row_add(struct db *db, const struct person_row *row)
{
	return db_run(db,
		      "insert into person (name, role, at, actor, left_at)"
		      " values ($1, $2, $3, $4, 0)",
		      "ttit", row->name, row->role, row->at, row->actor);
}

int person_row_leave(struct db *db, const char *name, const char *role, int64_t at)
{
	TRY(db_run(db,
		   "update person set left_at = $3"
		   " where name = $1 and role = $2 and left_at = 0",
		   "tti", name, role, at));
	return db_changed(db) == 1 ? DB_OK : NONE;
}

int person_row_walk(struct db *db, person_row_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r, "select name, role, at, left_at, actor from person order by key", ""));
	while ((rc = db_next(r)) == DB_ROW) {
		const struct person_row row = { db_text(r, 0), db_text(r, 1), db_i64(r, 2),
						db_i64(r, 3), db_text(r, 4) };
		TRY(each(arg, &row));
	}
	return rc;
}
