#ifndef APP_LEDGER_DRAWS_H
#define APP_LEDGER_DRAWS_H
/*
 * app/ledger_draws.h — draws, visits, what came after them and the list of people, held against the ledger's entries.
 * Every act that a row tells of has its entry, no action has more entries than rows, and the rows say what the entries'
 * documents begin with (app/life_documents.h). What is not bound by a document is in SECURITY.md. `ledger verify` asks,
 * and a reveal before it opens anything: it reads all draws, so one that does not fit stops every reveal.
 */
#include "app/ledger_table.h"

/* Texts live in the arena. Memory does not grow with the visits. */
MUST_USE int ledger_draws_check(struct db *db, struct arena *a, struct ledger_table *t);

#endif
