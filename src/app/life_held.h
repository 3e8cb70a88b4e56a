#ifndef APP_LIFE_HELD_H
#define APP_LIFE_HELD_H
/* app/life_held.h — a site is in at most one unfinished random draw (spec/draw.md 5.2), a joint one aside. */
#include "app/office.h"
#include "core/mem.h"
#include "store/draw_row.h"

/*
 * Compares the objects of a draw that is about to be frozen with the lists of all draws that are frozen and not
 * drawn, and with the sites of visits that were drawn and have not ended. Run it inside office_write. CONFLICT
 * with o->why (numbers, never names of drawn sites).
 */
MUST_USE int life_held_check(struct office *o, struct arena *a, const struct draw_row *draw,
			     struct span objects);

#endif
