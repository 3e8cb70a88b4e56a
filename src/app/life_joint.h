#ifndef APP_LIFE_JOINT_H
#define APP_LIFE_JOINT_H
/*
 * app/life_joint.h — a department joins a joint draw (spec/draw.md 4.3): it draws teams of its own people for the
 * sites that the lead drew. Who its people are is fixed when its draw is prepared, and stays sealed with it.
 * Refusals are said in o->why.
 */
#include "app/office.h"
#include "core/mem.h"
#include "store/draw_row.h"
#include "store/visit.h"

/*
 * Reads a department's list of people from a file, canonical (app/registry.h) or anything that import takes, into
 * canonical bytes in the arena. NONE: no such file; INVALID: it does not read, a row is wrong, or nobody is in it.
 */
MUST_USE int life_joint_people(struct office *o, struct arena *a, const char *file,
			       struct span *ret);

/*
 * The numbers of these people are nobody else's: not in the bureau's registry, and in no team of another department.
 * INVALID. Inside office_write.
 */
MUST_USE int life_joint_numbers(struct office *o, struct arena *a, const char *department,
				struct span people);

/*
 * The lead's draw for a department's: drawn, live, not revealed. NONE; INVALID: it is no lead's joint draw; CONFLICT:
 * it is not drawn yet or over.
 */
MUST_USE int life_joint_parent(struct office *o, struct arena *a, const char *draw,
			       struct draw_row *ret);

/* CONFLICT if a department's draw hangs on this one and is live: it has to end first. */
MUST_USE int life_joint_alone(struct office *o, struct arena *a, const struct draw_row *row);

/* A department's draw tells its lead's sites: CONFLICT until that one is revealed. */
MUST_USE int life_joint_revealed(struct office *o, struct arena *a, const struct draw_row *row);

/* ---- one of the department's people, in a visit of its draw ---- */

/* FORBIDDEN: this inspector has no certificate that is valid on that day, by the list of his department. */
MUST_USE int life_joint_certified(struct office *o, struct arena *a, const struct visit_row *visit,
				  const char *inspector, int64_t day);

/* FORBIDDEN: the actor is not this inspector, by number or by name in the list of his department. */
MUST_USE int life_joint_person_is(struct office *o, struct arena *a, const struct visit_row *visit,
				  const char *inspector);

#endif
