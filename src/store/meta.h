#ifndef STORE_META_H
#define STORE_META_H
/* store/meta.h — which database this is: one row, made with the database. */
#include "db/db.h"

enum { META_EPOCH = 33 }; /* bytes of an epoch with its NUL: 32 lower-case hex digits */

struct meta {
	char epoch[META_EPOCH]; /* 128 random bits */
	int64_t created_at;     /* UTC milliseconds */
};

/* Reads it, and makes it with a fresh epoch if the database is new. Inside or outside a transaction. */
MUST_USE int meta_ensure(struct db *db, struct meta *ret);

/* Gives the database a fresh epoch, as a restore from a backup must. NONE if there is no row yet. */
MUST_USE int meta_new_epoch(struct db *db, struct meta *ret);

#endif
