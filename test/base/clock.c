/* test/base/clock.c — dates around the turns of months, years and the legal day. */
#include "base/clock.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/status.h"

#include "unit.h"

#include <string.h>

TEST(clock_text_is_iso_utc_with_milliseconds)
{
	char out[CLOCK_TEXT];

	clock_text(0, out);
	CHECK_STR(out, "1970-01-01T00:00:00.000Z");
	clock_text(1795420800123, out);
	CHECK_STR(out, "2026-11-23T08:00:00.123Z");
	clock_text(951782399999, out);
	CHECK_STR(out, "2000-02-28T23:59:59.999Z");
}

TEST(clock_day_turns_at_midnight_in_china)
{
	char out[CLOCK_DAY];

	clock_day(1795449599999, out);
	CHECK_STR(out, "2026-11-23");
	clock_day(1795449600000, out);
	CHECK_STR(out, "2026-11-24");
}

TEST(clock_parse_day_takes_only_real_days)
{
	static const char *const bad[] = { "",           "2026-2-01",   "2026-02-29",
					   "2026-13-01", "2026-00-10",  "2026-11-31",
					   "2026/11/23", "2026-11-23 ", "0000-01-01" };
	int64_t day = 77;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK_INT(clock_parse_day(bad[i], &day), INVALID);
	CHECK_INT(day, 77);
	CHECK_INT(clock_parse_day("1970-01-01", &day), OK);
	CHECK_INT(day, 0);
	CHECK_INT(clock_parse_day("2024-02-29", &day), OK);
	CHECK_INT(day, 19782);
}

TEST(a_file_tells_the_time_or_the_machine_does)
{
	CLEANUP(arena_release) struct arena a;
	static const char *const wrong[] = { "", "x", "0", "-1" };

	arena_init(&a);
	const char *path = arena_printf(&a, "%s/clock", unit_folder());
	CHECK(clock_told(path) >= INT64_C(1700000000000));
	CHECK_INT(file_write(path, "1610326800000\n", 14, 0600), OK);
	CHECK_INT(clock_told(path), INT64_C(1610326800000));
	for (size_t i = 0; i < COUNT(wrong); i++) {
		CHECK_INT(file_write(path, wrong[i], strlen(wrong[i]), 0600), OK);
		CHECK(clock_told(path) >= INT64_C(1700000000000));
	}
}
