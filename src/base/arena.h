#ifndef BASE_ARENA_H
#define BASE_ARENA_H
/*
 * base/arena.h — memory that lives as long as one request or one command and is freed at once.
 * Out of memory aborts the process in one place (arena.c), so callers never see NULL.
 */
#include "base/cleanup.h"

#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *chunk; /* newest first */
};

/* Makes an empty arena; it takes no memory until the first allocation. Release it. */
void arena_init(struct arena *a);

/* Frees everything ever allocated from it; the arena is empty and usable again. */
void arena_release(struct arena *a);

/* Returns size zeroed bytes, aligned for any type, valid until arena_release. size 0 is allowed. */
MUST_USE void *arena_alloc(struct arena *a, size_t size);

/* Like arena_alloc for count elements; aborts if count * size does not fit into size_t. */
MUST_USE void *arena_array(struct arena *a, size_t count, size_t size);

/* Copies len bytes and appends a NUL. at may be NULL if len is 0. */
MUST_USE char *arena_mem(struct arena *a, const char *at, size_t len);

/* Copies a C string; NULL gives NULL. */
MUST_USE char *arena_str(struct arena *a, const char *text);

/* Formats into the arena. */
MUST_USE PRINTF(2, 3) char *arena_printf(struct arena *a, const char *format, ...);

/* malloc that aborts with a message when there is no memory; free() it. */
MUST_USE void *must_alloc(size_t size);
MUST_USE void *must_realloc(void *old, size_t size);

#endif
