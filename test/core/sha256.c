/* test/core/sha256.c — SHA-256 against OpenSSL, with and without the processor's instructions. */
#include "core/sha256.h"
#include "unit.h"

#include <openssl/evp.h>
#include <stdlib.h>

enum { LONGEST = 700 };

static void fill(uint8_t *at, size_t len, uint64_t state)
{
	for (size_t i = 0; i < len; i++)
		at[i] = (uint8_t)unit_random(&state);
}

static bool same_as_openssl(const uint8_t *at, size_t len)
{
	uint8_t want[SHA256_SIZE], have[SHA256_SIZE];
	unsigned size = sizeof(want);

	EVP_Digest(at, len, want, &size, EVP_sha256(), NULL);
	sha256_once(at, len, have);
	return memcmp(want, have, sizeof(want)) == 0;
}

/* In pieces of every size from 1 to 130. */
static bool pieces_agree(const uint8_t *at, size_t len)
{
	uint8_t once[SHA256_SIZE], pieces[SHA256_SIZE];

	sha256_once(at, len, once);
	for (size_t piece = 1; piece <= 130; piece++) {
		struct sha256 s;

		sha256_init(&s);
		for (size_t i = 0; i < len; i += piece)
			sha256_add(&s, at + i, len - i < piece ? len - i : piece);
		sha256_add(&s, NULL, 0);
		sha256_done(&s, pieces);
		if (memcmp(once, pieces, sizeof(once)) != 0)
			return false;
	}
	return true;
}

static void check_engine(void)
{
	uint8_t text[LONGEST], other[LONGEST];
	uint32_t a[8], b[8], pair_a[8], pair_b[8];

	fill(text, sizeof(text), 1);
	fill(other, sizeof(other), 2);
	for (size_t len = 0; len <= LONGEST; len++)
		CHECK(same_as_openssl(text, len));
	CHECK(pieces_agree(text, LONGEST));
	CHECK(pieces_agree(text, 128));
	for (size_t at = 0; at + SHA256_BLOCK <= LONGEST; at += 37) {
		memcpy(a, sha256_start, sizeof(a));
		memcpy(b, a, sizeof(b));
		sha256_blocks(b, text, 1);
		memcpy(pair_a, a, sizeof(a));
		memcpy(pair_b, b, sizeof(b));
		sha256_blocks(a, text + at, 1);
		sha256_blocks(b, other + at, 1);
		sha256_pair(pair_a, text + at, pair_b, other + at);
		CHECK(memcmp(a, pair_a, sizeof(a)) == 0 && memcmp(b, pair_b, sizeof(b)) == 0);
	}
}

TEST(sha256_is_openssls)
{
	check_engine();
}

TEST(sha256_portable_is_openssls)
{
	sha256_force_portable(true);
	CHECK_STR(sha256_engine(), "portable");
	check_engine();
	sha256_force_portable(false);
}

TEST(sha256_uses_the_processor_when_it_can)
{
#if defined(__x86_64__)
	const char *engine = sha256_engine();

	CHECK(strcmp(engine, "sha-ni") == 0 || strcmp(engine, "portable") == 0);
	CHECK_STR(sha256_engine(), engine);
#else
	CHECK_STR(sha256_engine(), "portable");
#endif
}

TEST(sha256_hex_is_lower_case)
{
	char hex[SHA256_HEX];

	sha256_hex(SPAN("abc"), hex);
	CHECK(memcmp(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 64) ==
	      0);
	sha256_hex((struct span){ NULL, 0 }, hex);
	CHECK(memcmp(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 64) ==
	      0);
}

TEST(sha256_of_a_long_message)
{
	size_t len = unit_long() ? (size_t)1 << 32 : (size_t)1 << 22;
	uint8_t *text = malloc(len + 3);

	fill(text, 4096, 3);
	for (size_t i = 4096; i < len + 3; i += 4096)
		memcpy(text + i, text, len + 3 - i < 4096 ? len + 3 - i : 4096);
	CHECK(same_as_openssl(text, len + 3));
	free(text);
}
