#ifndef APP_LIFE_ASSIST_H
#define APP_LIFE_ASSIST_H
/*
 * app/life_assist.h — experts and third parties assist at a visit; none of them is ever one of its officers. The pool
 * is frozen and sealed with the draw; who comes from it follows from R, or is chosen with a reason and an approver.
 */
#include "app/office.h"
#include "store/visit_assistant.h"

struct life_assist {
	const char *visit;
	const char *pool;      /* drawn: of this pool; NULL: of all */
	const char *assistant; /* chosen: who */
	const char *reason, *approver;
};

/*
 * Draws one of the frozen pool: the lowest ticket under R "/assist/" object of those who fit district and pool, need
 * not avoid the site and do not assist there yet. visit.assist. NONE: nobody; CONFLICT: the visit is over.
 */
MUST_USE int life_assist_draw(struct office *o, struct arena *a, const struct life_assist *in,
			      const char **ret);

/* Chooses one of the frozen pool: FORBIDDEN without another person's approval, INVALID without a reason. */
MUST_USE int life_assist_choose(struct office *o, struct arena *a, const struct life_assist *in);

/* Keeps the digest of a signed opinion: visit.opinion. CONFLICT: one is kept, or that person does not assist. */
MUST_USE int life_assist_opinion(struct office *o, struct arena *a, const char *visit,
				 const char *assistant, const char *digest);

#endif
