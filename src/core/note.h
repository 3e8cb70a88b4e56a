#ifndef CORE_NOTE_H
#define CORE_NOTE_H
/*
 * core/note.h — signed notes (C2SP signed-note): text, then lines "— name base64(key id, signature)".
 * Here the form is read and written and keys are matched; the Ed25519 signature itself is checked by
 * the caller, over note_message().
 */
#include "core/mem.h"
#include "core/sha256.h"

enum {
	NOTE_MOST_SIGNATURES = 100,
	NOTE_LONGEST = 1 << 20,
	NOTE_LONGEST_NAME = 256,
	NOTE_KEY_ID = 4,
	NOTE_PUBLIC_KEY = 32,
	NOTE_SIGNATURE = 64 /* Ed25519 */
};

/* The first byte of a key; also what a cosignature's key id is made with. */
enum note_kind { NOTE_ED25519 = 1, NOTE_COSIGNATURE = 4 };

/* A verifier key "name+id+base64(kind, public key)". */
struct note_key {
	struct span name;
	uint8_t id[NOTE_KEY_ID];
	enum note_kind kind;
	uint8_t public_key[NOTE_PUBLIC_KEY];
};

struct note_signature {
	struct span name;
	uint8_t id[NOTE_KEY_ID];
	struct span blob; /* base64 of key id and signature, as it stands in the note */
};

struct note {
	struct span text; /* with its last LF */
	uint32_t count;
	struct note_signature signatures[NOTE_MOST_SIGNATURES];
};

/*
 * Splits a note; spans point into it. CORE_INVALID unless it is UTF-8 without control characters but LF,
 * ends in LF, has a text, a blank line and 1 to 100 well-formed signature lines, at most 1 MiB in all.
 */
CORE_MUST_USE int note_parse(struct span bytes, struct note *ret);

/* Non-empty UTF-8 without Unicode spaces, control characters and '+', at most NOTE_LONGEST_NAME bytes. */
CORE_MUST_USE bool note_is_name(struct span name);

/* Reads a verifier key of kind Ed25519 or cosignature/v1; its id must be the one that note_key_id makes. */
CORE_MUST_USE int note_key_parse(struct span text, struct note_key *ret);

/* First four bytes of SHA256(name LF kind public key). */
void note_key_id(struct span name, enum note_kind kind, const uint8_t public_key[NOTE_PUBLIC_KEY],
		 uint8_t id[NOTE_KEY_ID]);

/* What a signature line of a known key says. */
struct note_proof {
	uint8_t signature[NOTE_SIGNATURE];
	uint64_t time; /* of a cosignature: seconds since 1970; else 0 */
};

/*
 * Finds the first line of this key (name and id). CORE_INVALID if there is none or its blob has not the
 * length that the key's kind demands. A line that is found but does not verify spoils the note.
 */
CORE_MUST_USE int note_find(const struct note *n, const struct note_key *key,
			    struct note_proof *ret);

/* Writes the bytes that the signature must cover; `room` as w->full tells. */
void note_message(const struct note *n, const struct note_key *key, const struct note_proof *proof,
		  struct writer *w);

/* Writes one signature line for an Ed25519 signature of this key (kind NOTE_ED25519). */
void note_write_signature(struct writer *w, const struct note_key *key,
			  const uint8_t signature[NOTE_SIGNATURE]);

#endif
