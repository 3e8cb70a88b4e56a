/* store/ledger_audit_draw.c — what the rows say was done, as one table of acts. */
#include "store/ledger_audit_draw.h"

#include "base/status.h"

/*
 * actor null: the row does not tell who did it. An annulled draw that was revealed with the draw that took its place is
 * told by that one's entry. Rehearsals can be repeated: the row has the last one's time, and only that is asked for.
 */
#define ACTS                                                                                        \
	"select 'draw.prepare' as action, id as subject, prepared_by as actor, prepared_at as at"   \
	" from draw"                                                                                \
	" union all select 'draw.approve', id, approved_by, approved_at from draw"                  \
	" where approved_at <> 0"                                                                   \
	" union all select 'draw.freeze', id, frozen_by, frozen_at from draw where frozen_at <> 0"  \
	" union all select 'draw.run', id, drawn_by, drawn_at from draw where drawn_at <> 0"        \
	" union all select 'draw.reveal', id, revealed_by, revealed_at from draw as d"              \
	" where revealed_at <> 0 and not exists (select 1 from draw as n where n.replaces = d.key"  \
	" and n.revealed_at = d.revealed_at)"                                                       \
	" union all select 'draw.cancel', id, ended_by, ended_at from draw"                         \
	" where state = 'cancelled'"                                                                \
	" union all select 'draw.annul', id, ended_by, ended_at from draw where state = 'annulled'" \
	" union all select 'draw.open', d.id, null, s.opened_at from draw_share as s"               \
	" join draw as d on d.key = s.draw where s.opened_at <> 0 and s.party <> 'operator'"        \
	" union all select 'draw.hold', d.id, null, h.at from draw_holder as h"                     \
	" join draw as d on d.key = h.draw"                                                         \
	" union all select 'draw.party', party, actor, since from draw_party"                       \
	" union all select 'draw.staff', d.id, s.actor, s.at from draw_staff as s"                  \
	" join draw as d on d.key = s.draw"                                                         \
	" union all select 'draw.press', d.id, p.actor, p.at from visit_press as p"                 \
	" join draw as d on d.key = p.draw"                                                         \
	" union all select 'draw.answer', d.id, p.answered_by, p.answered_at"                       \
	" from visit_press as p join draw as d on d.key = p.draw where p.answered_at <> 0"          \
	" union all select 'visit.accept', id, null, accepted_at from visit where accepted_at <> 0" \
	" union all select 'visit.done', id, ended_by, ended_at from visit where state = 'visited'" \
	" union all select 'visit.done', visit, done_by, done_at from visit_undone"                 \
	" union all select 'visit.undo', visit, actor, at from visit_undone"                        \
	" union all select 'visit.end', id, ended_by, ended_at from visit"                          \
	" where ended in ('closed', 'moved', 'refused', 'other')"                                   \
	" union all select 'visit.reserve', id, ended_by, ended_at from visit"                      \
	" where ended = 'replaced'"                                                                 \
	" union all select 'visit.' || kind, visit, actor, at from visit_change"                    \
	" where kind <> 'reserve'"                                                                  \
	" union all select 'visit.assist', visit, actor, at from visit_assistant"                   \
	" union all select 'visit.opinion', visit, null, opinion_at from visit_assistant"           \
	" where opinion_at <> 0"                                                                    \
	" union all select 'person.add', role, actor, at from person"                               \
	" union all select 'person.leave', role, null, left_at from person where left_at <> 0"

static int number(struct db_rows *r, int64_t *ret)
{
	int rc = db_next(r);

	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

int ledger_audit_draw_acts(struct db *db, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, "select count(*) from (" ACTS ") as t", ""));
	return number(r, ret);
}

int ledger_audit_draw_untold(struct db *db, ledger_audit_each_act *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(
		db, &r,
		"select t.action, t.subject from (" ACTS
		" union all select 'draw.open', id, opened_by, opened_at from draw"
		" where opened_at <> 0"
		" union all select 'draw.rehearse', d.id, null, h.rehearsed_at from draw_holder as h"
		" join draw as d on d.key = h.draw where h.rehearsed_at <> 0"
		") as t where not exists"
		" (select 1 from ledger_entry as e where e.subject = t.subject"
		" and e.action = t.action and (t.actor is null or e.actor = t.actor)"
		" and e.time = t.at) order by t.subject, t.action",
		""));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(each(arg, db_text(r, 0), db_text(r, 1)));
	return rc;
}

/* Acts with no entry at all at that time are untold already. */
int ledger_audit_draw_surplus(struct db *db, ledger_audit_each_surplus *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(
		db, &r,
		"select action, subject, cast(sum(told) as bigint), cast(sum(entries) as bigint) from"
		" (select action, subject, at, 1 as told, 0 as entries from (" ACTS ") as acts"
		" union all select action, subject, time, 0, 1 from ledger_entry"
		" where action in ('draw.prepare', 'draw.approve', 'draw.freeze', 'draw.run',"
		" 'draw.reveal', 'draw.cancel', 'draw.annul', 'draw.open', 'draw.hold', 'draw.party',"
		" 'draw.staff', 'draw.press', 'draw.answer', 'visit.accept', 'visit.done', 'visit.undo',"
		" 'visit.end', 'visit.reserve', 'visit.recusal', 'visit.illness', 'visit.assist',"
		" 'visit.opinion', 'person.add', 'person.leave')) as t"
		" group by action, subject, at having sum(entries) > 0 and sum(told) <> sum(entries)"
		" order by subject, action, at",
		""));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(each(arg, db_text(r, 0), db_text(r, 1), db_i64(r, 2), db_i64(r, 3)));
	return rc;
}

int ledger_audit_draw_visits(struct db *db, bool accepted, ledger_audit_each_visit *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select v.id, v.accepted_by, v.day, v.offsite, v.ended_by, e.actor, e.digest"
		     " from (select id, accepted_by, 0 as day, 0 as offsite, '' as ended_by,"
		     " accepted_at as at from visit where $1 = 1 and accepted_at <> 0"
		     " union all select id, '', day, offsite, ended_by, ended_at from visit"
		     " where $1 = 0 and state = 'visited'"
		     " union all select visit, '', day, offsite, done_by, done_at from visit_undone"
		     " where $1 = 0) as v join ledger_entry as e on e.subject = v.id"
		     " and e.action = case when $1 = 1 then 'visit.accept' else 'visit.done' end"
		     " and e.time = v.at",
		     "i", (int64_t)accepted));
	while ((rc = db_next(r)) == DB_ROW) {
		const struct ledger_audit_visit v = { .visit = { .id = db_text(r, 0),
								 .accepted_by = db_text(r, 1),
								 .day = db_i64(r, 2),
								 .offsite = db_i64(r, 3) != 0,
								 .ended_by = db_text(r, 4) },
						      .actor = db_text(r, 5),
						      .digest = db_text(r, 6) };
		TRY(each(arg, &v));
	}
	return rc;
}

int ledger_audit_digests(struct db *db, const struct ledger_audit_entry *e,
			 ledger_audit_each_digest *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(db, &r,
		     "select id, digest from ledger_entry where subject = $1 and action = $2"
		     " and ($3 is null or actor = $3) and ($4 = 0 or time = $4)",
		     "ttti", e->subject, e->action, e->actor, e->at));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(each(arg, db_i64(r, 0), db_text(r, 1)));
	return rc;
}

int ledger_audit_people(struct db *db, ledger_audit_each_digest *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(
		db, &r,
		"select id, digest from ledger_entry where subject in ('leader', 'legal', 'discipline',"
		" 'archive', 'planner') and action in ('person.add', 'person.leave') order by id",
		""));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(each(arg, db_i64(r, 0), db_text(r, 1)));
	return rc;
}

int ledger_audit_last(struct db *db, const struct ledger_audit_entry *e, const char *digest,
		      int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select coalesce(max(time), 0) from ledger_entry where subject = $1"
		     " and action = $2 and digest = $3",
		     "ttt", e->subject, e->action, digest));
	return number(r, ret);
}

int ledger_audit_trip(struct db *db, int64_t draw, const char *trip, int64_t *ret_rows,
		      int64_t *ret_entries)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select (select count(*) from visit_change as c join visit as v on v.id = c.visit"
		" where c.draw = $1 and v.trip = $2), (select count(*) from visit as v"
		" join ledger_entry as e on e.subject = v.id where v.draw = $1 and v.trip = $2"
		" and e.action in ('visit.recusal', 'visit.illness', 'visit.reserve'))",
		"it", draw, trip));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret_rows = db_i64(r, 0);
	*ret_entries = db_i64(r, 1);
	return DB_OK;
}
