/* test/core/ticket.c — tickets: an oracle in OpenSSL's big numbers, edges of the decimal form, order. */
#include "core/ticket.h"
#include "unit.h"

#include <openssl/bn.h>
#include <stdio.h>
#include <stdlib.h>

/* The ticket's text by plain big-number arithmetic. */
static void oracle(const uint8_t digest[SHA256_SIZE], char out[TICKET_ROOM])
{
	BIGNUM *n = BN_bin2bn(digest, SHA256_SIZE, NULL);
	char *decimal = BN_bn2dec(n), padded[TICKET_ROOM];
	size_t len = (size_t)snprintf(padded, sizeof(padded), "%64s", decimal);

	memcpy(out, "0.", 2);
	for (size_t i = 0; i < len; i++)
		out[2 + i] = padded[len - 1 - i] == ' ' ? '0' : padded[len - 1 - i];
	out[2 + len] = '\0';
	OPENSSL_free(decimal);
	BN_free(n);
}

static uint64_t first_digits(const char *ticket)
{
	uint64_t n = 0;

	for (int i = 0; i < TICKET_KEY_DIGITS; i++)
		n = n * 10 + (uint64_t)(ticket[2 + i] - '0');
	return n;
}

static void check_digest(const uint8_t digest[SHA256_SIZE])
{
	char have[TICKET_ROOM], want[TICKET_ROOM];
	size_t len = ticket_text(digest, have);

	oracle(digest, want);
	CHECK_STR(have, want);
	CHECK_INT(len, strlen(want));
	CHECK(ticket_key(digest) == first_digits(want));
}

TEST(ticket_text_and_key_are_big_number_arithmetic)
{
	uint8_t digest[SHA256_SIZE];
	uint64_t state = 5;

	memset(digest, 0, sizeof(digest));
	check_digest(digest);
	memset(digest, 0xff, sizeof(digest));
	check_digest(digest);
	/* One bit set, all below it set, and random numbers of every length. */
	for (unsigned bit = 0; bit < 256; bit++) {
		memset(digest, 0, sizeof(digest));
		digest[31 - bit / 8] = (uint8_t)(1U << bit % 8);
		check_digest(digest);
		memset(digest + 32 - bit / 8, 0xff, bit / 8);
		digest[31 - bit / 8] = (uint8_t)((2U << bit % 8) - 1);
		check_digest(digest);
		for (unsigned i = 31 - bit / 8; i < SHA256_SIZE; i++)
			digest[i] = (uint8_t)unit_random(&state);
		check_digest(digest);
	}
	for (int i = 0; i < (unit_long() ? 1000000 : 2000); i++) {
		for (unsigned j = 0; j < SHA256_SIZE; j++)
			digest[j] = (uint8_t)unit_random(&state);
		check_digest(digest);
	}
}

TEST(ticket_text_is_padded_to_64_digits)
{
	uint8_t digest[SHA256_SIZE] = { 0 };
	char text[TICKET_ROOM];

	digest[31] = 120;
	CHECK_INT(ticket_text(digest, text), 66);
	CHECK_STR(text, "0.0210000000000000000000000000000000000000000000000000000000000000");
}

/* Ids on both sides of what fits into one block, alone and beside each other. */
TEST(ticket_keys_agree_with_single_tickets)
{
	enum { IDS = 130 };
	char room[IDS + 1];
	struct span ids[IDS];
	uint64_t keys[IDS], limits[IDS], within[IDS];
	struct ticket_seed s;

	memset(room, 'x', sizeof(room));
	ticket_seed_init(&s, SPAN("seed"));
	for (size_t i = 0; i < IDS; i++)
		ids[i] = (struct span){ room, i };
	for (size_t from = 0; from < IDS; from += 7) {
		ticket_keys(&s, ids + from, IDS - from, keys + from);
		for (size_t i = from; i < IDS; i++) {
			uint8_t digest[SHA256_SIZE], plain[SHA256_SIZE];
			char text[SHA256_HEX + IDS];

			ticket_digest(&s, ids[i], digest);
			CHECK(ticket_key(digest) == keys[i]);
			sha256_hex(SPAN("seed"), text);
			memcpy(text + SHA256_HEX, room, i);
			sha256_once(text, SHA256_HEX + i, plain);
			CHECK(memcmp(plain, digest, sizeof(plain)) == 0);
			limits[i] = i % 3 == 0 ? keys[i] : i % 3 == 1 ? keys[i] - 1 : UINT64_MAX;
		}
	}
	ticket_keys_within(&s, ids, limits, IDS - 1, within);
	for (size_t i = 0; i < IDS - 1; i++)
		CHECK(i % 3 == 1 ? within[i] > limits[i] : within[i] == keys[i]);
	memset(limits, 0, sizeof(limits));
	ticket_keys_within(&s, ids, limits, IDS - 1, within);
	for (size_t i = 0; i < IDS - 1; i++)
		CHECK(within[i] > 0);
}

TEST(ticket_compare_is_the_order_of_the_texts)
{
	uint8_t a[SHA256_SIZE] = { 0 }, b[SHA256_SIZE] = { 0 };
	uint64_t state = 6;

	CHECK_INT(ticket_compare(a, b), 0);
	a[31] = 10; /* 0.01 */
	b[31] = 1;  /* 0.1 */
	CHECK(ticket_compare(a, b) < 0 && ticket_compare(b, a) > 0);
	for (int i = 0; i < 1000; i++) {
		char x[TICKET_ROOM], y[TICKET_ROOM];

		for (unsigned j = 0; j < SHA256_SIZE; j++) {
			a[j] = (uint8_t)unit_random(&state);
			b[j] = (uint8_t)(j < 3 ? 0 : a[j]);
		}
		oracle(a, x);
		oracle(b, y);
		CHECK((ticket_compare(a, b) < 0) == (strcmp(x, y) < 0));
	}
}

static bool next_is(struct span ticket, const char *want)
{
	char out[TICKET_NEXT_ROOM];
	size_t len;

	return ticket_next(ticket, out, sizeof(out), &len) == CORE_OK && strcmp(out, want) == 0 &&
	       strlen(want) == len;
}

TEST(ticket_next_keeps_nines_and_grows)
{
	char ticket[TICKET_NEXT_ROOM] = "0.9", out[TICKET_NEXT_ROOM];
	size_t len = 3;

	CHECK(next_is(SPAN("0.25471"),
		      "0.642853261655004694691182528114375607701032283189922170593838029306"
		      "715548381901"));
	for (int i = 0; i < 1000; i++) {
		struct span before = { ticket, len };

		CHECK_INT(ticket_next(before, out, sizeof(out), &len), CORE_OK);
		CHECK(strcmp(out, ticket) > 0);
		memcpy(ticket, out, len + 1);
	}
	CHECK_INT(ticket_next((struct span){ ticket, len }, out, len, &len), CORE_FULL);
	memset(ticket + 2, '9', sizeof(ticket) - 2);
	CHECK_INT(ticket_next((struct span){ ticket, sizeof(ticket) }, out, sizeof(out), &len),
		  CORE_FULL);
	CHECK_INT(ticket_next((struct span){ ticket, sizeof(ticket) - 1 }, out, sizeof(out), &len),
		  CORE_FULL);
}

/* What ticket_sort must agree with. */
static const struct ticket_seed *order_seed;

static int by_text(const void *a, const void *b)
{
	const struct ticket_entry *x = a, *y = b;
	uint8_t dx[SHA256_SIZE], dy[SHA256_SIZE];
	int order;

	ticket_digest(order_seed, x->id, dx);
	ticket_digest(order_seed, y->id, dy);
	order = ticket_compare(dx, dy);
	return order != 0 ? order : span_compare(x->id, y->id);
}

static void check_sort(const struct ticket_seed *s, struct ticket_entry *entries, size_t count)
{
	struct ticket_entry *want = malloc((count + 1) * sizeof(*want));
	bool same = true;

	memcpy(want, entries, count * sizeof(*want));
	order_seed = s;
	qsort(want, count, sizeof(*want), by_text);
	ticket_sort(s, entries, count);
	for (size_t i = 0; i < count; i++)
		same = same && want[i].index == entries[i].index;
	CHECK(same);
	free(want);
}

TEST(ticket_sort_is_the_order_of_ticket_and_id)
{
	enum { MOST = 3000 };
	static char room[MOST][8];
	static struct span ids[MOST];
	static uint64_t keys[MOST];
	static struct ticket_entry entries[MOST];
	struct ticket_seed s;

	ticket_seed_init(&s, SPAN("order"));
	for (uint32_t i = 0; i < MOST; i++)
		ids[i] = (struct span){ room[i], (size_t)snprintf(room[i], 8, "i%u", i) };
	ticket_keys(&s, ids, MOST, keys);
	for (size_t count = 0; count <= MOST; count = count * 3 / 2 + 1) {
		for (uint32_t i = 0; i < count; i++)
			entries[i] = (struct ticket_entry){ keys[i], ids[i], i };
		check_sort(&s, entries, count);
		check_sort(&s, entries, count); /* sorted already */
	}
	/* Keys that decide nothing: the full ticket does, and for equal ids nothing is left. */
	for (uint32_t i = 0; i < 500; i++)
		entries[i] = (struct ticket_entry){ 77, ids[i], i };
	check_sort(&s, entries, 500);
	for (uint32_t i = 0; i < 3; i++)
		entries[i] = (struct ticket_entry){ 77, ids[0], 0 };
	check_sort(&s, entries, 3);
}
