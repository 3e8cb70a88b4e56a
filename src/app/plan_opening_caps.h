#ifndef APP_PLAN_OPENING_CAPS_H
#define APP_PLAN_OPENING_CAPS_H
/* app/plan_opening_caps.h — who has had more visits in a year than the annual cap of a plan of that year allows. */
#include "app/office.h"
#include "app/plan_notes.h"

/*
 * A warning for each plan of the year by whose newest version sites are above the cap now, as far as visits are no secret: it
 * counts them and names the first. *ret: how many they are in all. A plan that cannot be opened is told, not failed.
 */
MUST_USE int plan_opening_caps(struct office *o, uint32_t year, struct plan_notes *notes,
			       uint64_t *ret);

#endif
