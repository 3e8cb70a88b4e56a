#ifndef APP_LIFE_VISIT_H
#define APP_LIFE_VISIT_H
/*
 * app/life_visit.h — what happens with one visit: its team accepts it (from then on the site is known) and makes
 * it (that it ends otherwise: app/life_drop.h); and opening a name before that, which is need-to-know and always
 * logged.
 */
#include "app/life_seal.h"
#include "app/office.h"

/*
 * A member of the team accepts: visit.accept. FORBIDDEN: not a member of the team, or somebody of it has no
 * certificate that is valid today by the registry; CONFLICT: not planned (any more); NONE. ret and site live in the arena.
 */
MUST_USE int life_accept(struct office *o, struct arena *a, const char *visit,
			 const char *inspector, struct life_site *ret);

/*
 * The visit was made on `day` (days since 1970; 0: today): visit.done. INVALID: a day before it was accepted
 * or after today; CONFLICT: not accepted, or done already.
 */
MUST_USE int life_done(struct office *o, struct arena *a, const char *visit, int64_t day,
		       bool offsite);

/* Who opens a sealed name, and why. At least one of inspector and approver is given. */
struct life_opening {
	const char *visit, *reason;
	const char *inspector; /* a member of the team; without approver he is the actor */
	const char *approver;  /* another person than the actor has agreed */
};

/*
 * Opens a name for a person: visit.open, with who, for which visit and why, sealed. FORBIDDEN: not in the team, not
 * the inspector himself, or agreed to by nobody else; INVALID: no reason.
 */
MUST_USE int life_name_open(struct office *o, struct arena *a, const struct life_opening *in,
			    struct life_site *ret);

/* Keeps words that may name a site as a sealed document, inside office_write; *digest for office_log. */
MUST_USE int life_words(struct office *o, struct arena *a, const char *visit, const char *words,
			char digest[OFFICE_DIGEST]);

/* The entry of a visit that ended without being made, with what was said sealed beside it. visit.end. */
MUST_USE int life_visit_drop(struct office *o, struct arena *a, const struct visit_row *v,
			     const char *words);

/* CONFLICT, having said in o->why that the visit's state does not allow the act ("接收"). */
MUST_USE int life_visit_wrong(struct office *o, const struct visit_row *v, const char *act);

/*
 * Who was there tells of a visit: one who is in its team now, or who keeps the books for them. FORBIDDEN, having said in
 * o->why that the actor may not `act` ("登记检查").
 */
MUST_USE int life_visit_teller(struct office *o, struct arena *a, const struct visit_row *v,
			       const char *act);

/* Finds a visit that the actor may reach (app/scope.h) and says in o->why if there is none. */
MUST_USE int life_visit_find(struct office *o, struct arena *a, const char *visit,
			     struct visit_row *ret);

#endif
