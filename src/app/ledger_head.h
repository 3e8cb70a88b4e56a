#ifndef APP_LEDGER_HEAD_H
#define APP_LEDGER_HEAD_H
/*
 * app/ledger_head.h — how far the ledger had come, kept beside the keys (ledger.head in their folder) and so out of reach
 * of whoever has the database alone. The ledger must go on from there: a database that was put back to an older state, or one
 * from which an act was taken and what came after it numbered anew, does not. Written after each numbering; a crash
 * between the two leaves the head behind, never before, the ledger.
 */
#include "app/keys.h"
#include "core/sha256.h"
#include "db/db.h"

struct ledger_head {
	int64_t serial;            /* counts what was written to the file, from 1 */
	int64_t size;              /* entries of the tree, */
	uint8_t root[SHA256_SIZE]; /* and its root */
};

/* Reads it. NONE: there is no file; INVALID: it is damaged, or of other keys; IO_ERROR. */
MUST_USE int ledger_head_read(const struct keys *keys, struct ledger_head *ret);

/*
 * Keeps a tree of `size` with this root unless a larger one is kept; anyway: whatever is kept. From any number of processes. Two places
 * take turns, so that a power cut leaves the one before. IO_ERROR, NO_SPACE.
 */
MUST_USE int ledger_head_put(const struct keys *keys, int64_t size, const uint8_t root[SHA256_SIZE],
			     bool anyway);

/*
 * Does the database's ledger go on from the head, which was read before this is asked? In or outside a transaction. OK,
 * FORBIDDEN if not, or a db_code.
 */
MUST_USE int ledger_head_holds(struct db *db, const struct ledger_head *head);

/* Reads it and asks; FORBIDDEN also where there is none to be read. Keys that keep no head (keys_alone): OK. */
MUST_USE int ledger_head_check(struct db *db, const struct keys *keys);

/* Puts the present tree there, whatever is kept: somebody knows why. */
MUST_USE int ledger_head_renew(struct db *db, const struct keys *keys);

/* Chinese: what is wrong and what to do, for FORBIDDEN. */
extern const char ledger_head_wrong[];

#endif
