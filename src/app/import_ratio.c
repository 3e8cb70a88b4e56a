/* app/import_ratio.c — parts of a whole as people write them. */
#include "app/import_kinds.h"

#include <string.h>

static bool skip(struct span *text, const char *word)
{
	size_t size = strlen(word);

	if (text->len < size || memcmp(text->at, word, size) != 0)
		return false;
	*text = (struct span){ text->at + size, text->len - size };
	return true;
}

static void skip_blanks(struct span *text)
{
	while (skip(text, " "))
		continue;
}

/* 不低于, 每年 and the like before the number: the number is what counts. */
static void skip_before(struct span *text)
{
	static const char *const words[] = { "不低于", "不少于", "不得低于", "每年", "每季度",
					     "每月",   "年度",   "按",       "≥",    ">=" };
	size_t before;

	do {
		before = text->len;
		for (size_t i = 0; i < COUNT(words); i++)
			(void)skip(text, words[i]);
		skip_blanks(text);
	} while (text->len < before);
}

/* A number of at most nine digits with up to three decimals: value / scale. */
static bool read_decimal(struct span *text, uint64_t *value, uint64_t *scale)
{
	uint32_t digits = 0, decimals = 0;
	bool point = false;

	*value = 0;
	*scale = 1;
	for (; text->len; text->at++, text->len--) {
		char c = text->at[0];
		if (c == '.' && !point) {
			point = true;
			continue;
		}
		if (c < '0' || c > '9')
			break;
		*value = *value * 10 + (uint64_t)(c - '0');
		decimals += point;
		*scale *= point ? 10 : 1;
		if (++digits > 9 || decimals > 3)
			return false;
	}
	return digits > 0;
}

static bool read_ratio(struct span text, uint64_t *part, uint64_t *whole)
{
	uint64_t scale, other;
	bool percent_before;

	skip_before(&text);
	if (skip(&text, "全覆盖") || skip(&text, "全部")) {
		*part = *whole = 1;
		return text.len == 0;
	}
	percent_before = skip(&text, "百分之");
	if (!read_decimal(&text, part, &scale))
		return false;
	skip_blanks(&text);
	*whole = scale;
	if (percent_before || skip(&text, "%") || skip(&text, "％")) {
		*whole = scale * 100;
		return text.len == 0 || skip(&text, "以上");
	}
	/* 0.05, as a workbook holds a cell that shows 5%. */
	if (text.len == 0)
		return scale > 1 && *part < scale;
	if (skip(&text, "‰"))
		*whole = scale * 1000;
	else if (!skip(&text, "/") || scale != 1 || !read_decimal(&text, whole, &other) ||
		 other != 1)
		return false;
	return text.len == 0;
}

struct span kind_ratio(struct checker *k, uint32_t field, struct span text)
{
	enum { ROOM = 24 };
	uint64_t part, whole;
	char *out = checker_take(k, ROOM);
	struct writer w = { out, out ? ROOM : 0, 0, false };

	/* 1:5 means visits by head, which is no part of a whole. */
	if (!read_ratio(text, &part, &whole) || part == 0 || part > whole || whole > INT32_MAX)
		return checker_bad(k, REASON_RATIO_FORM, field, text);
	uint64_t a = part, b = whole;
	while (b) {
		uint64_t rest = a % b;
		a = b;
		b = rest;
	}
	write_number(&w, part / a);
	write_char(&w, '/');
	write_number(&w, whole / a);
	return (struct span){ out, w.len };
}
