#ifndef APP_LIFE_UNDO_H
#define APP_LIFE_UNDO_H
/*
 * app/life_undo.h — a visit was said to be made and was not, or not on that day: it is accepted again, and what was said
 * stays in the books (store/visit_undone.h).
 */
#include "app/office.h"

struct life_undo {
	const char *visit, *reason;
	const char *approver; /* another person than the actor has agreed */
};

/*
 * visit.undo, by a planner or leader. CONFLICT with o->why: the visit is not made, its draw has ended, or its site is in
 * another draw by now; INVALID: no reason; FORBIDDEN: no role, nobody else agreed; NONE.
 */
MUST_USE int life_undo(struct office *o, struct arena *a, const struct life_undo *in);

#endif
