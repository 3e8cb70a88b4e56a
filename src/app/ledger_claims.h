#ifndef APP_LEDGER_CLAIMS_H
#define APP_LEDGER_CLAIMS_H
/* app/ledger_claims.h — the checkpoints that a verification holds the ledger against. */
#include "app/ledger_survey.h"
#include "app/ledger_verify.h"

struct ledger_claims {
	struct ledger_claim *at; /* in the arena, in order of size; unreadable ones last */
	size_t count;
};

/* Collects the database's own checkpoints and those from outside, and checks their signatures by `key`. */
MUST_USE int ledger_claims_collect(struct db *db, struct arena *a, const struct ledger_check *check,
				   const char *key, struct ledger_claims *ret);

/* Follows the proofs of .tlog-proof files from the entries' leaves, after the survey. */
MUST_USE int ledger_claims_prove(struct db *db, struct ledger_claims *claims);

/*
 * One sentence about the first claim (outside or not) that does not hold, in the arena; NULL if all hold.
 * *ret_count: how many claims of that kind there are.
 */
MUST_USE const char *ledger_claims_wrong(struct arena *a, const struct ledger_claims *claims,
					 bool outside, size_t *ret_count);

/* One sentence about two signed checkpoints that cannot both be true; NULL if none are. */
MUST_USE const char *ledger_claims_clash(struct arena *a, const struct ledger_claims *claims);

/* How many are signed by the key. */
MUST_USE size_t ledger_claims_signed(const struct ledger_claims *claims);

#endif
