#ifndef STORE_LEDGER_AUDIT_SETTLED_H
#define STORE_LEDGER_AUDIT_SETTLED_H
/* store/ledger_audit_settled.h — settings beside the ledger's entries that made them. Reads only. */
#include "db/db.h"

/* Who wins in a field ("": there are entries, but no row), with the digest of the last entry about it ("": none). */
struct ledger_audit_winner {
	const char *registry, *field, *winner, *digest;
};
typedef int ledger_audit_each_winner(void *arg, const struct ledger_audit_winner *row);

/* Valid during the call; not OK ends the walk. */
MUST_USE int ledger_audit_winners(struct db *db, ledger_audit_each_winner *each, void *arg);

#endif
