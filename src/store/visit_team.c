/* store/visit_team.c — later changes add visits that name what they replace, and members that a change names. */
#include "store/visit_team.h"

#include "base/status.h"

int visit_team_walk(struct db *db, int64_t draw, bool teams, visit_team_each *each, void *arg)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(
		db, &r,
		"select v.id, v.trip, coalesce(m.inspector, '') from visit as v left join visit_member as m"
		" on m.visit = v.id and $2 = 1 and not exists"
		" (select 1 from visit_change as c join visit as w on w.id = c.visit"
		" where c.draw = $1 and c.new_member = m.inspector and w.trip = v.trip)"
		" where v.draw = $1 and v.replaces is null order by v.id, m.place",
		"ii", draw, (int64_t)teams));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(each(arg, db_text(r, 0), db_text(r, 1), db_text(r, 2)));
	return rc;
}
