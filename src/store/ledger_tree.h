#ifndef STORE_LEDGER_TREE_H
#define STORE_LEDGER_TREE_H
/* store/ledger_tree.h — the tree over the ledger's leaves: its right edge, full subtrees, checkpoints. */
#include "base/arena.h"
#include "db/db.h"
#include "store/ledger.h"

enum { LEDGER_HASH = 32, LEDGER_DEEPEST = 64 };

struct ledger_tree {
	int64_t size;
	uint8_t edge[LEDGER_DEEPEST][LEDGER_HASH]; /* [level]: the full subtree of 2^level leaves,
						      if size has that bit */
	int64_t time;                              /* the latest of its entries; 0 if none */
};

/* Makes the empty tree, inside db_write. DB_UNIQUE if there is one. */
MUST_USE int ledger_tree_start(struct db *db);

/* Reads it. NONE before ledger_tree_start; INVALID if the edge has not the length that its size needs. */
MUST_USE int ledger_tree_get(struct db *db, struct ledger_tree *ret);

/* Replaces it, inside db_write. NONE before ledger_tree_start. */
MUST_USE int ledger_tree_put(struct db *db, const struct ledger_tree *tree);

/* Leaves of the numbers from, from + 1, ... NONE if one is missing. */
MUST_USE int ledger_leaves(struct db *db, int64_t from, size_t count, char (*ret)[LEDGER_LEAF + 1]);

/* Adds the root of the full subtree number `position` of 256^level leaves, level >= 1. */
MUST_USE int ledger_node_add(struct db *db, int64_t level, int64_t position,
			     const uint8_t hash[LEDGER_HASH]);

/* Reads those of the positions from, from + 1, ... NONE if one is missing. */
MUST_USE int ledger_nodes(struct db *db, int64_t level, int64_t from, size_t count,
			  uint8_t (*ret)[LEDGER_HASH]);

/* How many there are of a level. */
MUST_USE int ledger_node_count(struct db *db, int64_t level, int64_t *ret);

struct ledger_checkpoint {
	int64_t size, time; /* UTC milliseconds when it was signed */
	const char *note;   /* the signed note */
};

MUST_USE int ledger_checkpoint_add(struct db *db, const struct ledger_checkpoint *checkpoint);

/* The newest one; its note lives in the arena. NONE. */
MUST_USE int ledger_checkpoint_last(struct db *db, struct arena *a, struct ledger_checkpoint *ret);

/* Called for each checkpoint; not OK ends the walk and is returned. Valid during the call. */
typedef int ledger_checkpoint_each(void *arg, const struct ledger_checkpoint *checkpoint);

/* All of them, the smallest tree first. */
MUST_USE int ledger_checkpoint_walk(struct db *db, ledger_checkpoint_each *each, void *arg);

#endif
