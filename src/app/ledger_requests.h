#ifndef APP_LEDGER_REQUESTS_H
#define APP_LEDGER_REQUESTS_H
/*
 * app/ledger_requests.h — what one asks for and others decide (app/proposal.h, app/account_grant.h) held against the ledger:
 * each request, each voice and how it ended has its entry, and there are as many requests as entries that made one.
 */
#include "app/ledger_table.h"
#include "app/office.h"

/* Texts live in the arena. Without keys requests are seen and no more. */
MUST_USE int ledger_requests_check(const struct office *o, struct arena *a, struct ledger_table *t);

#endif
