/* store/work_day.c — table work_calendar. */
#include "store/work_day.h"

#include "base/status.h"

static int last_version(struct db *db, int64_t year, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select version from work_calendar where year = $1 order by version desc limit 1",
		"i", year));
	int rc = db_next(r);
	if (rc < 0)
		return rc;
	*ret = rc == DB_ROW ? db_i64(r, 0) : 0;
	return DB_OK;
}

int work_calendar_add(struct db *db, const struct work_calendar_row *row, int64_t *ret_version)
{
	int64_t version = 0;

	TRY(last_version(db, row->year, &version));
	version++;
	TRY(db_run(
		db,
		"insert into work_calendar (year, version, cells, digest, at, actor, reason, file) "
		"values ($1, $2, $3, $4, $5, $6, $7, $8)",
		"iittittt", row->year, version, row->cells, row->digest, row->at, row->actor,
		row->reason, row->file));
	*ret_version = version;
	return DB_OK;
}

static void fill(struct arena *a, const struct db_rows *r, struct work_calendar_row *ret)
{
	*ret = (struct work_calendar_row){
		.id = db_i64(r, 0),
		.year = db_i64(r, 1),
		.version = db_i64(r, 2),
		.cells = arena_str(a, db_text(r, 3)),
		.digest = arena_str(a, db_text(r, 4)),
		.at = db_i64(r, 5),
		.actor = arena_str(a, db_text(r, 6)),
		.reason = arena_str(a, db_text(r, 7)),
		.file = arena_str(a, db_text(r, 8)),
	};
}

int work_calendar_list(struct db *db, struct arena *a, const int64_t years[2], size_t most,
		       struct work_calendar_rows *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	struct work_calendar_rows list = { arena_array(a, most, sizeof(*list.at)), 0 };
	int rc = DB_OK;

	TRY(db_query(db, &r,
		     "select id, year, version, cells, digest, at, actor, reason, file "
		     "from work_calendar c where year >= $1 and year <= $2 and version = "
		     "(select max(version) from work_calendar d where d.year = c.year) "
		     "order by year limit $3",
		     "iii", years[0], years[1], (int64_t)most));
	while (list.count < most && (rc = db_next(r)) == DB_ROW)
		fill(a, r, &list.at[list.count++]);
	if (rc < 0)
		return rc;
	*ret = list;
	return DB_OK;
}
