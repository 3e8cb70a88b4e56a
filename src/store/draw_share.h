#ifndef STORE_DRAW_SHARE_H
#define STORE_DRAW_SHARE_H
/*
 * store/draw_share.h — parties with their keys, the shares of a draw, and who holds printed copies of the
 * operator's. Strings live in the caller's arena or are valid during a call.
 */
#include "base/arena.h"
#include "db/db.h"

enum { DRAW_SHARES_MOST = 16 };

/* A party's key; `since` is when it was logged. DB_UNIQUE if it has that key already. */
MUST_USE int draw_party_add(struct db *db, const char *party, const char *sign_key, int64_t since,
			    const char *actor);

/* When this key of a party was logged; NONE. */
MUST_USE int draw_party_since(struct db *db, const char *party, const char *sign_key, int64_t *ret);

/* All keys, in the order in which they were logged; not OK ends the walk. Valid during the call. */
struct draw_party_row {
	const char *party, *sign_key;
	int64_t since;
	const char *actor;
};
typedef int draw_party_each(void *arg, const struct draw_party_row *row);
MUST_USE int draw_party_walk(struct db *db, draw_party_each *each, void *arg);

struct draw_share_row {
	const char *party, *commitment;
	const char *sign_key, *signature; /* hex, or "" */
	const char *opened;               /* 64 hex digits, or "" */
	int64_t opened_at;
};

MUST_USE int draw_share_add(struct db *db, int64_t draw, int64_t position,
			    const struct draw_share_row *row);

/* All of a draw in declared order; room for DRAW_SHARES_MOST. */
MUST_USE int draw_share_list(struct db *db, struct arena *a, int64_t draw,
			     struct draw_share_row *ret, size_t *ret_count);

/* Keeps an opened share. CONFLICT if it was opened before or there is no such party. */
MUST_USE int draw_share_open(struct db *db, int64_t draw, const char *party, const char *opened,
			     int64_t at);

struct draw_holder_row {
	const char *office; /* discipline or archive */
	const char *holder;
	int64_t at, rehearsed_at;
};

/* DB_UNIQUE if that office holds a copy already. */
MUST_USE int draw_holder_add(struct db *db, int64_t draw, const struct draw_holder_row *row);
MUST_USE int draw_holder_list(struct db *db, struct arena *a, int64_t draw,
			      struct draw_holder_row ret[2], size_t *ret_count);

/* The opening was rehearsed. NONE if that office holds none. */
MUST_USE int draw_holder_rehearsed(struct db *db, int64_t draw, const char *office, int64_t at);

#endif
