#ifndef APP_LIFE_OPEN_H
#define APP_LIFE_OPEN_H
/*
 * app/life_open.h — between freeze and draw: escrow holders say that they hold a copy, outside parties open
 * their shares, both before the random value exists (spec/draw.md 5.1, 5.3); and the yearly rehearsal of opening.
 */
#include "app/office.h"
#include "store/draw_row.h"

/*
 * The holder of a printed copy, who is the actor, signs "I hold a share that opens <commitment>": draw.hold. office:
 * discipline or archive. share: his copy, held against the commitment and not kept; NULL, not shown, will do for made-up data only.
 * CONFLICT: that office holds one already, or the draw is not between freeze and draw; FORBIDDEN: he
 * holds the other one or is not known there (app/person.h); INVALID: the copy is not shown or does not open, or a value exists by
 * its own or its announced time.
 */
MUST_USE int life_hold(struct office *o, struct arena *a, const char *draw, const char *office,
		       const char *share);

/*
 * An outside party's share, 64 hex digits: draw.open. The last one moves the draw to `opened`. INVALID: it does
 * not open the commitment, or the value exists already by its declared time (then the draw must be annulled);
 * CONFLICT: not frozen, or opened before.
 */
MUST_USE int life_open(struct office *o, struct arena *a, const char *draw, const char *party,
		       const char *share, struct draw_row *ret);

/* A holder shows that his copy opens the commitment, without publishing it: draw.rehearse. INVALID. */
MUST_USE int life_rehearse(struct office *o, struct arena *a, const char *draw, const char *office,
			   const char *share);

/* CONFLICT with o->why unless the draw is between freeze and draw (act: a Chinese word); INVALID: a value exists. */
MUST_USE int life_before_value(struct office *o, const struct draw_row *row, const char *act);

/* INVALID with o->why unless it is discipline or archive. */
MUST_USE int life_holder_office(struct office *o, const char *office);

/* Whether a share opens the commitment of a party of this draw. INVALID with o->why; NONE: no such party. */
MUST_USE int life_share_check(struct office *o, struct arena *a, const struct draw_row *row,
			      const char *party, const char *share);

#endif
