#ifndef APP_LEDGER_REGISTRY_H
#define APP_LEDGER_REGISTRY_H
/* app/ledger_registry.h — the registries' tables held against the ledger. */
#include "app/ledger_table.h"

struct ledger_registries {
	/* Each change has exactly one entry, which says the same; each entry has its change. */
	struct ledger_table changes;
	/* The rows that each change made, and all rows after each import, have the digest that it names. */
	struct ledger_table rows;
	/* Name, code and facet of current rows are those of their cells; facets count their rows. */
	struct ledger_table facets;
};

/*
 * Texts live in the arena. Memory does not grow with the tables. now: only what makes the rows what they are now, which is
 * the last import of each registry and the changes since; neither facets nor what was before.
 */
MUST_USE int ledger_registries_check(struct db *db, struct arena *a, bool now,
				     struct ledger_registries *ret);

#endif
