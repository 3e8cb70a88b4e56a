/* store/visit.c — visits; their teams are in visit_member.c. */
#include "store/visit.h"

#include "base/status.h"
#include "store/number.h"
#include "db/load.h"

#include <string.h>

#define COLUMNS                                                                                     \
	"visit.id, coalesce(visit.draw, 0), coalesce(draw.id, ''), visit.body, visit.year,"         \
	" visit.period, visit.kind, visit.joint, visit.state, visit.ended, visit.trip, visit.held," \
	" visit.site, visit.sealed, visit.deadline, visit.day, visit.offsite,"                      \
	" coalesce(visit.replaces, ''), visit.accepted_at, visit.ended_at, visit.accepted_by,"      \
	" visit.ended_by, coalesce(draw.frozen_at, 0), coalesce(visit.shared, '')"

struct adding {
	visit_next *next;
	void *arg;
};

static struct db_cell text(const char *t)
{
	return (struct db_cell){ .at = t, .len = strlen(t) };
}

static struct db_cell number(int64_t n)
{
	return (struct db_cell){ .number = n };
}

static int next_cells(void *arg, struct db_cell *c)
{
	struct adding *in = arg;
	struct visit_row v = { 0 };
	int rc = in->next(in->arg, &v);

	if (rc != DB_ROW)
		return rc;
	const struct db_cell cells[] = {
		text(v.id),
		{ .number = v.draw, .null = v.draw == 0 },
		text(v.body),
		number(v.year),
		text(v.period),
		text(v.kind),
		number(v.joint),
		text(v.state),
		text(v.trip),
		number(v.held),
		text(v.site),
		{ .at = v.sealed, .len = v.sealed_len },
		number(v.deadline),
		{ .at = *v.replaces ? v.replaces : NULL, .len = strlen(v.replaces) },
	};
	memcpy(c, cells, sizeof(cells));
	return DB_ROW;
}

/* Columns that a new visit has not filled get their values here, so that a load carries fewer. */
int visit_add(struct db *db, visit_next *next, void *arg)
{
	struct adding in = { next, arg };

	return db_load(
		db,
		"insert into visit (id, draw, body, year, period, kind, joint, state, trip, held,"
		" site, sealed, deadline, replaces) values ($1, $2, $3, $4, $5, $6, $7, $8,"
		" $9, $10, $11, $12, $13, $14)",
		"titittittitbit", next_cells, &in, NULL);
}

static struct visit_row read_row(const struct db_rows *r)
{
	struct visit_row v = {
		.id = db_text(r, 0),
		.draw = db_i64(r, 1),
		.draw_id = db_text(r, 2),
		.body = db_text(r, 3),
		.year = db_i64(r, 4),
		.period = db_text(r, 5),
		.kind = db_text(r, 6),
		.joint = db_i64(r, 7) != 0,
		.state = db_text(r, 8),
		.ended = db_text(r, 9),
		.trip = db_text(r, 10),
		.held = db_i64(r, 11) != 0,
		.site = db_text(r, 12),
		.deadline = db_i64(r, 14),
		.day = db_i64(r, 15),
		.offsite = db_i64(r, 16) != 0,
		.replaces = db_text(r, 17),
		.accepted_at = db_i64(r, 18),
		.ended_at = db_i64(r, 19),
		.accepted_by = db_text(r, 20),
		.ended_by = db_text(r, 21),
		.frozen_at = db_i64(r, 22),
		.shared = db_text(r, 23),
	};
	v.sealed = db_bytes(r, 13, &v.sealed_len);
	return v;
}

static void keep(struct arena *a, struct visit_row *v)
{
	const char **const texts[] = { &v->id,    &v->draw_id,  &v->body,        &v->period,
				       &v->kind,  &v->state,    &v->ended,       &v->trip,
				       &v->site,  &v->replaces, &v->accepted_by, &v->ended_by,
				       &v->shared };

	for (size_t i = 0; i < COUNT(texts); i++)
		*texts[i] = arena_str(a, *texts[i]);
	v->sealed = arena_mem(a, v->sealed, v->sealed_len);
}

/* The one row of a query; NONE. */
static int take_one(struct db_rows *r, struct arena *a, struct visit_row *ret)
{
	int rc = db_next(r);

	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = read_row(r);
	keep(a, ret);
	return DB_OK;
}

int visit_get(struct db *db, struct arena *a, const char *id, struct visit_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select " COLUMNS " from visit left join draw on draw.key = visit.draw"
		     " where visit.id = $1",
		     "t", id));
	return take_one(r, a, ret);
}

int visit_replacing(struct db *db, struct arena *a, const char *id, struct visit_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select " COLUMNS " from visit left join draw on draw.key = visit.draw"
		     " where visit.draw = (select draw from visit as old where old.id = $1)"
		     " and visit.replaces = $1",
		     "t", id));
	return take_one(r, a, ret);
}

int visit_share(struct db *db, const char *id, const char *lead)
{
	TRY(db_run(db, "update visit set shared = $2 where id = $1", "tt", id, lead));
	return db_changed(db) == 1 ? DB_OK : NONE;
}

static int walk(struct db_rows *r, visit_each *each, void *arg)
{
	int rc;

	while ((rc = db_next(r)) == DB_ROW) {
		struct visit_row v = read_row(r);
		TRY(each(arg, &v));
	}
	return rc;
}

/* What a visit_ask asks for, as $1 to $6. */
#define ASKED                                                                                      \
	"($1 = 0 or visit.draw = $1) and ($2 = '' or visit.body = $2)"                             \
	" and ($3 = 0 or visit.year = $3) and ($4 = '' or visit.state = $4)"                       \
	" and ($5 = '' or exists (select 1 from visit_member as m where m.visit = visit.id"        \
	" and m.inspector = $5 and m.left_at = 0))"                                                \
	" and ($6 = '' or $6 like '%,' || cast(visit.draw as text) || ',%')"

int visit_ask_count(struct db *db, const struct visit_ask *ask, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select count(*) from visit where " ASKED, "itittt", ask->draw,
		     ask->body ? ask->body : "", ask->year, ask->state ? ask->state : "",
		     ask->inspector ? ask->inspector : "", ask->draws ? ask->draws : ""));
	return number_get(r, ret);
}

int visit_walk(struct db *db, const struct visit_ask *ask, visit_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	const int64_t most = ask->most ? ask->most : INT64_MAX / 2;

	TRY(db_query(db, &r,
		     "select " COLUMNS " from visit left join draw on draw.key = visit.draw"
		     " where " ASKED " and visit.id > $7 order by visit.id limit $8",
		     "ititttti", ask->draw, ask->body ? ask->body : "", ask->year,
		     ask->state ? ask->state : "", ask->inspector ? ask->inspector : "",
		     ask->draws ? ask->draws : "", ask->after ? ask->after : "", most));
	return walk(r, each, arg);
}

int visit_walk_held(struct db *db, visit_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select " COLUMNS " from visit left join draw on draw.key = visit.draw"
		     " where visit.held = 1",
		     ""));
	return walk(r, each, arg);
}

int visit_walk_shared(struct db *db, const char *lead, visit_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select " COLUMNS " from visit left join draw on draw.key = visit.draw"
		     " where visit.shared = $1 order by visit.draw, visit.id",
		     "t", lead));
	return walk(r, each, arg);
}

int visit_count(struct db *db, int64_t draw, struct visit_counts *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select cast(coalesce(sum(case when state = 'planned' then 1 else 0 end), 0) as"
		" bigint),"
		" cast(coalesce(sum(case when state = 'accepted' then 1 else 0 end), 0) as bigint),"
		" cast(coalesce(sum(case when state = 'visited' then 1 else 0 end), 0) as bigint),"
		" cast(coalesce(sum(case when state = 'ended' then 1 else 0 end), 0) as bigint),"
		" cast(coalesce(sum(case when ended = 'replaced' then 1 else 0 end), 0) as bigint)"
		" from visit where draw = $1",
		"i", draw));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = (struct visit_counts){ db_i64(r, 0), db_i64(r, 1), db_i64(r, 2), db_i64(r, 3),
				      db_i64(r, 4) };
	return DB_OK;
}

static int moved(const struct db *db)
{
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int visit_accept(struct db *db, const struct visit_row *row)
{
	TRY(db_run(db,
		   "update visit set state = 'accepted', site = $2, accepted_at = $3,"
		   " accepted_by = $4 where id = $1 and state = 'planned'",
		   "ttit", row->id, row->site, row->accepted_at, row->accepted_by));
	return moved(db);
}

int visit_done(struct db *db, const struct visit_row *row)
{
	TRY(db_run(db,
		   "update visit set state = 'visited', held = 0, day = $2, offsite = $3,"
		   " ended_at = $4, ended_by = $5 where id = $1 and state = 'accepted'",
		   "tiiit", row->id, row->day, (int64_t)row->offsite, row->ended_at,
		   row->ended_by));
	return moved(db);
}

int visit_end(struct db *db, const struct visit_row *row)
{
	TRY(db_run(
		db,
		"update visit set state = 'ended', held = 0, ended = $3, site = $4, ended_at = $5,"
		" ended_by = $6 where id = $1 and state = $2 and state in ('planned', 'accepted')",
		"ttttit", row->id, row->state, row->ended, row->site, row->ended_at,
		row->ended_by));
	return moved(db);
}

/* One statement of a fixed form, whatever the count: the places left over name no visit. */
int visit_publish(struct db *db, const struct visit_public *list, size_t count)
{
	struct visit_public v[VISIT_PUBLISH];

	for (size_t i = 0; i < VISIT_PUBLISH; i++)
		v[i] = i < count ? list[i] : (struct visit_public){ "", "" };
	return db_run(
		db,
		"with v(id, site) as (values ($1, $2), ($3, $4), ($5, $6), ($7, $8), ($9, $10),"
		" ($11, $12), ($13, $14), ($15, $16), ($17, $18), ($19, $20), ($21, $22), ($23, $24),"
		" ($25, $26), ($27, $28), ($29, $30), ($31, $32))"
		" update visit set site = v.site from v where visit.id = v.id",
		"tttttttttttttttttttttttttttttttt", v[0].id, v[0].site, v[1].id, v[1].site, v[2].id,
		v[2].site, v[3].id, v[3].site, v[4].id, v[4].site, v[5].id, v[5].site, v[6].id,
		v[6].site, v[7].id, v[7].site, v[8].id, v[8].site, v[9].id, v[9].site, v[10].id,
		v[10].site, v[11].id, v[11].site, v[12].id, v[12].site, v[13].id, v[13].site,
		v[14].id, v[14].site, v[15].id, v[15].site);
}

int visit_annul(struct db *db, int64_t draw, int64_t at, const char *actor)
{
	return db_run(
		db,
		"update visit set state = 'ended', ended = 'annulled', held = 0, ended_at = $2,"
		" ended_by = $3 where draw = $1 and state in ('planned', 'accepted')",
		"iit", draw, at, actor);
}

int visit_trip_list(struct db *db, struct arena *a, const char *trip, const char ***ret,
		    size_t *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	const char **ids = NULL;
	size_t count = 0, room = 0;
	int rc;

	TRY(db_query(db, &r,
		     "select id, count(*) over () from visit where trip = $1 and state <> 'ended'"
		     " order by id",
		     "t", trip));
	while ((rc = db_next(r)) == DB_ROW) {
		if (!ids) {
			room = (size_t)db_i64(r, 1);
			ids = arena_array(a, room, sizeof(*ids));
		}
		if (count < room)
			ids[count++] = arena_str(a, db_text(r, 0));
	}
	if (rc != DB_OK)
		return rc;
	*ret = ids;
	*ret_count = count;
	return DB_OK;
}
