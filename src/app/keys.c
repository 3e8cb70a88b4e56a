/* app/keys.c — libsodium: XChaCha20-Poly1305 for sealed values, HMAC-SHA-256 for tags, Ed25519. */
#include "app/keys.h"

#include "base/secret.h"
#include "base/status.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY_FILE = 32, VERSION = 1, PATH_ROOM = 4096, SUBKEY_SEAL = 1, SUBKEY_TAG = 2 };

static const char subkeys[crypto_kdf_CONTEXTBYTES + 1] = "mingqian";

struct keys {
	unsigned char seal[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
	unsigned char tag[crypto_auth_hmacsha256_KEYBYTES];
	unsigned char secret[crypto_sign_SECRETKEYBYTES];
	unsigned char public[crypto_sign_PUBLICKEYBYTES];
	char folder[PATH_ROOM];
	bool alone;
};

static int of_errno(void)
{
	return errno == ENOENT ? NONE : errno == ENOSPC ? NO_SPACE : IO_ERROR;
}

static int make_file(const char *folder, const char *name)
{
	char path[PATH_ROOM];
	unsigned char bytes[KEY_FILE];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno == EEXIST ? OK : of_errno();
	randombytes_buf(bytes, sizeof(bytes));
	bool written = write(fd, bytes, sizeof(bytes)) == sizeof(bytes) && fsync(fd) == 0;
	sodium_memzero(bytes, sizeof(bytes));
	if (close(fd) == 0 && written)
		return OK;
	int rc = of_errno();
	unlink(path);
	return rc == NONE ? IO_ERROR : rc;
}

int keys_make(const char *folder)
{
	secret_process();
	if (sodium_init() < 0)
		return IO_ERROR;
	TRY(make_file(folder, "seal.key"));
	return make_file(folder, "sign.key");
}

static int read_file(const char *path, unsigned char key[KEY_FILE])
{
	unsigned char more;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW);

	if (fd < 0)
		return errno == ELOOP ? INVALID : of_errno();
	int rc = OK;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		rc = INVALID;
	else if ((st.st_mode & 077) || (st.st_uid != 0 && st.st_uid != geteuid()))
		rc = FORBIDDEN;
	else if (read(fd, key, KEY_FILE) != KEY_FILE || read(fd, &more, 1) != 0)
		rc = INVALID;
	close(fd);
	return rc;
}

static void derive(struct keys *k, unsigned char seal[KEY_FILE], unsigned char seed[KEY_FILE])
{
	crypto_kdf_derive_from_key(k->seal, sizeof(k->seal), SUBKEY_SEAL, subkeys, seal);
	crypto_kdf_derive_from_key(k->tag, sizeof(k->tag), SUBKEY_TAG, subkeys, seal);
	crypto_sign_seed_keypair(k->public, k->secret, seed);
}

int keys_load(const char *folder, struct keys **ret, char *ret_path, size_t size)
{
	unsigned char seal[KEY_FILE], seed[KEY_FILE];

	secret_process();
	if (sodium_init() < 0)
		return IO_ERROR;
	if (strlen(folder) >= PATH_ROOM)
		return IO_ERROR;
	snprintf(ret_path, size, "%s/seal.key", folder);
	TRY(read_file(ret_path, seal));
	snprintf(ret_path, size, "%s/sign.key", folder);
	int rc = read_file(ret_path, seed);
	if (rc == OK) {
		struct keys *k = sodium_malloc(sizeof(*k));
		if (!k)
			abort(); /* out of memory */
		derive(k, seal, seed);
		k->alone = false;
		snprintf(k->folder, sizeof(k->folder), "%s", folder);
		*ret = k;
	}
	sodium_memzero(seal, sizeof(seal));
	sodium_memzero(seed, sizeof(seed));
	return rc;
}

void keys_free(struct keys *k)
{
	sodium_free(k);
}

const char *keys_folder(const struct keys *k)
{
	return k->alone ? NULL : k->folder;
}

void keys_alone(struct keys *k, bool alone)
{
	k->alone = alone;
}

void keys_seal(const struct keys *k, const char *context, const void *at, size_t len,
	       unsigned char *out)
{
	unsigned char *nonce = out + 1;

	out[0] = VERSION;
	randombytes_buf(nonce, crypto_aead_xchacha20poly1305_ietf_NPUBBYTES);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
		nonce + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, NULL, at, len,
		(const unsigned char *)context, strlen(context), NULL, nonce, k->seal);
}

int keys_open(const struct keys *k, const char *context, const void *sealed, size_t len,
	      unsigned char *out)
{
	const unsigned char *nonce = (const unsigned char *)sealed + 1;
	const size_t before = 1 + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;

	if (len < KEYS_SEALED_MORE || *(const unsigned char *)sealed != VERSION)
		return INVALID;
	return crypto_aead_xchacha20poly1305_ietf_decrypt(
		       out, NULL, NULL, nonce + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
		       len - before, (const unsigned char *)context, strlen(context), nonce,
		       k->seal) == 0
		       ? OK
		       : INVALID;
}

void keys_tag(const struct keys *k, const char *context, const void *at, size_t len,
	      char tag[KEYS_TAG])
{
	unsigned char mac[crypto_auth_hmacsha256_BYTES];
	crypto_auth_hmacsha256_state state;

	crypto_auth_hmacsha256_init(&state, k->tag, sizeof(k->tag));
	crypto_auth_hmacsha256_update(&state, (const unsigned char *)context, strlen(context) + 1);
	crypto_auth_hmacsha256_update(&state, at, len);
	crypto_auth_hmacsha256_final(&state, mac);
	sodium_bin2hex(tag, KEYS_TAG, mac, sizeof(mac));
}

void keys_sign(const struct keys *k, const void *message, size_t len,
	       uint8_t signature[KEYS_SIGNATURE])
{
	crypto_sign_detached(signature, NULL, message, len, k->secret);
}

void keys_public(const struct keys *k, uint8_t public_key[KEYS_PUBLIC])
{
	memcpy(public_key, k->public, KEYS_PUBLIC);
}

bool keys_check(const uint8_t public_key[KEYS_PUBLIC], const uint8_t signature[KEYS_SIGNATURE],
		const void *message, size_t len)
{
	return sodium_init() >= 0 &&
	       crypto_sign_verify_detached(signature, message, len, public_key) == 0;
}
