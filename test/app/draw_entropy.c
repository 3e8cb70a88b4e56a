/* test/app/draw_entropy.c — sources that exist already when a draw is declared. */
#include "app/draw_entropy.h"

#include "core/declare.h"
#include "files/drand.h"
#include "unit.h"

#include <string.h>

#define QUICKNET "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971"
#define DEFAULT "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce"

/* 2026-11-25 17:30 in Beijing; day 329 of the year. */
static const int64_t now = INT64_C(1795599000000);

/* announced: at +08:00, or NULL. */
static enum draw_entropy_age announced_at(const char *line, int64_t when, const char *announced)
{
	struct arena a;
	int64_t at = 0;

	arena_init(&a);
	CHECK(!announced || draw_entropy_clock(span_of(announced), &at));
	struct draw_entropy e = draw_entropy_age(&a, span_of(line), when, at);
	CHECK((e.words == NULL) == (e.age == DRAW_ENTROPY_TO_COME));
	CHECK(!e.words || strlen(e.words) > 30);
	arena_release(&a);
	return e.age;
}

static enum draw_entropy_age age_at(const char *line, int64_t when)
{
	return announced_at(line, when, NULL);
}

TEST(rounds_of_drand_by_their_time)
{
	/* Quicknet's round n is due at 1692803367 + 3 (n - 1). */
	CHECK_INT(age_at("drand " QUICKNET " 1000", now), DRAW_ENTROPY_PAST);
	int64_t due = 1692803367 + 3 * INT64_C(39999999);
	CHECK_INT(age_at("drand " QUICKNET " 40000000", due * 1000), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("drand " QUICKNET " 40000000", (due - 599) * 1000), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("drand " QUICKNET " 40000000", (due - 600) * 1000), DRAW_ENTROPY_TO_COME);
	CHECK_INT(age_at("drand " DEFAULT " 9007199254740991", now), DRAW_ENTROPY_ASKS);
}

/* The chains that core counts are the ones whose time is known. */
TEST(every_chain_that_counts_has_its_time)
{
	static const char *const lines[] = { "drand " QUICKNET " 1", "drand " DEFAULT " 1" };
	struct declare_entropy e;
	struct problem problem;
	int64_t seconds;

	for (size_t i = 0; i < COUNT(lines); i++)
		CHECK_INT(entropy_parse(span_of(lines[i]), &e, &problem), CORE_OK);
	CHECK(drand_time(QUICKNET, 1, &seconds) && drand_time(DEFAULT, 1, &seconds));
}

TEST(pulses_are_never_sure_until_far_ahead)
{
	CHECK_INT(age_at("nist 1 54610", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("nist 1 54611", now), DRAW_ENTROPY_ASKS);
	CHECK_INT(age_at("nist 1 99000000", now), DRAW_ENTROPY_TO_COME);
	CHECK_INT(age_at("nist 2 1", now), DRAW_ENTROPY_PAST);
	CHECK_INT(announced_at("nist 2 1", now, "2026-12-01T17:40"), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("nist 2 1853311", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("nist 2 1853312", now), DRAW_ENTROPY_ASKS);
	CHECK_INT(age_at("nist 2 99000000", now), DRAW_ENTROPY_TO_COME);
	CHECK_INT(age_at("nist 3 99000000", now), DRAW_ENTROPY_ASKS);
	CHECK_INT(announced_at("nist 3 99000000", now, "2026-11-25T17:40"), DRAW_ENTROPY_WORD);
	CHECK_INT(announced_at("nist 3 99000000", now, "2026-11-25T17:39"), DRAW_ENTROPY_PAST);
	/* No pulse comes before it could if none was ever lost. */
	CHECK_INT(announced_at("nist 1 99000000", now, "2026-11-26T12:00"), DRAW_ENTROPY_PAST);
}

TEST(issues_by_year_and_number)
{
	CHECK_INT(age_at("cwl-kl8 2025365", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("slc-pl5 2026100", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("cwl-kl8 2026300", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("cwl-kl8 2026316", now), DRAW_ENTROPY_ASKS);
	CHECK_INT(age_at("cwl-ssq 2026050", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("slc-dlt 2026130", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("slc-dlt 2026138", now), DRAW_ENTROPY_ASKS);
	CHECK_INT(age_at("slc-dlt 2026150", now), DRAW_ENTROPY_TO_COME);
	CHECK_INT(age_at("cwl-3d 2027001", now), DRAW_ENTROPY_TO_COME);
}

/* An issue comes at the earliest on the day of its number, and at most the pauses of a year later. */
TEST(an_issue_has_a_first_and_a_last_day)
{
	static const int64_t day = 86400000;
	/* 2026-11-25 is day 329, so issue 308 has today as its last day and 330 tomorrow as its first. */
	CHECK_INT(age_at("cwl-kl8 2026307", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("cwl-kl8 2026308", now), DRAW_ENTROPY_ASKS);
	CHECK_INT(age_at("cwl-kl8 2026329", now), DRAW_ENTROPY_ASKS);
	CHECK_INT(age_at("cwl-kl8 2026330", now), DRAW_ENTROPY_TO_COME);
	CHECK_INT(announced_at("cwl-kl8 2026308", now, "2026-11-25T21:30"), DRAW_ENTROPY_WORD);
	CHECK_INT(announced_at("cwl-kl8 2026308", now, "2026-11-26T21:30"), DRAW_ENTROPY_PAST);
	CHECK_INT(announced_at("cwl-kl8 2026330", now, "2026-11-25T21:30"), DRAW_ENTROPY_PAST);
	CHECK_INT(announced_at("cwl-kl8 2026330", now, "2026-11-26T21:30"), DRAW_ENTROPY_TO_COME);
	CHECK_INT(announced_at("cwl-kl8 2026330", now, "2026-12-17T21:30"), DRAW_ENTROPY_TO_COME);
	CHECK_INT(announced_at("cwl-kl8 2026330", now, "2026-12-18T21:30"), DRAW_ENTROPY_PAST);
	/* Numbers begin again with the year, and no year has more draws than days. */
	CHECK_INT(age_at("cwl-kl8 2026360", now + 36 * day), DRAW_ENTROPY_ASKS);
	CHECK_INT(age_at("cwl-kl8 2026360", now + 37 * day), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("cwl-kl8 2026366", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("cwl-kl8 2028366", now), DRAW_ENTROPY_TO_COME);
	CHECK_INT(age_at("cwl-ssq 2026158", now), DRAW_ENTROPY_PAST);
}

TEST(issues_that_a_fresh_user_could_freeze_with)
{
	static const struct {
		const char *line, *now, *announced;
	} refused[] = {
		{ "cwl-kl8 2026250", "2026-11-30T09:00", "2026-11-30T21:27" },
		{ "cwl-kl8 2026010", "2026-03-02T09:00", "2026-03-02T21:30" },
		{ "cwl-kl8 2026200", "2026-03-02T09:00", "2026-03-02T21:30" },
		{ "cwl-kl8 2026310", "2026-11-30T09:00", NULL },
	};
	static const struct {
		const char *line, *now;
	} asks[] = { { "cwl-kl8 2026050", "2026-03-02T09:00" },
		     { "cwl-kl8 2026315", "2026-11-30T09:00" },
		     { "cwl-kl8 2026320", "2026-11-30T09:00" } };
	int64_t at;

	for (size_t i = 0; i < COUNT(refused); i++) {
		CHECK(draw_entropy_clock(span_of(refused[i].now), &at));
		CHECK_INT(announced_at(refused[i].line, at, refused[i].announced),
			  DRAW_ENTROPY_PAST);
	}
	for (size_t i = 0; i < COUNT(asks); i++) {
		CHECK(draw_entropy_clock(span_of(asks[i].now), &at));
		CHECK_INT(age_at(asks[i].line, at), DRAW_ENTROPY_ASKS);
		CHECK_INT(announced_at(asks[i].line, at, "2999-01-01T00:00"), DRAW_ENTROPY_PAST);
	}
}

TEST(dice_by_their_date)
{
	CHECK_INT(age_at("dice 20d10 hall 2026-11-24", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("dice 20d10 hall 2026-11-24T18:00", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("dice 20d10 hall 2026-11-25", now), DRAW_ENTROPY_TO_COME);
	CHECK_INT(age_at("dice 20d10 hall 2026-11-25T17:29", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("dice 20d10 hall 2026-11-25T17:39", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("dice 20d10 hall 2026-11-25T17:40", now), DRAW_ENTROPY_TO_COME);
	CHECK_INT(age_at("dice 20d10 hall 2026-11-25T0000", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("dice 20d10 hall 2026-11-25T1739", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("dice 20d10 hall 2026-11-25T1740", now), DRAW_ENTROPY_TO_COME);
	CHECK_INT(age_at("dice 20d10 hall 2026-11-25T17", now), DRAW_ENTROPY_PAST);
	CHECK_INT(age_at("dice 20d10 hall 2026-11-25T18", now), DRAW_ENTROPY_TO_COME);
	CHECK_INT(age_at("dice 20d10 hall 2026-11-26T0000", now), DRAW_ENTROPY_TO_COME);
	CHECK_INT(age_at("dice 20d10 hall 2027-01-01", now), DRAW_ENTROPY_TO_COME);
	CHECK_INT(age_at("dice 20d10 hall soon", now), DRAW_ENTROPY_UNSURE);
	CHECK_INT(age_at("dice 20d10 hall 2026-13-01", now), DRAW_ENTROPY_UNSURE);
	/* Midnight is Beijing's. */
	CHECK_INT(age_at("dice 20d10 hall 2026-11-25", now + INT64_C(6) * 3600000),
		  DRAW_ENTROPY_TO_COME);
	CHECK_INT(age_at("dice 20d10 hall 2026-11-25", now + INT64_C(7) * 3600000),
		  DRAW_ENTROPY_PAST);
}

TEST(what_is_no_source_or_a_rehearsal_is_left_to_the_declaration)
{
	CHECK_INT(age_at("demo x", now), DRAW_ENTROPY_TO_COME);
	CHECK_INT(age_at("moon 1", now), DRAW_ENTROPY_TO_COME);
	CHECK_INT(age_at("cwl-kl8 26300", now), DRAW_ENTROPY_TO_COME);
}
