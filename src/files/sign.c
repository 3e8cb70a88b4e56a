/* files/sign.c — libsodium behind hex text. */
#include "files/sign.h"

#include <sodium.h>

#include <string.h>

bool sign_is_hex(const char *text, size_t digits)
{
	return strlen(text) == digits && strspn(text, "0123456789abcdef") == digits;
}

bool sign_check(const char *key, const char *signature, const void *message, size_t len)
{
	unsigned char key_bytes[crypto_sign_PUBLICKEYBYTES], bytes[crypto_sign_BYTES];

	if (sodium_init() < 0 || !sign_is_hex(key, SIGN_KEY_HEX) ||
	    !sign_is_hex(signature, SIGN_HEX))
		return false;
	if (sodium_hex2bin(key_bytes, sizeof(key_bytes), key, SIGN_KEY_HEX, NULL, NULL, NULL) != 0)
		return false;
	if (sodium_hex2bin(bytes, sizeof(bytes), signature, SIGN_HEX, NULL, NULL, NULL) != 0)
		return false;
	return crypto_sign_verify_detached(bytes, message, len, key_bytes) == 0;
}

bool sign_make(const unsigned char seed[32], const void *message, size_t len,
	       char key[SIGN_KEY_HEX + 1], char signature[SIGN_HEX + 1])
{
	unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
	unsigned char bytes[crypto_sign_BYTES];

	if (sodium_init() < 0 || crypto_sign_seed_keypair(public, secret, seed) != 0)
		return false;
	crypto_sign_detached(bytes, NULL, message, len, secret);
	sodium_memzero(secret, sizeof(secret));
	sodium_bin2hex(key, SIGN_KEY_HEX + 1, public, sizeof(public));
	sodium_bin2hex(signature, SIGN_HEX + 1, bytes, sizeof(bytes));
	return true;
}
