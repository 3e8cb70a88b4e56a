#ifndef APP_LEDGER_PEOPLE_H
#define APP_LEDGER_PEOPLE_H
/* app/ledger_people.h — did somebody of the list agree to each change of it? */
#include "app/ledger_checking.h"

/*
 * By the entries alone, whatever rows say now: who agreed had come by an earlier entry and had not left; only the first one
 * needed nobody. Told to c->draws.
 */
MUST_USE int ledger_people_check(struct ledger_checking *c);

#endif
