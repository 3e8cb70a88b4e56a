#ifndef APP_LIFE_PREPARE_H
#define APP_LIFE_PREPARE_H
/*
 * app/life_prepare.h — a draw begins: it gets its number, and a second person approves it. Refusals are said
 * in o->why. Codes: base/status.h and db/db.h.
 */
#include "app/office.h"
#include "app/plan_notes.h"
#include "store/draw_row.h"

struct life_prepare {
	const char *plan;   /* id of an approved plan */
	const char *period; /* "2026-Q4" and the like */
	const char *pool;   /* PLAN_POOL_DAILY, or a campaign or joint line of the plan */
	const char *
		kind; /* joint; random, or cross (by the city over several counties); of a joint line's pool it becomes joint */
	const char
		*replaces; /* id of a cancelled or annulled draw whose place it takes; NULL: none */
	bool open_mode;    /* no operator's share (spec 5.5) */

	/* kind joint: a department's draw of teams for the sites that the lead drew (app/life_joint.h); pool is not read */
	const char *parent;     /* the lead's draw */
	const char *department; /* its name */
	const char *people;     /* file of its people */
};

/*
 * Gives it the next number of body and year, logs draw.prepare. NONE: no such plan or draw; FORBIDDEN: the
 * plan is not approved; CONFLICT: another live draw of body, pool and period, or an annulled one that this does not
 * replace; INVALID: the plan has no such period or pool, or `replaces` is of another plan, pool or period. Of a department's
 * draw also as life_joint_people, _numbers and _parent.
 */
MUST_USE int life_prepare(struct office *o, struct arena *a, const struct life_prepare *in,
			  struct draw_row *ret);

/*
 * The actor approves it for the legal or the discipline office, logs draw.approve. FORBIDDEN: he prepared it, is not known there
 * (app/person.h),
 * has edited a registry, under any spelling of his name, since the last freeze of the body's daily or of this pool
 * that led to a live result, or (where o->roles is not "") has not that role.
 * CONFLICT: it is not prepared (any more).
 */
MUST_USE int life_approve(struct office *o, struct arena *a, const char *draw, const char *office);

/* Inside office_write. CONFLICT with o->why: what was approved (plan's version, its rule set) is not what holds now. */
MUST_USE int life_approval_holds(struct office *o, struct arena *a, const struct draw_row *row);

/* Finds a draw that the actor may reach (app/scope.h) and says in o->why if there is none. */
MUST_USE int life_find(struct office *o, struct arena *a, const char *draw, struct draw_row *ret);

/* Refuses with CONFLICT: `row` is in no state for `act` (a Chinese word); says what has to come first. */
MUST_USE int life_wrong_state(struct office *o, const struct draw_row *row, const char *act);

/* FORBIDDEN if the approver of a draw has edited a registry since then. */
MUST_USE int life_approver_clean(struct office *o, const struct draw_row *row,
				 const char *approver);

/* Logs a party's key, by which it signs its shares: draw.party. CONFLICT if it is known. */
MUST_USE int life_party(struct office *o, const char *party, const char *key);

/*
 * Signs a checkpoint after a freeze or a result was committed; inside office_write it is signed when that is done. If that
 * fails the act stands all the same: a warning goes to the notes, and the next checkpoint covers it.
 */
void life_checkpoint(struct office *o, struct plan_notes *notes);

/* The legal day at +08:00 of a moment, in days since 1970. */
MUST_USE int64_t life_day(int64_t ms);

#endif
