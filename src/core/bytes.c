/* core/bytes.c — searches and the UTF-8 check take eight bytes at a time where they can, since they run
 * over every byte of lists that may hold ten million lines. */
#include "core/bytes.h"

const char *text_find(const char *at, char mark, size_t len)
{
	const uint64_t low = UINT64_C(0x0101010101010101), high = low << 7;
	uint64_t pattern = low * (unsigned char)mark, word;

	for (; len >= sizeof(word); at += sizeof(word), len -= sizeof(word)) {
		memcpy(&word, at, sizeof(word));
		word ^= pattern;
		/* A zero byte sets its high bit here; the lowest set bit is always a true one. */
		word = (word - low) & ~word & high;
		if (word)
			return at + __builtin_ctzll(word) / 8;
	}
	for (; len > 0; at++, len--) {
		if (*at == mark)
			return at;
	}
	return NULL;
}

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* The second byte's lower and upper bound exclude what is overlong, a surrogate or above U+10FFFF. */
static bool second_fits(unsigned char first, unsigned char second)
{
	switch (first) {
	case 0xe0:
		return second >= 0xa0;
	case 0xed:
		return second <= 0x9f;
	case 0xf0:
		return second >= 0x90;
	case 0xf4:
		return second <= 0x8f;
	default:
		return true;
	}
}

static size_t length_by_first(unsigned char first)
{
	if (first < 0x80)
		return 1;
	if (first < 0xc2 || first > 0xf4)
		return 0;
	if (first < 0xe0)
		return 2;
	return first < 0xf0 ? 3 : 4;
}

size_t text_utf8_length(struct span text)
{
	unsigned char first = text.len == 0 ? 0xff : (unsigned char)text.at[0];
	size_t len = length_by_first(first);

	if (len < 2)
		return len;
	if (text.len < len || !second_fits(first, (unsigned char)text.at[1]))
		return 0;
	for (size_t i = 1; i < len; i++) {
		if (!is_continuation(text.at[i]))
			return 0;
	}
	return len;
}

size_t text_utf8_valid(struct span text)
{
	size_t at = 0;

	while (at < text.len) {
		uint64_t word;
		size_t len;

		if (text.len - at >= sizeof(word)) {
			memcpy(&word, text.at + at, sizeof(word));
			if ((word & UINT64_C(0x8080808080808080)) == 0) {
				at += sizeof(word);
				continue;
			}
		}
		len = text_utf8_length((struct span){ text.at + at, text.len - at });
		if (len == 0)
			break;
		at += len;
	}
	return at;
}
