#ifndef APP_LEDGER_HELD_H
#define APP_LEDGER_HELD_H
/*
 * app/ledger_held.h — acts of a draw go by what rows say: who prepared a draw, when its dice fall, who is known, what a visit's
 * state is. A row that somebody alters for the moment of an act and puts back afterwards is found by no later look; so
 * these acts look themselves, in their own transaction.
 */
#include "app/office.h"

/*
 * office_write, but first, in the transaction: the ledger is whole (app/ledger_whole.h), the schema is the program's own, and
 * draws and visits are what the entries say. lost: what a holder's copy of the operator's share makes again may be lost.
 * FORBIDDEN with o->why if not, and nothing is done. Reads all draws: for acts of a draw and changes of a visit, not for
 * every visit made.
 */
MUST_USE int ledger_held_write(struct office *o, bool lost, db_work *work, void *arg);

#endif
