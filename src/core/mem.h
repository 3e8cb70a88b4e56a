#ifndef CORE_MEM_H
#define CORE_MEM_H
/*
 * core/mem.h — all that core needs of a C library, so that the same files run natively and as wasm
 * without one: byte copies, borrowed text, and memory taken from a region that the caller gave.
 * Core has no malloc, no I/O, no clock, no floating point and no 128-bit integers.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CORE_MUST_USE __attribute__((warn_unused_result))
#define CORE_TRY(call)                                                                             \
	do {                                                                                       \
		int core_try_rc = (call);                                                          \
		if (core_try_rc != 0)                                                              \
			return core_try_rc;                                                        \
	} while (0)
#define CORE_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* For what the programmer promised, never for input: stops the program. */
#define CORE_ASSERT(promise)                                                                       \
	do {                                                                                       \
		if (__builtin_expect(!(promise), 0))                                               \
			__builtin_trap();                                                          \
	} while (0)

/* What a core function returns. On failure its outputs are untouched unless its comment says more. */
enum core_code {
	CORE_OK = 0,
	CORE_FULL = -1,    /* the region is too small: call again with a larger one */
	CORE_INVALID = -2, /* wrong input: the struct problem says where, what and how to mend it */
	CORE_INFEASIBLE = -3 /* no teams exist under the rules; the certificate says why */
};

/* Borrowed bytes, not NUL-terminated. `at` may be NULL only if len is 0. */
struct span {
	const char *at;
	size_t len;
};

/* A span of a string literal. */
#define SPAN(literal) ((struct span){ "" literal, sizeof(literal) - 1 })

/* These are the C library's functions; wasm gets them from mem.c, since the compiler may call them. */
void *memcpy(void *restrict to, const void *restrict from, size_t len);
void *memmove(void *to, const void *from, size_t len);
void *memset(void *to, int byte, size_t len);
int memcmp(const void *a, const void *b, size_t len);

/* Length of a NUL-terminated text, as a span of it. */
CORE_MUST_USE struct span span_of(const char *text);
CORE_MUST_USE bool span_equal(struct span a, struct span b);

/* Bytewise order (as LC_ALL=C sort): < 0, 0 or > 0. */
CORE_MUST_USE int span_compare(struct span a, struct span b);

/*
 * Memory for core: one block that the caller owns, given out from the front and never given back one
 * by one. A caller that reserves address space (mmap with MAP_NORESERVE) pays only for touched pages.
 */
struct region {
	unsigned char *base;
	size_t size, used;
};

/* Zeroed memory, aligned to 16 bytes, or NULL when the region is full. count * size may overflow: NULL. */
CORE_MUST_USE void *region_take(struct region *r, uint64_t count, size_t size);

/* The same without zeroing, so that pages of a large array which are never used are never touched. */
CORE_MUST_USE void *region_take_raw(struct region *r, uint64_t count, size_t size);

/* Marks and gives back everything taken since: temporary memory of one function. */
CORE_MUST_USE size_t region_mark(const struct region *r);
void region_reset(struct region *r, size_t mark);

/* Copies a span into the region. CORE_FULL; a span of len 0 always succeeds. */
CORE_MUST_USE int region_copy(struct region *r, struct span text, struct span *ret);

/*
 * A text being written into fixed room. Writing past the end sets `full` and drops the rest, so a
 * writer may go on and check once.
 */
struct writer {
	char *at;
	size_t size, len;
	bool full;
};

void write_span(struct writer *w, struct span text);
void write_char(struct writer *w, char c);
void write_number(struct writer *w, uint64_t n);      /* decimal, no leading zeros */
void write_bits(struct writer *w, uint64_t decibits); /* 660 as 66.0 */
void write_hex(struct writer *w, const uint8_t *bytes, size_t len);
#define write_literal(w, literal) write_span((w), SPAN(literal))

/* Reads a decimal number without sign or leading zeros, at most max. CORE_INVALID otherwise. */
CORE_MUST_USE int read_number(struct span text, uint64_t max, uint64_t *ret);

/* Reads exactly 2 * len lower-case hex digits. CORE_INVALID otherwise. */
CORE_MUST_USE int read_hex(struct span text, uint8_t *ret, size_t len);

/* Cuts text at the first `mark`: *ret is what stands before it, *text what follows; false if none was
 * found (then *ret is all of text and *text is empty). */
bool span_cut(struct span *text, char mark, struct span *ret);

#endif
