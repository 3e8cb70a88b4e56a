/* app/rule_set_patterns.c — what fits also matches the regular expression (tested); a day must exist besides. */
#include "app/rule_set_patterns.h"

#include "base/clock.h"
#include "base/status.h"

#include <stdio.h>
#include <string.h>

#define DIGITS "0123456789"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

static bool all_of(const char *text, size_t least, size_t most, const char *allowed)
{
	size_t len = strlen(text);

	return least <= len && len <= most && strspn(text, allowed) == len;
}

static bool is_id(const char *text)
{
	return all_of(text, 1, 64, DIGITS LETTERS "._-");
}

static bool is_county(const char *text)
{
	return all_of(text, 6, 6, DIGITS);
}

static bool is_industry(const char *text)
{
	return text[0] >= 'A' && text[0] <= 'T' && all_of(text + 1, 0, 4, DIGITS);
}

/* A day that every fourth year has is a day. */
static bool is_yearly(const char *text)
{
	char day[16];
	int64_t ignored;

	if (strlen(text) != 5)
		return false;
	snprintf(day, sizeof(day), "2024-%s", text);
	return clock_parse_day(day, &ignored) == OK;
}

static bool is_count_day(const char *text)
{
	int64_t ignored;

	return is_yearly(text) || clock_parse_day(text, &ignored) == OK;
}

const struct rule_pattern rule_id_pattern = { "^[0-9A-Za-z._-]{1,64}$", is_id,
					      "1 到 64 个数字、字母、点、横线、下划线" };
const struct rule_pattern rule_county_pattern = { "^[0-9]{6}$", is_county,
						  "六位区划代码，如 130602" };
const struct rule_pattern rule_industry_pattern = {
	"^[A-T][0-9]{0,4}$", is_industry, "GB/T 4754 行业代码，如 C2614；C26 指它下面的全部"
};
const struct rule_pattern rule_yearly_pattern = { "^[0-9]{2}-[0-9]{2}$", is_yearly,
						  "月-日，如 01-31" };
const struct rule_pattern rule_count_day_pattern = { "^([0-9]{4}-)?[0-9]{2}-[0-9]{2}$",
						     is_count_day,
						     "月-日（如 01-01，每年这一天）或年-月-日" };
