/* store/answer.c — see the header. */
#include "store/answer.h"

#include "base/status.h"

int answer_row_get(struct db *db, struct arena *a, int64_t account, const char *key,
		   struct answer_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	size_t len;

	TRY(db_query(db, &r,
		     "select request, status, etag, answer, at from answer_kept"
		     " where account = $1 and key = $2",
		     "it", account, key));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	const void *answer = db_bytes(r, 3, &len);
	*ret = (struct answer_row){ .account = account,
				    .key = arena_str(a, key),
				    .request = arena_str(a, db_text(r, 0)),
				    .status = db_i64(r, 1),
				    .etag = db_null(r, 2) ? NULL : arena_str(a, db_text(r, 2)),
				    .answer = answer ? arena_mem(a, answer, len) : NULL,
				    .len = len,
				    .at = db_i64(r, 4) };
	return DB_OK;
}

int answer_row_take(struct db *db, const struct answer_row *row)
{
	return db_run(db,
		      "insert into answer_kept (account, key, request, status, etag, answer, at)"
		      " values ($1, $2, $3, 200, null, null, $4)",
		      "itti", row->account, row->key, row->request, row->at);
}

int answer_row_fill(struct db *db, const struct answer_row *row)
{
	return db_run(db,
		      "update answer_kept set status = $3, etag = $4, answer = $5"
		      " where account = $1 and key = $2",
		      "ititb", row->account, row->key, row->status, row->etag, row->answer,
		      row->len);
}

int answer_row_drop(struct db *db, const struct answer_row *row)
{
	return db_run(db, "delete from answer_kept where account = $1 and key = $2", "it",
		      row->account, row->key);
}

int answer_row_sweep(struct db *db, int64_t before)
{
	return db_run(db, "delete from answer_kept where at < $1", "i", before);
}
