#ifndef APP_LEDGER_SIGN_H
#define APP_LEDGER_SIGN_H
/* app/ledger_sign.h — signed statements of how the ledger stands; each continues the one before. */
#include "app/keys.h"
#include "base/arena.h"
#include "db/db.h"

enum { LEDGER_WHY = 256 };

struct ledger_signer {
	struct db *db;
	const struct keys *keys;
	const char *origin, *verifier_key;
	int64_t now;
	char why[LEDGER_WHY]; /* Chinese: why the last call was refused with INVALID */
};

/*
 * Numbers what is pending, signs a checkpoint over all of it and keeps it; if nothing was added since the
 * newest one, that one is given again. The note lives in the arena. Outside any transaction. INVALID and
 * why: the tree does not continue the newest checkpoint, or an entry since then is not this program's
 * (app/ledger_mark.h), so nothing was signed.
 */
MUST_USE int ledger_sign(struct ledger_signer *s, struct arena *a, const char **ret_note);

/* The same, but nothing is done if the newest checkpoint is of the same legal day. */
MUST_USE int ledger_sign_daily(struct ledger_signer *s);

#endif
