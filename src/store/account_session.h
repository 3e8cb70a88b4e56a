#ifndef STORE_ACCOUNT_SESSION_H
#define STORE_ACCOUNT_SESSION_H
/* store/account_session.h — who is logged in from where, and failed log-ins by address. Only digests of tokens. */
#include "base/arena.h"
#include "db/db.h"

struct account_session_row {
	const char *digest, *id;
	int64_t account;
	const char *csrf; /* digest */
	int64_t made_at, seen_at;
	const char *address, *agent;
	int64_t ended_at;
	const char *ended; /* "" while it lives, else why */
	const char *tag;   /* see app/account_bound.h */
};

MUST_USE int account_session_add(struct db *db, const struct account_session_row *row);
/* NONE; also finds those that have ended. */
MUST_USE int account_session_get(struct db *db, struct arena *a, const char *digest,
				 struct account_session_row *ret);
/* With the tag that goes with that time. Nothing happens to one that has ended or was seen later. */
MUST_USE int account_session_seen(struct db *db, const char *digest, int64_t at, const char *tag);
/* The living ones of an account, newest first. */
MUST_USE int account_session_list(struct db *db, struct arena *a, int64_t account, size_t most,
				  struct account_session_row *ret, size_t *ret_count);
/* Ends one of an account by its public id; NONE. */
MUST_USE int account_session_end(struct db *db, int64_t account, const char *id, const char *why,
				 int64_t at);
/* Ends all living ones of an account but `but` (an id; "": all). */
MUST_USE int account_session_end_all(struct db *db, int64_t account, const char *but,
				     const char *why, int64_t at);

/* Adds one failure; *ret: how many this minute has now. */
MUST_USE int account_failure_add(struct db *db, const char *address, int64_t minute, int64_t *ret);
/* Failures from an address since a minute. */
MUST_USE int account_failure_sum(struct db *db, const char *address, int64_t since, int64_t *ret);
/* Forgets what is older. */
MUST_USE int account_failure_sweep(struct db *db, int64_t before);

#endif
