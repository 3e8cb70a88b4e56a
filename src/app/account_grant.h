#ifndef APP_ACCOUNT_GRANT_H
#define APP_ACCOUNT_GRANT_H
/*
 * app/account_grant.h — a role is given or taken by two persons: one asks, with a reason, another decides; neither for
 * himself. Refusals are said in o->why.
 */
#include "app/account.h"
#include "store/account_grant.h"

struct account_ask {
	const char *account; /* public id */
	enum role role;
	bool give;
	const char *reason;
};

/*
 * Asks; *ret is the request's public id; logs account.ask. NONE; CONFLICT: asked already, has it (or has it not) already,
 * has one that nobody may have beside it (role_conflict), no business account, closed; FORBIDDEN: for oneself; INVALID: a reason that says nothing; an inspector or a joint
 * officer without a registry number.
 */
MUST_USE int account_ask(struct office *o, const struct account_ask *in, char ret[ACCOUNT_ID]);

/*
 * Decides; logs account.grant, account.take or account.refuse. NONE; CONFLICT: decided already; FORBIDDEN: asked by
 * oneself, or about oneself, or the ledger does not tell that just this was asked for and waits.
 */
MUST_USE int account_decide(struct office *o, const char *id, bool agree);

/* The document of each entry about a request; account: its public id. */
MUST_USE const char *account_grant_text(struct arena *a, const char *account,
					const struct account_grant_row *grant);

#endif
