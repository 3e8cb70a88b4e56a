#ifndef APP_PLAN_FIRMS_H
#define APP_PLAN_FIRMS_H
/*
 * app/plan_firms.h — how often a firm (or a site, as the cap says) was visited this year, counted the way
 * the annual cap counts. A firm is known by its code, else by its name.
 */
#include "app/plan_scene.h"

struct plan_firms {
	const struct plan_scene *scene;
	struct plan_firm_count *list; /* by key */
	size_t count;
};

/* Walks the registry for the sites that were visited. INVALID with a note if it does not read. */
MUST_USE int plan_firms_load(struct plan_firms *f, const struct plan_scene *s, int64_t day);
void plan_firms_release(struct plan_firms *f);

/* What a site's cap is counted by, of its cells. */
MUST_USE struct span plan_firms_key(const struct plan_scene *s, const struct span *text);

/* Visits that the cap still allows at this site if its firm has no other; UINT32_MAX: it has no cap. */
MUST_USE uint32_t plan_firms_left(const struct plan_firms *f, const struct site *site,
				  bool special);

/* Has it had more than its cap allows? Then *ret_had and *ret_most say how many. */
MUST_USE bool plan_firms_above(const struct plan_firms *f, const struct site *site, bool special,
			       uint32_t *ret_had, uint32_t *ret_most);

#endif
