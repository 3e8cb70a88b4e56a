/* store/account_grant.c — a decision is an update of an open row, so of two who decide at once one is told. */
#include "store/account_grant.h"

#include "base/status.h"

#define COLUMNS                                                                                    \
	"g.id, g.account, account.id, account.person, g.role, g.give, g.reason, g.asked_by,"       \
	" g.asked_at, g.state, g.decided_by, g.decided_at"

static struct account_grant_row read_row(const struct db_rows *r, struct arena *a)
{
	return (struct account_grant_row){
		.id = arena_str(a, db_text(r, 0)),
		.account = db_i64(r, 1),
		.account_id = arena_str(a, db_text(r, 2)),
		.person = arena_str(a, db_text(r, 3)),
		.role = arena_str(a, db_text(r, 4)),
		.give = db_i64(r, 5) != 0,
		.reason = arena_str(a, db_text(r, 6)),
		.asked_by = arena_str(a, db_text(r, 7)),
		.asked_at = db_i64(r, 8),
		.state = arena_str(a, db_text(r, 9)),
		.decided_by = arena_str(a, db_text(r, 10)),
		.decided_at = db_i64(r, 11),
	};
}

int account_grant_add(struct db *db, const struct account_grant_row *row)
{
	return db_run(db,
		      "insert into account_grant (id, account, role, give, reason, asked_by,"
		      " asked_at, state, decided_by, decided_at)"
		      " values ($1, $2, $3, $4, $5, $6, $7, 'open', '', 0)",
		      "tititti", row->id, row->account, row->role, (int64_t)row->give, row->reason,
		      row->asked_by, row->asked_at);
}

int account_grant_get(struct db *db, struct arena *a, const char *id, struct account_grant_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select " COLUMNS
		     " from account_grant g join account on account.key = g.account"
		     " where g.id = $1",
		     "t", id));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = read_row(r, a);
	return DB_OK;
}

int account_grant_decide(struct db *db, const char *id, const char *state, const char *decided_by,
			 int64_t at)
{
	TRY(db_run(db,
		   "update account_grant set state = $2, decided_by = $3, decided_at = $4"
		   " where id = $1 and state = 'open'",
		   "ttti", id, state, decided_by, at));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int account_grant_page(struct db *db, struct arena *a, const char *after, size_t most,
		       struct account_grant_row *ret, size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	size_t count = 0;
	int rc;

	TRY(db_query(db, &r,
		     "select " COLUMNS
		     " from account_grant g join account on account.key = g.account"
		     " where g.id > $1 order by g.id limit $2",
		     "ti", after, (int64_t)most));
	while ((rc = db_next(r)) == DB_ROW && count < most)
		ret[count++] = read_row(r, a);
	if (rc == DB_OK)
		*ret_count = count;
	return rc;
}

int account_grant_list(struct db *db, struct arena *a, size_t most, struct account_grant_row *ret,
		       size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	size_t count = 0;
	int rc;

	TRY(db_query(db, &r,
		     "select " COLUMNS
		     " from account_grant g join account on account.key = g.account"
		     " order by case when g.state = 'open' then 0 else 1 end, g.id desc limit $1",
		     "i", (int64_t)most));
	while ((rc = db_next(r)) == DB_ROW && count < most)
		ret[count++] = read_row(r, a);
	if (rc == DB_OK)
		*ret_count = count;
	return rc;
}
