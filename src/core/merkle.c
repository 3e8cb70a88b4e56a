/* core/merkle.c — RFC 6962 trees: roots in one pass, proofs over stored leaf hashes, and the checks of
 * RFC 9162, which follow the paths with the bits of index and size. */
#include "core/merkle.h"

void merkle_leaf(struct span data, uint8_t hash[SHA256_SIZE])
{
	static const uint8_t prefix = 0;
	struct sha256 s;

	sha256_init(&s);
	sha256_add(&s, &prefix, 1);
	sha256_add(&s, data.at, data.len);
	sha256_done(&s, hash);
}

void merkle_node(const uint8_t left[SHA256_SIZE], const uint8_t right[SHA256_SIZE],
		 uint8_t hash[SHA256_SIZE])
{
	uint8_t text[1 + 2 * SHA256_SIZE] = { 1 };

	memcpy(text + 1, left, SHA256_SIZE);
	memcpy(text + 1 + SHA256_SIZE, right, SHA256_SIZE);
	sha256_once(text, sizeof(text), hash);
}

void merkle_init(struct merkle *m)
{
	m->size = 0;
}

void merkle_add(struct merkle *m, struct span data)
{
	uint8_t hash[SHA256_SIZE];

	merkle_leaf(data, hash);
	merkle_add_hash(m, hash);
}

/* Counts in binary: every carry joins two full subtrees; edge[level] holds the one of 2^level leaves. */
void merkle_add_hash(struct merkle *m, const uint8_t leaf_hash[SHA256_SIZE])
{
	uint8_t hash[SHA256_SIZE];
	unsigned level = 0;

	CORE_ASSERT(m->size < UINT64_MAX);
	memcpy(hash, leaf_hash, SHA256_SIZE);
	for (; m->size >> level & 1; level++)
		merkle_node(m->edge[level], hash, hash);
	memcpy(m->edge[level], hash, SHA256_SIZE);
	m->size++;
}

void merkle_root(const struct merkle *m, uint8_t root[SHA256_SIZE])
{
	unsigned level = 0;

	if (m->size == 0) {
		sha256_once(NULL, 0, root);
		return;
	}
	while (!(m->size >> level & 1))
		level++;
	memcpy(root, m->edge[level], SHA256_SIZE);
	for (level++; level < MERKLE_DEEPEST; level++) {
		if (m->size >> level & 1)
			merkle_node(m->edge[level], root, root);
	}
}

void merkle_lines(struct span text, uint8_t root[SHA256_SIZE], uint64_t *lines)
{
	struct merkle m;
	struct span line;

	merkle_init(&m);
	while (text.len > 0) {
		span_cut(&text, '\n', &line);
		merkle_add(&m, line);
	}
	merkle_root(&m, root);
	*lines = m.size;
}

/* The largest power of two below count, for count > 1: where a tree splits. */
static uint64_t split_of(uint64_t count)
{
	return 1ULL << (63 - __builtin_clzll(count - 1));
}

static void root_of(const uint8_t (*hashes)[SHA256_SIZE], uint64_t count, uint8_t root[SHA256_SIZE])
{
	struct merkle m;

	merkle_init(&m);
	for (uint64_t i = 0; i < count; i++)
		merkle_add_hash(&m, hashes[i]);
	merkle_root(&m, root);
}

/* Turns siblings found from the root down into a proof, which runs from the leaf up. */
static void reverse_proof(uint8_t proof[MERKLE_DEEPEST][SHA256_SIZE], size_t len)
{
	uint8_t hash[SHA256_SIZE];

	for (size_t i = 0; i < len / 2; i++) {
		memcpy(hash, proof[i], SHA256_SIZE);
		memcpy(proof[i], proof[len - 1 - i], SHA256_SIZE);
		memcpy(proof[len - 1 - i], hash, SHA256_SIZE);
	}
}

size_t merkle_prove_inclusion(const uint8_t (*hashes)[SHA256_SIZE], uint64_t count, uint64_t index,
			      uint8_t proof[MERKLE_DEEPEST][SHA256_SIZE])
{
	size_t len = 0;

	CORE_ASSERT(index < count);
	while (count > 1) {
		uint64_t left = split_of(count);

		if (index < left) {
			root_of(hashes + left, count - left, proof[len++]);
			count = left;
			continue;
		}
		root_of(hashes, left, proof[len++]);
		hashes += left;
		index -= left;
		count -= left;
	}
	reverse_proof(proof, len);
	return len;
}

size_t merkle_prove_consistency(const uint8_t (*hashes)[SHA256_SIZE], uint64_t count,
				uint64_t older, uint8_t proof[MERKLE_DEEPEST][SHA256_SIZE])
{
	bool known = true; /* the older root itself is the left edge so far, so it needs no hash */
	size_t len = 0;

	CORE_ASSERT(older > 0 && older <= count);
	while (older < count) {
		uint64_t left = split_of(count);

		if (older <= left) {
			root_of(hashes + left, count - left, proof[len++]);
			count = left;
			continue;
		}
		root_of(hashes, left, proof[len++]);
		hashes += left;
		older -= left;
		count -= left;
		known = false;
	}
	if (!known)
		root_of(hashes, count, proof[len++]);
	reverse_proof(proof, len);
	return len;
}

bool merkle_check_inclusion(uint64_t size, uint64_t index, const uint8_t leaf_hash[SHA256_SIZE],
			    const uint8_t (*proof)[SHA256_SIZE], size_t proof_len,
			    const uint8_t root[SHA256_SIZE])
{
	uint64_t at = index, last = size - 1;
	uint8_t hash[SHA256_SIZE];

	if (index >= size)
		return false;
	memcpy(hash, leaf_hash, SHA256_SIZE);
	for (size_t i = 0; i < proof_len; i++) {
		if (last == 0)
			return false;
		if ((at & 1) || at == last) {
			merkle_node(proof[i], hash, hash);
			/* A right edge without sibling stands for its parents, up to the one that has. */
			while (!(at & 1)) {
				at >>= 1;
				last >>= 1;
			}
		} else {
			merkle_node(hash, proof[i], hash);
		}
		at >>= 1;
		last >>= 1;
	}
	return last == 0 && memcmp(hash, root, SHA256_SIZE) == 0;
}

/* The general case, 0 < older < size: `old_hash` and `new_hash` start as the first common subtree. */
static bool check_growth(uint64_t at, uint64_t last, const uint8_t (*proof)[SHA256_SIZE],
			 size_t proof_len, uint8_t old_hash[SHA256_SIZE],
			 uint8_t new_hash[SHA256_SIZE])
{
	for (size_t i = 0; i < proof_len; i++) {
		if (last == 0)
			return false;
		if ((at & 1) || at == last) {
			merkle_node(proof[i], old_hash, old_hash);
			merkle_node(proof[i], new_hash, new_hash);
			while (!(at & 1)) {
				at >>= 1;
				last >>= 1;
			}
		} else {
			merkle_node(new_hash, proof[i], new_hash);
		}
		at >>= 1;
		last >>= 1;
	}
	return last == 0;
}

bool merkle_check_consistency(uint64_t older, uint64_t size, const uint8_t older_root[SHA256_SIZE],
			      const uint8_t root[SHA256_SIZE], const uint8_t (*proof)[SHA256_SIZE],
			      size_t proof_len)
{
	uint8_t old_hash[SHA256_SIZE], new_hash[SHA256_SIZE];
	uint64_t at = older - 1, last = size - 1;
	bool whole = (older & (older - 1)) == 0; /* a full tree, whose root is the first hash */

	if (older > size)
		return false;
	if (older == 0)
		return proof_len == 0;
	if (older == size)
		return proof_len == 0 && memcmp(older_root, root, SHA256_SIZE) == 0;
	if (!whole && proof_len == 0)
		return false;
	for (; at & 1; at >>= 1)
		last >>= 1;
	memcpy(old_hash, whole ? older_root : proof[0], SHA256_SIZE);
	memcpy(new_hash, old_hash, SHA256_SIZE);
	if (!whole) {
		proof++;
		proof_len--;
	}
	return check_growth(at, last, proof, proof_len, old_hash, new_hash) &&
	       memcmp(old_hash, older_root, SHA256_SIZE) == 0 &&
	       memcmp(new_hash, root, SHA256_SIZE) == 0;
}
