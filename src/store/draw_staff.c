/* store/draw_staff.c — see draw_staff.h. */
#include "store/draw_staff.h"

#include "base/status.h"

int draw_staff_add(struct db *db, const struct draw_staff_row *row)
{
	return db_run(db,
		      "insert into draw_staff"
		      " (draw, at, actor, approver, second, visits, places, beyond, words)"
		      " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		      "iitttiiib", row->draw, row->at, row->actor, row->approver, row->second,
		      row->visits, row->places, row->beyond, row->words, row->words_len);
}

int draw_staff_get(struct db *db, struct arena *a, int64_t draw, struct draw_staff_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select at, actor, approver, second, visits, places, beyond, words"
		     " from draw_staff where draw = $1 order by key limit 1",
		     "i", draw));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	struct draw_staff_row row = { .draw = draw,
				      .at = db_i64(r, 0),
				      .actor = arena_str(a, db_text(r, 1)),
				      .approver = arena_str(a, db_text(r, 2)),
				      .second = arena_str(a, db_text(r, 3)),
				      .visits = db_i64(r, 4),
				      .places = db_i64(r, 5),
				      .beyond = db_i64(r, 6) };
	const void *words = db_bytes(r, 7, &row.words_len);
	row.words = arena_mem(a, words, row.words_len);
	*ret = row;
	return DB_OK;
}
