/* test/core/threats_entropy.c — randomness that is less than it looks: one draw under several spellings,
 * sources that belong to the operator, parties that are the operator under another name. */
#include "core/declare.h"

#include "core/alike.h"
#include "draw_kit.h"

#include <stdio.h>

#define H64 "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HEAD                                                                                       \
	"dr1\ndraw T-1\nobjects 1 " H64 "\ninspectors 1 " H64 "\nconflicts 0 " H64 "\nrules " H64  \
	"\n"
#define QUICKNET "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
#define DEFAULT "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce"

static enum problem_code parsed(const char *text)
{
	struct problem problem = { 0 };
	struct declaration d;

	if (declaration_parse(KIT_SPAN(text), &d, &problem) == CORE_OK)
		return PROBLEM_NONE;
	return problem.code;
}

static enum problem_code source(const char *text)
{
	struct problem problem = { 0 };
	struct declare_entropy e;

	if (entropy_parse(KIT_SPAN(text), &e, &problem) == CORE_OK)
		return PROBLEM_NONE;
	return problem.code;
}

TEST(an_issue_has_one_spelling)
{
	static const char *const wrong[] = { "26300",    "026300",   "26300.",   "02026300",
					     "2026300.", "2026-300", "2026000",  "2026367",
					     "1026300",  "x",        "2026.300", "20263000" };
	static const char *const games[] = { "cwl-kl8", "cwl-ssq", "cwl-3d", "slc-dlt", "slc-pl5" };
	char text[64];

	for (size_t g = 0; g < CORE_COUNT(games); g++) {
		for (size_t i = 0; i < CORE_COUNT(wrong); i++) {
			sprintf(text, "%s %s", games[g], wrong[i]);
			unit_check(source(text) == PROBLEM_ENTROPY_ISSUE, __FILE__, __LINE__, "%s",
				   text);
		}
		sprintf(text, "%s 2026300", games[g]);
		CHECK_INT(source(text), PROBLEM_NONE);
		sprintf(text, "%s 2028366", games[g]);
		CHECK_INT(source(text), PROBLEM_NONE);
	}
}

TEST(beacons_that_somebody_else_runs)
{
	CHECK_INT(source("drand " QUICKNET " 1000"), PROBLEM_NONE);
	CHECK_INT(source("drand " DEFAULT " 1"), PROBLEM_NONE);
	CHECK_INT(source("drand my-own-chain 5"), PROBLEM_ENTROPY_CHAIN);
	CHECK_INT(source("drand " H64 " 5"), PROBLEM_ENTROPY_CHAIN);
	CHECK_INT(source("drand 52db9ba7 5"), PROBLEM_ENTROPY_CHAIN);
	CHECK_INT(source("drand " QUICKNET " 0"), PROBLEM_ENTROPY_NUMBER);
	CHECK_INT(source("drand " QUICKNET " 01"), PROBLEM_ENTROPY_NUMBER);
	CHECK_INT(source("drand " QUICKNET " x"), PROBLEM_ENTROPY_NUMBER);
	CHECK_INT(source("nist mine 5"), PROBLEM_ENTROPY_NUMBER);
	CHECK_INT(source("nist 0 5"), PROBLEM_ENTROPY_NUMBER);
	CHECK_INT(source("nist 02 5"), PROBLEM_ENTROPY_NUMBER);
	CHECK_INT(source("nist 2 0"), PROBLEM_ENTROPY_NUMBER);
	CHECK_INT(source("nist 2 5"), PROBLEM_NONE);
}

TEST(the_same_throw_of_dice_counted_twice)
{
	CHECK_INT(parsed(HEAD "entropy dice 10d10 hall 2026-11-24T09:00\n"
			      "entropy dice 11d10 hall 2026-11-24T09:00\n"),
		  PROBLEM_ENTROPY_DUPLICATE);
	CHECK_INT(parsed(HEAD "entropy dice 10d10 hall 2026-11-24T09:00\n"
			      "entropy dice 10d10 Hall. 20261124T0900\n"),
		  PROBLEM_ENTROPY_DUPLICATE);
	CHECK_INT(parsed(HEAD "entropy dice 10d10 hall 2026-11-24T09:00\n"
			      "entropy dice 10d10 hall 2026-11-24T09:05\n"),
		  PROBLEM_NONE);
	CHECK_INT(parsed(HEAD "entropy drand " QUICKNET " 5\nentropy drand " QUICKNET " 5\n"),
		  PROBLEM_ENTROPY_DUPLICATE);
	CHECK_INT(parsed(HEAD "entropy drand " QUICKNET " 5\nentropy drand " DEFAULT " 5\n"),
		  PROBLEM_NONE);
}

static int two_throws(const char *one, const char *other)
{
	char text[2048];

	sprintf(text, HEAD "entropy dice 10d10 %s\nentropy dice 10d10 %s\n", one, other);
	return (int)parsed(text);
}

TEST(one_roll_under_two_spellings)
{
	static const char *const same[][2] = {
		{ "hall 2026-12-15", "hall 2026-12-15T0000" },
		{ "hall 2026-12-15", "hall1 2026-12-15" },
		{ "hall1 2026-12-15T09", "Hall-2 20261215T0900" },
		{ "hall 2026-12-15T9:00", "hall 2026-12-15T09:00:00" },
		{ "hall soon", "hall 2026-12-15T0900" },
		{ "7 2026-12-15", "7 2026-12-15" },
	};
	static const char *const two[][2] = {
		{ "hall 2026-12-15", "hall 2026-12-16" },
		{ "hall 2026-12-15T0900", "hall 2026-12-15T0930" },
		{ "hall 2026-12-15", "office 2026-12-15" },
		{ "7 2026-12-15", "8 2026-12-15" },
	};

	for (size_t i = 0; i < CORE_COUNT(same); i++)
		unit_check(two_throws(same[i][0], same[i][1]) == PROBLEM_ENTROPY_DUPLICATE,
			   __FILE__, __LINE__, "%s, %s", same[i][0], same[i][1]);
	for (size_t i = 0; i < CORE_COUNT(two); i++)
		unit_check(two_throws(two[i][0], two[i][1]) == PROBLEM_NONE, __FILE__, __LINE__,
			   "%s, %s", two[i][0], two[i][1]);
}

/* The problem of a record with these values, by lines "<source and selector>|<value>". */
static int recorded(const char *const *lines, size_t count)
{
	char text[4096] = HEAD, record[4096] = "";
	struct problem problem = { 0 };
	struct declaration d;
	struct record r;

	for (size_t i = 0; i < count; i++) {
		const char *bar = strchr(lines[i], '|');
		sprintf(text + strlen(text), "entropy %.*s\n", (int)(bar - lines[i]), lines[i]);
		sprintf(record + strlen(record), "entropy %.*s %s\n", (int)(bar - lines[i]),
			lines[i], bar + 1);
	}
	CHECK_INT(declaration_parse(KIT_SPAN(text), &d, &problem), CORE_OK);
	return record_parse(KIT_SPAN(record), &d, &r, &problem) == CORE_OK ? PROBLEM_NONE
									   : (int)problem.code;
}

TEST(one_value_for_two_draws_of_a_source)
{
	static const char *const pl5[] = { "slc-pl5 2026310|4-0-7-7-1",
					   "slc-pl5 2026311|4-0-7-7-1" };
	static const char *const dice[] = { "dice 10d10 hall 2026-12-15|0123456789",
					    "dice 8d10 office 2026-12-15|01234567" };
	/* Three digits meet once in a thousand draws, three times never. */
	static const char *const digits[] = { "cwl-3d 2026310|4-0-7", "cwl-3d 2026311|4-0-7",
					      "cwl-3d 2026312|4-0-7" };
	static const char *const sources[] = { "cwl-3d 2026310|4-0-7", "slc-pl5 2026310|4-0-7-7-1",
					       "dice 5d10 hall 2026-12-15|40771",
					       "dice 5d10 office 2026-12-15|40772" };
	static const char *const demo[] = { "demo a|1", "demo b|1" };

	CHECK_INT(recorded(pl5, 2), PROBLEM_VALUE_EQUAL);
	CHECK_INT(recorded(dice, 2), PROBLEM_VALUE_EQUAL);
	CHECK_INT(recorded(digits, 2), PROBLEM_NONE);
	CHECK_INT(recorded(digits, 3), PROBLEM_VALUE_EQUAL);
	CHECK_INT(recorded(sources, 4), PROBLEM_NONE);
	CHECK_INT(recorded(demo, 2), PROBLEM_NONE);
}

/* Two parties hold 24 bits up, and nobody brought their signatures. */
TEST(signatures_that_are_not_there)
{
	const struct span shares[] = { SPAN(H64), SPAN("1111" H64) };
	struct verify_facts facts = { .signatures_sought = true };
	static const char *const parties[] = { "a", "b" };
	struct span entropy = SPAN("cwl-ssq 2026001"), made;
	char text[2048];
	struct declare_share list[2];
	char commitments[2][64];
	struct verify_report r;
	struct kit k;

	kit_small(&k);
	CHECK_INT(kit_open(&k), CORE_OK);
	for (size_t i = 0; i < 2; i++) {
		struct span share = { shares[i].at, 64 };
		declare_commitment(SPAN("T-1"), KIT_SPAN(parties[i]), share, commitments[i]);
		list[i] = (struct declare_share){ KIT_SPAN(parties[i]), { commitments[i], 64 } };
	}
	struct declare_input in = { .draw_id = SPAN("T-1"),
				    .entropy = &entropy,
				    .entropy_count = 1,
				    .shares = list,
				    .share_count = 2,
				    .signed_outside_shares = 2 };
	CHECK_INT(draw_declare(&k.draw, &in, &k.region, &made, &k.problem), CORE_OK);
	sprintf(text, "%.*s", (int)made.len, made.at);
	kit_set(&k, CORE_FILE_DECLARATION, text);
	CHECK_INT(draw_verify(&k.files, NULL, &k.region, NULL, NULL, &r), CORE_OK);
	CHECK_INT(kit_mark(&r, "floor"), VERIFY_UNKNOWN);
	for (int good = 0; good <= 2; good++) {
		for (int i = 0; i < good; i++)
			facts.shares[i].signed_by_party = FACT_TRUE;
		CHECK_INT(draw_verify(&k.files, &facts, &k.region, NULL, NULL, &r), CORE_OK);
		CHECK_INT(kit_mark(&r, "floor"), good == 2 ? VERIFY_UNKNOWN : VERIFY_FAILED);
	}
	kit_release(&k);
}

TEST(one_commitment_for_two_parties)
{
	CHECK_INT(parsed(HEAD "entropy demo x\nshare a " H64 "\nshare b " H64 "\n"),
		  PROBLEM_COMMITMENT_EQUAL);
}

TEST(a_selector_has_an_end)
{
	char text[512] = "demo";

	while (strlen(text) < 4 + 256)
		strcat(text, " a");
	CHECK_INT(source(text), PROBLEM_NONE);
	strcat(text, " a");
	CHECK_INT(source(text), PROBLEM_ENTROPY_LONG);
}

TEST(the_operator_under_another_name)
{
	static const char *const names[] = { "Operator",   "operator.",      "OPERATOR",
					     "op-erator",  "operat0r",       "0perator",
					     "_operator:", "o.p.e.r.a.t.o.r" };
	char text[1024];

	for (size_t i = 0; i < CORE_COUNT(names); i++) {
		sprintf(text, HEAD "entropy demo x\nshare %s " H64 "\n", names[i]);
		unit_check(parsed(text) == PROBLEM_PARTY_OPERATOR, __FILE__, __LINE__, "%s",
			   names[i]);
	}
	CHECK_INT(parsed(HEAD "entropy demo x\nshare operator " H64 "\n"), PROBLEM_NONE);
	CHECK_INT(parsed(HEAD "entropy demo x\nshare operators " H64 "\n"), PROBLEM_NONE);
	CHECK_INT(parsed(HEAD "entropy demo x\nshare notary " H64 "\nshare Notary. " H64 "\n"),
		  PROBLEM_PARTY_ALIKE);
	CHECK(alike(SPAN("a.B"), SPAN("ab")) && !alike(SPAN("a"), SPAN("ab")));
	CHECK(!alike(SPAN("ab"), SPAN("a")) && alike(SPAN(""), SPAN("-")));
}

TEST(one_share_for_two_parties)
{
	const struct span share = SPAN(H64);
	char first[64], second[64], text[2048];
	struct problem problem;
	struct declaration d;
	struct record record;

	declare_commitment(SPAN("T-1"), SPAN("a"), share, first);
	declare_commitment(SPAN("T-1"), SPAN("b"), share, second);
	sprintf(text, HEAD "entropy demo x\nshare a %.64s\nshare b %.64s\n", first, second);
	CHECK_INT(declaration_parse(KIT_SPAN(text), &d, &problem), CORE_OK);
	CHECK_INT(record_parse(SPAN("entropy demo x 1\nshare a " H64 "\nshare b " H64 "\n"), &d,
			       &record, &problem),
		  CORE_INVALID);
	CHECK_INT(problem.code, PROBLEM_SHARE_EQUAL);
	CHECK_INT(problem.line, 3);
}

TEST(a_draw_that_is_its_own_parent)
{
	CHECK_INT(parsed(HEAD "parent T-1 " H64 "\nentropy demo x\n"), PROBLEM_PARENT_SELF);
	CHECK_INT(parsed(HEAD "parent T-001 " H64 "\nentropy demo x\n"), PROBLEM_PARENT_SELF);
	CHECK_INT(parsed(HEAD "parent T-10 " H64 "\nentropy demo x\n"), PROBLEM_NONE);
	CHECK_INT(parsed(HEAD "parent U-1 " H64 "\nentropy demo x\n"), PROBLEM_NONE);
}
