#ifndef APP_LEDGER_SEQUENCE_H
#define APP_LEDGER_SEQUENCE_H
/*
 * app/ledger_sequence.h — the one sequencer: gives entries that are committed their number, salt and leaf,
 * in commit order without a gap, and lets the tree grow. O(log n) an entry.
 */
#include "db/db.h"

/*
 * Numbers all entries that are pending now, in batches of one transaction each; several processes may do it
 * at once. What a failure or a crash leaves pending is numbered by the next call. Outside any transaction.
 * INVALID: the stored tree is damaged.
 */
MUST_USE int ledger_sequence(struct db *db);

#endif
