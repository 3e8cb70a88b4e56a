#ifndef FILES_DRAND_H
#define FILES_DRAND_H
/*
 * files/drand.h — the JSON that a drand relay gives for one round. Its BLS signature is not verified
 * here: that takes pairings with a check of the subgroup, which drand's own client does.
 */
#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DRAND_MOST = 1 << 14, DRAND_HEX = 64 };

struct drand_beacon {
	uint64_t round;
	const char *randomness; /* 64 lower-case hex digits */
	const unsigned char *signature;
	size_t signature_len; /* 48 or 96 */
};

/* Reads a beacon into the arena; INVALID if a field is missing or malformed, or a key stands twice. */
MUST_USE int drand_parse(struct arena *a, const char *json, size_t len, struct drand_beacon *ret);

/* Is randomness the SHA-256 of the signature? This alone proves nothing about who signed. */
MUST_USE bool drand_hash_right(const struct drand_beacon *b);

/* When a round of a known chain is due, in UTC seconds since 1970; false for other chains. */
MUST_USE bool drand_time(const char *chain, uint64_t round, int64_t *ret);

#endif
