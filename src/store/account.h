#ifndef STORE_ACCOUNT_H
#define STORE_ACCOUNT_H
/*
 * store/account.h — people who may log in, what they may do, and the one-time links that begin an account. Strings
 * live in the caller's arena or are valid during a call. Times are UTC milliseconds, 0: not yet.
 */
#include "base/arena.h"
#include "db/db.h"

#include <stdbool.h>

enum { ACCOUNT_ID = 27, ACCOUNT_ROLES_MOST = 8 };

struct account_row {
	int64_t key;
	const char *id, *name, *person, *kind, *state;
	const char *county, *department, *inspector;
	const char *password; /* argon2id, "" while invited */
	int64_t password_at;
	const void *totp; /* sealed; NULL: none */
	size_t totp_len;
	int64_t totp_step; /* the last one used */
	int64_t failures, locked_until, version, made_at;
	const char *made_by;
	const char *tag; /* read only: see app/account_bound.h */
	int64_t told;
};

/* Adds one (key and version are set by it); DB_UNIQUE if name, person or inspector is taken. */
MUST_USE int account_row_add(struct db *db, const struct account_row *row, int64_t *ret_key);

/* NONE. */
MUST_USE int account_row_get(struct db *db, struct arena *a, const char *name,
			     struct account_row *ret);
MUST_USE int account_row_by_id(struct db *db, struct arena *a, const char *id,
			       struct account_row *ret);
MUST_USE int account_row_by_key(struct db *db, struct arena *a, int64_t key,
				struct account_row *ret);

/* A page of all, by name: those after `after` ("": from the start), at most `most`. */
MUST_USE int account_row_list(struct db *db, struct arena *a, const char *after, size_t most,
			      struct account_row *ret, size_t *ret_count);
MUST_USE int account_row_count(struct db *db, int64_t *ret);
/* Active ones of a kind but this one. */
MUST_USE int account_row_others(struct db *db, const char *kind, int64_t but, int64_t *ret);

/* Calls each with the names of all persons; stops at its first code that is not OK. */
MUST_USE int account_row_persons(struct db *db, int (*each)(void *arg, const char *person),
				 void *arg);

/*
 * Writes state, county, department, inspector, password, password_at, totp, totp_step, failures and locked_until over
 * version row->version, which becomes the next; CONFLICT: it has another version by now.
 */
MUST_USE int account_row_set(struct db *db, const struct account_row *row);

/* Keeps its tag; not a version. NONE. */
MUST_USE int account_row_tag(struct db *db, int64_t key, const char *tag, int64_t told);

/* Counts failed log-ins or clears them; not a version. */
MUST_USE int account_row_failed(struct db *db, int64_t key, int64_t failures, int64_t locked_until);

/* Keeps the time step of a one-time password if it is later than the last; CONFLICT: it was used. Not a version. */
MUST_USE int account_row_step(struct db *db, int64_t key, int64_t step);

/* ---- roles ---- */

/* The roles that it has now, in the order of their names. */
MUST_USE int account_role_list(struct db *db, struct arena *a, int64_t account,
			       const char *ret[ACCOUNT_ROLES_MOST], size_t *ret_count);
MUST_USE int account_role_give(struct db *db, int64_t account, const char *role, int64_t at,
			       const char *grant);
/* CONFLICT: it has not that role. */
MUST_USE int account_role_take(struct db *db, int64_t account, const char *role, int64_t at);

/* ---- one-time links ---- */

struct account_ticket {
	const char *digest;
	int64_t account, made_at, expires;
	const char *tag;
};

MUST_USE int account_ticket_add(struct db *db, const struct account_ticket *ticket);
/* Uses it up; the tag lives in the arena. NONE: there is none, it was used, or its time has passed. */
MUST_USE int account_ticket_use(struct db *db, struct arena *a, const char *digest, int64_t at,
				struct account_ticket *ret);
/* Those that were not used are worth nothing any more. */
MUST_USE int account_ticket_void(struct db *db, int64_t account, int64_t at);

#endif
