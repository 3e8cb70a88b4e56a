#ifndef APP_ACCOUNT_POLICY_H
#define APP_ACCOUNT_POLICY_H
/*
 * app/account_policy.h — what passwords and sessions must be like, as profiles: mlps3 (GB/T 22239, the third level of
 * 等级保护, the default) and asvs (OWASP ASVS 5.0, level 2).
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PASSWORD_LONGEST = 256 }; /* bytes */

struct account_policy {
	const char *name;
	size_t least;      /* characters of a password */
	size_t classes;    /* of capitals, small letters, digits, others: how many must occur */
	int64_t days;      /* a password is good for; 0: for ever */
	int64_t failures;  /* that lock an account */
	int64_t locked_ms; /* for so long */
	int64_t address_failures, address_minutes; /* that shut an address out */
	int64_t idle_ms, absolute_ms;              /* of a session */
	int64_t ticket_ms;                         /* of a one-time link */
};

/* The profile of a name; NULL: there is none. */
MUST_USE const struct account_policy *account_policy(const char *name);

/*
 * NULL if it may be the password of somebody with these names; else a Chinese sentence that says what to do. Refused: too
 * short or long, too few classes, controls, one that holds a name of its owner, one of the usual ones, one character
 * over and over, a run like 12345678 or abcdefgh.
 */
MUST_USE const char *account_password_wrong(const struct account_policy *policy,
					    const char *password, const char *name,
					    const char *person);

#endif
