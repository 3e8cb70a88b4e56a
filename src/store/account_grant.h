#ifndef STORE_ACCOUNT_GRANT_H
#define STORE_ACCOUNT_GRANT_H
/* store/account_grant.h — requests to give or take a role: one asks, another decides. */
#include "base/arena.h"
#include "db/db.h"

#include <stdbool.h>

struct account_grant_row {
	const char *id;
	int64_t account;
	const char *account_id, *person; /* of the account; filled by reading */
	const char *role;
	bool give;
	const char *reason, *asked_by;
	int64_t asked_at;
	const char *state, *decided_by;
	int64_t decided_at;
};

/* DB_UNIQUE: there is an open one for that account and role. */
MUST_USE int account_grant_add(struct db *db, const struct account_grant_row *row);
/* NONE. */
MUST_USE int account_grant_get(struct db *db, struct arena *a, const char *id,
			       struct account_grant_row *ret);
/* CONFLICT: somebody has decided already. */
MUST_USE int account_grant_decide(struct db *db, const char *id, const char *state,
				  const char *decided_by, int64_t at);
/* A page of all, by id: those after `after` ("": from the start), at most `most`. */
MUST_USE int account_grant_page(struct db *db, struct arena *a, const char *after, size_t most,
				struct account_grant_row *ret, size_t *ret_count);
/* The newest, open ones first; at most `most`. */
MUST_USE int account_grant_list(struct db *db, struct arena *a, size_t most,
				struct account_grant_row *ret, size_t *ret_count);

#endif
