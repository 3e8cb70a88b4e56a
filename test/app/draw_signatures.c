/* test/app/draw_signatures.c — one key is one party, whatever it is called. */
#include "app/draw_signatures.h"

#include "base/status.h"
#include "draw_world.h"
#include "unit.h"

#include <sodium.h>

static void sign(struct arena *a, unsigned char seed, struct declare_share *share,
		 const char *party, struct draw_signature *ret)
{
	unsigned char bytes[crypto_sign_SEEDBYTES], key[crypto_sign_PUBLICKEYBYTES];
	unsigned char secret[crypto_sign_SECRETKEYBYTES], signature[crypto_sign_BYTES];
	char key_hex[65], signature_hex[129], *commitment = arena_alloc(a, 64);

	memset(bytes, seed, sizeof(bytes));
	CHECK_INT(crypto_sign_seed_keypair(key, secret, bytes), 0);
	declare_commitment(SPAN("T-1"), span_of(party),
			   SPAN("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"),
			   commitment);
	*share = (struct declare_share){ span_of(party), { commitment, 64 } };
	const char *text = arena_printf(a, "T-1\n%s\n%.64s\n", party, commitment);
	crypto_sign_detached(signature, NULL, (const unsigned char *)text, strlen(text), secret);
	sodium_bin2hex(key_hex, sizeof(key_hex), key, sizeof(key));
	sodium_bin2hex(signature_hex, sizeof(signature_hex), signature, sizeof(signature));
	CHECK_INT(draw_signature_parse(a, party, arena_printf(a, "%s:%s", key_hex, signature_hex),
				       ret),
		  OK);
}

TEST(parties_that_share_a_key_count_once)
{
	struct arena a;
	struct draw_signatures s = { .count = 3 };
	struct declare_share shares[3];
	const char *one, *other;

	arena_init(&a);
	sign(&a, 1, &shares[0], "archive", &s.list[0]);
	sign(&a, 2, &shares[1], "notary", &s.list[1]);
	sign(&a, 3, &shares[2], "press", &s.list[2]);
	CHECK(!draw_signatures_twins(&s, &one, &other));
	CHECK_INT(draw_signatures_outside(&s, SPAN("T-1"), shares, 3), 3);
	sign(&a, 1, &shares[2], "press", &s.list[2]);
	CHECK(draw_signatures_twins(&s, &one, &other));
	CHECK_STR(one, "archive");
	CHECK_STR(other, "press");
	CHECK_INT(draw_signatures_outside(&s, SPAN("T-1"), shares, 3), 2);
	CHECK_INT(draw_signatures_outside(&s, SPAN("T-1"), shares, 2), 2);
	arena_release(&a);
}
