/* test/core/rules.c — rules.txt: every refusal by line, and the arithmetic of quotas. */
#include "core/rules.h"

#include "draw_kit.h"

#include <stdlib.h>

struct rules_kit {
	struct region region;
	struct rules rules;
	struct problem problem;
};

static int parse(struct rules_kit *k, const char *text)
{
	static unsigned char room[1 << 20];

	k->region = (struct region){ room, sizeof(room), 0 };
	return rules_parse(KIT_SPAN(text), &k->region, &k->rules, &k->problem);
}

TEST(bad_rules_name_the_line)
{
	static const struct {
		const char *text;
		enum problem_code code;
		uint64_t line;
	} cases[] = {
		{ "", PROBLEM_RULES_TEAM_MISSING, 1 },
		{ "quota A 1\n", PROBLEM_RULES_TEAM_MISSING, 1 },
		{ "team 2 1 1 A\nquota A 1\n", PROBLEM_RULES_TEAM_MISSING, 1 },
		{ "team 2 1 1\n", PROBLEM_RULES_NO_QUOTA, 1 },
		{ "team 2 1 1\n\nquota A 1\n", PROBLEM_LINE_EMPTY, 2 },
		{ "team  2 1 1\nquota A 1\n", PROBLEM_RULES_SPACES, 1 },
		{ " team 2 1 1\nquota A 1\n", PROBLEM_RULES_SPACES, 1 },
		{ "team 2 1 1\nquota A 1 \n", PROBLEM_RULES_SPACES, 2 },
		{ "team 2 1\nquota A 1\n", PROBLEM_RULES_TEAM_FORM, 1 },
		{ "team 2 x 1\nquota A 1\n", PROBLEM_RULES_TEAM_FORM, 1 },
		{ "team 02 1 1\nquota A 1\n", PROBLEM_RULES_TEAM_FORM, 1 },
		{ "team 2 1 1\nteam 9999999999 1 1 A\nquota A 1\n", PROBLEM_RULES_TEAM_FORM, 2 },
		{ "team 2 2 1\nquota A 1\n", PROBLEM_RULES_TEAM_NEED, 1 },
		{ "team 0 0 0\nquota A 1\n", PROBLEM_RULES_TEAM_NEED, 1 },
		{ "team 1001 1 1\nquota A 1\n", PROBLEM_RULES_TEAM_LARGE, 1 },
		{ "team 2 1 1\nteam 2 1 1\nquota A 1\n", PROBLEM_RULES_ORDER, 2 },
		{ "team 2 1 1\nbundle 2\nteam 2 1 1 A\nquota A 1\n", PROBLEM_RULES_ORDER, 3 },
		{ "team 2 1 1\nteam 2 1 1 A=\nquota A 1\n", PROBLEM_STRATUM_NAME, 2 },
		{ "team 2 1 1\nteam 2 1 1 B\nquota A 1\n", PROBLEM_RULES_TEAM_STRATUM, 2 },
		{ "team 2 1 1\nteam 2 1 1 A\nteam 3 1 1 A\nquota A 1\n",
		  PROBLEM_RULES_TEAM_DUPLICATE, 3 },
		{ "team 2 1 1\nbundle 0\nquota A 1\n", PROBLEM_RULES_BUNDLE, 2 },
		{ "team 2 1 1\nbundle x\nquota A 1\n", PROBLEM_RULES_BUNDLE, 2 },
		{ "team 2 1 1\nbundle 2\nbundle 2\nquota A 1\n", PROBLEM_RULES_ORDER, 3 },
		{ "team 2 1 1\nrelax all\nquota A 1\n", PROBLEM_RULES_RELAX, 2 },
		{ "team 2 1 1\nrelax second\nrelax rotation\nquota A 1\n", PROBLEM_RULES_ORDER, 3 },
		{ "team 2 1 1\nrelax limit\nrelax limit\nquota A 1\n", PROBLEM_RULES_ORDER, 3 },
		{ "team 2 1 1\nquota A 1\nrelax limit\n", PROBLEM_RULES_ORDER, 3 },
		{ "team 2 1 1\nrelax limit\nbundle 2\nquota A 1\n", PROBLEM_RULES_ORDER, 3 },
		{ "team 2 1 1\nquota A\n", PROBLEM_RULES_QUOTA_FORM, 2 },
		{ "team 2 1 1\nquota A 1 2\n", PROBLEM_RULES_AMOUNT, 2 },
		{ "team 2 1 1\nquota A 01\n", PROBLEM_RULES_AMOUNT, 2 },
		{ "team 2 1 1\nquota A 2/1\n", PROBLEM_RULES_AMOUNT, 2 },
		{ "team 2 1 1\nquota A 0/1\n", PROBLEM_RULES_AMOUNT, 2 },
		{ "team 2 1 1\nquota A 1/\n", PROBLEM_RULES_AMOUNT, 2 },
		{ "team 2 1 1\nquota A 9007199254740992\n", PROBLEM_RULES_AMOUNT, 2 },
		{ "team 2 1 1\nquota A= 1\n", PROBLEM_STRATUM_NAME, 2 },
		{ "team 2 1 1\nquota A 1\nquota A 1\n", PROBLEM_RULES_STRATUM_TWICE, 3 },
		{ "team 2 1 1\nsplit G\n", PROBLEM_RULES_SPLIT_FORM, 2 },
		{ "team 2 1 1\nsplit G 3\n", PROBLEM_RULES_SPLIT_FORM, 2 },
		{ "team 2 1 1\nsplit G 3 A\n", PROBLEM_RULES_SPLIT_FORM, 2 },
		{ "team 2 1 1\nsplit G= 3 A=1\n", PROBLEM_STRATUM_NAME, 2 },
		{ "team 2 1 1\nsplit G 1/x A=1\n", PROBLEM_RULES_AMOUNT, 2 },
		{ "team 2 1 1\nsplit G 3 A=1 A=2\n", PROBLEM_RULES_STRATUM_TWICE, 2 },
		{ "team 2 1 1\nsplit G 3 A=x\n", PROBLEM_RULES_WEIGHT, 2 },
		{ "team 2 1 1\nsplit G 3 A=1=2\n", PROBLEM_RULES_WEIGHT, 2 },
		{ "team 2 1 1\nsplit G 3 A=0 B=0\n", PROBLEM_RULES_WEIGHT_SUM, 2 },
		{ "team 2 1 1\nsplit G 3 A=9007199254740991 B=1\n", PROBLEM_RULES_WEIGHT_SUM, 2 },
		{ "team 2 1 1\nprefer A\n", PROBLEM_RULES_KIND, 2 },
		{ "team 2 1 1\r\nquota A 1\r\n", PROBLEM_FILE_CR, 1 },
		{ "\xef\xbb\xbfteam 2 1 1\nquota A 1\n", PROBLEM_FILE_BOM, 1 },
		{ "team 2 1 1\nquota \xff 1\n", PROBLEM_FILE_UTF8, 2 },
		{ "team 2 1 1\nquota A 1", PROBLEM_FILE_LAST_LF, 2 },
	};
	struct rules_kit k;

	for (size_t i = 0; i < CORE_COUNT(cases); i++) {
		int rc = parse(&k, cases[i].text);

		unit_check(rc == CORE_INVALID && k.problem.code == cases[i].code &&
				   k.problem.line == cases[i].line &&
				   k.problem.file == CORE_FILE_RULES,
			   __FILE__, __LINE__, "case %zu: %d %s line %llu", i, rc,
			   problem_name(k.problem.code), (unsigned long long)k.problem.line);
	}
}

TEST(good_rules_are_read)
{
	struct rules_kit k;

	CHECK_INT(parse(&k, "team 2 1 1\nteam 3 2 1 C\nbundle 4\nrelax rotation\nrelax limit\n"
			    "quota A 1/50\nsplit G 7 B=3 C=0\nquota D 0\n"),
		  CORE_OK);
	CHECK_INT(k.rules.stratum_count, 4);
	CHECK_INT(k.rules.split_count, 1);
	CHECK_INT(k.rules.bundle, 4);
	CHECK_INT(k.rules.relax_count, 2);
	CHECK_INT(k.rules.relax[1], RULES_LIMIT);
	CHECK_INT(rules_find(&k.rules, SPAN("C")), 2);
	CHECK_INT(rules_find(&k.rules, SPAN("E")), -1);
	CHECK_INT(rules_find(&k.rules, SPAN("")), -1);
	CHECK_INT(k.rules.strata[2].team.need, 3);
	CHECK_INT(k.rules.strata[3].team.need, 2);
	CHECK_INT(k.rules.strata[2].split, 0);
	CHECK_INT(k.rules.strata[3].split, RULES_NO_SPLIT);
	CHECK_INT(k.rules.strata[3].line, 8);
}

TEST(rules_have_a_limit_and_a_region)
{
	static char text[2 * RULES_MOST_STRATA + 4];
	struct rules_kit k;

	memset(text, '\n', RULES_MOST_STRATA + 1);
	CHECK_INT(parse(&k, text), CORE_INVALID);
	CHECK_INT(k.problem.code, PROBLEM_FILE_LARGE);
	CHECK_INT(rules_parse((struct span){ 0 }, &k.region, &k.rules, &k.problem), CORE_INVALID);
	CHECK_INT(k.problem.code, PROBLEM_FILE_MISSING);
	for (size_t size = 0; size < 400; size += 16) {
		unsigned char room[400];
		struct region r = { room, size, 0 };
		int rc = rules_parse(SPAN("team 2 1 1\nsplit G 1 A=1\n"), &r, &k.rules, &k.problem);

		CHECK(rc == CORE_FULL || rc == CORE_OK);
	}
}

TEST(amounts_round_up_exactly)
{
	const struct rules_amount tenth = { 1, 10 }, third = { 2, 3 }, fixed = { 7, 0 };
	const uint64_t most = (UINT64_C(1) << 53) - 1;

	CHECK_INT(rules_amount(tenth, 0), 0);
	CHECK_INT(rules_amount(tenth, 1), 1);
	CHECK_INT(rules_amount(tenth, 10), 1);
	CHECK_INT(rules_amount(tenth, 11), 2);
	CHECK_INT(rules_amount(third, 4), 3);
	CHECK_INT(rules_amount(fixed, 3), 7);
	CHECK_INT(rules_amount((struct rules_amount){ most, most }, most), most);
	CHECK_INT(rules_amount((struct rules_amount){ most - 1, most }, most), most - 1);
}

TEST(shares_against_wide_arithmetic)
{
	uint64_t state = 1;

	for (int i = 0; i < (unit_long() ? 1000000 : 20000); i++) {
		uint64_t by = (unit_random(&state) >> (11 + unit_random(&state) % 50)) + 1;
		uint64_t a = unit_random(&state) >> 11, b = by - unit_random(&state) % by, rest;
		unsigned __int128 product = (unsigned __int128)a * b;

		CHECK(rules_share(a, b, by, &rest) == (uint64_t)(product / by));
		CHECK(rest == (uint64_t)(product % by));
	}
}

static void quotas_of(struct rules_kit *k, const char *text, const uint64_t *members,
		      const char *seed, uint64_t *quotas)
{
	CHECK_INT(parse(k, text), CORE_OK);
	CHECK_INT(rules_quotas(&k->rules, members, KIT_SPAN(seed), &k->region, quotas), CORE_OK);
}

TEST(splits_spread_a_total_by_largest_remainder)
{
	const uint64_t members[3] = { 10, 10, 10 };
	uint64_t q[3], spare;
	struct rules_kit k;

	/* 10 * 1/6, 2/6, 3/6 = 1.67, 3.33, 5: one unit left, to the largest remainder. */
	quotas_of(&k, "team 1 0 0\nsplit G 10 A=1 B=2 C=3\n", members, "seed", q);
	CHECK_INT(q[0], 2);
	CHECK_INT(q[1], 3);
	CHECK_INT(q[2], 5);
	rules_quotas_least(&k.rules, members, q, &spare);
	CHECK_INT(q[0], 1);
	CHECK_INT(spare, 1);
	/* A ratio counts the members of the group: ceil(30 / 7) = 5. */
	quotas_of(&k, "team 1 0 0\nsplit G 1/7 A=1 B=0 C=0\n", members, "seed", q);
	CHECK_INT(q[0], 5);
	CHECK_INT(q[1], 0);
}

TEST(ties_of_a_split_go_by_ticket_and_change_with_the_seed)
{
	const uint64_t members[3] = { 10, 10, 10 };
	uint64_t won[3] = { 0 };
	struct rules_kit k;

	for (int i = 0; i < 60; i++) {
		char seed[8] = { 's', (char)('A' + i % 26), (char)('A' + i / 26), '\0' };
		uint64_t q[3];

		quotas_of(&k, "team 1 0 0\nsplit G 4 A=1 B=1 C=1\n", members, seed, q);
		CHECK_INT(q[0] + q[1] + q[2], 4);
		for (int s = 0; s < 3; s++)
			won[s] += q[s] == 2;
	}
	CHECK(won[0] > 5 && won[1] > 5 && won[2] > 5);
	CHECK_INT(won[0] + won[1] + won[2], 60);
}

TEST(quotas_need_memory)
{
	const uint64_t members[1] = { 10 };
	struct rules_kit k;
	uint64_t q[1];

	CHECK_INT(parse(&k, "team 1 0 0\nsplit G 4 A=1\n"), CORE_OK);
	for (size_t extra = 0, used = k.region.used; extra < 200; extra += 8) {
		int rc;

		k.region.used = used;
		k.region.size = used + extra;
		rc = rules_quotas(&k.rules, members, SPAN("s"), &k.region, q);
		CHECK(rc == (extra < 40 ? CORE_FULL : rc));
		CHECK(extra < 128 || rc == CORE_OK);
	}
}

TEST(rotation)
{
	const uint64_t counts[4] = { 5, 10, 20, 3 };
	struct rules_rotation r = rules_rotation(counts, 3, 2, 0);

	/* (10 + 40 + 9) / 2 = 29.5 */
	CHECK_INT(r.total, 30);
	CHECK_INT(r.certain, 20);
	CHECK_INT(rules_rotation(counts, 3, 2, 50).total, 50);
	CHECK_INT(rules_rotation(counts, 3, 1, 0).total, 59);
	CHECK_INT(rules_rotation(counts, 3, 4, 0).certain, 0);
	CHECK_INT(rules_rotation_entrant(2, 4, 4), 2);
	CHECK_INT(rules_rotation_entrant(2, 3, 4), 2);
	CHECK_INT(rules_rotation_entrant(2, 2, 4), 1);
	CHECK_INT(rules_rotation_entrant(2, 1, 4), 1);
}

/* 50 % a quarter with two visits a year: everybody is drawn exactly twice (spec/draw.md 6). */
TEST(rotation_gives_everyone_exactly_two_visits)
{
	uint64_t counts[3] = { 0, 0, 101 };

	for (uint64_t left = 4; left > 0; left--) {
		struct rules_rotation r = rules_rotation(counts, 2, left, 0);
		uint64_t weights = counts[1] + 2 * counts[2];
		uint64_t rest, ones = rules_share(r.total, counts[1], weights, &rest);
		uint64_t twos = r.total - ones;

		CHECK(twos <= counts[2] && ones <= counts[1]);
		CHECK(left > 1 || (ones == counts[1] && twos == counts[2]));
		counts[0] += ones;
		counts[1] += twos - ones;
		counts[2] -= twos;
	}
	CHECK_INT(counts[0], 101);
}
