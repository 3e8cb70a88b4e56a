#ifndef CORE_SHA256_H
#define CORE_SHA256_H
/*
 * core/sha256.h — FIPS 180-4 SHA-256. Uses the processor's SHA instructions where they exist (asked
 * once, at run time), portable C elsewhere and in wasm. Both give the same bytes; tests force each.
 */
#include "core/mem.h"

enum { SHA256_SIZE = 32, SHA256_BLOCK = 64, SHA256_HEX = 64 };

struct sha256 {
	uint32_t state[8];
	uint64_t total; /* bytes so far */
	uint8_t block[SHA256_BLOCK];
};

void sha256_init(struct sha256 *s);
void sha256_add(struct sha256 *s, const void *at, size_t len);
void sha256_done(struct sha256 *s, uint8_t digest[SHA256_SIZE]);

/* One call for the whole message. */
void sha256_once(const void *at, size_t len, uint8_t digest[SHA256_SIZE]);

/* Lower-case hex of SHA-256; writes exactly 64 characters and no NUL. */
void sha256_hex(struct span message, char hex[SHA256_HEX]);

/* The chaining value before the first block. */
extern const uint32_t sha256_start[8];

/* Runs the compression function over `blocks` 64-byte blocks. */
void sha256_blocks(uint32_t state[8], const uint8_t *at, size_t blocks);

/*
 * Two independent one-block compressions at once, which keeps SHA-NI busy; state_a and state_b are
 * updated in place.
 */
void sha256_pair(uint32_t state_a[8], const uint8_t block_a[SHA256_BLOCK], uint32_t state_b[8],
		 const uint8_t block_b[SHA256_BLOCK]);

/* For tests and benchmarks: true forces the portable code. Not for use while other threads hash. */
void sha256_force_portable(bool force);

/* Name of the code in use: "sha-ni", "portable" or "wasm". */
CORE_MUST_USE const char *sha256_engine(void);

#endif
