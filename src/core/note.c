/* core/note.c — the form of signed notes. Strict, because two readings of one note would be two truths. */
#include "core/note.h"

#include "core/base64.h"
#include "core/bytes.h"

enum {
	COSIGNATURE_TIME = 8,
	KEY_ID_HEX = 8,
	KEY_BLOB = 1 + NOTE_PUBLIC_KEY,
};

/* U+2014 and a space. */
#define DASH SPAN("\xe2\x80\x94 ")

static bool starts_with(struct span text, struct span start)
{
	return text.len >= start.len && span_equal((struct span){ text.at, start.len }, start);
}

static struct span after(struct span text, size_t count)
{
	return (struct span){ text.at + count, text.len - count };
}

/* The Unicode spaces (White_Space) of two and three bytes; those of one byte are control or ' '. */
static bool is_space(struct span text)
{
	static const char *const spaces[] = {
		" ",
		"\xc2\x85",
		"\xc2\xa0",
		"\xe1\x9a\x80",
		"\xe2\x80\x80",
		"\xe2\x80\x81",
		"\xe2\x80\x82",
		"\xe2\x80\x83",
		"\xe2\x80\x84",
		"\xe2\x80\x85",
		"\xe2\x80\x86",
		"\xe2\x80\x87",
		"\xe2\x80\x88",
		"\xe2\x80\x89",
		"\xe2\x80\x8a",
		"\xe2\x80\xa8",
		"\xe2\x80\xa9",
		"\xe2\x80\xaf",
		"\xe2\x81\x9f",
		"\xe3\x80\x80",
	};

	for (size_t i = 0; i < CORE_COUNT(spaces); i++) {
		if (starts_with(text, span_of(spaces[i])))
			return true;
	}
	return false;
}

bool note_is_name(struct span name)
{
	if (name.len == 0 || name.len > NOTE_LONGEST_NAME || text_utf8_valid(name) != name.len)
		return false;
	for (size_t i = 0; i < name.len; i++) {
		if ((unsigned char)name.at[i] <= ' ' || name.at[i] == '+' || name.at[i] == 0x7f ||
		    is_space(after(name, i)))
			return false;
	}
	return true;
}

static bool is_note_text(struct span bytes)
{
	if (bytes.len == 0 || bytes.len > NOTE_LONGEST || bytes.at[bytes.len - 1] != '\n')
		return false;
	for (size_t i = 0; i < bytes.len; i++) {
		if ((unsigned char)bytes.at[i] < ' ' && bytes.at[i] != '\n')
			return false;
	}
	return text_utf8_valid(bytes) == bytes.len;
}

static int signature_parse(struct span line, struct note_signature *ret)
{
	uint8_t head[6];
	struct note_signature out;
	size_t len;

	if (!starts_with(line, DASH))
		return CORE_INVALID;
	line = after(line, DASH.len);
	if (!span_cut(&line, ' ', &out.name) || !note_is_name(out.name))
		return CORE_INVALID;
	/* Only the id is read: a signature of a kind we do not know may have any length. */
	if (!base64_valid(line) || line.len < 8)
		return CORE_INVALID;
	out.blob = line;
	CORE_TRY(read_base64((struct span){ line.at, 8 }, head, sizeof(head), &len));
	if (len <= NOTE_KEY_ID)
		return CORE_INVALID;
	memcpy(out.id, head, NOTE_KEY_ID);
	*ret = out;
	return CORE_OK;
}

/* Where the last blank line stands: the length of the text before it, or 0. */
static size_t text_end(struct span bytes)
{
	for (size_t i = bytes.len - 1; i > 0; i--) {
		if (bytes.at[i] == '\n' && bytes.at[i - 1] == '\n')
			return i;
	}
	return 0;
}

int note_parse(struct span bytes, struct note *ret)
{
	struct span lines, line;
	uint32_t count = 0;
	size_t end;

	if (!is_note_text(bytes))
		return CORE_INVALID;
	end = text_end(bytes);
	if (end == 0 || end + 1 == bytes.len)
		return CORE_INVALID;
	lines = after(bytes, end + 1);
	while (lines.len > 0) {
		span_cut(&lines, '\n', &line);
		if (count == NOTE_MOST_SIGNATURES)
			return CORE_INVALID;
		CORE_TRY(signature_parse(line, &ret->signatures[count]));
		count++;
	}
	ret->text = (struct span){ bytes.at, end };
	ret->count = count;
	return CORE_OK;
}

void note_key_id(struct span name, enum note_kind kind, const uint8_t public_key[NOTE_PUBLIC_KEY],
		 uint8_t id[NOTE_KEY_ID])
{
	uint8_t digest[SHA256_SIZE], head[2] = { '\n', (uint8_t)kind };
	struct sha256 s;

	sha256_init(&s);
	sha256_add(&s, name.at, name.len);
	sha256_add(&s, head, sizeof(head));
	sha256_add(&s, public_key, NOTE_PUBLIC_KEY);
	sha256_done(&s, digest);
	memcpy(id, digest, NOTE_KEY_ID);
}

int note_key_parse(struct span text, struct note_key *ret)
{
	struct note_key key = { 0 };
	struct span id;
	uint8_t blob[KEY_BLOB], want[NOTE_KEY_ID];
	size_t len;

	if (!span_cut(&text, '+', &key.name) || !note_is_name(key.name))
		return CORE_INVALID;
	if (!span_cut(&text, '+', &id))
		return CORE_INVALID;
	CORE_TRY(read_hex(id, key.id, sizeof(key.id)));
	CORE_TRY(read_base64(text, blob, sizeof(blob), &len));
	if (len != sizeof(blob) || (blob[0] != NOTE_ED25519 && blob[0] != NOTE_COSIGNATURE))
		return CORE_INVALID;
	key.kind = blob[0] == NOTE_ED25519 ? NOTE_ED25519 : NOTE_COSIGNATURE;
	memcpy(key.public_key, blob + 1, NOTE_PUBLIC_KEY);
	note_key_id(key.name, key.kind, key.public_key, want);
	if (memcmp(want, key.id, sizeof(want)) != 0)
		return CORE_INVALID;
	*ret = key;
	return CORE_OK;
}

static int proof_parse(struct span blob, enum note_kind kind, struct note_proof *ret)
{
	uint8_t bytes[NOTE_KEY_ID + COSIGNATURE_TIME + NOTE_SIGNATURE];
	size_t time_len = kind == NOTE_COSIGNATURE ? COSIGNATURE_TIME : 0, len;
	struct note_proof out = { 0 };

	CORE_TRY(read_base64(blob, bytes, sizeof(bytes), &len));
	if (len != NOTE_KEY_ID + time_len + NOTE_SIGNATURE)
		return CORE_INVALID;
	for (size_t i = 0; i < time_len; i++)
		out.time = out.time << 8 | bytes[NOTE_KEY_ID + i];
	memcpy(out.signature, bytes + NOTE_KEY_ID + time_len, NOTE_SIGNATURE);
	*ret = out;
	return CORE_OK;
}

int note_find(const struct note *n, const struct note_key *key, struct note_proof *ret)
{
	for (uint32_t i = 0; i < n->count; i++) {
		const struct note_signature *s = &n->signatures[i];

		if (span_equal(s->name, key->name) && memcmp(s->id, key->id, NOTE_KEY_ID) == 0)
			return proof_parse(s->blob, key->kind, ret);
	}
	return CORE_INVALID;
}

void note_message(const struct note *n, const struct note_key *key, const struct note_proof *proof,
		  struct writer *w)
{
	if (key->kind == NOTE_COSIGNATURE) {
		write_literal(w, "cosignature/v1\ntime ");
		write_number(w, proof->time);
		write_char(w, '\n');
	}
	write_span(w, n->text);
}

void note_write_signature(struct writer *w, const struct note_key *key,
			  const uint8_t signature[NOTE_SIGNATURE])
{
	uint8_t blob[NOTE_KEY_ID + NOTE_SIGNATURE];

	CORE_ASSERT(key->kind == NOTE_ED25519 && note_is_name(key->name));
	memcpy(blob, key->id, NOTE_KEY_ID);
	memcpy(blob + NOTE_KEY_ID, signature, NOTE_SIGNATURE);
	write_span(w, DASH);
	write_span(w, key->name);
	write_char(w, ' ');
	write_base64(w, blob, sizeof(blob));
	write_char(w, '\n');
}
