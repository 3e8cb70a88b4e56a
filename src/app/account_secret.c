/* app/account_secret.c — one semaphore keeps log-ins from taking the memory that others need. */
#include "app/account_secret.h"

#include "base/status.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <sodium.h>
#include <string.h>

enum { TOKEN_BYTES = 32, AT_ONCE = 2, MEMORY = 19 << 20, PASSES = 2 };

static pthread_once_t once = PTHREAD_ONCE_INIT;
static sem_t hashing;

static void begin(void)
{
	sem_init(&hashing, 0, AT_ONCE);
}

static void enter(void)
{
	pthread_once(&once, begin);
	while (sem_wait(&hashing) != 0 && errno == EINTR)
		;
}

static void digest_of(const struct keys *keys, const char *token, char digest[ACCOUNT_DIGEST])
{
	_Static_assert((int)ACCOUNT_DIGEST == (int)KEYS_TAG, "a digest is a tag");

	keys_tag(keys, "account/token", token, ACCOUNT_TOKEN - 1, digest);
}

void account_token_make(const struct keys *keys, char token[ACCOUNT_TOKEN],
			char digest[ACCOUNT_DIGEST])
{
	unsigned char bytes[TOKEN_BYTES];

	randombytes_buf(bytes, sizeof(bytes));
	sodium_bin2base64(token, ACCOUNT_TOKEN, bytes, sizeof(bytes),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(bytes, sizeof(bytes));
	digest_of(keys, token, digest);
}

int account_token_digest(const struct keys *keys, const char *token, char digest[ACCOUNT_DIGEST])
{
	unsigned char bytes[TOKEN_BYTES];
	size_t len;

	if (strlen(token) != ACCOUNT_TOKEN - 1 ||
	    sodium_base642bin(bytes, sizeof(bytes), token, ACCOUNT_TOKEN - 1, NULL, &len, NULL,
			      sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
	    len != TOKEN_BYTES)
		return INVALID;
	digest_of(keys, token, digest);
	return OK;
}

bool account_digest_equal(const char *a, const char *b)
{
	return strlen(a) == ACCOUNT_DIGEST - 1 && strlen(b) == ACCOUNT_DIGEST - 1 &&
	       sodium_memcmp(a, b, ACCOUNT_DIGEST - 1) == 0;
}

int account_password_hash(const char *password, char hash[ACCOUNT_HASH])
{
	_Static_assert(ACCOUNT_HASH == crypto_pwhash_STRBYTES, "the library's length");

	enter();
	int rc = crypto_pwhash_str(hash, password, strlen(password), PASSES, MEMORY);
	sem_post(&hashing);
	return rc == 0 ? OK : UNAVAILABLE;
}

/* A hash of nothing that anybody could type, made with the same cost. */
static const char nobody[] =
	"$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

bool account_password_right(const char *hash, const char *password)
{
	enter();
	int rc = crypto_pwhash_str_verify(hash ? hash : nobody, password, strlen(password));
	sem_post(&hashing);
	return hash && rc == 0;
}
