/* app/plan_span.c — civil days by the usual arithmetic; no libc time zone is asked. */
#include "app/plan_span.h"

#include "base/clock.h"
#include "base/status.h"

#include <stdio.h>
#include <string.h>

enum { DAY_MS = 86400000, ZONE_MS = 8 * 3600000 };

static const char *const words[] = { "month", "quarter", "half", "year" };

int64_t plan_day_of(int64_t ms)
{
	int64_t local = ms + ZONE_MS;

	return local / DAY_MS - (local % DAY_MS < 0);
}

void plan_day_text(int64_t day, char out[PLAN_DAY_TEXT])
{
	clock_day(day * DAY_MS, out);
}

/* First day of a month; month may be 13. */
static int64_t month_start(uint32_t year, uint32_t month)
{
	char text[24];
	int64_t day = 0;

	if (month > 12)
		return month_start(year + 1, month - 12);
	snprintf(text, sizeof(text), "%04u-%02u-01", year, month);
	return clock_parse_day(text, &day) == OK ? day : 0;
}

static uint32_t months_of(enum rule_period kind)
{
	return 12 / rule_periods_a_year(kind);
}

struct plan_span plan_span_make(enum rule_period kind, uint32_t year, uint32_t number)
{
	uint32_t months = months_of(kind), first = (number - 1) * months + 1;

	return (struct plan_span){ kind, year, number, month_start(year, first),
				   month_start(year, first + months) - 1 };
}

struct plan_span plan_span_at(enum rule_period kind, int64_t day)
{
	char text[PLAN_DAY_TEXT];
	unsigned year = 1970, month = 1;

	plan_day_text(day, text);
	if (sscanf(text, "%4u-%2u", &year, &month) != 2)
		year = 1970;
	return plan_span_make(kind, year, (month - 1) / months_of(kind) + 1);
}

int plan_span_parse(const char *text, struct plan_span *ret)
{
	char again[PLAN_SPAN_TEXT];
	unsigned year = 0, number = 1;
	enum rule_period kind = RULE_YEAR;
	size_t len = strlen(text);

	if (len == 7 && text[5] == 'Q' && sscanf(text, "%4u-Q%1u", &year, &number) == 2)
		kind = RULE_QUARTER;
	else if (len == 7 && text[5] == 'H' && sscanf(text, "%4u-H%1u", &year, &number) == 2)
		kind = RULE_HALF;
	else if (len == 7 && sscanf(text, "%4u-%2u", &year, &number) == 2)
		kind = RULE_MONTH;
	else if (len != 4 || sscanf(text, "%4u", &year) != 1)
		return INVALID;
	if (year < 1000 || number < 1 || number > rule_periods_a_year(kind))
		return INVALID;
	struct plan_span span = plan_span_make(kind, year, number);
	plan_span_text(&span, again);
	if (strcmp(again, text) != 0)
		return INVALID;
	*ret = span;
	return OK;
}

void plan_span_text(const struct plan_span *span, char out[PLAN_SPAN_TEXT])
{
	unsigned year = span->year % 10000, number = span->number % 100;

	if (span->kind == RULE_MONTH)
		snprintf(out, PLAN_SPAN_TEXT, "%04u-%02u", year, number);
	else if (span->kind == RULE_YEAR)
		snprintf(out, PLAN_SPAN_TEXT, "%04u", year);
	else
		snprintf(out, PLAN_SPAN_TEXT, "%04u-%c%u", year,
			 span->kind == RULE_QUARTER ? 'Q' : 'H', number);
}

uint32_t plan_span_left(const struct plan_span *outer, const struct plan_span *inner)
{
	uint32_t most = rule_periods_a_year(inner->kind) / rule_periods_a_year(outer->kind);

	if (most == 0)
		return 1;
	return most - (inner->number - 1) % most;
}

const char *plan_span_word(enum rule_period kind)
{
	return words[kind];
}

int plan_span_kind(const char *word, enum rule_period *ret)
{
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i], word) == 0) {
			*ret = (enum rule_period)i;
			return OK;
		}
	return INVALID;
}

int64_t plan_span_month_end(const struct plan_span *span, uint32_t month)
{
	uint32_t first = (span->number - 1) * months_of(span->kind);

	return month_start(span->year, first + month + 2) - 1;
}
