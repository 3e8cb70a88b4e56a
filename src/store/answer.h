#ifndef STORE_ANSWER_H
#define STORE_ANSWER_H
/* store/answer.h — answers to changes that clients asked for under keys of their own; see app/answer.h. */
#include "base/arena.h"
#include "db/db.h"

struct answer_row {
	int64_t account;
	const char *key;     /* 36 characters */
	const char *request; /* 64 hex digits */
	int64_t status;
	const char *etag;   /* NULL: none */
	const void *answer; /* sealed; NULL: it is not kept */
	size_t len;
	int64_t at;
};

/* In the arena. NONE. */
MUST_USE int answer_row_get(struct db *db, struct arena *a, int64_t account, const char *key,
			    struct answer_row *ret);

/*
 * Takes the key, before anything is done, so that a twin waits here until this one's transaction ends; status, etag and
 * answer come with answer_row_fill. answer_row_drop gives it back. Inside db_write. DB_UNIQUE: it is taken.
 */
MUST_USE int answer_row_take(struct db *db, const struct answer_row *row);
MUST_USE int answer_row_fill(struct db *db, const struct answer_row *row);
MUST_USE int answer_row_drop(struct db *db, const struct answer_row *row);

/* Deletes all that were kept before; inside db_write. */
MUST_USE int answer_row_sweep(struct db *db, int64_t before);

#endif
