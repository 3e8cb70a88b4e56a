/* store/visit_undone.c — one row for each time. */
#include "store/visit_undone.h"

#include "base/status.h"

int visit_undo(struct db *db, const struct visit_row *visit, const struct visit_undone *row)
{
	TRY(db_run(db,
		   "insert into visit_undone (visit, day, offsite, done_at, done_by, at, actor,"
		   " approver) select id, day, offsite, ended_at, ended_by, $2, $3, $4 from visit"
		   " where id = $1 and state = 'visited'",
		   "titt", visit->id, row->at, row->actor, row->approver));
	TRY(db_run(db,
		   "update visit set state = 'accepted', held = $2, day = 0, offsite = 0,"
		   " ended_at = 0, ended_by = '' where id = $1 and state = 'visited'",
		   "ti", visit->id, (int64_t)visit->held));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int visit_undone_walk(struct db *db, int64_t draw, const char *visit, visit_undone_each *each,
		      void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select u.visit, u.day, u.offsite, u.done_at, u.done_by, u.at, u.actor,"
		     " u.approver from visit_undone as u join visit as v on v.id = u.visit"
		     " where v.draw = $1 and ($2 = '' or v.id = $2) order by u.key",
		     "it", draw, visit ? visit : ""));
	while ((rc = db_next(r)) == DB_ROW) {
		const struct visit_undone row = { db_text(r, 0), db_i64(r, 1),  db_i64(r, 2) != 0,
						  db_i64(r, 3),  db_text(r, 4), db_i64(r, 5),
						  db_text(r, 6), db_text(r, 7) };
		TRY(each(arg, &row));
	}
	return rc;
}
