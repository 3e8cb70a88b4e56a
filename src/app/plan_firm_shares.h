#ifndef APP_PLAN_FIRM_SHARES_H
#define APP_PLAN_FIRM_SHARES_H
/*
 * app/plan_firm_shares.h — the live sites of one firm share what is left of the firm's cap: it is dealt out among
 * them, first to those that do not wait for a visit and had fewest, the unit left over to others in each period. So no
 * draw can take a firm above its cap, whatever the lot.
 */
#include "app/plan_firms.h"

struct plan_firm_shares {
	struct plan_firms firms;
	int64_t day;
	struct plan_firm_share *list; /* sites of firms that have several, by id */
	size_t count;
};

/* For a period of the plan, as of the day. As plan_firms_load; release it. */
MUST_USE int plan_firm_shares_load(struct plan_firm_shares *f, const struct plan_scene *s,
				   const struct plan_span *period, int64_t day);
void plan_firm_shares_release(struct plan_firm_shares *f);

/* Visits that the cap still allows at this site; UINT32_MAX: it has no cap. */
MUST_USE uint32_t plan_firm_shares_left(const struct plan_firm_shares *f, const struct site *site,
					bool special);

#endif
