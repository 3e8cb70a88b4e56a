#ifndef APP_LEDGER_BASIS_H
#define APP_LEDGER_BASIS_H
/*
 * app/ledger_basis.h — what lists are made from, held against the ledger at the moment of making them. A row that is
 * altered for the time of a freeze and put back afterwards is found by no later look; so the freeze itself looks, in
 * the transaction in which it reads.
 */
#include "app/office.h"

/*
 * Inside db_read, before the lists are made in it: FORBIDDEN with o->why unless the ledger is whole
 * (app/ledger_whole.h) and registries, rule sets, calendars, plans, extensions, openings, earlier draws and visits are
 * what its entries say. *ret: what the freeze's entry says of it (app/ledger_read.h), in the arena. One pass over all
 * that is read.
 */
MUST_USE int ledger_basis(struct office *o, struct arena *a, int64_t year, const char **ret);

#endif
