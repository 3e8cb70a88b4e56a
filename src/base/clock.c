/* base/clock.c — civil dates by arithmetic (proleptic Gregorian), so that no time zone file matters. */
#include "base/clock.h"

#include "base/status.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

enum { DAY_MS = 86400000, CHINA_MS = 8 * 3600000 };

struct civil {
	int year, month, day;
};

int64_t clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t clock_told(const char *path)
{
	enum { DIGITS = 15 };
	char text[DIGITS + 1];
	int64_t ms = 0;
	size_t len = 0;
	FILE *f = fopen(path, "re");

	if (f) {
		len = fread(text, 1, DIGITS, f);
		fclose(f);
	}
	for (size_t i = 0; i < len && text[i] >= '0' && text[i] <= '9'; i++)
		ms = ms * 10 + (text[i] - '0');
	return ms ? ms : clock_now();
}

static int64_t day_number(struct civil c)
{
	int64_t year = c.month <= 2 ? c.year - 1 : c.year;
	int64_t era = year / 400, of_era = year - era * 400;
	int64_t of_year = (153 * (c.month + (c.month > 2 ? -3 : 9)) + 2) / 5 + c.day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static struct civil civil_of(int64_t days)
{
	int64_t z = days + 719468, era = z / 146097, doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
	int month = (int)(mp < 10 ? mp + 3 : mp - 9);

	return (struct civil){ (int)(yoe + era * 400 + (month <= 2)), month,
			       (int)(doy - (153 * mp + 2) / 5 + 1) };
}

void clock_text(int64_t ms, char out[CLOCK_TEXT])
{
	struct civil c = civil_of(ms / DAY_MS);
	int64_t rest = ms % DAY_MS;

	snprintf(out, CLOCK_TEXT, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ", (unsigned)c.year % 10000,
		 (unsigned)c.month % 100, (unsigned)c.day % 100, (unsigned)(rest / 3600000) % 100,
		 (unsigned)(rest / 60000 % 60), (unsigned)(rest / 1000 % 60),
		 (unsigned)(rest % 1000));
}

void clock_day(int64_t ms, char out[CLOCK_DAY])
{
	struct civil c = civil_of((ms + CHINA_MS) / DAY_MS);

	snprintf(out, CLOCK_DAY, "%04u-%02u-%02u", (unsigned)c.year % 10000,
		 (unsigned)c.month % 100, (unsigned)c.day % 100);
}

static int digits(const char *at, int count)
{
	int value = 0;

	for (int i = 0; i < count; i++) {
		if (at[i] < '0' || at[i] > '9')
			return -1;
		value = value * 10 + (at[i] - '0');
	}
	return value;
}

int clock_parse_day(const char *text, int64_t *ret)
{
	if (strlen(text) != CLOCK_DAY - 1 || text[4] != '-' || text[7] != '-')
		return INVALID;
	struct civil c = { digits(text, 4), digits(text + 5, 2), digits(text + 8, 2) };
	if (c.year < 1 || c.month < 1 || c.month > 12 || c.day < 1 || c.day > 31)
		return INVALID;
	int64_t days = day_number(c);
	struct civil back = civil_of(days);
	if (back.month != c.month || back.day != c.day)
		return INVALID;
	*ret = days;
	return OK;
}
