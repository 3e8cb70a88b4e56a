/* store/ledger_audit_follow.c — one question a function, then all of them in order. */
#include "store/ledger_audit_follow.h"

#include "base/cleanup.h"
#include "base/status.h"

struct asking {
	struct db *db;
	const char *daily;
	ledger_audit_each_follow *each;
	void *arg;
};

static int tell(const struct asking *in, enum ledger_follow what, struct db_rows *r)
{
	int rc;

	while ((rc = db_next(r)) == DB_ROW)
		TRY(in->each(in->arg, what, db_text(r, 0)));
	return rc;
}

static int draws(const struct asking *in)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(in->db, &r,
		     "select d.id from draw as d where (d.live = 1) <> (d.ended_at = 0)"
		     " or (d.live = 1 and d.state <> case when d.revealed_at <> 0 then 'revealed'"
		     " when d.drawn_at <> 0 then 'drawn' when d.opened_at <> 0 then 'opened'"
		     " when d.frozen_at <> 0 then 'frozen' when d.approved_at <> 0 then 'approved'"
		     " else 'prepared' end)"
		     " or (d.state = 'cancelled' and d.drawn_at <> 0)"
		     " or (d.frozen_at <> 0 and d.approved_at = 0)"
		     " or (d.approved_at <> 0 and d.approved_by = d.prepared_by)"
		     " or (d.drawn_at <> 0 and d.frozen_at = 0)"
		     " or (d.live = 1 and d.revealed_at <> 0 and d.drawn_at = 0)"
		     " or d.opened_at <> (select case when count(*) > 0 and min(s.opened_at) > 0"
		     " then max(s.opened_at) else 0 end from draw_share as s"
		     " where s.draw = d.key and s.party <> 'operator')"
		     " order by d.id",
		     ""));
	return tell(in, LEDGER_FOLLOW_DRAW, r);
}

static int covers(const struct asking *in)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(in->db, &r,
		     "select distinct d.id from draw_cover as c join draw as d on d.key = c.draw"
		     " where c.live <> d.live or c.body <> d.body order by d.id",
		     ""));
	return tell(in, LEDGER_FOLLOW_COVER, r);
}

static int visits(const struct asking *in)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		in->db, &r,
		"select v.id from visit as v left join draw as d on d.key = v.draw"
		" where d.key is null or d.drawn_at = 0 or v.body <> d.body or v.year <> d.year"
		" or v.period <> d.period or v.deadline <> d.period_end"
		" or v.kind <> case when d.pool = $1 then 'daily' else 'campaign' end"
		" or v.joint <> case when d.kind = 'joint' then 1 else 0 end"
		" or (d.revealed_at <> 0 and v.site = '') order by v.id",
		"t", in->daily));
	return tell(in, LEDGER_FOLLOW_VISIT, r);
}

static int states(const struct asking *in)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(in->db, &r,
		     "select v.id from visit as v join draw as d on d.key = v.draw"
		     " where v.held <> case when v.state in ('planned', 'accepted')"
		     " and d.kind <> 'joint' then 1 else 0 end"
		     " or (v.state = 'planned') <> (v.accepted_at = 0 and v.ended_at = 0)"
		     " or (v.state in ('accepted', 'visited') and v.accepted_at = 0)"
		     " or (v.state in ('visited', 'ended')) <> (v.ended_at <> 0)"
		     " or (v.accepted_at = 0) <> (v.accepted_by = '')"
		     " or (v.ended_at = 0) <> (v.ended_by = '')"
		     " or (v.state <> 'visited' and (v.day <> 0 or v.offsite <> 0)) order by v.id",
		     ""));
	return tell(in, LEDGER_FOLLOW_STATE, r);
}

static int annulled(const struct asking *in)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(in->db, &r,
		     "select v.id from visit as v join draw as d on d.key = v.draw"
		     " where (d.state = 'annulled' and v.state in ('planned', 'accepted'))"
		     " or (v.ended = 'annulled' and (d.state <> 'annulled'"
		     " or v.ended_at <> d.ended_at or v.ended_by <> d.ended_by)) order by v.id",
		     ""));
	return tell(in, LEDGER_FOLLOW_ANNULLED, r);
}

/* ---- replaced visits ---- */

static int replaced(const struct asking *in)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(in->db, &r,
		     "select v.id from visit as v where v.ended = 'replaced' and not exists"
		     " (select 1 from visit_change as c where c.draw = v.draw and c.visit = v.id"
		     " and c.kind = 'reserve' and c.at = v.ended_at and c.actor = v.ended_by)"
		     " order by v.id",
		     ""));
	return tell(in, LEDGER_FOLLOW_REPLACED, r);
}

static int successors(const struct asking *in)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(in->db, &r,
		     "select v.id from visit as v where v.replaces is not null and not exists"
		     " (select 1 from visit_change as c where c.draw = v.draw"
		     " and c.visit = v.replaces and c.kind = 'reserve' and c.new_visit = v.id)"
		     " order by v.id",
		     ""));
	return tell(in, LEDGER_FOLLOW_SUCCESSOR, r);
}

static int changes(const struct asking *in)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(in->db, &r,
		     "select v.id from visit_change as c join visit as v on v.id = c.visit"
		     " where c.draw is null or c.draw <> v.draw or (c.kind = 'reserve'"
		     " and (v.ended <> 'replaced' or not exists (select 1 from visit as n"
		     " where n.id = c.new_visit and n.replaces = c.visit and n.draw = c.draw)))"
		     " order by v.id",
		     ""));
	return tell(in, LEDGER_FOLLOW_CHANGE, r);
}

static int certain(const struct asking *in)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		in->db, &r,
		"select v.id from visit as v where v.shared is null"
		" and v.ended in ('replaced', 'closed', 'moved', 'refused', 'other') and not exists"
		" (select 1 from visit_certain as c where c.visit = v.id) order by v.id",
		""));
	return tell(in, LEDGER_FOLLOW_CERTAIN, r);
}

static int kept(const struct asking *in)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(in->db, &r,
		     "select v.id from visit_certain as c join visit as v on v.id = c.visit"
		     " where v.shared is not null"
		     " or v.ended not in ('replaced', 'closed', 'moved', 'refused', 'other')"
		     " or c.body <> v.body or c.sealed <> v.sealed or c.at <> v.ended_at"
		     " or (c.used_by is not null and not exists (select 1 from draw as d"
		     " where d.key = c.used_by and d.live = 1 and d.frozen_at <> 0)) order by v.id",
		     ""));
	return tell(in, LEDGER_FOLLOW_KEPT, r);
}

/* ---- teams ---- */

static int leads(const struct asking *in)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(in->db, &r,
		     "select distinct t.visit from (select visit, lead, left_at, row_number() over"
		     " (partition by visit order by case when left_at = 0 then 0 else 1 end,"
		     " grade desc, place) as n from visit_member) as t"
		     " where t.lead <> case when t.left_at = 0 and t.n = 1 then 1 else 0 end"
		     " order by t.visit",
		     ""));
	return tell(in, LEDGER_FOLLOW_LEAD, r);
}

static int grades(const struct asking *in)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(in->db, &r,
		     "select min(m.visit) from visit_member as m join visit as v on v.id = m.visit"
		     " group by v.draw, m.inspector having min(m.grade) <> max(m.grade)"
		     " order by min(m.visit)",
		     ""));
	return tell(in, LEDGER_FOLLOW_GRADE, r);
}

static int left(const struct asking *in)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(in->db, &r,
		     "select distinct v.id from visit_member as m join visit as v on v.id = m.visit"
		     " where m.left_at <> 0 and not exists"
		     " (select 1 from visit_change as c join visit as w on w.id = c.visit"
		     " where c.draw = v.draw and c.left_member = m.inspector and c.at = m.left_at"
		     " and w.trip = v.trip) order by v.id",
		     ""));
	return tell(in, LEDGER_FOLLOW_LEFT, r);
}

/*
 * A change is of the whole trip, but for its visits that had ended before. A visit that came later has the team of that
 * day: without who had left, and also without who came and left again.
 */
static int joined(const struct asking *in)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(in->db, &r,
		     "select distinct v.id from visit_change as c join visit as w on w.id = c.visit"
		     " join visit as v on v.trip = w.trip where c.kind <> 'reserve'"
		     " and (v.id = c.visit or v.state <> 'ended' or v.ended_at > c.at) and ("
		     " exists (select 1 from visit_member as m where m.visit = v.id"
		     " and m.inspector = c.left_member and m.left_at = 0)"
		     " or (v.id = c.visit and not exists (select 1 from visit_member as m"
		     " where m.visit = v.id and m.inspector = c.left_member and m.left_at = c.at))"
		     " or (not exists (select 1 from visit_member as m"
		     " where m.visit = v.id and m.inspector = c.new_member)"
		     " and (v.id = c.visit or not exists (select 1 from visit_change as o"
		     " join visit as x on x.id = o.visit where o.draw = c.draw and x.trip = w.trip"
		     " and o.left_member = c.new_member)))) order by v.id",
		     ""));
	return tell(in, LEDGER_FOLLOW_JOINED, r);
}

static int opinions(const struct asking *in)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(in->db, &r,
		     "select distinct a.visit from visit_assistant as a where"
		     " (a.opinion_at = 0) <> (a.opinion = '') or (a.opinion_at <> 0 and not exists"
		     " (select 1 from ledger_entry as e where e.subject = a.visit"
		     " and e.action = 'visit.opinion' and e.time = a.opinion_at"
		     " and e.digest = a.opinion)) order by a.visit",
		     ""));
	return tell(in, LEDGER_FOLLOW_OPINION, r);
}

int ledger_audit_follow(struct db *db, const char *daily, ledger_audit_each_follow *each, void *arg)
{
	static int (*const questions[])(const struct asking *) = {
		draws,   covers, visits, states, annulled, replaced, successors, changes,
		certain, kept,   grades, left,   joined,   leads,    opinions
	};
	const struct asking in = { db, daily, each, arg };

	for (size_t i = 0; i < COUNT(questions); i++)
		TRY(questions[i](&in));
	return OK;
}
