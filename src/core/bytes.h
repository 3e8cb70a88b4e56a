#ifndef CORE_BYTES_H
#define CORE_BYTES_H
/*
 * core/bytes.h — searches over raw bytes, UTF-8 (RFC 3629), and spans in static tables.
 */
#include "core/mem.h"

/* A span of a string literal inside the initializer of a static table. */
#define SPAN_INIT(literal)                                                                         \
	{                                                                                          \
		"" literal, sizeof(literal) - 1                                                    \
	}

/* The first byte `mark` in at[0..len), or NULL; eight bytes at a time. */
CORE_MUST_USE const char *text_find(const char *at, char mark, size_t len);

/* Length of the longest prefix that is valid UTF-8 (RFC 3629). */
CORE_MUST_USE size_t text_utf8_valid(struct span text);

/* Bytes (1-4) of the valid character that starts text, or 0 if its first byte starts none. */
CORE_MUST_USE size_t text_utf8_length(struct span text);

/*
 * Takes the next line off a text and cuts it at its tabs, in one pass. Fills ret[0..most), empty spans
 * where there are fewer; returns how many cells the line has, which may be more. *line lacks the LF.
 */
size_t text_cells(struct span *text, struct span *line, struct span *ret, size_t most);

#endif
