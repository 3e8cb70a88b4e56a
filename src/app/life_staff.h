#ifndef APP_LIFE_STAFF_H
#define APP_LIFE_STAFF_H
/*
 * app/life_staff.h — teams for the visits of a draw that ended without (spec/draw.md 4.4): by the frozen lists and R
 * alone (core/draw_staff.h), so nobody chooses anybody. What goes beyond the declared rules is an exception, with its
 * reason (sealed) and two approvers.
 */
#include "app/office.h"
#include "app/plan_notes.h"

struct life_staff {
	const char *draw, *reason;
	const char *approver, *second; /* two others than the actor; NULL: missing */
};

struct life_staffed {
	uint64_t visits;                /* that have a team now */
	uint32_t trips, declared, left; /* with a team; by the declared rules; still without */
	uint64_t places;                /* members of the trips */
	uint64_t exceptions, scope, limit, grade; /* of these beyond the rules, and in what */
};

/*
 * Gives teams, logs draw.staff. NONE: no such draw, or no trip can have a team; CONFLICT: not drawn, drawn with teams,
 * staffed already, or a visit was replaced before it had a team; FORBIDDEN, INVALID: approvers or reason are missing.
 * Trips that stay without a team come as a warning.
 */
MUST_USE int life_staff(struct office *o, const struct life_staff *in, struct plan_notes *notes,
			struct life_staffed *ret);

#endif
