/* store/account_session.c — a session that ended stays as a row: the audit administrator lists log-ins. */
#include "store/account_session.h"

#include "base/status.h"

#define COLUMNS "digest, id, account, csrf, made_at, seen_at, address, agent, ended_at, ended, tag"

static struct account_session_row read_row(const struct db_rows *r, struct arena *a)
{
	return (struct account_session_row){
		.digest = arena_str(a, db_text(r, 0)),
		.id = arena_str(a, db_text(r, 1)),
		.account = db_i64(r, 2),
		.csrf = arena_str(a, db_text(r, 3)),
		.made_at = db_i64(r, 4),
		.seen_at = db_i64(r, 5),
		.address = arena_str(a, db_text(r, 6)),
		.agent = arena_str(a, db_text(r, 7)),
		.ended_at = db_i64(r, 8),
		.ended = arena_str(a, db_text(r, 9)),
		.tag = arena_str(a, db_text(r, 10)),
	};
}

int account_session_add(struct db *db, const struct account_session_row *row)
{
	return db_run(db,
		      "insert into account_session (digest, id, account, csrf, made_at, seen_at,"
		      " address, agent, ended_at, ended, tag)"
		      " values ($1, $2, $3, $4, $5, $5, $6, $7, 0, '', $8)",
		      "ttitittt", row->digest, row->id, row->account, row->csrf, row->made_at,
		      row->address, row->agent, row->tag);
}

int account_session_get(struct db *db, struct arena *a, const char *digest,
			struct account_session_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select " COLUMNS " from account_session where digest = $1", "t",
		     digest));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = read_row(r, a);
	return DB_OK;
}

int account_session_seen(struct db *db, const char *digest, int64_t at, const char *tag)
{
	return db_run(db,
		      "update account_session set seen_at = $2, tag = $3"
		      " where digest = $1 and ended_at = 0 and seen_at <= $2",
		      "tit", digest, at, tag);
}

int account_session_list(struct db *db, struct arena *a, int64_t account, size_t most,
			 struct account_session_row *ret, size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	size_t count = 0;
	int rc;

	TRY(db_query(db, &r,
		     "select " COLUMNS " from account_session where account = $1 and ended_at = 0"
		     " order by made_at desc, id desc limit $2",
		     "ii", account, (int64_t)most));
	while ((rc = db_next(r)) == DB_ROW && count < most)
		ret[count++] = read_row(r, a);
	if (rc == DB_OK)
		*ret_count = count;
	return rc;
}

int account_session_end(struct db *db, int64_t account, const char *id, const char *why, int64_t at)
{
	TRY(db_run(db,
		   "update account_session set ended_at = $4, ended = $3"
		   " where account = $1 and id = $2 and ended_at = 0",
		   "itti", account, id, why, at));
	return db_changed(db) == 1 ? DB_OK : NONE;
}

int account_session_end_all(struct db *db, int64_t account, const char *but, const char *why,
			    int64_t at)
{
	return db_run(db,
		      "update account_session set ended_at = $4, ended = $3"
		      " where account = $1 and id <> $2 and ended_at = 0",
		      "itti", account, but, why, at);
}

int account_failure_add(struct db *db, const char *address, int64_t minute, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "insert into account_failure (address, minute, failures) values ($1, $2, 1)"
		     " on conflict (address, minute) do update"
		     " set failures = account_failure.failures + 1 returning failures",
		     "ti", address, minute));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

int account_failure_sum(struct db *db, const char *address, int64_t since, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select cast(coalesce(sum(failures), 0) as bigint) from account_failure"
		     " where address = $1 and minute >= $2",
		     "ti", address, since));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

int account_failure_sweep(struct db *db, int64_t before)
{
	return db_run(db, "delete from account_failure where minute < $1", "i", before);
}
