/* test/app/keys.c — sealed values open only with the same key, context and bytes. */
#include "app/keys.h"

#include "base/sanitized.h"
#include "base/status.h"

#include "unit.h"

#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static struct keys *fresh(const char *folder)
{
	struct keys *k = NULL;
	char path[512];

	CHECK_INT(keys_make(folder), OK);
	CHECK_INT(keys_load(folder, &k, path, sizeof(path)), OK);
	return k;
}

TEST(sealed_values_open_again)
{
	struct keys *k = fresh(unit_folder());
	unsigned char sealed[100 + KEYS_SEALED_MORE], again[100 + KEYS_SEALED_MORE], out[100];
	const char text[100] = "保定甲印染厂";

	for (size_t len = 0; len <= sizeof(text); len += 25) {
		keys_seal(k, "draw/1/name", text, len, sealed);
		keys_seal(k, "draw/1/name", text, len, again);
		CHECK(memcmp(sealed, again, len + KEYS_SEALED_MORE) != 0);
		memset(out, 0xee, sizeof(out));
		CHECK_INT(keys_open(k, "draw/1/name", sealed, len + KEYS_SEALED_MORE, out), OK);
		CHECK(memcmp(out, text, len) == 0);
	}
	CHECK(memmem(sealed, sizeof(sealed), text, 6) == NULL);
	keys_free(k);
}

TEST(sealed_values_open_nowhere_else)
{
	struct keys *k = fresh(unit_folder()), *other = fresh(unit_folder());
	unsigned char sealed[5 + KEYS_SEALED_MORE], out[5];

	keys_seal(k, "draw/1/name", "hello", 5, sealed);
	CHECK_INT(keys_open(other, "draw/1/name", sealed, sizeof(sealed), out), INVALID);
	CHECK_INT(keys_open(k, "draw/2/name", sealed, sizeof(sealed), out), INVALID);
	CHECK_INT(keys_open(k, "draw/1/name", sealed, sizeof(sealed) - 1, out), INVALID);
	CHECK_INT(keys_open(k, "draw/1/name", sealed, 0, out), INVALID);
	for (size_t i = 0; i < sizeof(sealed); i++) {
		sealed[i] ^= 1;
		CHECK_INT(keys_open(k, "draw/1/name", sealed, sizeof(sealed), out), INVALID);
		sealed[i] ^= 1;
	}
	CHECK_INT(keys_open(k, "draw/1/name", sealed, sizeof(sealed), out), OK);
	keys_free(k);
	keys_free(other);
}

TEST(tags_are_the_same_only_for_the_same)
{
	const char *folder = unit_folder();
	struct keys *k = fresh(folder), *again = fresh(folder), *other = fresh(unit_folder());
	char a[KEYS_TAG], b[KEYS_TAG];

	keys_tag(k, "site", "甲", 3, a);
	CHECK_INT(strspn(a, "0123456789abcdef"), 64);
	keys_tag(again, "site", "甲", 3, b);
	CHECK_STR(a, b);
	keys_tag(k, "inspector", "甲", 3, b);
	CHECK(strcmp(a, b) != 0);
	keys_tag(other, "site", "甲", 3, b);
	CHECK(strcmp(a, b) != 0);
	/* The context cannot flow into the value. */
	keys_tag(k, "ab", "c", 1, a);
	keys_tag(k, "a", "bc", 2, b);
	CHECK(strcmp(a, b) != 0);
	keys_free(k);
	keys_free(again);
	keys_free(other);
}

TEST(signatures_hold_for_their_message_and_key)
{
	struct keys *k = fresh(unit_folder()), *other = fresh(unit_folder());
	uint8_t signature[KEYS_SIGNATURE], public_key[KEYS_PUBLIC];

	keys_sign(k, "message", 7, signature);
	keys_public(k, public_key);
	CHECK(keys_check(public_key, signature, "message", 7));
	CHECK(!keys_check(public_key, signature, "massage", 7));
	signature[0] ^= 1;
	CHECK(!keys_check(public_key, signature, "message", 7));
	signature[0] ^= 1;
	keys_public(other, public_key);
	CHECK(!keys_check(public_key, signature, "message", 7));
	keys_free(k);
	keys_free(other);
}

TEST(making_keys_again_changes_none)
{
	const char *folder = unit_folder();
	struct keys *k = fresh(folder);
	uint8_t before[KEYS_PUBLIC], after[KEYS_PUBLIC];
	char path[512];

	keys_public(k, before);
	keys_free(k);
	snprintf(path, sizeof(path), "%s/seal.key", folder);
	CHECK_INT(unlink(path), 0);
	k = fresh(folder);
	keys_public(k, after);
	CHECK(memcmp(before, after, sizeof(before)) == 0);
	keys_free(k);
}

/* In a child that may dump before it reads the keys. */
static int look_for_traces(const char *folder)
{
	const struct rlimit much = { RLIM_INFINITY, RLIM_INFINITY };
	struct rlimit core;
	struct keys *k = NULL;
	char path[512];

	(void)setrlimit(RLIMIT_CORE, &much);
	if (prctl(PR_SET_DUMPABLE, 1) != 0 || keys_load(folder, &k, path, sizeof(path)) != OK)
		return 1;
	keys_free(k);
	if (getrlimit(RLIMIT_CORE, &core) != 0 || core.rlim_cur != 0 || core.rlim_max != 0)
		return 2;
	/* Builds with a sanitizer keep this one (base/secret.h). */
	return SANITIZED || prctl(PR_GET_DUMPABLE) == 0 ? 0 : 3;
}

TEST(a_process_that_has_read_keys_dumps_no_core_and_is_not_looked_into)
{
	const char *folder = unit_folder();
	int status;

	CHECK_INT(keys_make(folder), OK);
	pid_t child = fork();
	if (child == 0)
		_exit(look_for_traces(folder));
	CHECK_INT(waitpid(child, &status, 0), child);
	CHECK(WIFEXITED(status));
	CHECK_INT(WEXITSTATUS(status), 0);
}
