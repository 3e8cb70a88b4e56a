/* store/plan_opening.c — tables plan_opening and plan_opening_row. */
#include "store/plan_opening.h"

#include "base/status.h"

int plan_opening_begin(struct db *db, struct plan_opening_head *head)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_run(db, "update plan_opening set current = 0 where year = $1 and current = 1", "i",
		   head->year));
	TRY(db_query(db, &r,
		     "insert into plan_opening (year, at, actor, file, digest, rows, current)"
		     " values ($1, $2, $3, $4, $5, $6, 1) returning id",
		     "iittti", head->year, head->at, head->actor, head->file, head->digest,
		     head->rows));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? DB_WRONG : rc;
	head->id = db_i64(r, 0);
	rc = db_next(r);
	return rc;
}

int plan_opening_add(struct db *db, int64_t opening, const struct plan_opening_row *row)
{
	return db_run(db,
		      "insert into plan_opening_row (opening, kind, subject, day, visits, n)"
		      " values ($1, $2, $3, $4, $5, $6)",
		      "ittiii", opening, row->kind, row->subject, row->day, row->visits, row->n);
}

int plan_opening_next(struct db *db, struct arena *a, int64_t after, struct plan_opening_head *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select p.id, p.year, p.at, p.rows, p.actor, p.file, p.digest, p.current,"
		     " (select max(o.id) from plan_opening as o where o.year = p.year)"
		     " from plan_opening as p where p.id > $1 order by p.id limit 1",
		     "i", after));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = (struct plan_opening_head){
		db_i64(r, 0),
		db_i64(r, 1),
		db_i64(r, 2),
		db_i64(r, 3),
		arena_str(a, db_text(r, 4)),
		arena_str(a, db_text(r, 5)),
		arena_str(a, db_text(r, 6)),
		db_i64(r, 7) != 0,
		db_i64(r, 8) == db_i64(r, 0),
	};
	return DB_OK;
}

int plan_opening_first(struct db *db, int64_t year, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select coalesce(min(at), 0) from plan_opening where year = $1", "i",
		     year));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? DB_WRONG : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

static int walk(struct db_rows *r, plan_opening_each *each, void *arg)
{
	int rc;

	while ((rc = db_next(r)) == DB_ROW) {
		const struct plan_opening_row row = { db_text(r, 0), db_text(r, 1), db_i64(r, 2),
						      db_i64(r, 3), db_i64(r, 4) };
		TRY(each(arg, &row));
	}
	return rc;
}

int plan_opening_walk(struct db *db, int64_t year, plan_opening_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select w.kind, w.subject, w.day, w.visits, w.n from plan_opening_row w"
		" join plan_opening o on o.id = w.opening"
		" where o.year = $1 and o.current = 1 order by w.subject, w.day, w.kind, w.visits",
		"i", year));
	return walk(r, each, arg);
}

int plan_opening_rows(struct db *db, int64_t opening, plan_opening_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select kind, subject, day, visits, n from plan_opening_row where opening = $1"
		     " order by kind, subject, day, visits",
		     "i", opening));
	return walk(r, each, arg);
}
