#ifndef FILES_SIGN_H
#define FILES_SIGN_H
/*
 * files/sign.h — Ed25519 signatures (RFC 8032) by libsodium, as hex text. Keys of small order and
 * signatures with a non-canonical S are refused.
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>

enum { SIGN_KEY_HEX = 64, SIGN_HEX = 128 };

/* True for exactly `digits` lower-case hex digits and a NUL. */
MUST_USE bool sign_is_hex(const char *text, size_t digits);

/*
 * Did the owner of key (64 hex digits) sign these bytes with signature (128 hex digits)? False also for
 * malformed hex and for a library that does not start.
 */
MUST_USE bool sign_check(const char *key, const char *signature, const void *message, size_t len);

/*
 * For tests and for a party without tools: makes the key of a 32-byte secret seed and signs. Outputs
 * have room for the digits and a NUL. False for a library that does not start.
 */
MUST_USE bool sign_make(const unsigned char seed[32], const void *message, size_t len,
			char key[SIGN_KEY_HEX + 1], char signature[SIGN_HEX + 1]);

#endif
