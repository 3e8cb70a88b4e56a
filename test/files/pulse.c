/* test/files/pulse.c — pulses of a beacon of our own, and NIST's public one when it is at hand. */
#include "files/pulse.h"

#include "base/status.h"
#include "pulse_maker.h"
#include "unit.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#define HOST "engine.beacon.nist.gov"
#define ZERO_32 "00000000000000000000000000000000"
#define ZERO_HASH ZERO_32 ZERO_32 ZERO_32 ZERO_32

static const struct pulse_words words = {
	2, 77, "2026-03-01T08:00:00.000Z", ZERO_HASH, 0x11, 0x22
};

struct beacon {
	struct arena arena;
	struct pulse_maker maker;
	char json[8192], output[129];
};

static void open_beacon(struct beacon *b, const char *host)
{
	arena_init(&b->arena);
	pulse_maker_init(&b->maker, host);
	pulse_make(&b->maker, &words, b->json, b->output);
}

static void close_beacon(struct beacon *b)
{
	pulse_maker_release(&b->maker);
	arena_release(&b->arena);
}

static int check(struct beacon *b)
{
	struct pulse p;

	if (pulse_parse(&b->arena, b->json, strlen(b->json), &p) != OK)
		return -1;
	return (int)pulse_check(&p, b->maker.certificate, strlen(b->maker.certificate));
}

TEST(pulse_is_read_and_its_signature_checked)
{
	struct beacon b;
	struct pulse p;

	open_beacon(&b, HOST);
	CHECK_INT(pulse_parse(&b.arena, b.json, strlen(b.json), &p), OK);
	CHECK_STR(p.output, b.output);
	CHECK_STR(p.time, "2026-03-01T08:00:00.000Z");
	CHECK_INT(p.chain, 2);
	CHECK_INT(p.index, 77);
	CHECK(pulse_output_right(&p));
	CHECK_INT(check(&b), PULSE_SIGNED);
	close_beacon(&b);
}

/* The kinds of the list's values are the only words that nobody signs. */
static bool unsigned_word(const char *json, size_t at)
{
	static const char *const words_unsigned[] = { "\"type\":\"previous\"",
						      "\"type\":\"hour\"" };

	for (size_t i = 0; i < 2; i++) {
		size_t from = (size_t)(strstr(json, words_unsigned[i]) - json);
		if (at >= from && at < from + strlen(words_unsigned[i]))
			return true;
	}
	return false;
}

TEST(pulse_shows_every_changed_value)
{
	struct beacon b;
	struct pulse p;
	char was[8192];
	size_t changed = 0;

	open_beacon(&b, HOST);
	size_t len = strlen(b.json);
	memcpy(was, b.json, len + 1);
	for (size_t i = 0; i < len; i += unit_long() ? 1 : 7) {
		if (!strchr("0123456789ABCDEFabcdef", was[i]) || unsigned_word(was, i))
			continue;
		b.json[i] = was[i] == '1' ? '2' : '1';
		bool passes = pulse_parse(&b.arena, b.json, strlen(b.json), &p) == OK &&
			      strcmp(p.output, b.output) == 0 && pulse_output_right(&p) &&
			      check(&b) == PULSE_SIGNED;
		if (passes)
			CHECK_INT(i, -1);
		changed++;
		b.json[i] = was[i];
	}
	CHECK(changed > 100);
	close_beacon(&b);
}

TEST(pulse_tells_wrong_certificates_apart)
{
	struct beacon b, other;
	struct pulse p;

	open_beacon(&b, HOST);
	open_beacon(&other, HOST);
	CHECK_INT(pulse_parse(&b.arena, b.json, strlen(b.json), &p), OK);
	CHECK_INT(pulse_check(&p, other.maker.certificate, strlen(other.maker.certificate)),
		  PULSE_OTHER_CERTIFICATE);
	CHECK_INT(pulse_check(&p, "no certificate", 14), PULSE_NO_CERTIFICATE);
	CHECK_INT(pulse_check(&p, "", 0), PULSE_NO_CERTIFICATE);
	close_beacon(&other);
	close_beacon(&b);

	open_beacon(&b, "beacon.example.org");
	CHECK_INT(check(&b), PULSE_OTHER_NAME);
	close_beacon(&b);
}

TEST(pulse_outside_the_certificates_time)
{
	struct beacon b;
	struct pulse_words early = words;

	open_beacon(&b, HOST);
	early.time = "2019-12-31T23:59:00.000Z";
	pulse_make(&b.maker, &early, b.json, b.output);
	CHECK_INT(check(&b), PULSE_OTHER_TIME);
	close_beacon(&b);
}

TEST(pulse_follows_only_its_predecessor)
{
	struct beacon b;
	struct pulse_words second = words;
	struct pulse p, q;
	char json[8192], output[129];

	open_beacon(&b, HOST);
	second.index = 78;
	second.previous = b.output;
	second.local = 0x22;
	pulse_make(&b.maker, &second, json, output);
	CHECK_INT(pulse_parse(&b.arena, b.json, strlen(b.json), &p), OK);
	CHECK_INT(pulse_parse(&b.arena, json, strlen(json), &q), OK);
	CHECK(pulse_follows(&q, &p));
	CHECK(!pulse_follows(&p, &q));
	second.local = 0x23;
	pulse_make(&b.maker, &second, json, output);
	CHECK_INT(pulse_parse(&b.arena, json, strlen(json), &q), OK);
	CHECK(!pulse_follows(&q, &p));
	close_beacon(&b);
}

TEST(pulse_refuses_malformed_json)
{
	static const char *const bad[] = { "", "{", "[]", "{}", "{\"pulse\":1}", "null" };
	struct beacon b;
	struct pulse p;

	open_beacon(&b, HOST);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK_INT(pulse_parse(&b.arena, bad[i], strlen(bad[i]), &p), INVALID);
	size_t len = strlen(b.json);
	b.json[len] = '{';
	CHECK_INT(pulse_parse(&b.arena, b.json, len + 1, &p), INVALID);
	for (size_t cut = 0; cut < len; cut += 11)
		CHECK_INT(pulse_parse(&b.arena, b.json, cut, &p), INVALID);
	char *large = calloc(1, PULSE_MOST + 1);
	CHECK_INT(pulse_parse(&b.arena, large, PULSE_MOST + 1, &p), INVALID);
	free(large);
	close_beacon(&b);
}

TEST(pulse_of_nist_keeps_its_hash)
{
	const char *folder = getenv("MINGQIAN_VECTORS");
	char path[1024];
	struct arena a;
	struct pulse p;

	snprintf(path, sizeof(path), "%s/entropy/nist_pulse.json",
		 folder ? folder : unit_source("../shared/vectors"));
	json_t *list = json_load_file(path, 0, NULL);
	if (!list) {
		unit_skip("no public vectors");
		return;
	}
	arena_init(&a);
	size_t i;
	json_t *item;
	json_array_foreach(list, i, item)
	{
		char *text = json_dumps(item, JSON_COMPACT);
		CHECK_INT(pulse_parse(&a, text, strlen(text), &p), OK);
		CHECK(pulse_output_right(&p));
		free(text);
	}
	CHECK(i > 0);
	json_decref(list);
	arena_release(&a);
}
