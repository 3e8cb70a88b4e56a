#ifndef APP_LEDGER_DRAWS_H
#define APP_LEDGER_DRAWS_H
/*
 * app/ledger_draws.h — draws, visits, what came after them, parties and the list of people, held against the ledger's
 * entries: every act that a row tells of has its entry at the row's own time, an action has as many entries as rows, the
 * rows say what the entries' documents begin with (app/life_documents.h), and what can be computed from other columns
 * is computed (store/ledger_audit_follow.h). `ledger verify` asks, and each act of a draw
 * (app/ledger_held.h): it reads all draws, so one that does not fit stops them all.
 */
#include "app/ledger_table.h"
#include "app/office.h"
#include "store/draw_row.h"

/*
 * Texts live in the arena. Memory does not grow with the visits. sites: visits whose site is in the clear, opened and
 * compared only if the office has keys (else they are seen and no more). escrow: a holder's copy of the share is at hand,
 * so that the secrets that it makes again (app/life_sums.h) may be lost.
 */
MUST_USE int ledger_draws_check(const struct office *o, struct arena *a, bool escrow,
				struct ledger_table *draws, struct ledger_table *sites);

/*
 * Only what says who is in the teams of one draw: its visits and first teams, teams made later, and each change since.
 * Inside a transaction in which app/ledger_whole.h holds from its result on.
 */
MUST_USE int ledger_draws_teams(const struct office *o, struct arena *a, const struct draw_row *row,
				struct ledger_table *draws);

#endif
