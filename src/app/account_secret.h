#ifndef APP_ACCOUNT_SECRET_H
#define APP_ACCOUNT_SECRET_H
/*
 * app/account_secret.h — tokens (of links, sessions) and password hashes. A token is 32 random bytes as base64url; only
 * a keyed hash of it is ever kept, so that who writes the database cannot make a row for a token of his own. Passwords are hashed by argon2id (19 MiB, 2 passes, 1 lane), at most two at once in a
 * process; others wait.
 */
#include "app/keys.h"
#include "base/cleanup.h"

#include <stdbool.h>

enum { ACCOUNT_TOKEN = 44, ACCOUNT_DIGEST = 65, ACCOUNT_HASH = 128 }; /* bytes with the NUL */

/* Fills a fresh token and its digest. */
void account_token_make(const struct keys *keys, char token[ACCOUNT_TOKEN],
			char digest[ACCOUNT_DIGEST]);

/* The digest of a token as somebody gave it; INVALID if it cannot be one. */
MUST_USE int account_token_digest(const struct keys *keys, const char *token,
				  char digest[ACCOUNT_DIGEST]);

/* Equal in a time that does not tell where they differ. */
MUST_USE bool account_digest_equal(const char *a, const char *b);

/* UNAVAILABLE: no memory for it now. */
MUST_USE int account_password_hash(const char *password, char hash[ACCOUNT_HASH]);

/* Is it the password of this hash? With hash NULL takes as long and says no. */
MUST_USE bool account_password_right(const char *hash, const char *password);

#endif
