/* store/plan.c — tables plan and plan_version. */
#include "store/plan.h"

#include "base/status.h"

#include <string.h>

static int read_plan(struct db_rows *r, struct arena *a, struct plan_row *ret)
{
	int rc = db_next(r);

	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = (struct plan_row){ db_i64(r, 0), arena_str(a, db_text(r, 1)),
				  arena_str(a, db_text(r, 2)), db_i64(r, 3) };
	return DB_OK;
}

int plan_get(struct db *db, struct arena *a, const char *id, struct plan_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select key, id, body, year from plan where id = $1", "t", id));
	return read_plan(r, a, ret);
}

int plan_get_key(struct db *db, struct arena *a, int64_t key, struct plan_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select key, id, body, year from plan where key = $1", "i", key));
	return read_plan(r, a, ret);
}

int plan_add(struct db *db, struct plan_row *row, int64_t now)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "insert into plan (id, body, year, created_at) values ($1, $2, $3, $4)"
		     " returning key",
		     "ttii", row->id, row->body, row->year, now));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? DB_WRONG : rc;
	row->key = db_i64(r, 0);
	rc = db_next(r);
	return rc;
}

int plan_walk(struct db *db, plan_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r, "select key, id, body, year from plan order by year desc, id", ""));
	while ((rc = db_next(r)) == DB_ROW) {
		const struct plan_row row = { db_i64(r, 0), db_text(r, 1), db_text(r, 2),
					      db_i64(r, 3) };
		TRY(each(arg, &row));
	}
	return rc;
}

static int read_version(struct db_rows *r, struct arena *a, struct plan_version_row *ret)
{
	int rc = db_next(r);

	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = (struct plan_version_row){
		.plan = db_i64(r, 0),
		.version = db_i64(r, 1),
		.state = arena_str(a, db_text(r, 2)),
		.title = arena_str(a, db_text(r, 3)),
		.authority = arena_str(a, db_text(r, 4)),
		.area = arena_str(a, db_text(r, 5)),
		.period = arena_str(a, db_text(r, 6)),
		.rules = arena_str(a, db_text(r, 7)),
		.day_load = db_i64(r, 8),
		.made_by = arena_str(a, db_text(r, 9)),
		.made_at = db_i64(r, 10),
		.submitted_by = arena_str(a, db_text(r, 11)),
		.submitted_at = db_i64(r, 12),
		.decided_by = arena_str(a, db_text(r, 13)),
		.decided_at = db_i64(r, 14),
		.reason = arena_str(a, db_text(r, 15)),
	};
	/* A draft that was dropped is kept as one that came back without having been handed in. */
	if (strcmp(ret->state, "returned") == 0 && ret->submitted_at == 0)
		ret->state = "dropped";
	return DB_OK;
}

int plan_version_get(struct db *db, struct arena *a, int64_t plan, int64_t version,
		     struct plan_version_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select plan, version, state, title, authority, area, period, rules, day_load,"
		" made_by, made_at, submitted_by, submitted_at, decided_by, decided_at, reason"
		" from plan_version where plan = $1 and (version = $2 or $2 = 0)"
		" order by case when state = 'returned' and submitted_at = 0 then 1 else 0 end,"
		" version desc limit 1",
		"ii", plan, version));
	return read_version(r, a, ret);
}

int plan_version_last(struct db *db, int64_t plan, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select coalesce(max(version), 0) from plan_version where plan = $1",
		     "i", plan));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? DB_WRONG : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

int plan_version_approved(struct db *db, struct arena *a, int64_t plan,
			  struct plan_version_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select plan, version, state, title, authority, area, period, rules, day_load,"
		     " made_by, made_at, submitted_by, submitted_at, decided_by, decided_at, reason"
		     " from plan_version where plan = $1 and state = 'approved'"
		     " order by version desc limit 1",
		     "i", plan));
	return read_version(r, a, ret);
}

int plan_version_add(struct db *db, const struct plan_version_row *row)
{
	return db_run(
		db,
		"insert into plan_version (plan, version, state, title, authority, area, period,"
		" rules, day_load, made_by, made_at, submitted_by, submitted_at, decided_by,"
		" decided_at, reason) values ($1, $2, 'draft', $3, $4, $5, $6, $7, $8, $9, $10,"
		" '', 0, '', 0, '')",
		"iitttttiti", row->plan, row->version, row->title, row->authority, row->area,
		row->period, row->rules, row->day_load, row->made_by, row->made_at);
}

int plan_version_submit(struct db *db, const struct plan_version_row *row)
{
	TRY(db_run(
		db,
		"update plan_version set state = 'submitted', submitted_by = $3, submitted_at = $4"
		" where plan = $1 and version = $2 and state = 'draft'",
		"iiti", row->plan, row->version, row->submitted_by, row->submitted_at));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int plan_version_decide(struct db *db, const struct plan_version_row *row)
{
	TRY(db_run(
		db,
		"update plan_version set state = $3, decided_by = $4, decided_at = $5, reason = $6"
		" where plan = $1 and version = $2 and state = 'submitted'",
		"iittit", row->plan, row->version, row->state, row->decided_by, row->decided_at,
		row->reason));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int plan_version_drop(struct db *db, const struct plan_version_row *row)
{
	TRY(db_run(db,
		   "update plan_version set state = 'returned', decided_by = $3, decided_at = $4,"
		   " reason = $5 where plan = $1 and version = $2 and state = 'draft'",
		   "iitit", row->plan, row->version, row->decided_by, row->decided_at,
		   row->reason));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}
