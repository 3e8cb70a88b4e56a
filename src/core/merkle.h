#ifndef CORE_MERKLE_H
#define CORE_MERKLE_H
/*
 * core/merkle.h — the tree of RFC 6962 / 9162: empty SHA256(""), leaf SHA256(00 data),
 * node SHA256(01 left right). spec/ledger.md, spec/draw.md 1.
 */
#include "core/mem.h"
#include "core/sha256.h"

enum { MERKLE_DEEPEST = 64 };

/* A tree that grows at the right: its right edge, O(log n). */
struct merkle {
	uint64_t size;
	uint8_t edge[MERKLE_DEEPEST]
		    [SHA256_SIZE]; /* roots of the full subtrees, one for each set bit of size */
};

void merkle_leaf(struct span data, uint8_t hash[SHA256_SIZE]);
void merkle_node(const uint8_t left[SHA256_SIZE], const uint8_t right[SHA256_SIZE],
		 uint8_t hash[SHA256_SIZE]);

void merkle_init(struct merkle *m);
void merkle_add(struct merkle *m, struct span data);
void merkle_add_hash(struct merkle *m, const uint8_t leaf_hash[SHA256_SIZE]);
void merkle_root(const struct merkle *m, uint8_t root[SHA256_SIZE]);

/*
 * Root over a text's lines: leaf data = the line without its LF. A last line without LF counts as a
 * line (list_check refuses such files; this function does not). Stores the number of lines.
 */
void merkle_lines(struct span text, uint8_t root[SHA256_SIZE], uint64_t *lines);

/*
 * Inclusion proof of leaf `index` in the tree over hashes[0..count), index < count. Writes at most
 * MERKLE_DEEPEST hashes, from the leaf's sibling up; returns how many.
 */
size_t merkle_prove_inclusion(const uint8_t (*hashes)[SHA256_SIZE], uint64_t count, uint64_t index,
			      uint8_t proof[MERKLE_DEEPEST][SHA256_SIZE]);

/* Consistency proof between the first `older` leaves and all `count`, 0 < older <= count. */
size_t merkle_prove_consistency(const uint8_t (*hashes)[SHA256_SIZE], uint64_t count,
				uint64_t older, uint8_t proof[MERKLE_DEEPEST][SHA256_SIZE]);

/* RFC 9162 2.1.3.2. False for any wrong size, index or hash. */
CORE_MUST_USE bool merkle_check_inclusion(uint64_t size, uint64_t index,
					  const uint8_t leaf_hash[SHA256_SIZE],
					  const uint8_t (*proof)[SHA256_SIZE], size_t proof_len,
					  const uint8_t root[SHA256_SIZE]);

/* RFC 9162 2.1.4.2. older == 0 or older == size needs an empty proof (and equal roots for the latter). */
CORE_MUST_USE bool merkle_check_consistency(uint64_t older, uint64_t size,
					    const uint8_t older_root[SHA256_SIZE],
					    const uint8_t root[SHA256_SIZE],
					    const uint8_t (*proof)[SHA256_SIZE], size_t proof_len);

#endif
