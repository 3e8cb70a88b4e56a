#ifndef APP_LEDGER_SEQUENCE_H
#define APP_LEDGER_SEQUENCE_H
/*
 * app/ledger_sequence.h — the one sequencer: gives entries that are committed their number, salt and leaf,
 * in commit order without a gap, and lets the tree grow. O(log n) an entry. An act that saw another's change
 * always comes after it; acts that ran at the same time and were numbered together stand in the order in
 * which they wrote their entries.
 */
#include "app/keys.h"
#include "db/db.h"

/* The entry that takes the present time as right; the time after it counts from there. */
#define LEDGER_CLOCK_ACTION "clock.accept"

/*
 * Numbers all entries that are pending now, in batches of one transaction each; several processes may do it
 * at once. What a failure or a crash leaves pending is numbered by the next call. Entries that this program did not write
 * (app/ledger_mark.h) stay without a number; *ret_strangers: how many there are. Outside any transaction.
 * INVALID: the stored tree is damaged; FORBIDDEN: it does not go on from where the ledger had come (app/ledger_head.h),
 * and nothing more is numbered.
 */
MUST_USE int ledger_sequence(struct db *db, const struct keys *keys, int64_t *ret_strangers);

/* Chinese: what is wrong and what to do, for INVALID. */
extern const char ledger_broken[];

#endif
