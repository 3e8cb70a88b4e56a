#ifndef APP_PLAN_STAFF_SOLVE_H
#define APP_PLAN_STAFF_SOLVE_H
/*
 * app/plan_staff_solve.h — what a draw asks of the staff as one problem of core/assign.h: every visit its team of
 * different people with the grades, districts (loans are districts), specialities, limits, working days, leave and
 * trips that wait already. Recusals are left out, for who is drawn is not known. A trip is taken to be one visit,
 * also where visits may be bundled.
 */
#include "app/plan_people.h"
#include "app/plan_work.h"
#include "core/draw.h"

struct plan_staff_ask {
	const struct plan_scene *scene;
	const struct plan_span *period;
	const struct plan_people *people;
	const struct plan_work *works;
	size_t work_count;
};

/* The same staff and work with something changed; all zero: as it is. */
struct plan_staff_change {
	const char *most;            /* a county that chance gives as much as it can; NULL: none */
	const bool *lent;            /* by person: works in `to` too; NULL: nobody */
	const struct rule_texts *to; /* counties */
	const struct plan_people
		*people; /* in place of the ask's, same persons in the same order */
	uint32_t limit;  /* nobody's is below */
	bool everywhere; /* districts do not count */
	bool as_drawn; /* as the draw will: limits alone, not working days; all declared relaxations */
	bool second;           /* the relaxation: one senior, no junior is asked */
	const uint64_t *fewer; /* by work: so many visits less; NULL: none */
};

/* What came of it; arrays live in the region. */
struct plan_staffed {
	struct draw_teams teams; /* problem and result only; result.marks while unmet > 0 */
	uint32_t *work_of;       /* by visit */
	uint64_t unmet;          /* places that no arrangement fills */
};

/* Solves it. TOO_LARGE if the region is full. */
MUST_USE int plan_staff_solve(const struct plan_staff_ask *ask,
			      const struct plan_staff_change *change, struct region *r,
			      struct plan_staffed *ret);

/* Is the text in the list? */
MUST_USE bool plan_staff_has(const struct rule_texts *list, const char *text);

#endif
