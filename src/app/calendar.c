/* app/calendar.c — questions to a calendar. */
#include "app/calendar.h"

#include "base/buf.h"
#include "base/clock.h"

#include <assert.h>

enum { DAY_MS = 86400000 };

static uint32_t year_of(int64_t day)
{
	char text[CLOCK_DAY];
	uint32_t year = 0;

	clock_day(day * DAY_MS, text);
	for (int i = 0; i < 4; i++)
		year = year * 10 + (uint32_t)(text[i] - '0');
	return year;
}

static const struct calendar_year *find_year(const struct calendar *c, uint32_t year)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->years[i].year == year)
			return &c->years[i];
	return NULL;
}

static const struct calendar_day *find_day(const struct calendar_year *y, int64_t day)
{
	size_t low = 0, high = y->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (y->days[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low < y->count && y->days[low].day == day ? &y->days[low] : NULL;
}

bool calendar_is_working_day(const struct calendar *c, int64_t day)
{
	assert(day >= 0);
	const struct calendar_year *y = find_year(c, year_of(day));
	const struct calendar_day *named = y ? find_day(y, day) : NULL;
	if (named)
		return named->working;
	/* 1970-01-01 was a Thursday: 0 is Monday. */
	return (day + 3) % 7 < 5;
}

int64_t calendar_add_working_days(const struct calendar *c, int64_t day, uint32_t n)
{
	assert(n <= CALENDAR_FAR);
	while (n > 0)
		n -= calendar_is_working_day(c, ++day);
	return day;
}

uint32_t calendar_working_days(const struct calendar *c, int64_t from, int64_t to)
{
	uint32_t count = 0;

	assert(to - from <= CALENDAR_FAR);
	for (int64_t day = from; day <= to; day++)
		count += calendar_is_working_day(c, day);
	return count;
}

int64_t calendar_due(const struct calendar *c, int64_t day, uint32_t days, bool working)
{
	return working ? calendar_add_working_days(c, day, days) : day + days;
}

bool calendar_missing(const struct calendar *c, int64_t from, int64_t to, uint32_t *ret_year)
{
	for (uint32_t year = year_of(from); year <= year_of(to); year++)
		if (!find_year(c, year)) {
			*ret_year = year;
			return true;
		}
	return false;
}

const char *calendar_text(struct arena *a, int64_t day)
{
	char text[CLOCK_DAY];

	clock_day(day * DAY_MS, text);
	return arena_str(a, text);
}

void calendar_write(const struct calendar_year *y, struct buf *out)
{
	char text[CLOCK_DAY];

	buf_str(out, "date,working,name\n");
	for (size_t i = 0; i < y->count; i++) {
		clock_day(y->days[i].day * DAY_MS, text);
		buf_printf(out, "%s,%d,%s\n", text, y->days[i].working, y->days[i].name);
	}
}
