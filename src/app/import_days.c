/* app/import_days.c — dates as people write them. */
#include "app/import_kinds.h"
#include "base/clock.h"
#include "base/status.h"

#include <stdio.h>
#include <string.h>

enum { DAY = CLOCK_DAY - 1, SERIAL_LEAST = 20000, SERIAL_MOST = 80000, DAY_MS = 86400000 };

static const struct span nothing = { "", 0 };

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Reads up to most digits. */
static uint32_t digits(struct span *text, uint32_t most)
{
	uint32_t value = 0, count = 0;

	for (; count < most && text->len && digit(text->at[0]); count++) {
		value = value * 10 + (uint32_t)(text->at[0] - '0');
		*text = (struct span){ text->at + 1, text->len - 1 };
	}
	return value;
}

static bool skip(struct span *text, const char *word)
{
	size_t size = strlen(word);

	if (text->len < size || memcmp(text->at, word, size) != 0)
		return false;
	*text = (struct span){ text->at + size, text->len - size };
	return true;
}

static bool skip_mark(struct span *text, const char *han)
{
	return skip(text, "-") || skip(text, "/") || skip(text, ".") || skip(text, han);
}

/* Nothing, or a time of day that is dropped. */
static bool rest_is_time(struct span rest)
{
	if (rest.len == 0)
		return true;
	if (rest.at[0] != ' ' && rest.at[0] != 'T')
		return false;
	for (size_t i = 1; i < rest.len; i++)
		if (!digit(rest.at[i]) && rest.at[i] != ':' && rest.at[i] != '.' &&
		    rest.at[i] != 'Z')
			return false;
	return true;
}

static bool make(uint32_t year, uint32_t month, uint32_t day, char out[DAY + 1])
{
	int64_t days;

	if (year > 9999 || month > 12 || day > 31)
		return false;
	const uint32_t parts[] = { year / 100, year % 100, month, day };
	char *at = out;
	for (uint32_t i = 0; i < COUNT(parts); i++) {
		if (i >= 2)
			*at++ = '-';
		*at++ = (char)('0' + parts[i] / 10);
		*at++ = (char)('0' + parts[i] % 10);
	}
	*at = 0;
	return clock_parse_day(out, &days) == OK;
}

/* 2026-1-5, 2026/01/05, 2026.1.5, 2026年1月5日, 20260105, each with a time of day or without. */
static bool read_day(struct span text, char out[DAY + 1])
{
	struct span rest = text;
	uint32_t year = digits(&rest, 4);

	if (text.len - rest.len != 4)
		return false;
	if (rest.len >= 4 && digit(rest.at[0])) {
		uint32_t month = digits(&rest, 2), day = digits(&rest, 2);
		return rest_is_time(rest) && make(year, month, day, out);
	}
	if (!skip_mark(&rest, "年"))
		return false;
	uint32_t month = digits(&rest, 2);
	if (!skip_mark(&rest, "月"))
		return false;
	uint32_t day = digits(&rest, 2);
	(void)skip(&rest, "日");
	return rest_is_time(rest) && make(year, month, day, out);
}

/* What follows 至 (or ~) of a span of time; the whole text if there is none. */
static struct span after_to(struct span text, struct span *before)
{
	static const char *const marks[] = { "至", "到", "~", "～", "—", " - " };

	*before = nothing;
	for (size_t i = 0; i < COUNT(marks); i++) {
		const char *at = memmem(text.at, text.len, marks[i], strlen(marks[i]));
		if (!at)
			continue;
		*before = (struct span){ text.at, (size_t)(at - text.at) };
		at += strlen(marks[i]);
		text.len -= (size_t)(at - text.at);
		text.at = at;
		break;
	}
	while (text.len && text.at[0] == ' ')
		text = (struct span){ text.at + 1, text.len - 1 };
	while (before->len && before->at[before->len - 1] == ' ')
		before->len--;
	return text;
}

/* The number a spreadsheet keeps for a day, when the cell lost its format. */
static bool read_serial(struct span text, char out[CLOCK_DAY])
{
	uint64_t serial;

	if (text.len != 5 || read_number(text, SERIAL_MOST, &serial) != CORE_OK ||
	    serial < SERIAL_LEAST)
		return false;
	clock_day(((int64_t)serial - 25569) * DAY_MS, out);
	return true;
}

static bool endless(struct span text)
{
	return span_equal(text, SPAN("长期")) || span_equal(text, SPAN("长期有效")) ||
	       span_equal(text, SPAN("永久"));
}

struct span kind_day(struct checker *k, uint32_t field, struct span text)
{
	char day[CLOCK_DAY];
	struct span before, last = text;
	bool serial = false;

	/* One day alone is the usual case. */
	if (text.len != DAY || text.at[4] != '-')
		last = after_to(text, &before);
	if (endless(last))
		return nothing;
	if (!read_day(last, day)) {
		serial = read_serial(last, day);
		if (!serial)
			return checker_bad(k, REASON_DAY_FORM, field, text);
	}
	char *out = checker_take(k, DAY);
	if (!out)
		return checker_bad(k, REASON_DAY_FORM, field, nothing);
	memcpy(out, day, DAY);
	struct span ret = { out, DAY };
	if (serial)
		checker_reason(k, REASON_DAY_SERIAL, field, false, ret);
	return ret;
}

struct span kind_periods(struct checker *k, uint32_t field, struct span text)
{
	enum { ONE = 2 * DAY + 2 };
	char *out = checker_take(k, (text.len / 8 + 1) * ONE), first[CLOCK_DAY], last[CLOCK_DAY];
	struct span list = text, item, before;
	size_t len = 0;

	if (!out)
		return checker_bad(k, REASON_PERIOD_FORM, field, nothing);
	while (cell_item(&list, &item)) {
		if (item.len == 0)
			continue;
		struct span from, after = item;
		/* Our own form, with a slash between two days. */
		bool own = item.len == 2 * DAY + 1 && item.at[DAY] == '/';
		if (own) {
			from = (struct span){ item.at, DAY };
			after = (struct span){ item.at + DAY + 1, DAY };
		} else {
			after = after_to(item, &before);
			from = before.len ? before : after;
		}
		if (!read_day(from, first) || !read_day(after, last))
			return checker_bad(k, REASON_PERIOD_FORM, field, item);
		if (memcmp(first, last, DAY) > 0)
			return checker_bad(k, REASON_PERIOD_REVERSED, field, item);
		if (len)
			out[len++] = ',';
		memcpy(out + len, first, DAY);
		out[len + DAY] = '/';
		memcpy(out + len + DAY + 1, last, DAY);
		len += 2 * DAY + 1;
	}
	return (struct span){ out, len };
}
