/* store/visit_assistant.c — one row for each assistant of a visit. */
#include "store/visit_assistant.h"

#include "base/status.h"

int visit_assistant_add(struct db *db, const struct visit_assistant *row)
{
	return db_run(db,
		      "insert into visit_assistant (visit, assistant, how, at, actor, approver,"
		      " opinion, opinion_at) values ($1, $2, $3, $4, $5, $6, '', 0)",
		      "tttitt", row->visit, row->assistant, row->how, row->at, row->actor,
		      row->approver);
}

int visit_assistant_list(struct db *db, struct arena *a, const char *visit,
			 struct visit_assistant **ret, size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	struct visit_assistant *list = NULL;
	size_t count = 0, room = 0;
	int rc;

	TRY(db_query(
		db, &r,
		"select assistant, how, at, actor, approver, opinion, opinion_at,"
		" count(*) over () from visit_assistant where visit = $1 order by at, assistant",
		"t", visit));
	while ((rc = db_next(r)) == DB_ROW) {
		if (!list) {
			room = (size_t)db_i64(r, 7);
			list = arena_array(a, room, sizeof(*list));
		}
		if (count < room)
			list[count++] = (struct visit_assistant){
				arena_str(a, visit),         arena_str(a, db_text(r, 0)),
				arena_str(a, db_text(r, 1)), db_i64(r, 2),
				arena_str(a, db_text(r, 3)), arena_str(a, db_text(r, 4)),
				arena_str(a, db_text(r, 5)), db_i64(r, 6)
			};
	}
	if (rc != DB_OK)
		return rc;
	*ret = list;
	*ret_count = count;
	return DB_OK;
}

int visit_assistant_walk(struct db *db, int64_t draw, visit_assistant_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select a.visit, a.assistant, a.how, a.at, a.actor, a.approver, a.opinion,"
		     " a.opinion_at from visit_assistant as a join visit as v on v.id = a.visit"
		     " where v.draw = $1 order by a.visit, a.at, a.assistant",
		     "i", draw));
	while ((rc = db_next(r)) == DB_ROW) {
		const struct visit_assistant row = { db_text(r, 0), db_text(r, 1), db_text(r, 2),
						     db_i64(r, 3),  db_text(r, 4), db_text(r, 5),
						     db_text(r, 6), db_i64(r, 7) };
		TRY(each(arg, &row));
	}
	return rc;
}

int visit_assistant_opinion(struct db *db, const struct visit_assistant *row)
{
	TRY(db_run(db,
		   "update visit_assistant set opinion = $3, opinion_at = $4"
		   " where visit = $1 and assistant = $2 and opinion = ''",
		   "ttti", row->visit, row->assistant, row->opinion, row->opinion_at));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}
