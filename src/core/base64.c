/* core/base64.c — base64 both ways; the reader accepts only what the writer writes. */
#include "core/base64.h"

enum { BAD = 64, GROUP = 4 };

void write_base64(struct writer *w, const uint8_t *bytes, size_t len)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < len; i += 3) {
		size_t have = len - i < 3 ? len - i : 3;
		uint32_t bits = (uint32_t)bytes[i] << 16;

		if (have > 1)
			bits |= (uint32_t)bytes[i + 1] << 8;
		if (have > 2)
			bits |= bytes[i + 2];
		write_char(w, digits[bits >> 18]);
		write_char(w, digits[bits >> 12 & 63]);
		write_char(w, have > 1 ? digits[bits >> 6 & 63] : '=');
		write_char(w, have > 2 ? digits[bits & 63] : '=');
	}
}

static uint32_t value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (uint32_t)(c - 'A');
	if (c >= 'a' && c <= 'z')
		return (uint32_t)(c - 'a') + 26;
	if (c >= '0' && c <= '9')
		return (uint32_t)(c - '0') + 52;
	if (c == '+')
		return 62;
	return c == '/' ? 63 : BAD;
}

/* The bits of `count` characters at the top of 24; false if one is foreign. */
static bool read_group(const char *at, size_t count, uint32_t *bits)
{
	*bits = 0;
	for (size_t i = 0; i < GROUP; i++) {
		uint32_t value = i < count ? value_of(at[i]) : 0;

		if (value == BAD)
			return false;
		*bits = *bits << 6 | value;
	}
	return true;
}

/* The number of '=' at the end, at most 2. */
static size_t padding_of(struct span text)
{
	size_t padding = 0;

	while (padding < 2 && padding < text.len && text.at[text.len - 1 - padding] == '=')
		padding++;
	return padding;
}

/* The bits of one group of which `have` bytes count; the bits behind them must be zero. */
static bool read_bytes(const char *at, size_t have, uint32_t *bits)
{
	return read_group(at, have + 1, bits) && (*bits & ((1U << (24 - 8 * have)) - 1)) == 0;
}

int read_base64(struct span text, uint8_t *ret, size_t size, size_t *ret_len)
{
	size_t padding = padding_of(text), len, at = 0;

	if (!base64_valid(text))
		return CORE_INVALID;
	len = text.len / GROUP * 3 - padding;
	if (len > size)
		return CORE_INVALID;
	for (size_t i = 0; i < text.len; i += GROUP) {
		size_t have = i + GROUP < text.len ? 3 : 3 - padding;
		uint32_t bits;

		CORE_ASSERT(read_bytes(text.at + i, have, &bits));
		for (size_t j = 0; j < have; j++)
			ret[at++] = (uint8_t)(bits >> (16 - 8 * j));
	}
	*ret_len = len;
	return CORE_OK;
}

bool base64_valid(struct span text)
{
	size_t padding = padding_of(text);
	uint32_t bits;

	if (text.len % GROUP != 0)
		return false;
	for (size_t i = 0; i < text.len; i += GROUP) {
		if (!read_bytes(text.at + i, i + GROUP < text.len ? 3 : 3 - padding, &bits))
			return false;
	}
	return true;
}
