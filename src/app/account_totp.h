#ifndef APP_ACCOUNT_TOTP_H
#define APP_ACCOUNT_TOTP_H
/*
 * app/account_totp.h — one-time passwords by the clock (RFC 6238: SHA-1, 6 digits, 30 seconds), each good once. The secret
 * is made here, shown once to be scanned, and kept sealed.
 */
#include "app/account.h"

enum { TOTP_BYTES = 20, TOTP_TEXT = 33, TOTP_OFFER = 128 }; /* base32 and the offer, with the NUL */

struct totp_offer {
	char secret[TOTP_TEXT]; /* base32, to scan or type */
	char offer[TOTP_OFFER]; /* what comes back with the first code: the sealed secret */
};

/* Makes a secret for an account; nothing is kept yet. */
MUST_USE int account_totp_offer(struct office *o, const struct account *who,
				struct totp_offer *ret);

/*
 * Keeps the offered secret once its first code is right, logs account.totp. INVALID: the code is wrong, or the offer is
 * of somebody else. CONFLICT: the account was changed meanwhile.
 */
MUST_USE int account_totp_confirm(struct office *o, const struct account *who, const char *offer,
				  const char *code);

/* Takes it away, for one who lost the device; logs account.totp-remove. The actor is another person. */
MUST_USE int account_totp_remove(struct office *o, const char *id);

/*
 * Is the code right now (one step early or late is)? *ret_step is the step it belongs to, later than row->totp_step.
 * FORBIDDEN if not. The row has a secret.
 */
MUST_USE int account_totp_check(struct office *o, const struct account_row *row, const char *code,
				int64_t *ret_step);

#endif
