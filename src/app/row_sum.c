/* app/row_sum.c — numbers and lengths as eight bytes, the highest first. */
#include "app/row_sum.h"

#include "core/text.h"

#include <string.h>

void row_sum_number(struct sha256 *sum, int64_t number)
{
	uint8_t bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (uint8_t)((uint64_t)number >> (56 - 8 * i));
	sha256_add(sum, bytes, sizeof(bytes));
}

void row_sum_bytes(struct sha256 *sum, const void *at, size_t len)
{
	row_sum_number(sum, (int64_t)len);
	sha256_add(sum, at, len);
}

void row_sum_text(struct sha256 *sum, const char *text)
{
	row_sum_bytes(sum, text, strlen(text));
}

void row_sum_done(struct sha256 *sum, char ret[ROW_SUM])
{
	struct writer w = { ret, ROW_SUM - 1, 0, false };
	uint8_t bytes[SHA256_SIZE];

	sha256_done(sum, bytes);
	write_hex(&w, bytes, sizeof(bytes));
	ret[w.len] = 0;
}
