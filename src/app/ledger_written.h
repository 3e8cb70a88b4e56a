#ifndef APP_LEDGER_WRITTEN_H
#define APP_LEDGER_WRITTEN_H
/*
 * app/ledger_written.h — what an act has written into the ledger, looked at again before it is committed and after: a
 * trigger, or somebody at the same database, can take an entry away as soon as it is there.
 */
#include "app/keys.h"
#include "db/db.h"

enum { LEDGER_WRITTEN_MOST = 128 }; /* of an act, or of acts that are committed together */

struct ledger_written {
	int64_t ids[LEDGER_WRITTEN_MOST];
	size_t count;
};

/* Remembers one; when it is full, the ones before are looked at and forgotten. As ledger_written_check. */
MUST_USE int ledger_written_add(struct ledger_written *w, struct db *db, const struct keys *keys,
				int64_t id);

/* FORBIDDEN: one is not there any more, or not as this program wrote it. */
MUST_USE int ledger_written_check(const struct ledger_written *w, struct db *db,
				  const struct keys *keys);

#endif
