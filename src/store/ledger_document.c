/* store/ledger_document.c — the rows of ledger_document and ledger_document_part. */
#include "store/ledger_document.h"

#include "base/status.h"

#include <string.h>

enum { PART = 1 << 20 };

int ledger_document_add(struct db *db, const char *digest, const void *at, size_t len)
{
	TRY(db_run(db,
		   "insert into ledger_document (digest, size) values ($1, $2)"
		   " on conflict (digest) do nothing",
		   "ti", digest, (int64_t)len));
	if (db_changed(db) == 0)
		return DB_OK;
	for (size_t from = 0, part = 0; from < len; from += PART, part++) {
		size_t piece = len - from < PART ? len - from : PART;
		TRY(db_run(db,
			   "insert into ledger_document_part (digest, part, bytes)"
			   " values ($1, $2, $3)",
			   "tib", digest, (int64_t)part, (const char *)at + from, piece));
	}
	return DB_OK;
}

static int size_of(struct db *db, const char *digest, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select size from ledger_document where digest = $1", "t", digest));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

int ledger_document_get(struct db *db, struct arena *a, const char *digest, size_t max, char **ret,
			size_t *ret_len)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int64_t size;
	size_t done = 0, len;
	int rc;

	TRY(size_of(db, digest, &size));
	if (size < 0 || (uint64_t)size > max)
		return TOO_LARGE;
	char *out = arena_alloc(a, (size_t)size + 1);
	TRY(db_query(db, &r,
		     "select bytes from ledger_document_part where digest = $1 order by part", "t",
		     digest));
	while ((rc = db_next(r)) == DB_ROW) {
		const void *piece = db_bytes(r, 0, &len);
		if (len > (size_t)size - done)
			return INVALID;
		memcpy(out + done, piece, len);
		done += len;
	}
	if (rc != DB_OK)
		return rc;
	*ret = out;
	*ret_len = done;
	return DB_OK;
}

int ledger_document_walk(struct db *db, ledger_document_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	size_t len;
	int rc;

	TRY(db_query(db, &r,
		     "select d.digest, p.bytes from ledger_document d"
		     " left join ledger_document_part p on p.digest = d.digest"
		     " order by d.digest, p.part",
		     ""));
	while ((rc = db_next(r)) == DB_ROW) {
		const void *at = db_bytes(r, 1, &len);
		TRY(each(arg, db_text(r, 0), at, len));
	}
	return rc;
}

int ledger_document_missing(struct db *db, int64_t *ret_lost, int64_t *ret_outside)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select count(*), coalesce(sum(case when e.action = 'visit.opinion'"
		     " then 1 else 0 end), 0)"
		     " from ledger_entry e where e.digest <> '' and not exists"
		     " (select 1 from ledger_document d where d.digest = e.digest)",
		     ""));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret_outside = db_i64(r, 1);
	*ret_lost = db_i64(r, 0) - *ret_outside;
	return DB_OK;
}
