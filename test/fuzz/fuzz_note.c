/* test/fuzz/fuzz_note.c — what strangers may send to a log: notes, checkpoints, proofs, keys, tile paths and
 * entry bundles. What is accepted must be the only way to write what it says. */
#include "core/base64.h"
#include "core/checkpoint.h"
#include "core/note.h"
#include "core/tile.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool ok)
{
	if (!ok)
		abort();
}

static void written_is(const struct writer *w, struct span text)
{
	require(!w->full && span_equal((struct span){ w->at, w->len }, text));
}

static void try_note(struct span text, char *room, size_t room_size)
{
	static struct note n;
	struct checkpoint c;
	struct writer w = { room, room_size, 0, false };

	if (note_parse(text, &n) != CORE_OK)
		return;
	require(n.count > 0 && n.text.len > 0 && n.text.len < text.len);
	if (checkpoint_parse(n.text, &c) != CORE_OK)
		return;
	checkpoint_write(&w, &c);
	written_is(&w, n.text);
}

static void try_proofs(struct span text, char *room, size_t room_size)
{
	struct checkpoint_proof p;

	if (checkpoint_read_proof(text, &p) == CORE_OK) {
		require(p.count <= MERKLE_DEEPEST && p.note.len <= text.len);
		try_note(p.note, room, room_size);
	}
	if (checkpoint_read_request(text, &p) == CORE_OK)
		try_note(p.note, room, room_size);
}

static void try_key(struct span text)
{
	struct note_key key;

	if (note_key_parse(text, &key) == CORE_OK)
		require(note_is_name(key.name));
}

static void try_base64(struct span text, char *room, size_t room_size)
{
	uint8_t *bytes = malloc(text.len + 1);
	struct writer w = { room, room_size, 0, false };
	size_t len;

	require((read_base64(text, bytes, text.len + 1, &len) == CORE_OK) == base64_valid(text));
	if (base64_valid(text)) {
		write_base64(&w, bytes, len);
		written_is(&w, text);
	}
	free(bytes);
}

static void try_tile(struct span text)
{
	char path[TILE_PATH_ROOM];
	struct writer w = { path, sizeof(path), 0, false };
	struct span leaf, rest = text;
	struct tile t;

	if (tile_parse(text, &t) == CORE_OK) {
		tile_path(&w, &t);
		written_is(&w, text);
	}
	while (rest.len > 0 && tile_next_entry(&rest, &leaf) == CORE_OK)
		require(leaf.at + leaf.len == rest.at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = { (const char *)data, size };
	size_t room_size = 2 * size + 64;
	char *room = malloc(room_size);

	try_note(text, room, room_size);
	try_proofs(text, room, room_size);
	try_key(text);
	try_base64(text, room, room_size);
	try_tile(text);
	free(room);
	return 0;
}
