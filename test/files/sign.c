/* test/files/sign.c — the vectors of RFC 8032 7.1, and what must not pass. */
#include "files/sign.h"

#include "unit.h"

static const char key[] = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
static const char signature[] = "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
				"085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

TEST(sign_accepts_rfc_8032)
{
	CHECK(sign_check(key, signature, "\x72", 1));
	CHECK(!sign_check(key, signature, "\x73", 1));
	CHECK(!sign_check(key, signature, "", 0));
}

TEST(sign_refuses_malformed_hex)
{
	char bad[SIGN_HEX + 2];

	CHECK(!sign_check("", signature, "\x72", 1));
	CHECK(!sign_check(key, "", "\x72", 1));
	memcpy(bad, signature, sizeof(signature));
	bad[0] = 'G';
	CHECK(!sign_check(key, bad, "\x72", 1));
	memcpy(bad, signature, sizeof(signature));
	bad[3] = 'A';
	CHECK(!sign_check(key, bad, "\x72", 1));
	memcpy(bad, signature, sizeof(signature));
	bad[SIGN_HEX] = '0';
	bad[SIGN_HEX + 1] = 0;
	CHECK(!sign_check(key, bad, "\x72", 1));
}

TEST(sign_refuses_every_flipped_digit)
{
	char bad[SIGN_HEX + 1];

	for (size_t i = 0; i < SIGN_HEX; i++) {
		memcpy(bad, signature, sizeof(signature));
		bad[i] = bad[i] == '0' ? '1' : '0';
		CHECK(!sign_check(key, bad, "\x72", 1));
	}
}

/* With the identity as key and R, S = 0, everybody's message would be "signed". */
TEST(sign_refuses_keys_of_small_order)
{
	static const char identity[] =
		"0100000000000000000000000000000000000000000000000000000000000000";
	char forged[SIGN_HEX + 1];

	memcpy(forged, identity, 64);
	memset(forged + 64, '0', 64);
	forged[SIGN_HEX] = 0;
	CHECK(!sign_check(identity, forged, "any", 3));
}

TEST(sign_makes_what_it_accepts)
{
	unsigned char seed[32] = { 7 };
	char public[SIGN_KEY_HEX + 1], made[SIGN_HEX + 1];

	CHECK(sign_make(seed, "D-2026-1\nnotary\n", 16, public, made));
	CHECK(sign_check(public, made, "D-2026-1\nnotary\n", 16));
	CHECK(!sign_check(public, made, "D-2026-2\nnotary\n", 16));
}
