/* base/utf8.c — eight ASCII bytes at a time, everything else one character at a time. */
#include "base/utf8.h"

#include <string.h>

/* Bytes of the valid character at `at`, or 0. */
static size_t character(const unsigned char *at, size_t len, uint32_t *code)
{
	unsigned char c = at[0];

	if (c < 0x80) {
		*code = c;
		return 1;
	}
	if (c < 0xc2 || c > 0xf4)
		return 0;
	size_t bytes = c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if (bytes > len)
		return 0;
	uint32_t value = c & (0xffU >> (bytes + 1));
	for (size_t i = 1; i < bytes; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (at[i] & 0x3fU);
	}
	if ((bytes == 3 && (value < 0x800 || (value >= 0xd800 && value < 0xe000))) ||
	    (bytes == 4 && (value < 0x10000 || value > 0x10ffff)))
		return 0;
	*code = value;
	return bytes;
}

size_t utf8_valid(const char *text, size_t len)
{
	const unsigned char *at = (const unsigned char *)text;
	size_t i = 0;
	uint32_t code;

	while (i < len) {
		uint64_t eight;
		while (len - i >= sizeof(eight)) {
			memcpy(&eight, at + i, sizeof(eight));
			if (eight & 0x8080808080808080U)
				break;
			i += sizeof(eight);
		}
		if (i == len)
			break;
		size_t bytes = character(at + i, len - i, &code);
		if (bytes == 0)
			break;
		i += bytes;
	}
	return i;
}

size_t utf8_next(const char *at, size_t len, uint32_t *ret)
{
	size_t bytes = character((const unsigned char *)at, len, ret);

	if (bytes > 0)
		return bytes;
	*ret = 0xfffd;
	return 1;
}

size_t utf8_put(char *out, uint32_t code)
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	size_t bytes = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
	for (size_t i = bytes - 1; i > 0; i--) {
		out[i] = (char)(0x80 | (code & 0x3f));
		code >>= 6;
	}
	out[0] = (char)((0xf00U >> bytes & 0xffU) | code);
	return bytes;
}

static bool wide(uint32_t c)
{
	return (c >= 0x1100 && c <= 0x115f) || (c >= 0x2e80 && c <= 0xa4cf) ||
	       (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
	       (c >= 0xfe30 && c <= 0xfe6f) || (c >= 0xff00 && c <= 0xff60) ||
	       (c >= 0xffe0 && c <= 0xffe6) || (c >= 0x1f300 && c <= 0x1faff) ||
	       (c >= 0x20000 && c <= 0x3fffd);
}

static bool empty(uint32_t c)
{
	return c == 0x200b || c == 0xfeff || (c >= 0x300 && c <= 0x36f) ||
	       (c >= 0xfe00 && c <= 0xfe0f);
}

size_t utf8_width(const char *at, size_t len)
{
	size_t width = 0;
	uint32_t code;

	for (size_t i = 0; i < len;) {
		i += utf8_next(at + i, len - i, &code);
		width += empty(code) ? 0 : wide(code) ? 2 : 1;
	}
	return width;
}
