/* store/draw_row.c — one list of columns for all reads; one update for each step. */
#include "store/draw_row.h"

#include "base/status.h"

#include <string.h>

#define COLUMNS                                                                                       \
	"key, id, body, year, number, kind, state, live, plan, period, pool, area, parent, replaces," \
	" sealed, title, reveal_by, period_end, declaration, root, objects, drawn, relaxed, teams,"   \
	" unmet, prepared_at, approved_at, frozen_at, opened_at, drawn_at, revealed_at, ended_at,"    \
	" prepared_by, approved_by, approved_for, frozen_by, drawn_by, ended_by, reason,"             \
	" opened_by, revealed_by, department, approved_version, approved_rules"

/* Strings are borrowed from the result. */
static struct draw_row read_row(const struct db_rows *r)
{
	return (struct draw_row){
		.key = db_i64(r, 0),
		.id = db_text(r, 1),
		.body = db_text(r, 2),
		.year = db_i64(r, 3),
		.number = db_i64(r, 4),
		.kind = db_text(r, 5),
		.state = db_text(r, 6),
		.live = db_i64(r, 7) != 0,
		.plan = db_text(r, 8),
		.period = db_text(r, 9),
		.pool = db_text(r, 10),
		.area = db_text(r, 11),
		.parent = db_i64(r, 12),
		.replaces = db_i64(r, 13),
		.sealed = db_i64(r, 14) != 0,
		.title = db_text(r, 15),
		.reveal_by = db_i64(r, 16),
		.period_end = db_i64(r, 17),
		.declaration = db_text(r, 18),
		.root = db_text(r, 19),
		.objects = db_i64(r, 20),
		.drawn = db_i64(r, 21),
		.relaxed = db_i64(r, 22),
		.teams = db_i64(r, 23) != 0,
		.unmet = db_i64(r, 24),
		.prepared_at = db_i64(r, 25),
		.approved_at = db_i64(r, 26),
		.frozen_at = db_i64(r, 27),
		.opened_at = db_i64(r, 28),
		.drawn_at = db_i64(r, 29),
		.revealed_at = db_i64(r, 30),
		.ended_at = db_i64(r, 31),
		.prepared_by = db_text(r, 32),
		.approved_by = db_text(r, 33),
		.approved_for = db_text(r, 34),
		.frozen_by = db_text(r, 35),
		.drawn_by = db_text(r, 36),
		.ended_by = db_text(r, 37),
		.reason = db_text(r, 38),
		.opened_by = db_text(r, 39),
		.revealed_by = db_text(r, 40),
		.department = db_text(r, 41),
		.approved_version = db_i64(r, 42),
		.approved_rules = db_text(r, 43),
	};
}

void draw_row_keep(struct arena *a, struct draw_row *d)
{
	const char **const texts[] = {
		&d->id,          &d->body,        &d->kind,
		&d->state,       &d->plan,        &d->period,
		&d->pool,        &d->area,        &d->title,
		&d->declaration, &d->root,        &d->prepared_by,
		&d->approved_by, &d->frozen_by,   &d->drawn_by,
		&d->ended_by,    &d->reason,      &d->approved_for,
		&d->opened_by,   &d->revealed_by, &d->approved_rules,
		&d->department,
	};

	for (size_t i = 0; i < COUNT(texts); i++)
		*texts[i] = arena_str(a, *texts[i]);
}

static int take_one(struct db_rows *r, struct arena *a, struct draw_row *ret)
{
	int rc = db_next(r);

	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = read_row(r);
	draw_row_keep(a, ret);
	return DB_OK;
}

int draw_row_get(struct db *db, struct arena *a, const char *id, struct draw_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select " COLUMNS " from draw where id = $1", "t", id));
	return take_one(r, a, ret);
}

int draw_row_by_key(struct db *db, struct arena *a, int64_t key, struct draw_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select " COLUMNS " from draw where key = $1", "i", key));
	return take_one(r, a, ret);
}

int draw_row_replacing(struct db *db, struct arena *a, int64_t key, struct draw_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select " COLUMNS " from draw where replaces = $1 and state <> 'cancelled'"
		     " order by key",
		     "i", key));
	return take_one(r, a, ret);
}

int draw_row_unfollowed(struct db *db, struct arena *a, const struct draw_row *like,
			struct draw_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select " COLUMNS " from draw where state = 'annulled' and body = $1"
		     " and pool = $2 and period = $3 and (kind = 'joint') = ($4 = 'joint')"
		     " and department = $5"
		     " and not exists (select 1 from draw as after where after.replaces = draw.key"
		     " and after.state <> 'cancelled') order by number desc limit 1",
		     "ttttt", like->body, like->pool, like->period, like->kind, like->department));
	return take_one(r, a, ret);
}

int draw_row_walk(struct db *db, const char *body, int64_t year, draw_row_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select " COLUMNS " from draw where ($1 = '' or body = $1)"
		     " and ($2 = 0 or year = $2) order by body, year, number",
		     "ti", body, year));
	while ((rc = db_next(r)) == DB_ROW) {
		struct draw_row row = read_row(r);
		TRY(each(arg, &row));
	}
	return rc;
}

int draw_row_children(struct db *db, int64_t parent, draw_row_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r, "select " COLUMNS " from draw where parent = $1 order by number", "i",
		     parent));
	while ((rc = db_next(r)) == DB_ROW) {
		struct draw_row row = read_row(r);
		TRY(each(arg, &row));
	}
	return rc;
}

int draw_row_member_elsewhere(struct db *db, const char *department, const char *inspector,
			      bool *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select 1 from visit_member as m join visit as v on v.id = m.visit"
		     " join draw as d on d.key = v.draw"
		     " where m.inspector = $1 and d.department <> $2 limit 1",
		     "tt", inspector, department));
	int rc = db_next(r);
	*ret = rc == DB_ROW;
	return rc == DB_ROW ? DB_OK : rc;
}

/* The first number of a query's first row. */
static int one_number(struct db_rows *r, int64_t *ret)
{
	int rc = db_next(r);

	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

int draw_row_next(struct db *db, const char *body, int64_t year, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select coalesce(max(number), 0) + 1 from draw where body = $1 and year = $2",
		     "ti", body, year));
	return one_number(r, ret);
}

int draw_row_add(struct db *db, struct draw_row *row)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int64_t key;

	TRY(db_query(
		db, &r,
		"insert into draw (id, body, year, number, kind, state, live, plan, period, pool, area,"
		" parent, replaces, sealed, title, reveal_by, period_end, declaration, root, objects,"
		" drawn, relaxed, teams, unmet, prepared_at, prepared_by, approved_at, approved_by,"
		" approved_for, frozen_at, frozen_by, opened_at, drawn_at, drawn_by, revealed_at,"
		" ended_at, ended_by, reason, department)"
		" values ($1, $2, $3, $4, $5, 'prepared', 1, $6, $7, $8, $9, $10, $11, $12, $13, 0, 0,"
		" '', '', 0, 0, 0, 0, 0, $14, $15, 0, '', '', 0, '', 0, 0, '', 0, 0, '', '', $16)"
		" returning key",
		"ttiitttttIIititt", row->id, row->body, row->year, row->number, row->kind,
		row->plan, row->period, row->pool, row->area, row->parent ? &row->parent : NULL,
		row->replaces ? &row->replaces : NULL, (int64_t)row->sealed, row->title,
		row->prepared_at, row->prepared_by, row->department ? row->department : ""));
	TRY(one_number(r, &key));
	row->key = key;
	return DB_OK;
}

/* A step that found no draw in the state it starts from. */
static int moved(const struct db *db)
{
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int draw_row_approve(struct db *db, const struct draw_row *row)
{
	TRY(db_run(db,
		   "update draw set state = 'approved', approved_at = $2, approved_by = $3,"
		   " approved_for = $4, approved_version = $5, approved_rules = $6"
		   " where key = $1 and state = 'prepared'",
		   "iittit", row->key, row->approved_at, row->approved_by, row->approved_for,
		   row->approved_version, row->approved_rules));
	return moved(db);
}

int draw_row_freeze(struct db *db, const struct draw_row *row)
{
	TRY(db_run(
		db,
		"update draw set state = 'frozen', area = $2, title = $3, reveal_by = $4,"
		" period_end = $5, declaration = $6, objects = $7, frozen_at = $8, frozen_by = $9"
		" where key = $1 and state = 'approved'",
		"ittiitiit", row->key, row->area, row->title, row->reveal_by, row->period_end,
		row->declaration, row->objects, row->frozen_at, row->frozen_by));
	return moved(db);
}

int draw_row_open(struct db *db, const struct draw_row *row)
{
	TRY(db_run(db,
		   "update draw set state = 'opened', opened_at = $2, opened_by = $3"
		   " where key = $1 and state = 'frozen'",
		   "iit", row->key, row->opened_at, row->opened_by));
	return moved(db);
}

int draw_row_run(struct db *db, const struct draw_row *row)
{
	TRY(db_run(
		db,
		"update draw set state = 'drawn', root = $3, drawn = $4, relaxed = $5, teams = $6,"
		" unmet = $7, drawn_at = $8, drawn_by = $9"
		" where key = $1 and state = $2 and state in ('frozen', 'opened')",
		"ittiiiiit", row->key, row->state, row->root, row->drawn, row->relaxed,
		(int64_t)row->teams, row->unmet, row->drawn_at, row->drawn_by));
	return moved(db);
}

int draw_row_reveal(struct db *db, const struct draw_row *row)
{
	TRY(db_run(db,
		   "update draw set revealed_at = $2, revealed_by = $3,"
		   " state = case when state = 'drawn' then 'revealed' else state end"
		   " where key = $1 and revealed_at = 0 and state in ('drawn', 'annulled')",
		   "iit", row->key, row->revealed_at, row->revealed_by));
	return moved(db);
}

int draw_row_end(struct db *db, const struct draw_row *row, const char *to)
{
	TRY(db_run(db,
		   "update draw set state = $3, live = 0, ended_at = $4, ended_by = $5, reason = $6"
		   " where key = $1 and state = $2 and live = 1",
		   "ittitt", row->key, row->state, to, row->ended_at, row->ended_by, row->reason));
	TRY(moved(db));
	return db_run(db, "update draw_cover set live = 0 where draw = $1", "i", row->key);
}

int draw_row_last_freeze(struct db *db, const char *body, const char *pool, const char *other,
			 int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select coalesce(max(frozen_at), 0) from draw where body = $1 and live = 1"
		     " and drawn_at <> 0 and parent is null and pool in ($2, $3)",
		     "ttt", body, pool, other));
	return one_number(r, ret);
}

int draw_row_editors(struct db *db, int64_t since, draw_editor_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select actor, count(*) from registry_change where at >= $1 group by actor"
		     " order by actor",
		     "i", since));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(each(arg, db_text(r, 0), db_i64(r, 1)));
	return rc;
}

int draw_row_plan(struct db *db, struct arena *a, const char *plan, struct draw_plan *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select plan.body, plan.year, v.title, v.area from plan left join plan_version as v"
		" on v.plan = plan.key and v.state = 'approved' where plan.id = $1"
		" order by v.version desc nulls last limit 1",
		"t", plan));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	bool approved = !db_null(r, 2);
	*ret = (struct draw_plan){ arena_str(a, db_text(r, 0)),
				   arena_str(a, approved ? db_text(r, 2) : ""),
				   arena_str(a, approved ? db_text(r, 3) : ""), db_i64(r, 1),
				   approved };
	return DB_OK;
}

int draw_cover_add(struct db *db, const struct draw_row *draw, const struct draw_cover_row *row)
{
	return db_run(
		db,
		"insert into draw_cover (draw, body, rule, pool, period, members, need, drawn,"
		" sentence, live) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)",
		"ittttiiit", draw->key, draw->body, row->rule, row->pool, row->period, row->members,
		row->need, row->drawn, row->sentence);
}

int draw_cover_walk(struct db *db, int64_t draw, draw_cover_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select rule, pool, period, sentence, members, need, drawn from draw_cover"
		     " where draw = $1 order by rule",
		     "i", draw));
	while ((rc = db_next(r)) == DB_ROW) {
		struct draw_cover_row row = { db_text(r, 0), db_text(r, 1), db_text(r, 2),
					      db_text(r, 3), db_i64(r, 4),  db_i64(r, 5),
					      db_i64(r, 6) };
		TRY(each(arg, &row));
	}
	return rc;
}
