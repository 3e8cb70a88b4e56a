#ifndef STORE_LEDGER_DOCUMENT_H
#define STORE_LEDGER_DOCUMENT_H
/* store/ledger_document.h — full documents of entries, kept by digest; added, never changed or deleted. */
#include "base/arena.h"
#include "db/db.h"

/* Keeps len bytes under their digest (64 hex digits), inside db_write. OK also if they are kept already. */
MUST_USE int ledger_document_add(struct db *db, const char *digest, const void *at, size_t len);

/* Reads one of at most max bytes into the arena, with a NUL behind. NONE, TOO_LARGE. */
MUST_USE int ledger_document_get(struct db *db, struct arena *a, const char *digest, size_t max,
				 char **ret, size_t *ret_len);

/*
 * Called for each piece of each document, in order of digest and piece; `at` is NULL for a document that
 * has no piece (an empty one). Valid during the call; not OK ends the walk and is returned.
 */
typedef int ledger_document_each(void *arg, const char *digest, const void *at, size_t len);
MUST_USE int ledger_document_walk(struct db *db, ledger_document_each *each, void *arg);

/*
 * How many entries name a digest whose document is not here: *ret_lost of acts that keep theirs here, *ret_outside
 * of acts that name a file kept by others (an expert's opinion).
 */
MUST_USE int ledger_document_missing(struct db *db, int64_t *ret_lost, int64_t *ret_outside);

#endif
