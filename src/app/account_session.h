#ifndef APP_ACCOUNT_SESSION_H
#define APP_ACCOUNT_SESSION_H
/* app/account_session.h — who asks, by the token he brings; and what one does with one's own sessions and password. */
#include "app/account.h"
#include "store/account_session.h"

enum { ACCOUNT_SESSIONS_SHOWN = 50 };

struct account_here {
	struct account account;
	struct account_session_row session;
	bool password_old, totp_wanted; /* see account_login.h */
};

/*
 * Finds the living session of a token and whose it is. NONE: there is none, it has ended, was idle or has lasted too long,
 * or the account is closed. FORBIDDEN with o->why: somebody has written the account's row past the program
 * (app/account_bound.h). Notes once a minute that it was used.
 */
MUST_USE int account_here(struct office *o, struct arena *a, const struct account_policy *policy,
			  const char *token, struct account_here *ret);

/* Is this the session's other token, which a page of ours sends along with every change? */
MUST_USE bool account_here_csrf(const struct office *o, const struct account_here *here,
				const char *csrf);

/* Ends this one; logs account.logout about it: what the ledger tells of a session is that it has ended. */
MUST_USE int account_logout(struct office *o, const struct account_here *here);

/* Ends another of one's own by its id; logs account.revoke. NONE. */
MUST_USE int account_revoke(struct office *o, const struct account_here *here, const char *id);

/* Living ones of an account. */
MUST_USE int account_sessions(struct office *o, struct arena *a, int64_t account,
			      struct account_session_row ret[ACCOUNT_SESSIONS_SHOWN],
			      size_t *ret_count);

/*
 * A new password for oneself; other sessions end; logs account.password. FORBIDDEN: the old one is wrong; INVALID: the new
 * one, why says what about it.
 */
MUST_USE int account_password(struct office *o, const struct account_policy *policy,
			      const struct account_here *here, const char *old_password,
			      const char *new_password);

#endif
