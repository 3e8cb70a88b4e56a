/* store/upload.c — table upload. */
#include "store/upload.h"

#include "base/status.h"

int upload_row_add(struct db *db, const struct upload_row *row)
{
	return db_run(db,
		      "insert into upload (id, account, tag, digest, size, name, type, at, until)"
		      " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
		      "tittittii", row->id, row->account, row->tag, row->digest, row->size,
		      row->name, row->type, row->at, row->until);
}

int upload_row_get(struct db *db, struct arena *a, int64_t account, const char *id, int64_t now,
		   struct upload_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select tag, digest, size, name, type, at, until from upload"
		     " where id = $1 and account = $2 and until > $3",
		     "tii", id, account, now));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = (struct upload_row){ .id = arena_str(a, id),
				    .account = account,
				    .tag = arena_str(a, db_text(r, 0)),
				    .digest = arena_str(a, db_text(r, 1)),
				    .size = db_i64(r, 2),
				    .name = arena_str(a, db_text(r, 3)),
				    .type = arena_str(a, db_text(r, 4)),
				    .at = db_i64(r, 5),
				    .until = db_i64(r, 6) };
	return DB_OK;
}

int upload_row_sum(struct db *db, int64_t account, int64_t now, int64_t *ret_size,
		   int64_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select cast(coalesce(sum(size), 0) as bigint), count(*) from upload"
		     " where account = $1 and until > $2",
		     "ii", account, now));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? DB_FAILED : rc;
	*ret_size = db_i64(r, 0);
	*ret_count = db_i64(r, 1);
	return DB_OK;
}

int upload_row_sweep(struct db *db, int64_t now)
{
	return db_run(db, "delete from upload where until <= $1", "i", now);
}

int upload_tag_named(struct db *db, const char *tag, bool *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select 1 from upload where tag = $1 union all"
		     " select 1 from job where file_tag = $1 and file_tag <> '' limit 1",
		     "t", tag));
	int rc = db_next(r);
	*ret = rc == DB_ROW;
	return rc == DB_ROW ? DB_OK : rc;
}
