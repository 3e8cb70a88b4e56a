#ifndef APP_LIFE_COPY_H
#define APP_LIFE_COPY_H
/*
 * app/life_copy.h — on the server nobody prints the copies of the operator's share: after a freeze without a file of them
 * (life_freeze.fetched) each of the two holders fetches his own, with his own account, and nobody else ever sees one.
 */
#include "app/office.h"

struct life_copy {
	const char *share, *commitment; /* 64 hex digits each, in the arena */
};

/*
 * The actor fetches the copy of an office, discipline or archive: draw.copy, each time. The first who does is the only one who
 * may, until he says that he holds it (life_hold). CONFLICT: somebody else has fetched it, the office holds one already, or
 * the draw is not between freeze and draw; FORBIDDEN: he has fetched or holds the other one, has prepared or frozen
 * the draw, or is not known there (app/person.h); INVALID: there is no operator's share, or a value exists.
 */
MUST_USE int life_copy_fetch(struct office *o, struct arena *a, const char *draw,
			     const char *office, struct life_copy *ret);

#endif
