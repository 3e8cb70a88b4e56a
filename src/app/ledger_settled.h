#ifndef APP_LEDGER_SETTLED_H
#define APP_LEDGER_SETTLED_H
/*
 * app/ledger_settled.h — what a year had seen before its data was begun here (rows of app/plan_opening.h), extensions of
 * plans, and who wins in which field of a registry: held against their entries.
 */
#include "app/ledger_table.h"

/* Texts live in the arena a. */
MUST_USE int ledger_openings_check(struct db *db, struct arena *a, struct ledger_table *t);
MUST_USE int ledger_extensions_check(struct db *db, struct arena *a, struct ledger_table *t);
MUST_USE int ledger_winners_check(struct db *db, struct arena *a, struct ledger_table *t);

#endif
