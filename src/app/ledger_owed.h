#ifndef APP_LEDGER_OWED_H
#define APP_LEDGER_OWED_H
/*
 * app/ledger_owed.h — entries that are committed and have no number yet, written down beside the keys (ledger.owed in their
 * folder) as soon as their act is. The head knows nothing of them: without this, whoever can keep the numbering waiting and
 * writes the database could take such an entry away, and with it every trace of the act. Each is there until it has its
 * number; the ledger must hold all of them. Keys that keep no head keep none of these: OK.
 */
#include "app/keys.h"
#include "db/db.h"

/* Writes them down. From any number of processes. IO_ERROR, NO_SPACE. */
MUST_USE int ledger_owed_add(const struct keys *keys, const int64_t *ids, size_t count);

/* Are all that stand there in the ledger, as this program wrote them? FORBIDDEN if not. Outside a transaction, or in one
 * that begins with it. */
MUST_USE int ledger_owed_check(struct db *db, const struct keys *keys);

/* Strikes out those that have their number. As ledger_owed_check. */
MUST_USE int ledger_owed_settle(struct db *db, const struct keys *keys);

/* Strikes out all: somebody knows why. */
MUST_USE int ledger_owed_forget(const struct keys *keys);

#endif
