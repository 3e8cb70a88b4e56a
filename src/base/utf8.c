/* base/utf8.c — eight ASCII bytes at a time, everything else one character at a time. */
#include "base/utf8.h"

#include <string.h>

/* Least and most code point of a character of so many bytes; the rest would be overlong or too large. */
static const struct range {
	uint32_t least, most;
} by_length[] = {
	{ 0, 0 }, { 0, 0x7f }, { 0x80, 0x7ff }, { 0x800, 0xffff }, { 0x10000, 0x10ffff }
};

static bool within(uint32_t code, struct range r)
{
	return code >= r.least && code <= r.most;
}

/* Bytes that a first byte announces, 0 for a continuation byte or 0xf8 and above. */
static size_t announced(unsigned char c)
{
	static const unsigned char by_high_bits[32] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
							1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0,
							0, 0, 2, 2, 2, 2, 3, 3, 4, 0 };

	return by_high_bits[c >> 3];
}

/* Bytes of the valid character at `at`, or 0. */
static size_t character(const unsigned char *at, size_t len, uint32_t *code)
{
	static const struct range surrogates = { 0xd800, 0xdfff };
	size_t bytes = announced(at[0]);

	if (bytes == 0 || bytes > len)
		return 0;
	uint32_t value = bytes == 1 ? at[0] : at[0] & (0xffU >> (bytes + 1));
	for (size_t i = 1; i < bytes; i++) {
		if ((at[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (at[i] & 0x3fU);
	}
	if (!within(value, by_length[bytes]) || within(value, surrogates))
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

static bool in_ranges(uint32_t code, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (within(code, ranges[i]))
			return true;
	return false;
}

size_t utf8_width(const char *at, size_t len)
{
	static const struct range wide[] = { { 0x1100, 0x115f },  { 0x2e80, 0xa4cf },
					     { 0xac00, 0xd7a3 },  { 0xf900, 0xfaff },
					     { 0xfe30, 0xfe6f },  { 0xff00, 0xff60 },
					     { 0xffe0, 0xffe6 },  { 0x1f300, 0x1faff },
					     { 0x20000, 0x3fffd } };
	static const struct range empty[] = {
		{ 0x200b, 0x200f }, { 0x300, 0x36f }, { 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff }
	};
	size_t width = 0;
	uint32_t code;

	for (size_t i = 0; i < len;) {
		i += utf8_next(at + i, len - i, &code);
		if (!in_ranges(code, empty, COUNT(empty)))
			width += in_ranges(code, wide, COUNT(wide)) ? 2 : 1;
	}
	return width;
}
