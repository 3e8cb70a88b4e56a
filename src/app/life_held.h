#ifndef APP_LIFE_HELD_H
#define APP_LIFE_HELD_H
/* app/life_held.h — a site is in at most one unfinished random draw (spec/draw.md 5.2), a joint one aside. */
#include "app/office.h"
#include "app/registry_lineage.h"
#include "core/draw.h"
#include "store/draw_row.h"

/*
 * Compares the objects of a draw that is about to be frozen with the lists of all draws that are frozen and not
 * drawn, and with the sites of visits that were drawn and have not ended. Of the latter only those count that
 * could be drawn: the planner keeps the others in the list as members, in strata that draw none. A site that was
 * merged, or split since its list was frozen, stands for those that go on for it (lineage, of the sites). Run it inside office_write. CONFLICT with o->why (numbers, never names of drawn sites).
 */
MUST_USE int life_held_check(struct office *o, struct arena *a, const struct draw_row *row,
			     const struct draw *draw, struct registry_lineage *lineage);

/*
 * Compares what a draw has drawn (ids in bytewise order) with the sites of the other draws' visits that have not ended.
 * What freeze and replacement let through never meets here; what somebody put into the database does. Run it inside
 * office_write. CONFLICT with o->why.
 */
MUST_USE int life_held_drawn(struct office *o, const struct draw_row *row, const struct span *ids,
			     size_t count);

/*
 * Whether a reserve may take the place of a drawn unit: another draw that is frozen and can draw it, or that has a
 * visit to it which has not ended, comes first (spec 5.2). The next reserve is no way out, since reserves are taken in
 * order (spec 3). In an open draw no reserve may while a sealed draw is beside it (app/life_beside.h). Inside
 * office_write. CONFLICT with o->why, which says what to wait for.
 */
MUST_USE int life_held_reserve(struct office *o, struct arena *a, const struct draw_row *row,
			       struct span site);

#endif
