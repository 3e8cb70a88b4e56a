/* store/registry_change.c — tables registry_change and registry_head. */
#include "store/registry_change.h"

#include "base/status.h"
#include "store/number.h"

int registry_change_add(struct db *db, const struct registry_change *c, int64_t *ret_id)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"insert into registry_change (registry, kind, at, actor, reason, file, file_digest,"
		" result_digest, undone, added, updated, unchanged, quarantined, kept)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
		" returning id",
		"ttitttttIiiiii", c->registry, c->kind, c->at, c->actor, c->reason, c->file,
		c->file_digest, c->result_digest, c->undone ? &c->undone : NULL, c->added,
		c->updated, c->unchanged, c->quarantined, c->kept));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? DB_FAILED : rc;
	int64_t id = db_i64(r, 0);
	db_rows_freep(&r);
	TRY(db_run(db,
		   "insert into registry_head (registry, change) values ($1, $2)"
		   " on conflict (registry) do update set change = excluded.change",
		   "ti", c->registry, id));
	*ret_id = id;
	return DB_OK;
}

int registry_change_head(struct db *db, const char *registry, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select change from registry_head where registry = $1", "t",
		     registry));
	return number_get(r, ret);
}

int registry_change_before(struct db *db, const char *registry, int64_t moment, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select coalesce(max(id), 0) from registry_change where registry = $1 and at < $2",
		"ti", registry, moment));
	return number_get(r, ret);
}

int registry_change_count(struct db *db, const char *registry, int64_t from, int64_t to,
			  int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select count(*) from registry_change where registry = $1 and id > $2"
		     " and id <= $3",
		     "tii", registry, from, to));
	return number_get(r, ret);
}

int registry_change_first(struct db *db, const char *registry, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select coalesce(min(id), 0) from registry_change where registry = $1",
		     "t", registry));
	return number_get(r, ret);
}

/* The columns of both queries below, in their order. */
static struct registry_change of_row(const struct db_rows *r)
{
	return (struct registry_change){ .id = db_i64(r, 0),
					 .registry = db_text(r, 1),
					 .kind = db_text(r, 2),
					 .at = db_i64(r, 3),
					 .actor = db_text(r, 4),
					 .reason = db_text(r, 5),
					 .file = db_text(r, 6),
					 .file_digest = db_text(r, 7),
					 .result_digest = db_text(r, 8),
					 .undone = db_i64(r, 9),
					 .added = db_i64(r, 10),
					 .updated = db_i64(r, 11),
					 .unchanged = db_i64(r, 12),
					 .quarantined = db_i64(r, 13),
					 .kept = db_i64(r, 14) };
}

int registry_change_get(struct db *db, struct arena *a, const char *registry, int64_t id,
			struct registry_change *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select id, registry, kind, at, actor, reason, file, file_digest, result_digest,"
		" coalesce(undone, 0), added, updated, unchanged, quarantined, kept"
		" from registry_change where registry = $1 and id = $2",
		"ti", registry, id));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	struct registry_change c = of_row(r);
	c.registry = arena_str(a, c.registry);
	c.kind = arena_str(a, c.kind);
	c.actor = arena_str(a, c.actor);
	c.reason = arena_str(a, c.reason);
	c.file = arena_str(a, c.file);
	c.file_digest = arena_str(a, c.file_digest);
	c.result_digest = arena_str(a, c.result_digest);
	*ret = c;
	return DB_OK;
}

int registry_change_newest(struct db *db, const char *registry, int64_t below, int64_t most,
			   registry_change_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(
		db, &r,
		"select id, registry, kind, at, actor, reason, file, file_digest, result_digest,"
		" coalesce(undone, 0), added, updated, unchanged, quarantined, kept"
		" from registry_change where registry = $1 and id < $2 order by id desc limit $3",
		"tii", registry, below, most));
	while ((rc = db_next(r)) == DB_ROW) {
		struct registry_change c = of_row(r);
		TRY(each(arg, &c));
	}
	return rc;
}
