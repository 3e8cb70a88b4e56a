#ifndef APP_LEDGER_BOUND_H
#define APP_LEDGER_BOUND_H
/* app/ledger_bound.h — does the ledger bear out what a row says? */
#include "db/db.h"

#include <stdbool.h>

/*
 * Is there an entry of that action about that subject, by that actor ("": anybody), whose document begins with these
 * lines? Not while rows of another statement are open.
 */
MUST_USE int ledger_bound(struct db *db, const char *action, const char *subject, const char *actor,
			  const char *with, bool *ret);

#endif
