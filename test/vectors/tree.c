/* test/vectors/tree.c — RFC 6962 trees, their proofs, proofs that must be refused, and tiles. */
#include "core/merkle.h"
#include "core/tile.h"
#include "vectors.h"

#include <stdio.h>
#include <stdlib.h>

typedef uint8_t digest[SHA256_SIZE];

struct leaves {
	const struct vectors_file *file;
	digest *hashes;
	struct span *data; /* NULL where only hashes are known */
	char *room;
	size_t count;
};

static bool read_digest(const json_t *text, digest out)
{
	return read_hex(vectors_span(text), out, SHA256_SIZE) == CORE_OK;
}

/* Hashes of a proof; false if one is not 64 hex digits, which makes the proof wrong. */
static bool read_proof(const json_t *list, digest **ret, size_t *count)
{
	bool ok = true;

	*count = json_array_size(list);
	*ret = calloc(*count + 1, sizeof(digest));
	for (size_t i = 0; i < *count; i++)
		ok = read_digest(json_array_get(list, i), (*ret)[i]) && ok;
	return ok;
}

bool vectors_leaf_prefix(const json_t *rule, char *out, size_t size)
{
	const char *text = json_string_value(rule), *from = text ? strchr(text, '\'') : NULL;
	const char *to = from ? strchr(from + 1, '\'') : NULL;

	if (!to || (size_t)(to - from) > size || !strstr(to, "followed by decimal i"))
		return false;
	memcpy(out, from + 1, (size_t)(to - from - 1));
	out[to - from - 1] = '\0';
	return true;
}

static void leaves_init(struct leaves *l, const struct vectors_file *file, size_t count)
{
	*l = (struct leaves){ .file = file, .count = count };
	l->hashes = calloc(count + 1, sizeof(digest));
	l->data = calloc(count + 1, sizeof(struct span));
	l->room = malloc(64 * count + 1);
}

static void leaves_by_rule(struct leaves *l, const json_t *rule)
{
	char prefix[32];

	if (!VECTOR(l->file, vectors_leaf_prefix(rule, prefix, sizeof(prefix)),
		    "a known leaf rule"))
		return;
	for (size_t i = 0; i < l->count; i++) {
		char *at = l->room + 64 * i;
		int len = snprintf(at, 64, "%s%zu", prefix, i);

		l->data[i] = (struct span){ at, (size_t)len };
		merkle_leaf(l->data[i], l->hashes[i]);
	}
}

static void leaves_by_hex(struct leaves *l, const json_t *list)
{
	for (size_t i = 0; i < l->count; i++) {
		struct span hex = vectors_span(json_array_get(list, i));
		uint8_t bytes[4096];

		if (VECTOR(l->file,
			   hex.len / 2 <= sizeof(bytes) &&
				   read_hex(hex, bytes, hex.len / 2) == CORE_OK,
			   "leaf data"))
			merkle_leaf((struct span){ (const char *)bytes, hex.len / 2 },
				    l->hashes[i]);
	}
}

static void leaves_by_hash(struct leaves *l, const json_t *list)
{
	for (size_t i = 0; i < l->count; i++)
		VECTOR(l->file, read_digest(json_array_get(list, i), l->hashes[i]), "leaf hash");
}

static void leaves_release(struct leaves *l)
{
	free(l->hashes);
	free(l->data);
	free(l->room);
}

bool vectors_fits_tree(const json_t *root)
{
	return vectors_object_of(root, "leaf_hashes_or_rule roots inclusion consistency");
}

static size_t larger(size_t a, long long b)
{
	return b > 0 && (size_t)b > a ? (size_t)b : a;
}

/* How many leaves the file speaks of. */
static size_t largest_size(const json_t *root)
{
	size_t most = json_array_size(json_object_get(root, "all_roots")), i;
	const char *size;
	json_t *one;

	most = most > 0 ? most - 1 : 0;
	json_object_foreach(json_object_get(root, "roots"), size, one) most =
		larger(most, atoll(size));
	json_array_foreach(json_object_get(root, "inclusion"), i, one) most =
		larger(most, vectors_number(one, "size", 0));
	json_array_foreach(json_object_get(root, "consistency"), i, one) most =
		larger(most, vectors_number(one, "size2", 0));
	return most;
}

static void load_leaves(struct leaves *l, const struct vectors_file *file)
{
	const json_t *rule = json_object_get(file->root, "leaf_hashes_or_rule");
	const json_t *hex = json_object_get(file->root, "leaf_data_hex");
	size_t count = largest_size(file->root);

	leaves_init(l, file, count);
	if (json_is_array(hex) && VECTOR(file, json_array_size(hex) >= count, "enough leaf data"))
		leaves_by_hex(l, hex);
	else if (json_is_array(rule) &&
		 VECTOR(file, json_array_size(rule) >= count, "enough leaf hashes"))
		leaves_by_hash(l, rule);
	else
		leaves_by_rule(l, rule);
}

/* roots[n] = root of the first n leaves. */
static digest *all_roots(const struct leaves *l)
{
	digest *roots = calloc(l->count + 1, sizeof(digest));
	struct merkle m;

	merkle_init(&m);
	for (size_t n = 0; n <= l->count; n++) {
		merkle_root(&m, roots[n]);
		if (n < l->count)
			merkle_add_hash(&m, l->hashes[n]);
	}
	return roots;
}

static bool same_digest(const json_t *text, const digest have)
{
	digest want;

	return read_digest(text, want) && memcmp(want, have, SHA256_SIZE) == 0;
}

static size_t check_roots(const struct leaves *l, const digest *roots)
{
	const json_t *all = json_object_get(l->file->root, "all_roots");
	json_t *some = json_object_get(l->file->root, "roots"), *value;
	const char *key;
	size_t i;

	json_object_foreach(some, key, value)
		VECTOR(l->file, same_digest(value, roots[atoll(key)]), key);
	json_array_foreach(all, i, value)
		VECTOR(l->file, same_digest(value, roots[i]), "all_roots");
	return json_object_size(some) + json_array_size(all);
}

static bool same_proof(const json_t *list, const digest *have, size_t have_len)
{
	if (json_array_size(list) != have_len)
		return false;
	for (size_t i = 0; i < have_len; i++) {
		if (!same_digest(json_array_get(list, i), have[i]))
			return false;
	}
	return true;
}

static size_t check_inclusions(const struct leaves *l, const digest *roots)
{
	const json_t *list = json_object_get(l->file->root, "inclusion");
	size_t i;
	json_t *one;

	json_array_foreach(list, i, one)
	{
		uint64_t index = (uint64_t)vectors_number(one, "index", 0);
		uint64_t size = (uint64_t)vectors_number(one, "size", 0);
		digest proof[MERKLE_DEEPEST];
		size_t len;

		if (!VECTOR(l->file, index < size && size <= l->count, "inclusion"))
			continue;
		len = merkle_prove_inclusion(l->hashes, size, index, proof);
		VECTOR(l->file, same_proof(json_object_get(one, "proof"), proof, len),
		       "inclusion proof");
		VECTOR(l->file,
		       merkle_check_inclusion(size, index, l->hashes[index], proof, len,
					      roots[size]),
		       "inclusion holds");
		proof[0][i % SHA256_SIZE] ^= 1;
		VECTOR(l->file,
		       len == 0 || !merkle_check_inclusion(size, index, l->hashes[index], proof,
							   len, roots[size]),
		       "changed inclusion refused");
	}
	return json_array_size(list);
}

static size_t check_consistencies(const struct leaves *l, const digest *roots)
{
	const json_t *list = json_object_get(l->file->root, "consistency");
	size_t i;
	json_t *one;

	json_array_foreach(list, i, one)
	{
		uint64_t older = (uint64_t)vectors_number(one, "size1", 0);
		uint64_t size = (uint64_t)vectors_number(one, "size2", 0);
		digest proof[MERKLE_DEEPEST];
		size_t len = 0;

		if (!VECTOR(l->file, older <= size && size <= l->count, "consistency"))
			continue;
		if (older > 0)
			len = merkle_prove_consistency(l->hashes, size, older, proof);
		VECTOR(l->file, same_proof(json_object_get(one, "proof"), proof, len),
		       "consistency proof");
		VECTOR(l->file,
		       merkle_check_consistency(older, size, roots[older], roots[size], proof, len),
		       "consistency holds");
	}
	return json_array_size(list);
}

size_t vectors_check_tree(const struct vectors_file *file)
{
	struct leaves l;
	digest *roots;
	size_t cases;

	load_leaves(&l, file);
	roots = all_roots(&l);
	cases = check_roots(&l, roots) + check_inclusions(&l, roots) +
		check_consistencies(&l, roots);
	free(roots);
	leaves_release(&l);
	return cases;
}

bool vectors_fits_proofs(const json_t *root)
{
	return vectors_object_of(root, "inclusion consistency") &&
	       !json_object_get(root, "leaf_hashes_or_rule");
}

static bool inclusion_holds(const json_t *one)
{
	digest *proof, leaf, root;
	size_t len;
	bool ok = read_proof(json_object_get(one, "proof"), &proof, &len) &&
		  read_digest(json_object_get(one, "leaf_hash"), leaf) &&
		  read_digest(json_object_get(one, "root"), root);

	ok = ok && merkle_check_inclusion((uint64_t)vectors_number(one, "size", 0),
					  (uint64_t)vectors_number(one, "index", 0), leaf, proof,
					  len, root);
	free(proof);
	return ok;
}

static bool consistency_holds(const json_t *one)
{
	digest *proof, older, root;
	size_t len;
	bool ok = read_proof(json_object_get(one, "proof"), &proof, &len) &&
		  read_digest(json_object_get(one, "root1"), older) &&
		  read_digest(json_object_get(one, "root2"), root);

	ok = ok && merkle_check_consistency((uint64_t)vectors_number(one, "size1", 0),
					    (uint64_t)vectors_number(one, "size2", 0), older, root,
					    proof, len);
	free(proof);
	return ok;
}

size_t vectors_check_proofs(const struct vectors_file *file)
{
	const json_t *inclusion = json_object_get(file->root, "inclusion");
	const json_t *consistency = json_object_get(file->root, "consistency");
	size_t i;
	json_t *one;

	json_array_foreach(inclusion, i, one)
		VECTOR(file, inclusion_holds(one) == json_is_true(json_object_get(one, "valid")),
		       vectors_text(file, one, "why"));
	json_array_foreach(consistency, i, one)
		VECTOR(file, consistency_holds(one) == json_is_true(json_object_get(one, "valid")),
		       vectors_text(file, one, "why"));
	return json_array_size(inclusion) + json_array_size(consistency);
}

bool vectors_fits_tiles(const json_t *root)
{
	return vectors_object_of(root, "rule size root tile_sha256 entries_sha256");
}

/* The path must be the only way to write what it says. */
static bool read_path(const char *path, struct tile *t)
{
	char again[TILE_PATH_ROOM];
	struct writer w = { again, sizeof(again), 0, false };

	if (tile_parse(span_of(path), t) != CORE_OK)
		return false;
	tile_path(&w, t);
	return !w.full && span_equal((struct span){ again, w.len }, span_of(path));
}

static bool tile_is(const struct leaves *l, const char *path, const json_t *want)
{
	digest hashes[TILE_WIDTH], have;
	struct tile t;

	if (!read_path(path, &t) || t.level < 0 ||
	    t.width != tile_width(t.level, t.index, l->count) ||
	    tile_hashes(&t, l->hashes, l->count, hashes) != CORE_OK)
		return false;
	sha256_once(hashes, t.width * sizeof(digest), have);
	return same_digest(want, have);
}

static bool bundle_is(const struct leaves *l, const char *path, const json_t *want)
{
	static char room[TILE_WIDTH * 66];
	struct writer w = { room, sizeof(room), 0, false };
	struct tile t;
	digest have;

	if (!read_path(path, &t) || t.level != TILE_ENTRIES ||
	    t.width != tile_width(t.level, t.index, l->count))
		return false;
	for (uint32_t i = 0; i < t.width; i++) {
		if (tile_entry(&w, l->data[t.index * TILE_WIDTH + i]) != CORE_OK)
			return false;
	}
	sha256_once(room, w.len, have);
	return !w.full && same_digest(want, have);
}

/* The file names every tile of the tree. */
static uint64_t tiles_of(uint64_t size)
{
	uint64_t all = 0;

	for (int level = 0; level < TILE_LEVELS; level++)
		all += tile_count(level, size);
	return all;
}

size_t vectors_check_tiles(const struct vectors_file *file)
{
	json_t *tiles = json_object_get(file->root, "tile_sha256"), *value;
	json_t *bundles = json_object_get(file->root, "entries_sha256");
	struct leaves l;
	digest *roots;
	const char *path;

	leaves_init(&l, file, (size_t)vectors_number(file->root, "size", 0));
	leaves_by_rule(&l, json_object_get(file->root, "rule"));
	roots = all_roots(&l);
	VECTOR(file, same_digest(json_object_get(file->root, "root"), roots[l.count]), "root");
	json_object_foreach(tiles, path, value) VECTOR(file, tile_is(&l, path, value), path);
	json_object_foreach(bundles, path, value) VECTOR(file, bundle_is(&l, path, value), path);
	VECTOR(file, json_object_size(tiles) <= tiles_of(l.count), "no more tiles than the tree");
	free(roots);
	leaves_release(&l);
	return json_object_size(tiles) + json_object_size(bundles);
}
