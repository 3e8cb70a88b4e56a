/* test/files/drand.c — beacons as JSON; the public vectors when they are at hand. */
#include "files/drand.h"

#include "base/status.h"
#include "unit.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#define QUICKNET "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"

static const char good[] =
	"{\"round\":1000,\"randomness\":\"fe290beca10872ef2fb164d2aa4442de4566183ec51c56ff3cd603d930e54fdd\","
	"\"signature\":\"b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125"
	"e342b73a8dd2bacbe47e4b6b63ed5e39\"}";

TEST(drand_reads_a_beacon)
{
	struct arena a;
	struct drand_beacon b;
	char text[512];

	arena_init(&a);
	CHECK_INT(drand_parse(&a, good, strlen(good), &b), OK);
	CHECK_INT(b.round, 1000);
	CHECK_INT(b.signature_len, 48);
	CHECK(drand_hash_right(&b));
	memcpy(text, good, sizeof(good));
	*strstr(text, "fe290") = 'e';
	CHECK_INT(drand_parse(&a, text, strlen(text), &b), OK);
	CHECK(!drand_hash_right(&b));
	arena_release(&a);
}

TEST(drand_refuses_malformed_json)
{
	static const char *const bad[] = {
		"", "{}", "[]", "{\"round\":0}",
		"{\"round\":1,\"randomness\":\"00\",\"signature\":\"00\"}"
	};
	struct arena a;
	struct drand_beacon b;

	arena_init(&a);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK_INT(drand_parse(&a, bad[i], strlen(bad[i]), &b), INVALID);
	for (size_t cut = 0; cut < strlen(good); cut++)
		CHECK_INT(drand_parse(&a, good, cut, &b), INVALID);
	arena_release(&a);
}

TEST(drand_knows_when_a_round_is_due)
{
	int64_t t = 0;

	CHECK(drand_time(QUICKNET, 1, &t));
	CHECK_INT(t, 1692803367);
	CHECK(drand_time(QUICKNET, 1000, &t));
	CHECK_INT(t, 1692803367 + 999 * 3);
	CHECK(!drand_time(QUICKNET, 0, &t));
	CHECK(!drand_time("00", 5, &t));
}

TEST(drand_vectors_keep_their_hash)
{
	const char *folder = getenv("MINGQIAN_VECTORS");
	char path[1024];
	struct arena a;
	struct drand_beacon b;

	snprintf(path, sizeof(path), "%s/entropy/drand.json",
		 folder ? folder : unit_source("../shared/vectors"));
	json_t *list = json_load_file(path, 0, NULL);
	if (!list) {
		unit_skip("no public vectors");
		return;
	}
	arena_init(&a);
	size_t i, valid = 0;
	json_t *item;
	json_array_foreach(list, i, item)
	{
		char *text = json_dumps(item, JSON_COMPACT);
		if (json_is_true(json_object_get(item, "valid"))) {
			valid++;
			CHECK_INT(drand_parse(&a, text, strlen(text), &b), OK);
			CHECK(drand_hash_right(&b));
		}
		free(text);
	}
	CHECK(valid > 0);
	json_decref(list);
	arena_release(&a);
}
