#ifndef APP_LIFE_BESIDE_H
#define APP_LIFE_BESIDE_H
/*
 * app/life_beside.h — what a random draw must not tell of a sealed one beside it, whose area has a county in common.
 * A site is in one unfinished random draw (app/life_held.h), so lists that keep some aside tell who waits. A sealed draw
 * keeps its lists back until the other is revealed; an open draw has nothing to keep back, so it has to wait itself.
 */
#include "app/office.h"
#include "store/draw_row.h"

/*
 * A sealed random draw beside `row`, an open one: frozen or drawn, not revealed, not cancelled or annulled. Its id, in
 * the arena. NONE. Whether a site of its own is in the lists of `row` does not matter; nor whether its visits are made,
 * since lists keep aside who was visited too.
 */
MUST_USE int life_beside_sealed(struct office *o, struct arena *a, const struct draw_row *row,
				const char **ret);

/* Refuses the freeze of an open draw beside such a one. CONFLICT with o->why. */
MUST_USE int life_beside_freeze(struct office *o, struct arena *a, const struct draw_row *row);

/*
 * Refuses a reserve of an open draw beside such a one, whoever the reserve is: its order is public, and a refusal of
 * some would name sites of the sealed draw. CONFLICT with o->why.
 */
MUST_USE int life_beside_reserve(struct office *o, struct arena *a, const struct draw_row *row);

/*
 * Keeps which draws the lists of `row`, a sealed draw, are not published before (app/life_reveal.h): the sealed ones
 * beside it with a visit that waits, whether or not a site of theirs is in its lists. Inside office_write.
 */
MUST_USE int life_beside_keep(struct office *o, struct arena *a, const struct draw_row *row);

#endif
