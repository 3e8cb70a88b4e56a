/* test/app/plan_span.c — periods are legal days at +08:00, to the last millisecond. */
#include "app/plan_span.h"

#include "base/status.h"

#include "unit.h"

#include <stdio.h>

static int64_t day(const char *text)
{
	unsigned year = 0, month = 1, date = 1;

	CHECK(sscanf(text, "%4u-%2u-%2u", &year, &month, &date) == 3);
	return plan_span_make(RULE_MONTH, year, month).from + date - 1;
}

/* UTC milliseconds of midnight at the beginning of a legal day. */
static int64_t midnight(int64_t legal)
{
	return legal * 86400000 - 8 * 3600000;
}

TEST(a_quarter_ends_with_the_last_millisecond_before_midnight_in_beijing)
{
	struct plan_span q3 = plan_span_make(RULE_QUARTER, 2026, 3);

	CHECK_INT(plan_day_of(midnight(q3.to + 1) - 1), q3.to);
	CHECK_INT(plan_day_of(midnight(q3.to + 1)), q3.to + 1);
	CHECK_INT(plan_span_at(RULE_QUARTER, plan_day_of(midnight(q3.to + 1) - 1)).number, 3);
	CHECK_INT(plan_span_at(RULE_QUARTER, plan_day_of(midnight(q3.to + 1))).number, 4);
	/* 16:00 UTC of 30 September is already October there */
	CHECK_INT(plan_day_of(INT64_C(1790784000000)), plan_span_make(RULE_QUARTER, 2026, 4).from);
}

TEST(the_last_second_of_the_year_is_in_it)
{
	struct plan_span year = plan_span_make(RULE_YEAR, 2027, 1);

	CHECK_INT(plan_span_at(RULE_YEAR, plan_day_of(midnight(year.to + 1) - 1000)).year, 2027);
	CHECK_INT(plan_span_at(RULE_MONTH, plan_day_of(midnight(year.to + 1) - 1)).number, 12);
	CHECK_INT(plan_span_at(RULE_YEAR, plan_day_of(midnight(year.to + 1))).year, 2028);
}

TEST(a_leap_day_belongs_to_february_and_the_first_quarter)
{
	struct plan_span february = plan_span_make(RULE_MONTH, 2028, 2);

	CHECK_INT(february.to - february.from + 1, 29);
	CHECK_INT(plan_span_at(RULE_MONTH, day("2028-02-29")).number, 2);
	CHECK_INT(plan_span_at(RULE_QUARTER, day("2028-02-29")).to, day("2028-03-31"));
	CHECK_INT(plan_span_make(RULE_YEAR, 2028, 1).to - plan_span_make(RULE_YEAR, 2028, 1).from +
			  1,
		  366);
	CHECK_INT(plan_span_make(RULE_MONTH, 2100, 2).to -
			  plan_span_make(RULE_MONTH, 2100, 2).from + 1,
		  28);
}

TEST(every_day_of_years_lies_in_exactly_one_period_of_each_kind)
{
	for (int kind = RULE_MONTH; kind <= RULE_YEAR; kind++) {
		int64_t next = plan_span_make(RULE_YEAR, 2024, 1).from;
		for (uint32_t year = 2024; year < 2030; year++)
			for (uint32_t n = 1; n <= rule_periods_a_year((enum rule_period)kind);
			     n++) {
				struct plan_span s =
					plan_span_make((enum rule_period)kind, year, n);
				CHECK_INT(s.from, next);
				next = s.to + 1;
				for (int64_t d = s.from; d <= s.to; d += 13) {
					struct plan_span at =
						plan_span_at((enum rule_period)kind, d);
					CHECK(at.from == s.from && at.to == s.to && at.number == n);
				}
			}
	}
}

TEST(words_are_read_as_they_are_written_and_nothing_else)
{
	static const char *const good[] = { "2026",    "2026-H1", "2026-H2", "2026-Q1",
					    "2026-Q4", "2026-01", "2026-12" };
	static const char *const bad[] = { "",        "26",       "2026-Q0",  "2026-Q5",
					   "2026-H3", "2026-13",  "2026-00",  "2026-1",
					   "2026-q1", "2026-Q1 ", "2026-010", "+026-01" };
	struct plan_span s;
	char text[PLAN_SPAN_TEXT];

	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		CHECK_INT(plan_span_parse(good[i], &s), OK);
		plan_span_text(&s, text);
		CHECK_STR(text, good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		CHECK_INT(plan_span_parse(bad[i], &s), INVALID);
}

TEST(periods_left_count_the_one_at_hand)
{
	struct plan_span year = plan_span_make(RULE_YEAR, 2026, 1);
	struct plan_span q2 = plan_span_make(RULE_QUARTER, 2026, 2);
	struct plan_span q4 = plan_span_make(RULE_QUARTER, 2026, 4);
	struct plan_span may = plan_span_make(RULE_MONTH, 2026, 5);

	CHECK_INT(plan_span_left(&year, &q2), 3);
	CHECK_INT(plan_span_left(&year, &q4), 1);
	CHECK_INT(plan_span_left(&q2, &may), 2);
	CHECK_INT(plan_span_left(&q2, &q2), 1);
	CHECK_INT(plan_span_left(&may, &q2), 1);
	CHECK_INT(plan_span_month_end(&q2, 0), day("2026-04-30"));
	CHECK_INT(plan_span_month_end(&q4, 2), day("2026-12-31"));
}
