/* store/draw_facts.c — one query a function; a letter a column says how it is read. */
#include "store/draw_facts.h"

#include "base/cleanup.h"
#include "base/status.h"

#include <string.h>

enum { CELLS_MOST = 8 };

static struct draw_fact cell(const struct db_rows *r, int column, char kind)
{
	struct draw_fact f = { 0 };

	if (kind == 'i') {
		f.number = db_i64(r, column);
	} else if (kind == 't') {
		f.at = db_text(r, column);
		f.len = strlen(f.at);
	} else {
		f.at = db_bytes(r, column, &f.len);
		f.at = f.at ? f.at : "";
	}
	return f;
}

/* kinds: i a number, t text, b bytes. */
static int give(struct db_rows *r, const char *kinds, draw_fact_each *each, void *arg)
{
	struct draw_fact cells[CELLS_MOST];
	int rc;

	while ((rc = db_next(r)) == DB_ROW) {
		size_t count = 0;
		for (const char *k = kinds; *k && count < CELLS_MOST; k++, count++)
			cells[count] = cell(r, (int)count, *k);
		TRY(each(arg, cells, count));
	}
	return rc;
}

int draw_facts_visits(struct db *db, int64_t draw, draw_fact_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select id, trip, coalesce(shared, ''), sealed from visit where draw = $1"
		     " and replaces is null order by id",
		     "i", draw));
	return give(r, "tttb", each, arg);
}

int draw_facts_members(struct db *db, int64_t draw, draw_fact_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select m.visit, m.place, m.inspector, m.grade from visit_member as m"
		     " join visit as v on v.id = m.visit where v.draw = $1 and v.replaces is null"
		     " and not exists (select 1 from visit_change as c join visit as w"
		     " on w.id = c.visit where c.draw = $1 and c.new_member = m.inspector"
		     " and w.trip = v.trip) order by v.id, m.place",
		     "i", draw));
	return give(r, "titt", each, arg);
}

int draw_facts_visit(struct db *db, const char *visit, draw_fact_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select id, trip, coalesce(shared, ''), sealed, coalesce(replaces, '')"
		     " from visit where id = $1",
		     "t", visit));
	return give(r, "tttbt", each, arg);
}

int draw_facts_team(struct db *db, const char *visit, draw_fact_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select m.place, m.inspector, m.grade from visit_member as m"
		     " join visit as v on v.id = m.visit where v.id = $1"
		     " and not exists (select 1 from visit_change as c join visit as w"
		     " on w.id = c.visit where c.draw = v.draw and c.new_member = m.inspector"
		     " and w.trip = v.trip) order by m.place",
		     "t", visit));
	return give(r, "itt", each, arg);
}

int draw_facts_shares(struct db *db, int64_t draw, draw_fact_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select position, party, commitment, sign_key, signature from draw_share"
		     " where draw = $1 order by position",
		     "i", draw));
	return give(r, "itttt", each, arg);
}

int draw_facts_covers(struct db *db, int64_t draw, draw_fact_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select rule, pool, period, members, need, drawn, sentence from draw_cover"
		     " where draw = $1 order by rule",
		     "i", draw));
	return give(r, "tttiiit", each, arg);
}

int draw_facts_waits(struct db *db, int64_t draw, draw_fact_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select d.id from draw_wait as w join draw as d on d.key = w.other"
		     " where w.draw = $1 order by d.id",
		     "i", draw));
	return give(r, "t", each, arg);
}

int draw_facts_certain(struct db *db, int64_t draw, draw_fact_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select visit from visit_certain where used_by = $1 order by visit",
		     "i", draw));
	return give(r, "t", each, arg);
}
