/* store/plan_line.c — tables plan_line and plan_extension. */
#include "store/plan_line.h"

#include "base/status.h"

int plan_line_add(struct db *db, int64_t plan, int64_t version, const struct plan_line_row *row)
{
	return db_run(db,
		      "insert into plan_line (plan, version, id, kind, title, pool, period, a, b,"
		      " matters, document) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
		      "iitttttiitt", plan, version, row->id, row->kind, row->title, row->pool,
		      row->period, row->a, row->b, row->matters, row->document);
}

static int count_lines(struct db *db, int64_t plan, int64_t version, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select count(*) from plan_line where plan = $1 and version = $2",
		     "ii", plan, version));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? DB_WRONG : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

int plan_line_list(struct db *db, struct arena *a, int64_t plan, int64_t version,
		   struct plan_line_row **ret, size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int64_t most = 0;
	size_t count = 0;
	int rc;

	TRY(count_lines(db, plan, version, &most));
	struct plan_line_row *list = arena_array(a, (size_t)most + 1, sizeof(*list));
	TRY(db_query(db, &r,
		     "select id, kind, title, pool, period, a, b, matters, document from plan_line"
		     " where plan = $1 and version = $2 order by id limit $3",
		     "iii", plan, version, most));
	while ((rc = db_next(r)) == DB_ROW)
		list[count++] = (struct plan_line_row){
			.id = arena_str(a, db_text(r, 0)),
			.kind = arena_str(a, db_text(r, 1)),
			.title = arena_str(a, db_text(r, 2)),
			.pool = arena_str(a, db_text(r, 3)),
			.period = arena_str(a, db_text(r, 4)),
			.a = db_i64(r, 5),
			.b = db_i64(r, 6),
			.matters = arena_str(a, db_text(r, 7)),
			.document = arena_str(a, db_text(r, 8)),
		};
	if (rc != DB_OK)
		return rc;
	*ret = list;
	*ret_count = count;
	return DB_OK;
}

int plan_extension_add(struct db *db, struct plan_extension_row *row)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"insert into plan_extension (plan, period, what, days, reason, asked_by, asked_at,"
		" decided_by, decided_at, agreed) values ($1, $2, $3, $4, $5, $6, $7, '', 0, 0)"
		" returning id",
		"ittitti", row->plan, row->period, row->what, row->days, row->reason, row->asked_by,
		row->asked_at));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? DB_WRONG : rc;
	row->id = db_i64(r, 0);
	rc = db_next(r);
	return rc;
}

static struct plan_extension_row read_extension(struct db_rows *r, struct arena *a)
{
	return (struct plan_extension_row){
		.id = db_i64(r, 0),
		.plan = db_i64(r, 1),
		.period = arena_str(a, db_text(r, 2)),
		.what = arena_str(a, db_text(r, 3)),
		.days = db_i64(r, 4),
		.reason = arena_str(a, db_text(r, 5)),
		.asked_by = arena_str(a, db_text(r, 6)),
		.asked_at = db_i64(r, 7),
		.decided_by = arena_str(a, db_text(r, 8)),
		.decided_at = db_i64(r, 9),
		.agreed = db_i64(r, 10) != 0,
	};
}

int plan_extension_get(struct db *db, struct arena *a, int64_t id, struct plan_extension_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select id, plan, period, what, days, reason, asked_by, asked_at, decided_by,"
		     " decided_at, agreed from plan_extension where id = $1",
		     "i", id));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = read_extension(r, a);
	return DB_OK;
}

int plan_extension_decide(struct db *db, const struct plan_extension_row *row)
{
	TRY(db_run(db,
		   "update plan_extension set decided_by = $2, decided_at = $3, agreed = $4"
		   " where id = $1 and decided_by = ''",
		   "itii", row->id, row->decided_by, row->decided_at, (int64_t)row->agreed));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

enum { EXTENSIONS_MOST = 1000 };

int plan_extension_list(struct db *db, struct arena *a, int64_t plan,
			struct plan_extension_row **ret, size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	struct plan_extension_row *list = arena_array(a, EXTENSIONS_MOST, sizeof(*list));
	size_t count = 0;
	int rc;

	TRY(db_query(db, &r,
		     "select id, plan, period, what, days, reason, asked_by, asked_at, decided_by,"
		     " decided_at, agreed from plan_extension where plan = $1 order by id limit $2",
		     "ii", plan, (int64_t)EXTENSIONS_MOST));
	while ((rc = db_next(r)) == DB_ROW)
		list[count++] = read_extension(r, a);
	if (rc != DB_OK)
		return rc;
	*ret = list;
	*ret_count = count;
	return DB_OK;
}

int64_t plan_extension_agreed(const struct plan_extension_row *list, size_t count,
			      const char *period, const char *what)
{
	int64_t days = 0;

	for (size_t i = 0; i < count; i++)
		if (list[i].agreed && strcmp(list[i].period, period) == 0 &&
		    strcmp(list[i].what, what) == 0)
			days += list[i].days;
	return days;
}
