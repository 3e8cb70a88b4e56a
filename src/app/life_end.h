#ifndef APP_LIFE_END_H
#define APP_LIFE_END_H
/* app/life_end.h — the two ways in which a draw ends without its visits (spec/draw.md 5.2). */
#include "app/office.h"
#include "store/draw_row.h"

/*
 * Cancels before the random value exists: draw.cancel. party: who refused to open its share, by its name in the
 * declaration; NULL: nobody. CONFLICT: it is drawn, or a value could exist by now (life_entropy_safe; annul then).
 */
MUST_USE int life_cancel(struct office *o, struct arena *a, const char *draw, const char *reason,
			 const char *party);

/*
 * Annuls after the freeze for a legal defect, signed by the head and by the discipline office, two persons:
 * draw.annul. Its visits that were not made end. INVALID: a signer or the reason is missing, or both are one;
 * FORBIDDEN: a signer is not known as leader, as of the discipline office (app/person.h), acts, or has prepared, approved, frozen or run it; CONFLICT: it is revealed.
 */
struct life_annul {
	const char *draw, *reason, *head, *discipline;
};
MUST_USE int life_annul(struct office *o, struct arena *a, const struct life_annul *in);

/*
 * Whether a draw that has ended can be prepared again today. INVALID and *ret_why, a sentence in the arena without its
 * full stop: its period is over, or its plan has changed.
 */
MUST_USE int life_again(struct office *o, struct arena *a, const struct draw_row *row,
			const char **ret_why);

#endif
