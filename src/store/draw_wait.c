/* store/draw_wait.c — see draw_wait.h. */
#include "store/draw_wait.h"

#include "base/status.h"

int draw_wait_add(struct db *db, int64_t draw, int64_t other)
{
	return db_run(db, "insert into draw_wait (draw, other) values ($1, $2)", "ii", draw, other);
}

static int first_key(struct db *db, int64_t draw, int64_t day, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select d.key from draw_wait as w join draw as d on d.key = w.other"
		     " where w.draw = $1 and d.revealed_at = 0 and d.state in ('drawn', 'annulled')"
		     " and d.reveal_by > $2 order by d.reveal_by desc, d.key limit 1",
		     "ii", draw, day));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

int draw_wait_for(struct db *db, struct arena *a, int64_t draw, int64_t day, struct draw_row *ret)
{
	int64_t key = 0;

	TRY(first_key(db, draw, day, &key));
	return draw_row_by_key(db, a, key, ret);
}
