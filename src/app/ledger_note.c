/* app/ledger_note.c — core's note form with libsodium's signature. */
#include "app/ledger_note.h"

#include "base/status.h"
#include "core/base64.h"

enum { TEXT_ROOM = 2048 };

static void own_key(const struct keys *keys, const char *origin, struct note_key *ret)
{
	ret->name = span_of(origin);
	ret->kind = NOTE_ED25519;
	keys_public(keys, ret->public_key);
	note_key_id(ret->name, ret->kind, ret->public_key, ret->id);
}

char *ledger_note_key(struct arena *a, const struct keys *keys, const char *origin)
{
	char text[TEXT_ROOM];
	struct writer w = { text, sizeof(text), 0, false };
	struct note_key key;
	uint8_t blob[1 + NOTE_PUBLIC_KEY] = { NOTE_ED25519 };

	own_key(keys, origin, &key);
	memcpy(blob + 1, key.public_key, NOTE_PUBLIC_KEY);
	write_span(&w, key.name);
	write_char(&w, '+');
	write_hex(&w, key.id, sizeof(key.id));
	write_char(&w, '+');
	write_base64(&w, blob, sizeof(blob));
	return arena_mem(a, text, w.len);
}

char *ledger_note_sign(struct arena *a, const struct keys *keys, const char *origin, uint64_t size,
		       const uint8_t root[SHA256_SIZE])
{
	char text[TEXT_ROOM];
	struct writer w = { text, sizeof(text), 0, false };
	struct checkpoint c = { .origin = span_of(origin), .size = size };
	struct note_key key;
	uint8_t signature[KEYS_SIGNATURE];

	memcpy(c.root, root, SHA256_SIZE);
	checkpoint_write(&w, &c);
	keys_sign(keys, text, w.len, signature);
	own_key(keys, origin, &key);
	write_char(&w, '\n');
	note_write_signature(&w, &key, signature);
	return arena_mem(a, text, w.len);
}

static bool signed_by(const struct note *n, const struct note_key *key)
{
	char text[TEXT_ROOM];
	struct writer w = { text, sizeof(text), 0, false };
	struct note_proof proof;

	if (note_find(n, key, &proof) != CORE_OK)
		return false;
	note_message(n, key, &proof, &w);
	return !w.full && keys_check(key->public_key, proof.signature, text, w.len);
}

int ledger_note_check(struct arena *a, struct span note, const char *verifier_key,
		      struct checkpoint *ret)
{
	struct note *n = arena_alloc(a, sizeof(*n));
	struct note_key key;
	struct checkpoint c;

	if (note_key_parse(span_of(verifier_key), &key) != CORE_OK ||
	    note_parse(note, n) != CORE_OK || checkpoint_parse(n->text, &c) != CORE_OK)
		return INVALID;
	if (!span_equal(c.origin, key.name) || !signed_by(n, &key))
		return FORBIDDEN;
	*ret = c;
	return OK;
}
