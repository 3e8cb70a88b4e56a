#ifndef APP_LEDGER_MARK_H
#define APP_LEDGER_MARK_H
/*
 * app/ledger_mark.h — by what the ledger knows its own entries: a keyed hash under the office's key, which is not in the
 * database. Without it, whoever writes the database could leave an entry that the next act numbers and signs. A mark is over the row's id,
 * so that it fits no copy; the one of an entry without a number is over its words, that of a numbered one over
 * its leaf.
 */
#include "app/keys.h"
#include "store/ledger.h"

/* The mark that the entry must carry as it is. */
void ledger_mark_make(const struct keys *keys, const struct ledger_entry *entry,
		      char mark[LEDGER_MARK]);

/* Does it carry it? Of a numbered one this says nothing of its words: ledger_mark_true does. */
MUST_USE bool ledger_mark_holds(const struct keys *keys, const struct ledger_entry *entry);

/* Is every word of it this program's own: does it carry its mark, and fit its leaf if it has one? */
MUST_USE bool ledger_mark_true(const struct keys *keys, const struct ledger_entry *entry);

#endif
