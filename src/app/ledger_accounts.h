#ifndef APP_LEDGER_ACCOUNTS_H
#define APP_LEDGER_ACCOUNTS_H
/*
 * app/ledger_accounts.h — accounts and their roles held against the tags that acts have given them and the ledger's last
 * entry about each (app/account_bound.h); and as many accounts as entries that made one.
 */
#include "app/ledger_table.h"
#include "app/office.h"

/* Texts live in the arena. Without keys accounts are seen and no more. */
MUST_USE int ledger_accounts_check(const struct office *o, struct arena *a, struct ledger_table *t);

#endif
