/* app/ledger_proof.c — a range of leaves is cut into full subtrees, and those are read from the next tile up. */
#include "app/ledger_proof.h"

#include "base/status.h"
#include "store/ledger_tree.h"

int ledger_proof_tile(struct db *db, const struct tile *t, uint8_t (*ret)[SHA256_SIZE])
{
	char leaves[TILE_WIDTH][LEDGER_LEAF + 1];
	int64_t from = (int64_t)(t->index * TILE_WIDTH);

	if (t->level > 0)
		return ledger_nodes(db, t->level, from, t->width, ret);
	TRY(ledger_leaves(db, from, t->width, leaves));
	for (uint32_t i = 0; i < t->width; i++)
		merkle_leaf((struct span){ leaves[i], LEDGER_LEAF }, ret[i]);
	return OK;
}

/* The full subtree of 2^height leaves that starts at leaf `from`, a multiple of that. */
static int subtree(struct db *db, unsigned height, uint64_t from, uint8_t root[SHA256_SIZE])
{
	uint8_t hashes[TILE_WIDTH][SHA256_SIZE];
	unsigned below = height / TILE_BITS * TILE_BITS;
	uint64_t position = from >> below;
	size_t count = (size_t)1 << (height - below);
	struct merkle m;

	if (height < TILE_BITS) {
		char leaves[TILE_WIDTH][LEDGER_LEAF + 1];
		TRY(ledger_leaves(db, (int64_t)position, count, leaves));
		for (size_t i = 0; i < count; i++)
			merkle_leaf((struct span){ leaves[i], LEDGER_LEAF }, hashes[i]);
	} else {
		TRY(ledger_nodes(db, height / TILE_BITS, (int64_t)position, count, hashes));
	}
	merkle_init(&m);
	for (size_t i = 0; i < count; i++)
		merkle_add_hash(&m, hashes[i]);
	merkle_root(&m, root);
	return OK;
}

/* The tree over leaves from..from+count-1, where from is a multiple of the next power of two above count. */
static int range_tree(struct db *db, uint64_t from, uint64_t count, struct merkle *m)
{
	*m = (struct merkle){ .size = count };
	for (unsigned height = MERKLE_DEEPEST; height-- > 0;) {
		if (!(count >> height & 1))
			continue;
		TRY(subtree(db, height, from, m->edge[height]));
		from += (uint64_t)1 << height;
	}
	return OK;
}

static int range(struct db *db, uint64_t from, uint64_t count, uint8_t root[SHA256_SIZE])
{
	struct merkle m;

	TRY(range_tree(db, from, count, &m));
	merkle_root(&m, root);
	return OK;
}

int ledger_proof_edge(struct db *db, uint64_t size, struct merkle *m)
{
	return range_tree(db, 0, size, m);
}

int ledger_proof_root(struct db *db, uint64_t size, uint8_t root[SHA256_SIZE])
{
	return range(db, 0, size, root);
}

int ledger_proof_inclusion(struct db *db, uint64_t size, uint64_t index,
			   uint8_t proof[MERKLE_DEEPEST][SHA256_SIZE], size_t *ret_count)
{
	uint8_t down[MERKLE_DEEPEST][SHA256_SIZE]; /* from the root's child down to the sibling */
	uint64_t from = 0;
	size_t count = 0;

	while (size > 1) {
		unsigned height = 63 - (unsigned)__builtin_clzll(size - 1);
		uint64_t left = (uint64_t)1 << height;

		if (index < left) {
			TRY(range(db, from + left, size - left, down[count++]));
			size = left;
		} else {
			TRY(range(db, from, left, down[count++]));
			from += left;
			index -= left;
			size -= left;
		}
	}
	for (size_t i = 0; i < count; i++)
		memcpy(proof[i], down[count - 1 - i], SHA256_SIZE);
	*ret_count = count;
	return OK;
}
