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
