#ifndef APP_LEDGER_CHECKING_H
#define APP_LEDGER_CHECKING_H
/* app/ledger_checking.h — what the parts of app/ledger_draws.h share: where they look and whom they tell. */
#include "app/ledger_table.h"
#include "app/office.h"
#include "store/ledger_audit_draw.h"

struct ledger_checking {
	const struct office *o;
	struct arena *a; /* what is told lives here */
	bool escrow;     /* what a holder's copy of the share makes again is not asked for */
	struct ledger_table *draws, *sites;
};

/* One row's document: there must be such an entry whose document begins with these lines. */
MUST_USE int ledger_check_bound(struct ledger_checking *c, const struct ledger_audit_entry *entry,
				const char *with);

#endif
