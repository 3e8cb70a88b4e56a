/* test/vectors/ledger.c — signed checkpoints, cosignatures, and the proofs that carry them. */
#include "core/base64.h"
#include "core/checkpoint.h"
#include "core/note.h"
#include "vectors.h"

#include <sodium.h>
#include <stdlib.h>

struct ledger {
	const struct vectors_file *file;
	struct note_key log, *witnesses;
	size_t witness_count;
};

bool vectors_fits_checkpoints(const json_t *root)
{
	return vectors_object_of(root, "origin log witnesses checkpoints");
}

static bool signature_holds(const struct note *n, const struct note_key *key)
{
	struct note_proof proof;
	size_t size = n->text.len + 64;
	struct writer w = { malloc(size), size, 0, false };
	bool ok = note_find(n, key, &proof) == CORE_OK;

	if (ok) {
		note_message(n, key, &proof, &w);
		ok = !w.full &&
		     crypto_sign_verify_detached(proof.signature, (const unsigned char *)w.at,
						 w.len, key->public_key) == 0;
	}
	free(w.at);
	return ok;
}

/* The whole way of a reader who knows the log's key; a cosignature is looked for apart. */
static bool checkpoint_holds(const struct ledger *l, struct span text, struct note *n,
			     struct checkpoint *c)
{
	return note_parse(text, n) == CORE_OK && signature_holds(n, &l->log) &&
	       checkpoint_parse(n->text, c) == CORE_OK && span_equal(c->origin, l->log.name);
}

static bool read_key(const struct ledger *l, const json_t *json, struct note_key *ret)
{
	uint8_t id[NOTE_KEY_ID], seed[crypto_sign_SEEDBYTES], public_key[NOTE_PUBLIC_KEY];
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	const char *vkey = vectors_text(l->file, json, "vkey");

	if (!VECTOR(l->file, note_key_parse(span_of(vkey), ret) == CORE_OK, vkey))
		return false;
	VECTOR(l->file,
	       read_hex(vectors_span(json_object_get(json, "key_id_hex")), id, sizeof(id)) ==
			       CORE_OK &&
		       memcmp(id, ret->id, sizeof(id)) == 0,
	       vkey);
	if (read_hex(vectors_span(json_object_get(json, "ed25519_seed_hex")), seed, sizeof(seed)) ==
	    CORE_OK) {
		crypto_sign_seed_keypair(public_key, secret, seed);
		VECTOR(l->file, memcmp(public_key, ret->public_key, sizeof(public_key)) == 0, vkey);
	}
	return true;
}

/* Signing the text again gives the same line: Ed25519 has no choice in it. */
static bool signs_the_same(const struct ledger *l, const struct note *n, struct span text)
{
	const json_t *log = json_object_get(l->file->root, "log");
	uint8_t seed[crypto_sign_SEEDBYTES], public_key[NOTE_PUBLIC_KEY];
	uint8_t signature[NOTE_SIGNATURE];
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	char line[512];
	struct writer w = { line, sizeof(line), 0, false };

	if (read_hex(vectors_span(json_object_get(log, "ed25519_seed_hex")), seed, sizeof(seed)) !=
	    CORE_OK)
		return true;
	crypto_sign_seed_keypair(public_key, secret, seed);
	crypto_sign_detached(signature, NULL, (const unsigned char *)n->text.at, n->text.len,
			     secret);
	note_write_signature(&w, &l->log, signature);
	return !w.full && memmem(text.at, text.len, line, w.len) != NULL;
}

static bool listed(const json_t *names, struct span name)
{
	size_t i;
	json_t *one;

	json_array_foreach(names, i, one)
	{
		if (span_equal(vectors_span(one), name))
			return true;
	}
	return false;
}

static void check_checkpoint(const struct ledger *l, const json_t *one)
{
	struct span text = vectors_span(json_object_get(one, "note"));
	const char *why = vectors_text(l->file, one, "note");
	struct checkpoint c = { 0 };
	struct note *n = calloc(1, sizeof(*n));
	bool holds = checkpoint_holds(l, text, n, &c);
	uint8_t root[SHA256_SIZE];
	char again[1024];
	struct writer w = { again, sizeof(again), 0, false };

	VECTOR(l->file, holds == json_is_true(json_object_get(one, "valid_log_signature")), why);
	if (holds) {
		VECTOR(l->file, c.size == (uint64_t)vectors_number(one, "size", -1), why);
		VECTOR(l->file,
		       read_hex(vectors_span(json_object_get(one, "root_hex")), root,
				sizeof(root)) == CORE_OK &&
			       memcmp(root, c.root, sizeof(root)) == 0,
		       why);
		checkpoint_write(&w, &c);
		VECTOR(l->file, span_equal((struct span){ again, w.len }, n->text), why);
		VECTOR(l->file, signs_the_same(l, n, text), why);
	}
	for (size_t i = 0; i < l->witness_count; i++)
		VECTOR(l->file,
		       (note_parse(text, n) == CORE_OK && signature_holds(n, &l->witnesses[i])) ==
			       listed(json_object_get(one, "valid_cosignatures"),
				      l->witnesses[i].name),
		       why);
	free(n);
}

static size_t check_invalid(const struct ledger *l, const json_t *list)
{
	struct note *n = calloc(1, sizeof(*n));
	struct checkpoint c;
	size_t i;
	json_t *one;

	json_array_foreach(list, i, one) VECTOR(
		l->file, !checkpoint_holds(l, vectors_span(json_object_get(one, "note")), n, &c),
		vectors_text(l->file, one, "why"));
	free(n);
	return json_array_size(list);
}

static size_t check_unknown(const struct ledger *l, const json_t *one)
{
	struct note *n = calloc(1, sizeof(*n));
	struct checkpoint c;

	if (one)
		VECTOR(l->file,
		       checkpoint_holds(l, vectors_span(json_object_get(one, "note")), n, &c) ==
			       json_is_true(json_object_get(one, "valid")),
		       "with_extra_unknown_signature");
	free(n);
	return one != NULL;
}

static size_t check_tlog_proof(const struct ledger *l, const json_t *one)
{
	struct note *n = calloc(1, sizeof(*n));
	struct checkpoint_proof p;
	struct checkpoint c;
	uint8_t leaf[SHA256_SIZE];

	if (!one) {
		free(n);
		return 0;
	}
	merkle_leaf(vectors_span(json_object_get(one, "leaf_data")), leaf);
	if (VECTOR(l->file,
		   checkpoint_read_proof(vectors_span(json_object_get(one, "text")), &p) ==
				   CORE_OK &&
			   checkpoint_holds(l, p.note, n, &c),
		   "tlog_proof")) {
		VECTOR(l->file, p.number == (uint64_t)vectors_number(one, "index", -1),
		       "tlog_proof");
		VECTOR(l->file,
		       merkle_check_inclusion(c.size, p.number, leaf, p.hashes, p.count, c.root),
		       "tlog_proof");
		leaf[0] ^= 1;
		VECTOR(l->file,
		       !merkle_check_inclusion(c.size, p.number, leaf, p.hashes, p.count, c.root),
		       "tlog_proof of another leaf");
	}
	free(n);
	return 1;
}

/* The root of the older tree may stand among the checkpoints, or not. */
static const json_t *root_of_size(const struct ledger *l, long long size)
{
	size_t i;
	json_t *one;

	json_array_foreach(json_object_get(l->file->root, "checkpoints"), i, one)
	{
		if (vectors_number(one, "size", -1) == size)
			return json_object_get(one, "root_hex");
	}
	return NULL;
}

static bool request_holds(const struct checkpoint_proof *p, const struct checkpoint *c,
			  struct span older_hex)
{
	uint8_t older[SHA256_SIZE];

	return read_hex(older_hex, older, sizeof(older)) == CORE_OK &&
	       merkle_check_consistency(p->number, c->size, older, c->root, p->hashes, p->count);
}

/* Leaves by the file's rule give the older root when no checkpoint shows it. */
static void root_by_rule(const struct ledger *l, uint64_t size, char hex[SHA256_HEX])
{
	const json_t *rule = json_object_get(l->file->root, "leaf_rule");
	char prefix[32] = "";
	struct writer w = { hex, SHA256_HEX, 0, false };
	uint8_t root[SHA256_SIZE];
	struct merkle m;

	VECTOR(l->file, vectors_leaf_prefix(rule, prefix, sizeof(prefix)), "a known leaf rule");
	merkle_init(&m);
	for (uint64_t i = 0; i < size; i++) {
		char leaf[64];
		struct writer data = { leaf, sizeof(leaf), 0, false };

		write_span(&data, span_of(prefix));
		write_number(&data, i);
		merkle_add(&m, (struct span){ leaf, data.len });
	}
	merkle_root(&m, root);
	write_hex(&w, root, sizeof(root));
}

static size_t check_request(const struct ledger *l, const json_t *one)
{
	struct note *n = calloc(1, sizeof(*n));
	struct checkpoint_proof p;
	struct checkpoint c;
	char hex[SHA256_HEX];
	struct span older = { hex, sizeof(hex) };

	if (one && VECTOR(l->file,
			  checkpoint_read_request(vectors_span(json_object_get(one, "body")), &p) ==
					  CORE_OK &&
				  checkpoint_holds(l, p.note, n, &c),
			  "witness request")) {
		const json_t *known = root_of_size(l, (long long)p.number);

		if (known)
			older = vectors_span(known);
		else
			root_by_rule(l, p.number, hex);
		VECTOR(l->file, p.number == (uint64_t)vectors_number(one, "old", -1),
		       "witness request");
		VECTOR(l->file, request_holds(&p, &c, older), "witness request");
	}
	free(n);
	return one != NULL;
}

static size_t check_published(const struct ledger *l, const json_t *one)
{
	struct note *n = calloc(1, sizeof(*n));
	struct note_key key;

	if (one) {
		VECTOR(l->file,
		       note_key_parse(vectors_span(json_object_get(one, "vkey")), &key) ==
				       CORE_OK &&
			       note_parse(vectors_span(json_object_get(one, "note")), n) ==
				       CORE_OK &&
			       signature_holds(n, &key),
		       "published_example");
	}
	free(n);
	return one != NULL;
}

static size_t check_ledger(struct ledger *l)
{
	const json_t *root = l->file->root;
	const json_t *checkpoints = json_object_get(root, "checkpoints");
	size_t i, cases = json_array_size(checkpoints);
	json_t *one;

	json_array_foreach(json_object_get(root, "witnesses"), i, one) l->witness_count +=
		read_key(l, one, &l->witnesses[l->witness_count]);
	json_array_foreach(checkpoints, i, one) check_checkpoint(l, one);
	cases += check_invalid(l, json_object_get(root, "invalid"));
	cases += check_unknown(l, json_object_get(root, "with_extra_unknown_signature"));
	cases += check_tlog_proof(l, json_object_get(root, "tlog_proof"));
	cases += check_request(l, json_object_get(root, "witness_add_checkpoint_request"));
	cases += check_published(l, json_object_get(root, "published_example"));
	return cases;
}

size_t vectors_check_checkpoints(const struct vectors_file *file)
{
	struct ledger l = { .file = file };
	size_t cases = 0;

	VECTOR(file, sodium_init() >= 0, "libsodium");
	l.witnesses = calloc(json_array_size(json_object_get(file->root, "witnesses")) + 1,
			     sizeof(*l.witnesses));
	if (read_key(&l, json_object_get(file->root, "log"), &l.log))
		cases = check_ledger(&l);
	free(l.witnesses);
	return cases;
}
