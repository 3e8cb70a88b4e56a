/* store/rule_set.c — table rule_set. */
#include "store/rule_set.h"

#include "base/status.h"

#include <string.h>

#define COLUMNS                                                                                    \
	"id, version, name, title, body, level, valid_from, valid_to, withdrawn, cells, digest, "  \
	"at, actor, reason, file"

static int64_t open_or(const struct db_rows *r, int column)
{
	return db_null(r, column) ? RULE_ROW_OPEN : db_i64(r, column);
}

static void fill(struct arena *a, const struct db_rows *r, struct rule_set_row *ret)
{
	*ret = (struct rule_set_row){
		.id = db_i64(r, 0),
		.version = db_i64(r, 1),
		.name = arena_str(a, db_text(r, 2)),
		.title = arena_str(a, db_text(r, 3)),
		.body = arena_str(a, db_text(r, 4)),
		.level = arena_str(a, db_text(r, 5)),
		.from = open_or(r, 6),
		.to = open_or(r, 7),
		.withdrawn = db_i64(r, 8) != 0,
		.cells = arena_str(a, db_text(r, 9)),
		.digest = arena_str(a, db_text(r, 10)),
		.at = db_i64(r, 11),
		.actor = arena_str(a, db_text(r, 12)),
		.reason = arena_str(a, db_text(r, 13)),
		.file = arena_str(a, db_text(r, 14)),
	};
}

/* Reads up to `most` rows and frees the result. */
static int collect(struct arena *a, struct db_rows *rows, size_t most, struct rule_set_rows *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = rows;
	struct rule_set_rows list = { arena_array(a, most, sizeof(*list.at)), 0 };
	int rc = DB_OK;

	while (list.count < most && (rc = db_next(r)) == DB_ROW)
		fill(a, r, &list.at[list.count++]);
	if (rc < 0)
		return rc;
	*ret = list;
	return DB_OK;
}

static int last_version(struct db *db, const char *name, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select version from rule_set where name = $1 order by version desc limit 1",
		     "t", name));
	int rc = db_next(r);
	if (rc < 0)
		return rc;
	*ret = rc == DB_ROW ? db_i64(r, 0) : 0;
	return DB_OK;
}

int rule_set_row_add(struct db *db, const struct rule_set_row *row, int64_t *ret_version)
{
	int64_t version = 0;

	TRY(last_version(db, row->name, &version));
	version++;
	TRY(db_run(db,
		   "insert into rule_set (name, version, title, body, level, valid_from, valid_to, "
		   "withdrawn, cells, digest, at, actor, reason, file) "
		   "values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
		   "titttIIittittt", row->name, version, row->title, row->body, row->level,
		   row->from == RULE_ROW_OPEN ? NULL : &row->from,
		   row->to == RULE_ROW_OPEN ? NULL : &row->to, (int64_t)row->withdrawn, row->cells,
		   row->digest, row->at, row->actor, row->reason, row->file));
	*ret_version = version;
	return DB_OK;
}

int rule_set_row_get(struct db *db, struct arena *a, const char *name, int64_t version,
		     struct rule_set_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select " COLUMNS
		     " from rule_set where name = $1 and ($2 = 0 or version = $2) "
		     "order by version desc limit 1",
		     "ti", name, version));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	fill(a, r, ret);
	return DB_OK;
}

int rule_set_row_list(struct db *db, struct arena *a, size_t most, struct rule_set_rows *ret)
{
	struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select " COLUMNS " from rule_set s where version = "
		     "(select max(version) from rule_set t where t.name = s.name) "
		     "order by name limit $1",
		     "i", (int64_t)most));
	return collect(a, r, most, ret);
}

int rule_set_row_versions(struct db *db, struct arena *a, const char *name, size_t most,
			  struct rule_set_rows *ret)
{
	struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select " COLUMNS
		     " from rule_set where name = $1 order by version desc limit $2",
		     "ti", name, (int64_t)most));
	return collect(a, r, most, ret);
}

int rule_set_row_on(struct db *db, struct arena *a, const char *level, int64_t day, size_t most,
		    struct rule_set_rows *ret)
{
	struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select " COLUMNS
		     " from rule_set s where level = $1 and withdrawn = 0 and version = "
		     "(select max(version) from rule_set t where t.name = s.name) "
		     "and (valid_from is null or valid_from <= $2) "
		     "and (valid_to is null or valid_to >= $2) "
		     "order by valid_from desc nulls last, name limit $3",
		     "tii", level, day, (int64_t)most));
	return collect(a, r, most, ret);
}
