#ifndef APP_LIFE_DROP_H
#define APP_LIFE_DROP_H
/*
 * app/life_drop.h — a visit ends without having been made. What was drawn cannot be dropped by one person: it takes
 * evidence and two approvers, gives way to a reserve as long as there is one (app/life_change.h), and is certain
 * in the next draw.
 */
#include "app/office.h"

struct life_drop {
	const char *visit;
	const char *why;    /* closed, moved, refused, other */
	const char *reason; /* says more; sealed */
	const char *evidence, *approver,
		*second; /* as in struct life_change; NULL if it was not drawn */
};

/*
 * Ends it: visit.end. INVALID: no such why, no reason or evidence; FORBIDDEN: approvers missing or not different
 * persons; CONFLICT: the visit is over; it was drawn and is still sealed (its team accepts it first, or a reserve
 * takes its place); or it was drawn, not refused, and a reserve is left; NONE.
 */
MUST_USE int life_drop(struct office *o, struct arena *a, const struct life_drop *in);

#endif
