#ifndef APP_LEDGER_PROOF_H
#define APP_LEDGER_PROOF_H
/*
 * app/ledger_proof.h — hashes of any part of the ledger's tree from its leaves and the kept roots of full
 * subtrees; at most 256 rows a subtree, O(log n) subtrees. All return NONE if a leaf or root is missing.
 */
#include "core/merkle.h"
#include "core/tile.h"
#include "db/db.h"

/* The hashes of a tile of level >= 0: `width` of them from position index * 256. */
MUST_USE int ledger_proof_tile(struct db *db, const struct tile *t, uint8_t (*ret)[SHA256_SIZE]);

/* Root of the tree over the first `size` leaves, as it was then. */
MUST_USE int ledger_proof_root(struct db *db, uint64_t size, uint8_t root[SHA256_SIZE]);

/* The right edge of that tree: its subtrees in m->edge, its size in m->size. */
MUST_USE int ledger_proof_edge(struct db *db, uint64_t size, struct merkle *m);

/* Inclusion proof of leaf `index` in the tree of `size` leaves, index < size; from the leaf's sibling up. */
MUST_USE int ledger_proof_inclusion(struct db *db, uint64_t size, uint64_t index,
				    uint8_t proof[MERKLE_DEEPEST][SHA256_SIZE], size_t *ret_count);

#endif
