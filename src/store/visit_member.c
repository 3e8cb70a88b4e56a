/* store/visit_member.c — teams: who goes, who left, how much each has. */
#include "store/visit.h"

#include "base/status.h"
#include "db/load.h"

#include <string.h>

struct adding {
	visit_member_next *next;
	void *arg;
};

static int next_cells(void *arg, struct db_cell *c)
{
	struct adding *in = arg;
	struct visit_member m = { 0 };
	int rc = in->next(in->arg, &m);

	if (rc != DB_ROW)
		return rc;
	c[0] = (struct db_cell){ .at = m.visit, .len = strlen(m.visit) };
	c[1] = (struct db_cell){ .number = m.place };
	c[2] = (struct db_cell){ .at = m.inspector, .len = strlen(m.inspector) };
	c[3] = (struct db_cell){ .at = m.senior ? "S" : "J", .len = 1 };
	c[4] = (struct db_cell){ .number = m.lead };
	c[5] = (struct db_cell){ .number = 0 };
	return DB_ROW;
}

int visit_member_add(struct db *db, visit_member_next *next, void *arg)
{
	struct adding in = { next, arg };

	return db_load(db,
		       "insert into visit_member (visit, place, inspector, grade, lead, left_at)"
		       " values ($1, $2, $3, $4, $5, $6)",
		       "tittii", next_cells, &in, NULL);
}

int visit_member_list(struct db *db, struct arena *a, const char *visit, bool all,
		      struct visit_member **ret, size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	struct visit_member *list = NULL;
	size_t count = 0, room = 0;
	int rc;

	TRY(db_query(
		db, &r,
		"select place, inspector, grade, lead, left_at, count(*) over ()"
		" from visit_member where visit = $1 and ($2 = 1 or left_at = 0) order by place",
		"ti", visit, (int64_t)all));
	while ((rc = db_next(r)) == DB_ROW) {
		if (!list) {
			room = (size_t)db_i64(r, 5);
			list = arena_array(a, room, sizeof(*list));
		}
		if (count < room)
			list[count++] = (struct visit_member){
				arena_str(a, visit),         db_i64(r, 0),
				arena_str(a, db_text(r, 1)), *db_text(r, 2) == 'S',
				db_i64(r, 3) != 0,           db_i64(r, 4)
			};
	}
	if (rc != DB_OK)
		return rc;
	*ret = list;
	*ret_count = count;
	return DB_OK;
}

int visit_member_grade(struct db *db, struct arena *a, const char *visit, const char *inspector,
		       const char **ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select grade from visit_member where visit = $1 and inspector = $2"
		     " order by place limit 1",
		     "tt", visit, inspector));
	int rc = db_next(r);
	if (rc != DB_OK && rc != DB_ROW)
		return rc;
	*ret = rc == DB_ROW ? arena_str(a, db_text(r, 0)) : "-";
	return DB_OK;
}

int visit_member_leave(struct db *db, const char *visit, const char *inspector, int64_t at)
{
	TRY(db_run(db,
		   "update visit_member set left_at = $3, lead = 0"
		   " where visit = $1 and inspector = $2 and left_at = 0",
		   "tti", visit, inspector, at));
	return db_changed(db) == 1 ? DB_OK : NONE;
}

int visit_member_lead(struct db *db, const char *visit, int64_t place)
{
	return db_run(db,
		      "update visit_member set lead = case when place = $2 then 1 else 0 end"
		      " where visit = $1",
		      "ti", visit, place);
}

static int walk(struct db_rows *r, visit_load_each *each, void *arg)
{
	int rc;

	while ((rc = db_next(r)) == DB_ROW)
		TRY(each(arg, db_text(r, 0), db_i64(r, 1)));
	return rc;
}

int visit_load_walk(struct db *db, int64_t draw, visit_load_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select m.inspector, count(distinct v.trip) from visit_member as m"
		     " join visit as v on v.id = m.visit"
		     " where v.draw = $1 and v.state <> 'ended' and m.left_at = 0"
		     " group by m.inspector order by m.inspector",
		     "i", draw));
	return walk(r, each, arg);
}

int visit_load_year(struct db *db, int64_t year, visit_load_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select m.inspector, count(distinct v.trip) from visit_member as m"
		     " join visit as v on v.id = m.visit"
		     " where v.year = $1 and v.state <> 'ended' and m.left_at = 0"
		     " group by m.inspector order by m.inspector",
		     "i", year));
	return walk(r, each, arg);
}

int visit_load_waiting(struct db *db, visit_waiting_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select m.inspector, v.deadline, count(distinct v.trip) from visit_member as m"
		     " join visit as v on v.id = m.visit"
		     " where v.state in ('planned', 'accepted') and m.left_at = 0"
		     " group by m.inspector, v.deadline order by m.inspector, v.deadline",
		     ""));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(each(arg, db_text(r, 0), db_i64(r, 1), db_i64(r, 2)));
	return rc;
}
