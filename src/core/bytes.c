/* core/bytes.c — searches and the UTF-8 check take eight bytes at a time where they can, since they run
 * over every byte of lists that may hold ten million lines. */
#include "core/bytes.h"

#define LOW_BITS UINT64_C(0x0101010101010101)
#define HIGH_BITS (LOW_BITS << 7)

const char *text_find(const char *at, char mark, size_t len)
{
	uint64_t pattern = LOW_BITS * (unsigned char)mark, word;

	for (; len >= sizeof(word); at += sizeof(word), len -= sizeof(word)) {
		memcpy(&word, at, sizeof(word));
		word ^= pattern;
		/* A zero byte sets its high bit here; the lowest set bit is always a true one. */
		word = (word - LOW_BITS) & ~word & HIGH_BITS;
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

/* Length of a character of three bytes, by far the commonest in Chinese text, without branches on its
 * continuation bytes; 0 if it is none. */
static inline size_t three_bytes(const char *at)
{
	const unsigned char *c = (const unsigned char *)at;

	if ((c[0] & 0xf0) != 0xe0 || ((c[1] ^ 0x80) | (c[2] ^ 0x80)) > 0x3f)
		return 0;
	return second_fits(c[0], c[1]) ? 3 : 0;
}

size_t text_utf8_valid(struct span text)
{
	size_t at = 0;

	while (at < text.len) {
		uint64_t word;
		size_t len;

		if (text.len - at >= sizeof(word)) {
			memcpy(&word, text.at + at, sizeof(word));
			if ((word & HIGH_BITS) == 0) {
				at += sizeof(word);
				continue;
			}
			while (text.len - at >= sizeof(word) && (len = three_bytes(text.at + at)))
				at += len;
		}
		len = text_utf8_length((struct span){ text.at + at, text.len - at });
		if (len == 0)
			break;
		at += len;
	}
	return at;
}

/* The high bit of every byte of x that is zero, and no other bit. */
static inline uint64_t zero_bytes(uint64_t x)
{
	return ~(((x & ~HIGH_BITS) + ~HIGH_BITS) | x | ~HIGH_BITS);
}

/* A line being cut into cells. */
struct cutter {
	const char *cell;
	struct span *ret;
	size_t most, count;
};

static inline void cut_cell(struct cutter *c, const char *end)
{
	if (c->count < c->most)
		c->ret[c->count] = (struct span){ c->cell, (size_t)(end - c->cell) };
	c->count++;
	c->cell = end + 1;
}

/* The first LF at or after `at`; tabs before it end cells. */
static const char *cut_cells(struct cutter *c, const char *at, const char *end)
{
	while (end - at >= 8) {
		uint64_t word, marks;

		memcpy(&word, at, sizeof(word));
		marks = zero_bytes(word ^ '\t' * LOW_BITS) | zero_bytes(word ^ '\n' * LOW_BITS);
		for (; marks; marks &= marks - 1) {
			const char *mark = at + __builtin_ctzll(marks) / 8;

			if (*mark == '\n')
				return mark;
			cut_cell(c, mark);
		}
		at += 8;
	}
	for (; at < end && *at != '\n'; at++) {
		if (*at == '\t')
			cut_cell(c, at);
	}
	return at;
}

size_t text_cells(struct span *text, struct span *line, struct span *ret, size_t most)
{
	const char *start = text->at, *end = start + text->len, *stop;
	struct cutter c = { start, ret, most, 0 };

	stop = cut_cells(&c, start, end);
	cut_cell(&c, stop);
	*line = (struct span){ start, (size_t)(stop - start) };
	*text = (struct span){ stop, (size_t)(end - stop) };
	if (stop < end) {
		text->at++;
		text->len--;
	}
	for (size_t i = c.count; i < most; i++)
		ret[i] = (struct span){ stop, 0 };
	return c.count;
}
