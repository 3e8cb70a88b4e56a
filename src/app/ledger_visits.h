#ifndef APP_LEDGER_VISITS_H
#define APP_LEDGER_VISITS_H
/* app/ledger_visits.h — the part of app/ledger_draws.h that is about visits. */
#include "app/ledger_checking.h"
#include "store/draw_row.h"

/* Changes, endings and assistants of one draw's visits, each against its document. */
MUST_USE int ledger_visits_of(struct ledger_checking *c, struct arena *a,
			      const struct draw_row *row);

/* What follows of all draws and visits; who accepted and when it was made; to where sites open. */
MUST_USE int ledger_visits_all(struct ledger_checking *c);

#endif
