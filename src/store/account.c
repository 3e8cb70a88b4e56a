/* store/account.c — accounts are never deleted: closed ones keep their name, so that nobody acts under it again. */
#include "store/account.h"

#include "base/status.h"

#define COLUMNS                                                                                    \
	"key, id, name, person, kind, state, county, department, inspector, password,"             \
	" password_at, totp, totp_step, failures, locked_until, version, made_at, made_by,"        \
	" tag, told"

static struct account_row read_row(const struct db_rows *r, struct arena *a)
{
	struct account_row row = {
		.key = db_i64(r, 0),
		.id = arena_str(a, db_text(r, 1)),
		.name = arena_str(a, db_text(r, 2)),
		.person = arena_str(a, db_text(r, 3)),
		.kind = arena_str(a, db_text(r, 4)),
		.state = arena_str(a, db_text(r, 5)),
		.county = arena_str(a, db_text(r, 6)),
		.department = arena_str(a, db_text(r, 7)),
		.inspector = arena_str(a, db_text(r, 8)),
		.password = arena_str(a, db_text(r, 9)),
		.password_at = db_i64(r, 10),
		.totp_step = db_i64(r, 12),
		.failures = db_i64(r, 13),
		.locked_until = db_i64(r, 14),
		.version = db_i64(r, 15),
		.made_at = db_i64(r, 16),
		.made_by = arena_str(a, db_text(r, 17)),
		.tag = arena_str(a, db_text(r, 18)),
		.told = db_i64(r, 19),
	};

	if (!db_null(r, 11)) {
		const void *at = db_bytes(r, 11, &row.totp_len);
		row.totp = arena_mem(a, at, row.totp_len);
	}
	return row;
}

int account_row_add(struct db *db, const struct account_row *row, int64_t *ret_key)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "insert into account (id, name, person, kind, state, county, department,"
		     " inspector, password, password_at, totp_step, failures, locked_until,"
		     " version, made_at, made_by)"
		     " values ($1, $2, $3, $4, $5, $6, $7, $8, '', 0, 0, 0, 0, 1, $9, $10)"
		     " returning key",
		     "ttttttttit", row->id, row->name, row->person, row->kind, row->state,
		     row->county, row->department, row->inspector, row->made_at, row->made_by));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret_key = db_i64(r, 0);
	return DB_OK;
}

static int one(struct db_rows *r, struct arena *a, struct account_row *ret)
{
	int rc = db_next(r);

	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = read_row(r, a);
	return DB_OK;
}

int account_row_get(struct db *db, struct arena *a, const char *name, struct account_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select " COLUMNS " from account where name = $1", "t", name));
	return one(r, a, ret);
}

int account_row_by_id(struct db *db, struct arena *a, const char *id, struct account_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select " COLUMNS " from account where id = $1", "t", id));
	return one(r, a, ret);
}

int account_row_by_key(struct db *db, struct arena *a, int64_t key, struct account_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select " COLUMNS " from account where key = $1", "i", key));
	return one(r, a, ret);
}

int account_row_list(struct db *db, struct arena *a, const char *after, size_t most,
		     struct account_row *ret, size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	size_t count = 0;
	int rc;

	TRY(db_query(db, &r,
		     "select " COLUMNS " from account where name > $1 order by name limit $2", "ti",
		     after, (int64_t)most));
	while ((rc = db_next(r)) == DB_ROW && count < most)
		ret[count++] = read_row(r, a);
	if (rc == DB_OK)
		*ret_count = count;
	return rc;
}

static int number(struct db_rows *r, int64_t *ret)
{
	int rc = db_next(r);

	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

int account_row_count(struct db *db, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select count(*) from account", ""));
	return number(r, ret);
}

int account_row_others(struct db *db, const char *kind, int64_t but, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select count(*) from account"
		     " where kind = $1 and state = 'active' and key <> $2",
		     "ti", kind, but));
	return number(r, ret);
}

int account_row_persons(struct db *db, int (*each)(void *arg, const char *person), void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r, "select person from account order by key", ""));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(each(arg, db_text(r, 0)));
	return rc;
}

int account_row_set(struct db *db, const struct account_row *row)
{
	TRY(db_run(db,
		   "update account set state = $3, county = $4, department = $5, inspector = $6,"
		   " password = $7, password_at = $8, totp = $9, totp_step = $10, failures = $11,"
		   " locked_until = $12, version = version + 1 where key = $1 and version = $2",
		   "iitttttibiii", row->key, row->version, row->state, row->county, row->department,
		   row->inspector, row->password, row->password_at, row->totp, row->totp_len,
		   row->totp_step, row->failures, row->locked_until));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int account_row_tag(struct db *db, int64_t key, const char *tag, int64_t told)
{
	TRY(db_run(db, "update account set tag = $2, told = $3 where key = $1", "iti", key, tag,
		   told));
	return db_changed(db) == 1 ? DB_OK : NONE;
}

int account_row_failed(struct db *db, int64_t key, int64_t failures, int64_t locked_until)
{
	TRY(db_run(db, "update account set failures = $2, locked_until = $3 where key = $1", "iii",
		   key, failures, locked_until));
	return db_changed(db) == 1 ? DB_OK : NONE;
}

int account_row_step(struct db *db, int64_t key, int64_t step)
{
	TRY(db_run(db, "update account set totp_step = $2 where key = $1 and totp_step < $2", "ii",
		   key, step));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int account_role_list(struct db *db, struct arena *a, int64_t account,
		      const char *ret[ACCOUNT_ROLES_MOST], size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	size_t count = 0;
	int rc;

	TRY(db_query(db, &r,
		     "select role from account_role where account = $1 and ended = 0 order by role",
		     "i", account));
	while ((rc = db_next(r)) == DB_ROW && count < ACCOUNT_ROLES_MOST)
		ret[count++] = arena_str(a, db_text(r, 0));
	if (rc == DB_OK)
		*ret_count = count;
	return rc;
}

int account_role_give(struct db *db, int64_t account, const char *role, int64_t at,
		      const char *grant)
{
	return db_run(db,
		      "insert into account_role (account, role, since, ended, grant_id)"
		      " values ($1, $2, $3, 0, $4)",
		      "itit", account, role, at, grant);
}

int account_role_take(struct db *db, int64_t account, const char *role, int64_t at)
{
	TRY(db_run(db,
		   "update account_role set ended = $3"
		   " where account = $1 and role = $2 and ended = 0",
		   "iti", account, role, at));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int account_ticket_add(struct db *db, const struct account_ticket *t)
{
	return db_run(db,
		      "insert into account_ticket (digest, account, made_at, expires, used_at, tag)"
		      " values ($1, $2, $3, $4, 0, $5)",
		      "tiiit", t->digest, t->account, t->made_at, t->expires, t->tag);
}

int account_ticket_use(struct db *db, struct arena *a, const char *digest, int64_t at,
		       struct account_ticket *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "update account_ticket set used_at = $2 where digest = $1 and used_at = 0"
		     " and expires > $2 returning account, made_at, expires, tag",
		     "ti", digest, at));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = (struct account_ticket){ digest, db_i64(r, 0), db_i64(r, 1), db_i64(r, 2),
					arena_str(a, db_text(r, 3)) };
	return DB_OK;
}

int account_ticket_void(struct db *db, int64_t account, int64_t at)
{
	return db_run(db,
		      "update account_ticket set used_at = $2 where account = $1 and used_at = 0",
		      "ii", account, at);
}
