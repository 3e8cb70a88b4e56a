#ifndef APP_LEDGER_DRAWS_H
#define APP_LEDGER_DRAWS_H
/*
 * app/ledger_draws.h — draws, visits and what came after them, held against the ledger's entries. Every act that a
 * row tells of has its entry, no entry is without its row, and what an entry's document binds is what the rows say:
 * the result root, and who was drawn to go where.
 */
#include "app/ledger_table.h"

/* Texts live in the arena. Memory does not grow with the visits. */
MUST_USE int ledger_draws_check(struct db *db, struct arena *a, struct ledger_table *t);

#endif
