#ifndef APP_PLAN_OFFER_H
#define APP_PLAN_OFFER_H
/* app/plan_offer.h — which draws an approved plan offers: a wrong period or pool is told before a number is given out. */
#include "base/arena.h"
#include "db/db.h"

struct plan_offer {
	const char *plan, *period, *pool;
	int64_t day; /* today */
};

/*
 * OK: a draw of this period and pool can be prepared. INVALID and *ret_why, a Chinese sentence in the arena: the
 * period is none, of another year or of another length than the plan's; the pool is no line of the plan, one that
 * is drawn with the daily pool, or not of this period; the period and what was agreed beyond it are over. *ret_joint: the pool is a joint action's line. NONE: no such plan, or no approved version.
 */
MUST_USE int plan_offer_check(struct db *db, struct arena *a, const struct plan_offer *offer,
			      bool *ret_joint, const char **ret_why);

#endif
