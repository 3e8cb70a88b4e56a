#ifndef APP_LEDGER_BOUND_H
#define APP_LEDGER_BOUND_H
/* app/ledger_bound.h — does the ledger bear out what a row says? */
#include "app/keys.h"
#include "db/db.h"
#include "store/ledger_audit_draw.h"

#include <stdbool.h>
#include <stdint.h>

/* A line of this and a word fits the document's line of that word and 64 hex digits, whatever they are. */
#define LEDGER_BOUND_ANY "?"

enum { LEDGER_BOUND_WORD = 32 };

struct ledger_bound {
	int64_t found;                /* such entries */
	char word[LEDGER_BOUND_WORD]; /* none: with what the line begins that does not fit, or "" */
};

/*
 * How many such entries have a document of their digest that begins with these lines; within: that has them in one piece somewhere? Not
 * while rows of another statement are open. keys: only entries that are this program's own count (app/ledger_mark.h); NULL:
 * asked where the ledger is known to be whole, or by a verification, which says that in a step of its own.
 */
MUST_USE int ledger_bound(struct db *db, const struct keys *keys,
			  const struct ledger_audit_entry *entry, const char *with, bool within,
			  struct ledger_bound *ret);

#endif
