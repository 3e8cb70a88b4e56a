/* test/core/note.c — base64, signed notes and verifier keys: what is accepted, and all that is not. */
#include "core/base64.h"
#include "core/note.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#define KEY_NAME "log.example/x"
/* base64 of six bytes, four of them a key id. */
#define LINE(name) "\xe2\x80\x94 " name " AAAAAAAA\n"

static bool decodes(struct span text, struct span want)
{
	uint8_t out[64];
	char again[96];
	struct writer w = { again, sizeof(again), 0, false };
	size_t len;

	if (read_base64(text, out, sizeof(out), &len) != CORE_OK || !base64_valid(text))
		return false;
	write_base64(&w, out, len);
	return span_equal((struct span){ (const char *)out, len }, want) &&
	       span_equal((struct span){ again, w.len }, text);
}

TEST(base64_both_ways)
{
	CHECK(decodes(SPAN(""), SPAN("")));
	CHECK(decodes(SPAN("Zg=="), SPAN("f")));
	CHECK(decodes(SPAN("Zm8="), SPAN("fo")));
	CHECK(decodes(SPAN("Zm9v"), SPAN("foo")));
	CHECK(decodes(SPAN("Zm9vYmFy"), SPAN("foobar")));
	CHECK(decodes(SPAN("+/+/AZaz0w=="), SPAN("\xfb\xff\xbf\x01\x96\xb3\xd3")));
}

TEST(base64_has_one_form)
{
	static const char *const bad[] = { "Z",    "Zg",       "Zg=",  "Zg===",    "====",
					   "Z===", "Zh==",     "Zm9=", "Zm 8",     "Zm8=A",
					   "=Zm8", "Zg==Zg==", "Zm-_", "Zm9vYm_y", "Zm8\n" };
	uint8_t out[2];
	size_t len = 77;

	for (size_t i = 0; i < CORE_COUNT(bad); i++) {
		unit_check(read_base64(span_of(bad[i]), out, sizeof(out), &len) == CORE_INVALID &&
				   !base64_valid(span_of(bad[i])),
			   __FILE__, __LINE__, "%s", bad[i]);
	}
	CHECK_INT(read_base64(SPAN("Zm9v"), out, sizeof(out), &len), CORE_INVALID);
	CHECK_INT(len, 77);
}

static int parse(struct span text)
{
	static struct note n;

	return note_parse(text, &n);
}

TEST(notes_are_text_blank_line_signatures)
{
	struct note *n = calloc(1, sizeof(*n));

	CHECK_INT(note_parse(SPAN("a\n\nb\n\n" LINE("x") LINE("\xe8\xa7\x81\xe8\xaf\x81")), n),
		  CORE_OK);
	CHECK(span_equal(n->text, SPAN("a\n\nb\n")));
	CHECK_INT(n->count, 2);
	CHECK(span_equal(n->signatures[0].name, SPAN("x")));
	CHECK(span_equal(n->signatures[1].name, SPAN("\xe8\xa7\x81\xe8\xaf\x81")));
	CHECK(span_equal(n->signatures[1].blob, SPAN("AAAAAAAA")));
	CHECK_INT(note_parse(SPAN("\n\n" LINE("x")), n), CORE_OK);
	CHECK(span_equal(n->text, SPAN("\n")));
	free(n);
}

TEST(notes_of_other_forms_are_refused)
{
	CHECK_INT(parse(SPAN("")), CORE_INVALID);
	CHECK_INT(parse(SPAN("\n")), CORE_INVALID);
	CHECK_INT(parse(SPAN("a\n\n")), CORE_INVALID);
	CHECK_INT(parse(SPAN("a\n" LINE("x"))), CORE_INVALID);
	CHECK_INT(parse(SPAN("a\n\n" LINE("x") "\n")), CORE_INVALID);
	CHECK_INT(parse(SPAN("a\n\n" LINE("x") "y\n")), CORE_INVALID);
	CHECK_INT(parse(SPAN("a\n\n" LINE(""))), CORE_INVALID);
	CHECK_INT(parse(SPAN("a\n\n" LINE("a+b"))), CORE_INVALID);
	CHECK_INT(parse(SPAN("a\n\n" LINE("a\xe3\x80\x80"))), CORE_INVALID);
	CHECK_INT(parse(SPAN("a\tb\n\n" LINE("x"))), CORE_INVALID);
	CHECK_INT(parse(SPAN("a\xff\n\n" LINE("x"))), CORE_INVALID);
	CHECK_INT(parse(SPAN("a\n\n\xe2\x80\x94 x AAAAAAAA")), CORE_INVALID);
	CHECK_INT(parse(SPAN("a\n\n\xe2\x80\x94 xAAAAAAAA\n")), CORE_INVALID);
	CHECK_INT(parse(SPAN("a\n\n\xe2\x80\x94 x AAAA\n")), CORE_INVALID);
	CHECK_INT(parse(SPAN("a\n\n\xe2\x80\x94 x AAAAAA==\n")), CORE_INVALID);
	CHECK_INT(parse(SPAN("a\n\n\xe2\x80\x94 x AAAAAAA_\n")), CORE_INVALID);
	CHECK_INT(parse(SPAN("a\n\n\xe2\x80\x94  AAAAAAAA\n")), CORE_INVALID);
}

TEST(notes_have_limits)
{
	size_t size = NOTE_LONGEST + 100;
	char *room = malloc(size);
	struct writer w = { room, size, 0, false };

	write_literal(&w, "a\n\n");
	for (int i = 0; i < NOTE_MOST_SIGNATURES; i++)
		write_literal(&w, LINE("x"));
	CHECK_INT(parse((struct span){ room, w.len }), CORE_OK);
	write_literal(&w, LINE("x"));
	CHECK_INT(parse((struct span){ room, w.len }), CORE_INVALID);
	w.len = 0;
	while (w.len < NOTE_LONGEST - 17)
		write_char(&w, 'a');
	write_literal(&w, "\n\n" LINE("x"));
	CHECK_INT(w.len, NOTE_LONGEST);
	CHECK_INT(parse((struct span){ room, w.len }), CORE_OK);
	memmove(room + 1, room, w.len);
	CHECK_INT(parse((struct span){ room, w.len + 1 }), CORE_INVALID);
	free(room);
}

TEST(names_have_no_spaces)
{
	char longest[NOTE_LONGEST_NAME + 1];

	memset(longest, 'a', sizeof(longest));
	CHECK(note_is_name((struct span){ longest, NOTE_LONGEST_NAME }));
	CHECK(!note_is_name((struct span){ longest, NOTE_LONGEST_NAME + 1 }));
	CHECK(!note_is_name(SPAN("")));
	CHECK(!note_is_name(SPAN("a b")));
	CHECK(!note_is_name(SPAN("a\x7f")));
	CHECK(!note_is_name(SPAN("a\n")));
	CHECK(!note_is_name(SPAN("\xc2\xa0")));
	CHECK(!note_is_name(SPAN("\xc2")));
}

/* A key with its verifier key text. */
static struct note_key make_key(enum note_kind kind, char *text, size_t size)
{
	struct note_key key = { .name = SPAN(KEY_NAME), .kind = kind };
	uint8_t blob[1 + NOTE_PUBLIC_KEY];
	struct writer w = { text, size - 1, 0, false };

	for (unsigned i = 0; i < NOTE_PUBLIC_KEY; i++)
		key.public_key[i] = (uint8_t)(i * 7);
	note_key_id(key.name, kind, key.public_key, key.id);
	blob[0] = (uint8_t)kind;
	memcpy(blob + 1, key.public_key, NOTE_PUBLIC_KEY);
	write_span(&w, key.name);
	write_char(&w, '+');
	write_hex(&w, key.id, sizeof(key.id));
	write_char(&w, '+');
	write_base64(&w, blob, sizeof(blob));
	text[w.len] = '\0';
	return key;
}

TEST(verifier_keys_carry_their_id)
{
	char text[128], spoiled[128];
	struct note_key want = make_key(NOTE_ED25519, text, sizeof(text)), have;

	CHECK_INT(note_key_parse(span_of(text), &have), CORE_OK);
	CHECK(span_equal(have.name, want.name) && have.kind == NOTE_ED25519);
	CHECK(memcmp(have.public_key, want.public_key, NOTE_PUBLIC_KEY) == 0);
	for (size_t i = 0; text[i] != '\0'; i++) {
		memcpy(spoiled, text, sizeof(text));
		spoiled[i] = spoiled[i] == 'b' ? 'c' : 'b';
		unit_check(note_key_parse(span_of(spoiled), &have) == CORE_INVALID, __FILE__,
			   __LINE__, "%s", spoiled);
	}
	make_key((enum note_kind)2, text, sizeof(text));
	CHECK_INT(note_key_parse(span_of(text), &have), CORE_INVALID);
	CHECK_INT(note_key_parse(SPAN("name"), &have), CORE_INVALID);
	CHECK_INT(note_key_parse(SPAN("name+00000000"), &have), CORE_INVALID);
	CHECK_INT(note_key_parse(SPAN("na me+00000000+AQ=="), &have), CORE_INVALID);
	CHECK_INT(note_key_parse(SPAN("name+00000000+AQ=="), &have), CORE_INVALID);
}

TEST(signatures_are_found_by_name_and_id)
{
	char vkey[128], room[512], message[128];
	struct note_key key = make_key(NOTE_ED25519, vkey, sizeof(vkey)), other = key;
	struct writer w = { room, sizeof(room), 0, false };
	struct writer m = { message, sizeof(message), 0, false };
	uint8_t signature[NOTE_SIGNATURE] = { 9, 8, 7 };
	struct note *n = calloc(1, sizeof(*n));
	struct note_proof proof;

	write_literal(&w, "text\n\n" LINE("stranger"));
	note_write_signature(&w, &key, signature);
	CHECK_INT(note_parse((struct span){ room, w.len }, n), CORE_OK);
	CHECK_INT(note_find(n, &key, &proof), CORE_OK);
	CHECK(memcmp(proof.signature, signature, sizeof(signature)) == 0 && proof.time == 0);
	note_message(n, &key, &proof, &m);
	CHECK(span_equal((struct span){ message, m.len }, SPAN("text\n")));
	other.id[3] ^= 1;
	CHECK_INT(note_find(n, &other, &proof), CORE_INVALID);
	other = key;
	other.name = SPAN("stranger");
	CHECK_INT(note_find(n, &other, &proof), CORE_INVALID);
	/* The same bytes are no cosignature: those are eight bytes longer. */
	other = key;
	other.kind = NOTE_COSIGNATURE;
	CHECK_INT(note_find(n, &other, &proof), CORE_INVALID);
	free(n);
}

TEST(cosignatures_carry_their_time)
{
	char vkey[128], room[512], message[128];
	struct note_key key = make_key(NOTE_COSIGNATURE, vkey, sizeof(vkey));
	uint8_t blob[NOTE_KEY_ID + 8 + NOTE_SIGNATURE] = { 0 };
	struct writer w = { room, sizeof(room), 0, false };
	struct writer m = { message, sizeof(message), 0, false };
	struct note *n = calloc(1, sizeof(*n));
	struct note_proof proof;

	memcpy(blob, key.id, NOTE_KEY_ID);
	blob[NOTE_KEY_ID + 6] = 1;
	blob[NOTE_KEY_ID + 7] = 2;
	blob[sizeof(blob) - 1] = 0xee;
	write_literal(&w, "text\n\n\xe2\x80\x94 " KEY_NAME " ");
	write_base64(&w, blob, sizeof(blob));
	write_literal(&w, "\n");
	CHECK_INT(note_parse((struct span){ room, w.len }, n), CORE_OK);
	CHECK_INT(note_find(n, &key, &proof), CORE_OK);
	CHECK(proof.time == 258 && proof.signature[63] == 0xee);
	note_message(n, &key, &proof, &m);
	CHECK(span_equal((struct span){ message, m.len },
			 SPAN("cosignature/v1\ntime 258\ntext\n")));
	key.kind = NOTE_ED25519;
	CHECK_INT(note_find(n, &key, &proof), CORE_INVALID);
	free(n);
}

TEST(spoiled_base64_in_keys_and_signatures)
{
	char vkey[128], room[1024];
	struct note_key key = make_key(NOTE_ED25519, vkey, sizeof(vkey)), have;
	struct writer w = { room, sizeof(room), 0, false };
	uint8_t blob[3 * NOTE_SIGNATURE] = { 0 };
	struct note *n = calloc(1, sizeof(*n));
	struct note_proof proof;

	vkey[strlen(vkey) - 1] = '!';
	CHECK_INT(note_key_parse(span_of(vkey), &have), CORE_INVALID);
	CHECK_INT(note_key_parse(SPAN("name+0000000x+AQ=="), &have), CORE_INVALID);
	/* A signature longer than any that we know is no signature of ours, but no reason to refuse the note. */
	memcpy(blob, key.id, NOTE_KEY_ID);
	write_literal(&w, "text\n\n\xe2\x80\x94 " KEY_NAME " ");
	write_base64(&w, blob, sizeof(blob));
	write_literal(&w, "\n");
	CHECK_INT(note_parse((struct span){ room, w.len }, n), CORE_OK);
	CHECK_INT(note_find(n, &key, &proof), CORE_INVALID);
	free(n);
}
