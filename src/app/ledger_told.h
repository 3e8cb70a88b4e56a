#ifndef APP_LEDGER_TOLD_H
#define APP_LEDGER_TOLD_H
/* app/ledger_told.h — who did something last, as the ledger's own entries tell it, whatever a row says now. */
#include "app/office.h"

/* The actor of the newest numbered entry of that subject and action that is this program's own, in the arena. NONE. */
MUST_USE int ledger_told_actor(struct office *o, struct arena *a, const char *subject,
			       const char *action, const char **ret);

#endif
