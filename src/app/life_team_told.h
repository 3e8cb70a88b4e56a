#ifndef APP_LIFE_TEAM_TOLD_H
#define APP_LIFE_TEAM_TOLD_H
/*
 * app/life_team_told.h — who goes to a visit by the ledger: somebody put into a team for the time of one act, and taken
 * out again, would be found by no later look.
 */
#include "app/office.h"
#include "store/visit.h"

struct life_team_told {
	struct visit_member *list; /* who goes, by place, in the arena */
	size_t count;
};

/*
 * The team, in a transaction in which the ledger is whole from the draw's result on and result, teams made later and
 * changes say what the rows say. FORBIDDEN with o->why if they do not. No such visit: nobody. Of a visit
 * that was not drawn: the rows.
 */
MUST_USE int life_team_told(struct office *o, struct arena *a, const char *visit,
			    struct life_team_told *ret);

/* Do the rows say the same now? Inside the act's own transaction. FORBIDDEN with o->why. */
MUST_USE int life_team_same(struct office *o, struct arena *a, const char *visit,
			    const struct life_team_told *told);

#endif
