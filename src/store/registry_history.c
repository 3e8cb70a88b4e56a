/* store/registry_history.c — reading registry_version along registry_row. */
#include "store/registry_history.h"

#include "base/status.h"

#include <string.h>

/* Of version v. */
#define IS_LAST                                                                                    \
	"not exists (select 1 from registry_version as n where n.row = v.row"                      \
	" and n.version > v.version)"

int registry_version_walk(struct db *db, int64_t key, registry_version_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select version, change, cells from registry_version where row = $1"
		     " order by version desc",
		     "i", key));
	while ((rc = db_next(r)) == DB_ROW) {
		struct registry_version v = { db_i64(r, 0), db_i64(r, 1), db_text(r, 2) };
		TRY(each(arg, &v));
	}
	return rc;
}

struct diff {
	const char *registry;
	int64_t from, to;
	registry_diff_each *each;
	void *arg;
};

static int diff_all(struct db *db, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	const struct diff *d = arg;
	int rc;

	TRY(db_query(db, &r,
		     "select r.id, (select v.cells from registry_version as v where v.row = r.key"
		     " and v.change <= $2 order by v.version desc limit 1),"
		     " (select v.cells from registry_version as v where v.row = r.key"
		     " and v.change <= $3 order by v.version desc limit 1)"
		     " from registry_row as r where r.registry = $1 and r.key in"
		     " (select x.row from registry_version as x where x.change > $2"
		     " and x.change <= $3) order by r.id",
		     "tii", d->registry, d->from, d->to));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(d->each(d->arg, db_text(r, 0), db_null(r, 1) ? NULL : db_text(r, 1),
			    db_text(r, 2)));
	return rc;
}

int registry_diff_walk(struct db *db, const char *registry, const int64_t from_to[2],
		       registry_diff_each *each, void *arg)
{
	struct diff d = { registry, from_to[0], from_to[1], each, arg };

	return db_read(db, diff_all, &d);
}

int registry_since_walk(struct db *db, const char *registry, int64_t change,
			registry_since_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select c.at, v.cells from registry_version as v"
		     " join registry_change as c on c.id = v.change"
		     " join registry_row as r on r.key = v.row"
		     " where v.change > $2 and r.registry = $1 order by r.id, v.version",
		     "ti", registry, change));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(each(arg, db_i64(r, 0), db_text(r, 1)));
	return rc;
}

struct undo {
	const char *registry;
	int64_t change;
	registry_diff_each *each;
	void *arg;
};

static int undo_replaced(struct db *db, const struct undo *u)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select r.id, v.cells, p.cells from registry_version as v"
		     " join registry_row as r on r.key = v.row"
		     " join registry_version as p on p.row = v.row and p.version = v.version - 1"
		     " where v.change = $2 and r.registry = $1 and " IS_LAST " order by r.id",
		     "ti", u->registry, u->change));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(u->each(u->arg, db_text(r, 0), db_text(r, 1), db_text(r, 2)));
	return rc;
}

static int undo_added(struct db *db, const struct undo *u)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select r.id, v.cells from registry_version as v"
		     " join registry_row as r on r.key = v.row"
		     " where v.change = $2 and v.version = 1 and r.registry = $1 and " IS_LAST
		     " order by r.id",
		     "ti", u->registry, u->change));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(u->each(u->arg, db_text(r, 0), db_text(r, 1), NULL));
	return rc;
}

static int undo_all(struct db *db, void *arg)
{
	TRY(undo_replaced(db, arg));
	return undo_added(db, arg);
}

int registry_undo_walk(struct db *db, const char *registry, int64_t change,
		       registry_diff_each *each, void *arg)
{
	struct undo u = { registry, change, each, arg };

	return db_read(db, undo_all, &u);
}
