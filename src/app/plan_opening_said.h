#ifndef APP_PLAN_OPENING_SAID_H
#define APP_PLAN_OPENING_SAID_H
/*
 * app/plan_opening_said.h — who brought a year's opening balances and who agreed: whoever approves a draw is told, since
 * they spare those whom they count.
 */
#include "app/office.h"

struct plan_opening_said {
	int64_t year, rows;
	const char *file, *actor;
	const char *approver; /* NULL: nobody */
};

/* What counts now for the year of this plan, in the arena. NONE: nothing was brought. */
MUST_USE int plan_opening_said(struct db *db, struct arena *a, const char *plan,
			       struct plan_opening_said *ret);

/* In a sentence, in the arena. */
const char *plan_opening_sentence(struct arena *a, const struct plan_opening_said *said);

#endif
