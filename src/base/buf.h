#ifndef BASE_BUF_H
#define BASE_BUF_H
/*
 * base/buf.h — a growing byte buffer with a limit. Adding past the limit drops the addition and sets
 * `full`, so a writer may add freely and check once at the end.
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>

struct buf {
	char *data; /* len bytes and a NUL; NULL while nothing was added */
	size_t len, size;
	size_t max; /* most bytes it may hold */
	bool full;  /* an addition did not fit and was dropped whole */
};

/* Makes an empty buffer that holds at most max bytes. Release it. */
void buf_init(struct buf *b, size_t max);
void buf_release(struct buf *b);

/* Empties it and keeps the memory; `full` is cleared. */
void buf_clear(struct buf *b);

void buf_add(struct buf *b, const void *at, size_t len);
void buf_str(struct buf *b, const char *text);
void buf_char(struct buf *b, char c);
PRINTF(2, 3) void buf_printf(struct buf *b, const char *format, ...);

/* The text so far, NUL-terminated, "" when empty; valid until the next addition. */
MUST_USE const char *buf_text(const struct buf *b);

/* Returns OK, or TOO_LARGE if anything was dropped. */
MUST_USE int buf_check(const struct buf *b);

#endif
