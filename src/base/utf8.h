#ifndef BASE_UTF8_H
#define BASE_UTF8_H
/* base/utf8.h — UTF-8 as RFC 3629 defines it: no surrogates, nothing overlong, at most U+10FFFF. */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Length of the longest valid prefix; equal to len when all of it is valid UTF-8. Fast on ASCII. */
MUST_USE size_t utf8_valid(const char *at, size_t len);

/*
 * Reads one character at at[0..len), len > 0. Returns its bytes (1-4) and stores the code point;
 * for an invalid byte it returns 1 and stores U+FFFD.
 */
MUST_USE size_t utf8_next(const char *at, size_t len, uint32_t *ret);

/* Appends one code point (at most U+10FFFF, no surrogate); out has room for 4. Returns the bytes. */
size_t utf8_put(char *out, uint32_t code);

/* Columns a terminal takes for the text: 2 for East Asian wide characters, 0 for combining ones. */
MUST_USE size_t utf8_width(const char *at, size_t len);

#endif
