/* store/registry_suggestion.c — table registry_suggestion. */
#include "store/registry_suggestion.h"

#include "base/status.h"
#include "store/number.h"

int registry_suggestion_find(struct db *db, const char *registry, const char *one,
			     const char *other, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select coalesce(max(s.id), 0) from registry_row as a, registry_row as b,"
		     " registry_suggestion as s where a.registry = $1 and a.id = $2"
		     " and b.registry = $1 and b.id = $3"
		     " and s.first_row = case when a.key < b.key then a.key else b.key end"
		     " and s.second_row = case when a.key < b.key then b.key else a.key end",
		     "ttt", registry, one, other));
	return number_get(r, ret);
}

int registry_suggestion_add(struct db *db, const char *registry,
			    const struct registry_suggestion *s, bool *ret_fresh)
{
	int64_t there;

	TRY(registry_suggestion_find(db, registry, s->first, s->second, &there));
	if (there) {
		TRY(db_run(
			db,
			"update registry_suggestion set state = 'open', decided_at = null, actor = '',"
			" reason = '', change = null where id = $1 and state = 'confirmed'",
			"i", there));
		*ret_fresh = db_changed(db) == 1;
		return DB_OK;
	}
	TRY(db_run(
		db,
		"insert into registry_suggestion (registry, first_row, second_row, basis, found_at,"
		" state, actor, reason) select $1, case when a.key < b.key then a.key else b.key end,"
		" case when a.key < b.key then b.key else a.key end, $4, cast($5 as bigint), 'open',"
		" '', '' from registry_row as a, registry_row as b"
		" where a.registry = $1 and a.id = $2 and b.registry = $1 and b.id = $3",
		"tttti", registry, s->first, s->second, s->basis, s->found_at));
	*ret_fresh = true;
	return db_changed(db) == 1 ? DB_OK : NONE;
}

/* The columns of both queries below, in their order. */
static struct registry_suggestion of_row(const struct db_rows *r)
{
	return (struct registry_suggestion){ .id = db_i64(r, 0),
					     .first = db_text(r, 1),
					     .second = db_text(r, 2),
					     .basis = db_text(r, 3),
					     .found_at = db_i64(r, 4),
					     .state = db_text(r, 5),
					     .decided_at = db_i64(r, 6),
					     .actor = db_text(r, 7),
					     .reason = db_text(r, 8),
					     .change = db_i64(r, 9) };
}

int registry_suggestion_get(struct db *db, struct arena *a, const char *registry, int64_t id,
			    struct registry_suggestion *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select s.id, a.id, b.id, s.basis, s.found_at, s.state, s.decided_at, s.actor,"
		     " s.reason, s.change from registry_suggestion as s"
		     " join registry_row as a on a.key = s.first_row"
		     " join registry_row as b on b.key = s.second_row"
		     " where s.registry = $1 and s.id = $2",
		     "ti", registry, id));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	struct registry_suggestion s = of_row(r);
	s.first = arena_str(a, s.first);
	s.second = arena_str(a, s.second);
	s.basis = arena_str(a, s.basis);
	s.state = arena_str(a, s.state);
	s.actor = arena_str(a, s.actor);
	s.reason = arena_str(a, s.reason);
	*ret = s;
	return DB_OK;
}

int registry_suggestion_decide(struct db *db, const struct registry_suggestion *s)
{
	TRY(db_run(db,
		   "update registry_suggestion set state = $2, decided_at = $3, actor = $4,"
		   " reason = $5, change = $6 where id = $1 and state = 'open'",
		   "itittI", s->id, s->state, s->decided_at, s->actor, s->reason,
		   s->change ? &s->change : NULL));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int registry_suggestion_walk(struct db *db, const struct registry_suggestion_page *p,
			     registry_suggestion_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select s.id, a.id, b.id, s.basis, s.found_at, s.state, s.decided_at, s.actor,"
		     " s.reason, s.change from registry_suggestion as s"
		     " join registry_row as a on a.key = s.first_row"
		     " join registry_row as b on b.key = s.second_row"
		     " join registry_facet as c on c.id = a.facet"
		     " join registry_facet as d on d.id = b.facet"
		     " where s.registry = $1 and s.state = $2 and s.id > $3"
		     " and (s.state <> 'open' or (c.state <> 'merged' and d.state <> 'merged'))"
		     " order by s.id limit $4",
		     "ttii", p->registry, p->state, p->after, p->most));
	while ((rc = db_next(r)) == DB_ROW) {
		struct registry_suggestion s = of_row(r);
		TRY(each(arg, &s));
	}
	return rc;
}

int registry_suggestion_count(struct db *db, const char *registry, const char *state, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select count(*) from registry_suggestion as s"
		     " join registry_row as a on a.key = s.first_row"
		     " join registry_row as b on b.key = s.second_row"
		     " join registry_facet as c on c.id = a.facet"
		     " join registry_facet as d on d.id = b.facet"
		     " where s.registry = $1 and s.state = $2"
		     " and (s.state <> 'open' or (c.state <> 'merged' and d.state <> 'merged'))",
		     "tt", registry, state));
	return number_get(r, ret);
}
