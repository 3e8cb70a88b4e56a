#ifndef APP_PLAN_DRAW_H
#define APP_PLAN_DRAW_H
/*
 * app/plan_draw.h — one draw of a period worked out: its asks with numbers, its cells, and what the cover
 * gives them. Nothing is written.
 */
#include "app/plan_scan.h"

struct plan_draw {
	struct plan_asks asks;
	struct plan_cells cells;
	struct cover cover;
	struct plan_scan_sum sum;
	uint64_t kind_sites
		[OBJECT_KINDS]; /* live sites of the area that are checked for all matters of their kind */
	uint64_t kind_visited
		[OBJECT_KINDS]; /* of these visited or waiting for a visit this year, and gone ones that were visited */
};

/*
 * Works it out. `each` (may be NULL) sees every live site of the area during the last counting pass. NONE:
 * no such period or pool; INVALID with notes if a registry does not read; TOO_LARGE. Rules that cannot be
 * met are no failure: cover.met is false.
 */
MUST_USE int plan_draw_make(const struct plan_scene *s, const char *period, const char *pool,
			    plan_scan_each *each, void *arg, struct plan_draw *ret);

/* The daily draw as the check looks at it: when the period was drawn already, nothing more is drawn for it. */
MUST_USE int plan_draw_look(const struct plan_scene *s, const char *period, plan_scan_each *each,
			    void *arg, struct plan_draw *ret);

/* The same with other asks: numbers as they stand, nothing is scanned again. */
MUST_USE int plan_draw_cover(const struct plan_scene *s, struct plan_draw *d);

#endif
