#ifndef APP_KEYS_H
#define APP_KEYS_H
/*
 * app/keys.h — the office's secret keys, kept outside the database: seal.key (32 bytes; seals values and
 * makes tags) and sign.key (32 bytes; the seed of the Ed25519 key that signs checkpoints). Both files are
 * for their owner only. Whoever makes or reads them holds what they open, so the process dumps no core from then on
 * (base/secret.h).
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	KEYS_SEALED_MORE = 1 + 24 + 16, /* bytes that a sealed value is longer than the value */
	KEYS_TAG = 65,                  /* bytes of a tag with its NUL: 64 hex digits */
	KEYS_PUBLIC = 32,
	KEYS_SIGNATURE = 64
};

struct keys;

/* Makes what is missing of both files, with fresh keys; the folder must exist. NO_SPACE or IO_ERROR. */
MUST_USE int keys_make(const char *folder);

/*
 * Reads both; free with keys_free. NONE if a file is missing, FORBIDDEN if others may read it or it belongs to
 * somebody else than us or root, INVALID if it is no regular file (a link, a pipe) of 32 bytes, else IO_ERROR.
 * *ret_path is then the file it is about, at most `size` bytes.
 */
MUST_USE int keys_load(const char *folder, struct keys **ret, char *ret_path, size_t size);
void keys_free(struct keys *k);

/* The folder they were read from, where the ledger's head is kept (app/ledger_head.h); NULL while they are alone. */
MUST_USE const char *keys_folder(const struct keys *k);

/* No head is asked for or kept: the database in hand is not, or not yet, the one that works with these keys. */
void keys_alone(struct keys *k, bool alone);

/*
 * Seals len bytes: out has room for len + KEYS_SEALED_MORE. `context` says what and where the value is
 * (e.g. "draw/2026-0007/share"): it opens only under the same context, so values cannot be swapped.
 */
void keys_seal(const struct keys *k, const char *context, const void *at, size_t len,
	       unsigned char *out);

/* Opens a sealed value into out (room for len - KEYS_SEALED_MORE). INVALID: another key, context or byte. */
MUST_USE int keys_open(const struct keys *k, const char *context, const void *sealed, size_t len,
		       unsigned char *out);

/* A keyed hash by which a sealed value can be looked up; same context and bytes, same tag. */
void keys_tag(const struct keys *k, const char *context, const void *at, size_t len,
	      char tag[KEYS_TAG]);

/* Ed25519. */
void keys_sign(const struct keys *k, const void *message, size_t len,
	       uint8_t signature[KEYS_SIGNATURE]);
void keys_public(const struct keys *k, uint8_t public_key[KEYS_PUBLIC]);
MUST_USE bool keys_check(const uint8_t public_key[KEYS_PUBLIC],
			 const uint8_t signature[KEYS_SIGNATURE], const void *message, size_t len);

#endif
