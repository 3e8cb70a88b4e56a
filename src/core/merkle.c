/* core/merkle.c — RFC 6962 trees: roots in one pass, proofs over stored leaf hashes, and the checks of
 * RFC 9162, which follow the paths with the bits of index and size. */
#include "core/merkle.h"

#include "core/bytes.h"

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

/*
 * Adds a full subtree of 2^level leaves where all before are at least as high. Counts in binary: every
 * carry joins two full subtrees; edge[level] holds the one of 2^level leaves.
 */
static void add_subtree(struct merkle *m, unsigned level, const uint8_t root[SHA256_SIZE])
{
	uint64_t leaves = 1ULL << level;
	uint8_t hash[SHA256_SIZE];

	CORE_ASSERT(m->size <= UINT64_MAX - leaves && m->size % leaves == 0);
	memcpy(hash, root, SHA256_SIZE);
	for (; m->size >> level & 1; level++)
		merkle_node(m->edge[level], hash, hash);
	memcpy(m->edge[level], hash, SHA256_SIZE);
	m->size += leaves;
}

void merkle_add_hash(struct merkle *m, const uint8_t leaf_hash[SHA256_SIZE])
{
	add_subtree(m, 0, leaf_hash);
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

/*
 * Lists may have ten million lines, so lines are hashed eight at a time: leaves and nodes of one level in
 * pairs, which SHA instructions do in little more time than one.
 */
enum { GROUP = 8, GROUP_LEVEL = 3, MOST_BLOCKS = 4, PADDING = 9 };

/* A message with its padding. */
struct padded {
	uint8_t at[MOST_BLOCKS * SHA256_BLOCK];
	size_t blocks;
};

static void pad(struct padded *p, size_t len)
{
	size_t end;

	p->blocks = (len + PADDING + SHA256_BLOCK - 1) / SHA256_BLOCK;
	end = p->blocks * SHA256_BLOCK;
	memset(p->at + len, 0, end - len);
	p->at[len] = 0x80;
	p->at[end - 2] = (uint8_t)(len * 8 >> 8);
	p->at[end - 1] = (uint8_t)(len * 8);
}

/* False if the line is too long for this; then it goes the long way. */
static bool pad_leaf(struct padded *p, struct span data)
{
	if (data.len > sizeof(p->at) - PADDING - 1)
		return false;
	p->at[0] = 0;
	memcpy(p->at + 1, data.at, data.len);
	pad(p, 1 + data.len);
	return true;
}

static void pad_node(struct padded *p, const uint8_t children[2][SHA256_SIZE])
{
	p->at[0] = 1;
	memcpy(p->at + 1, children, 2 * SHA256_SIZE);
	pad(p, 1 + 2 * SHA256_SIZE);
}

static void store(const uint32_t state[8], uint8_t hash[SHA256_SIZE])
{
	for (unsigned i = 0; i < SHA256_SIZE; i++)
		hash[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
}

static void hash_two(const struct padded *a, const struct padded *b, uint8_t ret[2][SHA256_SIZE])
{
	size_t common = a->blocks < b->blocks ? a->blocks : b->blocks;
	uint32_t x[8], y[8];

	memcpy(x, sha256_start, sizeof(x));
	memcpy(y, sha256_start, sizeof(y));
	for (size_t i = 0; i < common; i++)
		sha256_pair(x, a->at + i * SHA256_BLOCK, y, b->at + i * SHA256_BLOCK);
	sha256_blocks(x, a->at + common * SHA256_BLOCK, a->blocks - common);
	sha256_blocks(y, b->at + common * SHA256_BLOCK, b->blocks - common);
	store(x, ret[0]);
	store(y, ret[1]);
}

static void two_leaves(const struct span lines[2], uint8_t ret[2][SHA256_SIZE])
{
	struct padded a, b;

	if (pad_leaf(&a, lines[0]) && pad_leaf(&b, lines[1])) {
		hash_two(&a, &b, ret);
		return;
	}
	merkle_leaf(lines[0], ret[0]);
	merkle_leaf(lines[1], ret[1]);
}

/* The parents of four neighbours; may stand where the first two of them stood. */
static void two_nodes(const uint8_t children[4][SHA256_SIZE], uint8_t ret[2][SHA256_SIZE])
{
	struct padded a, b;

	pad_node(&a, children);
	pad_node(&b, children + 2);
	hash_two(&a, &b, ret);
}

static void add_group(struct merkle *m, const struct span lines[GROUP])
{
	uint8_t hashes[GROUP][SHA256_SIZE];

	for (unsigned i = 0; i < GROUP; i += 2)
		two_leaves(lines + i, hashes + i);
	two_nodes((const uint8_t(*)[SHA256_SIZE])hashes, hashes);
	two_nodes((const uint8_t(*)[SHA256_SIZE])hashes + 4, hashes + 2);
	two_nodes((const uint8_t(*)[SHA256_SIZE])hashes, hashes);
	merkle_node(hashes[0], hashes[1], hashes[0]);
	add_subtree(m, GROUP_LEVEL, hashes[0]);
}

void merkle_lines(struct span text, uint8_t root[SHA256_SIZE], uint64_t *lines)
{
	const char *at = text.at, *end = text.at + text.len;
	struct span group[GROUP];
	struct merkle m;
	unsigned have = 0;

	merkle_init(&m);
	while (at < end) {
		const char *lf = text_find(at, '\n', (size_t)(end - at));
		const char *stop = lf ? lf : end;

		group[have++] = (struct span){ at, (size_t)(stop - at) };
		at = lf ? lf + 1 : end;
		if (have == GROUP) {
			add_group(&m, group);
			have = 0;
		}
	}
	for (unsigned i = 0; i < have; i++)
		merkle_add(&m, group[i]);
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
