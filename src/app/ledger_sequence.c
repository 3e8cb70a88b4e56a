/*
 * app/ledger_sequence.c — batches: the pending ids are read outside the transaction, so that on PostgreSQL
 * numbering and adding do not stand in each other's way; each is looked at again inside.
 */
#include "app/ledger_sequence.h"

#include "app/ledger_entry.h"
#include "app/ledger_head.h"
#include "app/ledger_mark.h"
#include "base/arena.h"
#include "base/status.h"
#include "core/merkle.h"
#include "core/tile.h"
#include "store/ledger.h"
#include "store/ledger_tree.h"

#include <string.h>
#include <sys/random.h>

enum { BATCH = 500, MOST_LEVELS = TILE_LEVELS - 1 };

const char ledger_broken[] = "账簿的树已损坏：请用 mingqian ledger verify 查看，并从备份中恢复";

struct batch {
	const struct keys *keys;
	int64_t strangers;
	int64_t ids[BATCH];
	size_t count;
	struct ledger_head head; /* what must go on, read before the transaction begins */
	struct ledger_tree tree; /* after it */
};

/* Adds one hash to the tree as core does; the edges have the same form. */
static void grow(struct ledger_tree *tree, const char leaf[LEDGER_LEAF + 1])
{
	uint8_t hash[SHA256_SIZE];
	unsigned level = 0;

	merkle_leaf((struct span){ leaf, LEDGER_LEAF }, hash);
	for (; (uint64_t)tree->size >> level & 1; level++)
		merkle_node(tree->edge[level], hash, hash);
	memcpy(tree->edge[level], hash, SHA256_SIZE);
	tree->size++;
}

static void root_of(const uint8_t (*hashes)[SHA256_SIZE], uint8_t root[SHA256_SIZE])
{
	struct merkle m;

	merkle_init(&m);
	for (int i = 0; i < TILE_WIDTH; i++)
		merkle_add_hash(&m, hashes[i]);
	merkle_root(&m, root);
}

static int hash_leaves(struct db *db, int64_t from, uint8_t (*ret)[SHA256_SIZE])
{
	char leaves[TILE_WIDTH][LEDGER_LEAF + 1];

	TRY(ledger_leaves(db, from, TILE_WIDTH, leaves));
	for (int i = 0; i < TILE_WIDTH; i++)
		merkle_leaf((struct span){ leaves[i], LEDGER_LEAF }, ret[i]);
	return OK;
}

/* Keeps the roots of the subtrees of 256, 65536... leaves that the last leaf has filled. */
static int keep_nodes(struct db *db, int64_t size)
{
	uint8_t hashes[TILE_WIDTH][SHA256_SIZE], root[SHA256_SIZE];

	for (int64_t level = 1; level <= MOST_LEVELS && size % TILE_WIDTH == 0; level++) {
		size /= TILE_WIDTH;
		int64_t from = (size - 1) * TILE_WIDTH;
		int rc = level == 1 ? hash_leaves(db, from, hashes)
				    : ledger_nodes(db, level - 1, from, TILE_WIDTH, hashes);
		if (rc != OK)
			return rc == NONE ? INVALID : rc;
		root_of(hashes, root);
		TRY(ledger_node_add(db, level, size - 1, root));
	}
	return OK;
}

static int number_one(struct db *db, struct arena *a, struct batch *b, int64_t id,
		      struct ledger_tree *tree)
{
	struct ledger_entry entry;

	TRY(ledger_get(db, a, id, &entry));
	if (entry.seq >= 0)
		return OK; /* another process was faster */
	if (!ledger_mark_holds(b->keys, &entry)) {
		b->strangers++;
		return OK;
	}
	entry.seq = tree->size;
	if (getrandom(entry.salt, sizeof(entry.salt), 0) != (ssize_t)sizeof(entry.salt))
		return IO_ERROR;
	ledger_entry_leaf(&entry, entry.leaf);
	ledger_mark_make(b->keys, &entry, entry.mark);
	TRY(ledger_number(db, &entry));
	grow(tree, entry.leaf);
	if (entry.time > tree->time || strcmp(entry.action, LEDGER_CLOCK_ACTION) == 0)
		tree->time = entry.time;
	return keep_nodes(db, tree->size);
}

static int number_batch(struct db *db, void *arg)
{
	CLEANUP(arena_release) struct arena a;
	struct batch *b = arg;
	struct ledger_tree *tree = &b->tree;

	arena_init(&a);
	b->strangers = 0; /* it may run again */
	if (keys_folder(b->keys))
		TRY(ledger_head_holds(db, &b->head));
	TRY(ledger_tree_get(db, tree));
	int64_t before = tree->size;
	for (size_t i = 0; i < b->count; i++)
		TRY(number_one(db, &a, b, b->ids[i], tree));
	return tree->size == before ? OK : ledger_tree_put(db, tree);
}

static int read_head(struct batch *b)
{
	if (!keys_folder(b->keys))
		return OK;
	int rc = ledger_head_read(b->keys, &b->head);
	return rc == NONE || rc == INVALID ? FORBIDDEN : rc;
}

static int keep_head(const struct batch *b)
{
	struct merkle m = { .size = (uint64_t)b->tree.size };
	uint8_t root[SHA256_SIZE];

	memcpy(m.edge, b->tree.edge, sizeof(m.edge));
	merkle_root(&m, root);
	return ledger_head_put(b->keys, b->tree.size, root, false);
}

int ledger_sequence(struct db *db, const struct keys *keys, int64_t *ret_strangers)
{
	struct batch b = { .keys = keys };
	int64_t after = INT64_MIN;

	*ret_strangers = 0;
	do {
		TRY(ledger_pending(db, after, BATCH, b.ids, &b.count));
		if (b.count == 0)
			break;
		TRY(read_head(&b));
		TRY(db_write(db, number_batch, &b));
		TRY(keep_head(&b));
		*ret_strangers += b.strangers;
		after = b.ids[b.count - 1];
	} while (b.count == BATCH);
	return OK;
}
