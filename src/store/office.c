/* store/office.c — the row of table office. */
#include "store/office.h"

#include "base/status.h"

int office_row_get(struct db *db, struct arena *a, struct office_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select origin, demo, sign_key, seal_check from office", ""));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = (struct office_row){ arena_str(a, db_text(r, 0)), db_i64(r, 1) != 0,
				    arena_str(a, db_text(r, 2)), arena_str(a, db_text(r, 3)) };
	return DB_OK;
}

int office_row_add(struct db *db, const struct office_row *row)
{
	return db_run(db,
		      "insert into office (id, origin, demo, sign_key, seal_check)"
		      " values (1, $1, $2, $3, $4)",
		      "titt", row->origin, (int64_t)row->demo, row->sign_key, row->seal_check);
}
