#ifndef APP_LEDGER_TABLES_H
#define APP_LEDGER_TABLES_H
/*
 * app/ledger_tables.h — the tables that acts have filled, held against the ledger's entries: somebody who
 * changes a row with the database's own tools leaves entries and digests that no longer fit. Only as good as
 * the entries themselves, which the other steps of a verification check.
 */
#include "app/ledger_registry.h"
#include "app/office.h"

struct ledger_tables {
	struct ledger_registries registries;
	struct ledger_table rules;    /* versions of rule sets and working-day calendars */
	struct ledger_table draws;    /* draws, visits and what came after them */
	struct ledger_table sites;    /* of visits, opened: only with keys */
	struct ledger_table accounts; /* with their roles: only with keys */
	struct ledger_table
		requests; /* proposals with their voices, requests for roles: only with keys */
	struct ledger_table plans; /* versions of annual plans, with their lines and who decided */
};

/*
 * Texts live in the arena. Memory does not grow with the tables. now: only what the next lists are made from
 * (ledger_registries_check), and sealed shares and seeds may be lost.
 */
MUST_USE int ledger_tables_check(const struct office *o, struct arena *a, bool now,
				 struct ledger_tables *ret);

#endif
