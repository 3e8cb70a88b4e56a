/* core/mem.c — spans, regions and writers; and, for wasm only, the functions that the compiler may
 * call without being asked. */
#include "core/mem.h"

enum { REGION_ALIGN = 16 };

#ifdef __wasm__
/* With bulk memory these become single instructions, so they do not call themselves. */
void *memcpy(void *restrict to, const void *restrict from, size_t len)
{
	return __builtin_memcpy(to, from, len);
}

void *memmove(void *to, const void *from, size_t len)
{
	return __builtin_memmove(to, from, len);
}

void *memset(void *to, int byte, size_t len)
{
	return __builtin_memset(to, byte, len);
}

int memcmp(const void *a, const void *b, size_t len)
{
	const unsigned char *x = a, *y = b;

	for (size_t i = 0; i < len; i++) {
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	}
	return 0;
}

/*
 * The compiler recognises "a > UINT64_MAX / b" before a product and multiplies to 128 bits instead, by
 * this function of its run-time library; the numbers come as low and high halves.
 */
void __multi3(uint64_t product[2], uint64_t a, uint64_t a_high, uint64_t b, uint64_t b_high);

void __multi3(uint64_t product[2], uint64_t a, uint64_t a_high, uint64_t b, uint64_t b_high)
{
	uint64_t low = (a & UINT32_MAX) * (b & UINT32_MAX);
	uint64_t one = (a >> 32) * (b & UINT32_MAX) + (low >> 32);
	uint64_t two = (a & UINT32_MAX) * (b >> 32) + (one & UINT32_MAX);

	product[0] = two << 32 | (low & UINT32_MAX);
	product[1] = (a >> 32) * (b >> 32) + (one >> 32) + (two >> 32) + a * b_high + a_high * b;
}
#endif

struct span span_of(const char *text)
{
	size_t len = 0;

	while (text[len] != '\0')
		len++;
	return (struct span){ text, len };
}

bool span_equal(struct span a, struct span b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

int span_compare(struct span a, struct span b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int rc = common == 0 ? 0 : memcmp(a.at, b.at, common);

	if (rc != 0)
		return rc;
	return (a.len > b.len) - (a.len < b.len);
}

void *region_take_raw(struct region *r, uint64_t count, size_t size)
{
	size_t at = (uintptr_t)(r->base + r->used) % REGION_ALIGN;
	size_t pad = at == 0 ? 0 : REGION_ALIGN - at, bytes;
	unsigned char *out;

	CORE_ASSERT(r->used <= r->size);
	if (__builtin_mul_overflow(count, size, &bytes))
		return NULL;
	if (pad > r->size - r->used || bytes > r->size - r->used - pad)
		return NULL;
	out = r->base + r->used + pad;
	r->used += pad + bytes;
	return out;
}

void *region_take(struct region *r, uint64_t count, size_t size)
{
	void *out = region_take_raw(r, count, size);

	if (out)
		memset(out, 0, (size_t)count * size);
	return out;
}

size_t region_mark(const struct region *r)
{
	return r->used;
}

void region_reset(struct region *r, size_t mark)
{
	CORE_ASSERT(mark <= r->used);
	r->used = mark;
}

int region_copy(struct region *r, struct span text, struct span *ret)
{
	char *out;

	if (text.len == 0) {
		*ret = (struct span){ NULL, 0 };
		return CORE_OK;
	}
	out = region_take_raw(r, text.len, 1);
	if (!out)
		return CORE_FULL;
	memcpy(out, text.at, text.len);
	*ret = (struct span){ out, text.len };
	return CORE_OK;
}

void write_span(struct writer *w, struct span text)
{
	size_t room = w->size - w->len;
	size_t len = text.len < room ? text.len : room;

	CORE_ASSERT(w->len <= w->size);
	if (len < text.len)
		w->full = true;
	if (len == 0)
		return;
	memcpy(w->at + w->len, text.at, len);
	w->len += len;
}

void write_char(struct writer *w, char c)
{
	write_span(w, (struct span){ &c, 1 });
}

void write_number(struct writer *w, uint64_t n)
{
	char digits[20];
	size_t at = sizeof(digits);

	do {
		digits[--at] = (char)('0' + n % 10);
		n /= 10;
	} while (n > 0);
	write_span(w, (struct span){ digits + at, sizeof(digits) - at });
}

void write_bits(struct writer *w, uint64_t decibits)
{
	write_number(w, decibits / 10);
	write_char(w, '.');
	write_number(w, decibits % 10);
}

void write_hex(struct writer *w, const uint8_t *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		char pair[2] = { digits[bytes[i] >> 4], digits[bytes[i] & 15] };

		write_span(w, (struct span){ pair, sizeof(pair) });
	}
}

int read_number(struct span text, uint64_t max, uint64_t *ret)
{
	uint64_t n = 0;

	if (text.len == 0 || (text.at[0] == '0' && text.len > 1))
		return CORE_INVALID;
	for (size_t i = 0; i < text.len; i++) {
		uint64_t digit = (uint64_t)(unsigned char)text.at[i] - '0';

		if (digit > 9 || n > max / 10 || digit > max - n * 10)
			return CORE_INVALID;
		n = n * 10 + digit;
	}
	*ret = n;
	return CORE_OK;
}

/* 0 to 15, or 16 for anything but a lower-case hex digit. */
static unsigned hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return (unsigned)(c - '0');
	if (c >= 'a' && c <= 'f')
		return (unsigned)(c - 'a') + 10;
	return 16;
}

int read_hex(struct span text, uint8_t *ret, size_t len)
{
	if (text.len % 2 != 0 || text.len / 2 != len)
		return CORE_INVALID;
	for (size_t i = 0; i < text.len; i++) {
		if (hex_value(text.at[i]) > 15)
			return CORE_INVALID;
	}
	for (size_t i = 0; i < len; i++)
		ret[i] = (uint8_t)(hex_value(text.at[2 * i]) << 4 | hex_value(text.at[2 * i + 1]));
	return CORE_OK;
}

bool span_cut(struct span *text, char mark, struct span *ret)
{
	struct span all = *text;

	for (size_t i = 0; i < all.len; i++) {
		if (all.at[i] != mark)
			continue;
		*ret = (struct span){ all.at, i };
		*text = (struct span){ all.at + i + 1, all.len - i - 1 };
		return true;
	}
	*ret = all;
	*text = (struct span){ all.at + all.len, 0 };
	return false;
}
