#ifndef CORE_SHA256_NI_H
#define CORE_SHA256_NI_H
/*
 * core/sha256_ni.h — SHA-256 with the SHA instructions of x86-64; private to sha256.c. On other
 * processors there is nothing behind it: sha256_ni_exists() says so, and the rest must not be called.
 */
#include "core/mem.h"

/* Asks the processor. */
CORE_MUST_USE bool sha256_ni_exists(void);

void sha256_ni_blocks(uint32_t state[8], const uint8_t *at, size_t blocks);
void sha256_ni_pair(uint32_t state_a[8], const uint8_t *block_a, uint32_t state_b[8],
		    const uint8_t *block_b);

#endif
