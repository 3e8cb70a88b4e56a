/* test/app/calendar.c — working days with and without an imported calendar. */
#include "app/calendar.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/status.h"

#include "rule_set_world.h"
#include "unit.h"

#include <stdio.h>

static int64_t day(const char *text)
{
	int64_t ret = -1;

	CHECK_INT(clock_parse_day(text, &ret), OK);
	return ret;
}

/* A made-up year: three days off from a Wednesday, the Saturday after is worked. */
static const char made_up[] = "date,working,name\n"
			      "2025-12-31,0,假\n"
			      "2025-12-30,0,假\n"
			      "2025-12-27,1,班\n";

static void read(struct arena *a, const char *text, struct calendar_year *ret)
{
	struct plan_notes notes;

	plan_notes_init(&notes, a);
	CHECK_INT(calendar_read(text, strlen(text), &notes, ret), OK);
	for (size_t i = 0; i < notes.count; i++)
		if (notes.list[i].kind == PLAN_REFUSED)
			printf("# %s\n", notes.list[i].text);
}

TEST(without_a_calendar_people_work_monday_to_friday)
{
	static const struct calendar none = { NULL, 0 };
	uint32_t year = 0;

	CHECK(calendar_is_working_day(&none, day("2026-11-27"))); /* Friday */
	CHECK(!calendar_is_working_day(&none, day("2026-11-28")));
	CHECK(!calendar_is_working_day(&none, day("2026-11-29")));
	CHECK(calendar_is_working_day(&none, day("2026-11-30")));
	CHECK(calendar_is_working_day(&none, 0));
	CHECK_INT(calendar_add_working_days(&none, day("2026-11-27"), 1), day("2026-11-30"));
	CHECK_INT(calendar_add_working_days(&none, day("2026-11-28"), 1), day("2026-11-30"));
	CHECK_INT(calendar_add_working_days(&none, day("2026-11-28"), 0), day("2026-11-28"));
	CHECK_INT(calendar_add_working_days(&none, day("2026-11-25"), 20), day("2026-12-23"));
	CHECK_INT(calendar_working_days(&none, day("2026-11-23"), day("2026-11-29")), 5);
	CHECK_INT(calendar_working_days(&none, day("2026-11-29"), day("2026-11-23")), 0);
	CHECK_INT(calendar_working_days(&none, day("2026-11-29"), day("2026-11-29")), 0);
	CHECK_INT(calendar_due(&none, day("2026-11-27"), 3, true), day("2026-12-02"));
	CHECK_INT(calendar_due(&none, day("2026-11-27"), 3, false), day("2026-11-30"));
	CHECK(calendar_missing(&none, day("2026-12-31"), day("2027-01-01"), &year));
	CHECK_INT(year, 2026);
}

TEST(a_calendar_moves_days_across_the_turn_of_the_year)
{
	CLEANUP(arena_release) struct arena a;
	struct calendar_year y = { 0 };
	uint32_t missing = 0;

	arena_init(&a);
	read(&a, made_up, &y);
	CHECK_INT(y.year, 2025);
	CHECK_INT(y.count, 3);
	CHECK_INT(y.days[0].day, day("2025-12-27"));
	struct calendar c = { &y, 1 };
	CHECK(calendar_is_working_day(&c, day("2025-12-27")));
	CHECK(!calendar_is_working_day(&c, day("2025-12-28")));
	CHECK(!calendar_is_working_day(&c, day("2025-12-31")));
	CHECK(calendar_is_working_day(&c, day("2026-01-01"))); /* no calendar of 2026 */
	CHECK_INT(calendar_add_working_days(&c, day("2025-12-26"), 3), day("2026-01-01"));
	CHECK_INT(calendar_working_days(&c, day("2025-12-26"), day("2026-01-01")), 4);
	CHECK(!calendar_missing(&c, day("2025-01-01"), day("2025-12-31"), &missing));
	CHECK(calendar_missing(&c, day("2025-12-31"), day("2026-01-01"), &missing));
	CHECK_INT(missing, 2026);
}

TEST(leap_days_count)
{
	static const struct calendar none = { NULL, 0 };

	CHECK_INT(calendar_working_days(&none, day("2024-02-26"), day("2024-03-01")), 5);
	CHECK_INT(calendar_due(&none, day("2024-02-28"), 1, false), day("2024-02-29"));
	CHECK_INT(calendar_add_working_days(&none, day("2024-02-28"), 1), day("2024-02-29"));
}

TEST(a_file_saved_by_a_spreadsheet_is_read)
{
	CLEANUP(arena_release) struct arena a;
	CLEANUP(buf_release) struct buf out;
	struct calendar_year y = { 0 };

	arena_init(&a);
	buf_init(&out, 1 << 16);
	read(&a,
	     "\xef\xbb\xbf日期,是否上班,名称\r\n2025/12/31,放假,\"假\"\r\n 2025/12/30 ,0,假\r\n2025/12/27,是,班\r\n"
	     "\r\n",
	     &y);
	calendar_write(&y, &out);
	CHECK_STR(buf_text(&out),
		  "date,working,name\n2025-12-27,1,班\n2025-12-30,0,假\n2025-12-31,0,假\n");
	/* The canonical file is read again as itself. */
	struct calendar_year again = { 0 };
	read(&a, buf_text(&out), &again);
	CHECK_INT(again.count, 3);
}

TEST(mistakes_of_a_calendar_have_their_row)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "", "第一行应为" },
		{ "2025-12-31,0,假\n", "第一行应为" },
		{ "date,working,name\n", "一天也没有" },
		{ "date,working,name\n2025-02-29,0,假\n", "第 2 行：日期" },
		{ "date,working,name\n2025-2,0,假\n", "第 2 行：日期" },
		{ "date,working,name\n2025-12-311,0,假\n", "第 2 行：日期" },
		{ "date,working,name\n1969-12-31,0,假\n", "第 2 行：日期" },
		{ "date,working,name\n2025-12-31,2,假\n", "第 2 行：是否上班" },
		{ "date,working,name\n2025-12-31\n", "第 2 行：是否上班" },
		{ "date,working,name\n2025-12-31,0,假\n2026-01-01,0,假\n",
		  "第 3 行：是 2026 年的" },
		{ "date,working,name\n2025-12-31,0,假\n2025-12-31,1,班\n", "2025-12-31 写了两次" },
		{ "date,working,name\n2025-12-31,0,\"a,b\"\n", "第 2 行：名称" },
		{ "date,working,name\n2025-12-28,1,放\t\t\t\t\ta,y\n", "第 2 行：名称" },
		{ "date,working,name\n2025-12-28,1,放;;;a\n", "第 2 行：名称" },
		{ "date,working,name\n2025-12-31,0,\xbc\xd9\n", "UTF-8" },
	};

	for (size_t i = 0; i < COUNT(bad); i++) {
		CLEANUP(arena_release) struct arena a;
		struct plan_notes notes;
		struct calendar_year y = { .year = 1 };
		arena_init(&a);
		plan_notes_init(&notes, &a);
		CHECK_INT(calendar_read(bad[i].text, strlen(bad[i].text), &notes, &y), INVALID);
		CHECK_INT(y.year, 1);
		if (!CHECK(world_told(&notes, PLAN_REFUSED, bad[i].says)))
			printf("# case %zu: %s\n", i, notes.count ? notes.list[0].text : "");
	}
}

TEST(too_many_days_are_refused)
{
	CLEANUP(arena_release) struct arena a;
	CLEANUP(buf_release) struct buf text;
	struct plan_notes notes;
	struct calendar_year y;

	arena_init(&a);
	buf_init(&text, 1 << 20);
	plan_notes_init(&notes, &a);
	buf_str(&text, "date,working,name\n");
	for (int i = 0; i < 367; i++)
		buf_str(&text, "2025-12-31,0,\n");
	CHECK_INT(calendar_read(buf_text(&text), text.len, &notes, &y), INVALID);
	CHECK(world_told(&notes, PLAN_REFUSED, "一年没有这么多天"));
	plan_notes_init(&notes, &a);
	for (int i = 0; i < 6000; i++)
		buf_str(&text, "2025-12-31,0,\n");
	CHECK_INT(calendar_read(buf_text(&text), text.len, &notes, &y), INVALID);
	CHECK(world_told(&notes, PLAN_REFUSED, "64 KB"));
}

TEST(what_was_listed_is_counted_for_the_reader)
{
	CLEANUP(arena_release) struct arena a;
	struct plan_notes notes;
	struct calendar_year y;

	arena_init(&a);
	plan_notes_init(&notes, &a);
	CHECK_INT(calendar_read(made_up, strlen(made_up), &notes, &y), OK);
	CHECK(world_told(&notes, PLAN_INFO, "放假 2 天（其中星期一至五 2 天），周末上班 1 天"));
}
