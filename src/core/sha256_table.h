#ifndef CORE_SHA256_TABLE_H
#define CORE_SHA256_TABLE_H
/*
 * core/sha256_table.h — the round constants of SHA-256, aligned to 16 bytes; private to sha256*.c.
 */
#include "core/mem.h"

extern const uint32_t sha256_k[64];

#endif
