#ifndef APP_ACCOUNT_LOGIN_H
#define APP_ACCOUNT_LOGIN_H
/*
 * app/account_login.h — from a name and a password to a session. What is wrong is never told apart: neither by words nor
 * by time does an answer say whether a name exists.
 */
#include "app/account.h"

struct account_login {
	const char *name, *password;
	const char *otp;     /* "": none given */
	const char *address; /* where from, at most 64 bytes */
	const char *agent;   /* what it says it is; cut to 200 bytes */
};

struct account_session {
	char token[ACCOUNT_TOKEN], csrf[ACCOUNT_TOKEN]; /* told once */
	char id[ACCOUNT_ID];
	bool password_old; /* it must be changed before anything else is done */
	bool totp_wanted; /* an administrator without one-time passwords: it must be set up first */
};

/*
 * Logs in: OK and account.login in the ledger. FORBIDDEN and why: not right (account.login-failed, once a minute and
 * address, with how many as far); CONFLICT: the account or the address is locked, why says how long. The office's actor
 * is set to the person.
 */
MUST_USE int account_login(struct office *o, struct arena *a, const struct account_policy *policy,
			   const struct account_login *in, struct account_session *ret);

#endif
