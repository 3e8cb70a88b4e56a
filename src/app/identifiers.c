/* app/identifiers.c — check digits of GB 32100, GB 11714 (inside it), GB 11643; the form of HJ 608. */
#include "app/identifiers.h"

#include "base/clock.h"
#include "base/status.h"
#include "base/utf8.h"
#include "core/problem.h"

#include <string.h>

enum { CODE = 18, PERMIT = 22, RESIDENT = 18, SEPARATORS_MOST = 8 };

static const char code_alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/* Value + 1 of each character of the alphabet, 0 for all others. */
static const unsigned char code_values[128] = {
	['0'] = 1,  ['1'] = 2,  ['2'] = 3,  ['3'] = 4,  ['4'] = 5,  ['5'] = 6,  ['6'] = 7,
	['7'] = 8,  ['8'] = 9,  ['9'] = 10, ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14,
	['E'] = 15, ['F'] = 16, ['G'] = 17, ['H'] = 18, ['J'] = 19, ['K'] = 20, ['L'] = 21,
	['M'] = 22, ['N'] = 23, ['P'] = 24, ['Q'] = 25, ['R'] = 26, ['T'] = 27, ['U'] = 28,
	['W'] = 29, ['X'] = 30, ['Y'] = 31,
};

static int code_value(char c)
{
	return (c & 0x80) ? -1 : code_values[(unsigned char)c] - 1;
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool letter(char c)
{
	return c >= 'A' && c <= 'Z';
}

char identifier_code_check(const char first[17])
{
	static const unsigned char weight[17] = { 1,  3,  9,  27, 19, 26, 16, 17, 20,
						  29, 25, 13, 8,  24, 10, 30, 28 };
	unsigned sum = 0;

	for (size_t i = 0; i < sizeof(weight); i++) {
		int value = code_value(first[i]);
		if (value < 0)
			return 0;
		sum += (unsigned)value * weight[i];
	}
	return code_alphabet[(31 - sum % 31) % 31];
}

/* Characters 9 to 17: the organisation code with its own check character. */
static bool inner_checks(const char *code)
{
	static const unsigned char weight[8] = { 3, 7, 9, 10, 5, 8, 4, 2 };
	unsigned sum = 0;

	for (size_t i = 0; i < sizeof(weight); i++) {
		char c = code[8 + i];
		sum += (unsigned)(digit(c) ? c - '0' : c - 'A' + 10) * weight[i];
	}
	unsigned check = 11 - sum % 11;
	char expected = check == 10 ? 'X' : check == 11 ? '0' : (char)('0' + check);
	return code[16] == expected;
}

/* 18 characters of the alphabet: kind letters first, six digits of area. */
static bool code_form(const char *code, size_t len)
{
	if (len != CODE)
		return false;
	for (size_t i = 0; i < CODE; i++)
		if (code_value(code[i]) < 0 || (i >= 2 && i < 8 && !digit(code[i])))
			return false;
	return true;
}

static enum identifier_verdict code_verdict(const char *code, size_t len, char *expected)
{
	if (!code_form(code, len))
		return IDENTIFIER_FORM;
	char check = identifier_code_check(code);
	if (check != code[17]) {
		*expected = check;
		return IDENTIFIER_CHECK;
	}
	return inner_checks(code) ? IDENTIFIER_OK : IDENTIFIER_INNER;
}

static bool skipped(char c)
{
	return c == ' ' || c == '-' || c == '\'';
}

/* Typed text without spaces and hyphens, in upper case. */
static void take(struct span typed, struct identifier *ret)
{
	*ret = (struct identifier){ .verdict = IDENTIFIER_FORM };
	for (size_t i = 0; i < typed.len; i++) {
		char c = typed.at[i];
		if (skipped(c))
			continue;
		if (ret->len == IDENTIFIER_MOST) {
			while (ret->len && ((unsigned char)ret->text[ret->len - 1] & 0xc0) == 0x80)
				ret->len--;
			if (ret->len && (unsigned char)ret->text[ret->len - 1] >= 0xc0)
				ret->len--;
			return;
		}
		ret->text[ret->len++] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
	}
}

/* Length without a suffix in brackets, "(01)" or "（01）". */
static size_t without_suffix(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] == '(' || (len - i >= 3 && memcmp(text + i, "（", 3) == 0))
			return i;
	return len;
}

/* Letters that are not in the alphabet because they look like digits. */
static char meant(char c)
{
	switch (c) {
	case 'O':
		return '0';
	case 'I':
		return '1';
	case 'Z':
		return '2';
	case 'S':
		return '5';
	default:
		return c;
	}
}

/* A mended copy that checks completely, if there is one. */
static bool mend_code(const struct identifier *typed, char out[CODE])
{
	char expected;

	if (without_suffix(typed->text, typed->len) != CODE)
		return false;
	for (size_t i = 0; i < CODE; i++)
		out[i] = meant(typed->text[i]);
	return code_verdict(out, CODE, &expected) == IDENTIFIER_OK;
}

static void corrected(struct identifier *ret, const char *text, size_t len)
{
	memcpy(ret->text, text, len);
	ret->len = len;
	ret->verdict = IDENTIFIER_CORRECTED;
}

void identifier_code(struct span typed, struct identifier *ret)
{
	char mended[CODE];

	take(typed, ret);
	ret->verdict = code_verdict(ret->text, ret->len, &ret->expected);
	if (ret->verdict == IDENTIFIER_FORM && mend_code(ret, mended))
		corrected(ret, mended, CODE);
}

static bool permit_tail(const char *tail)
{
	return digit(tail[0]) && digit(tail[1]) && digit(tail[2]) && letter(tail[3]);
}

/* Either a code that has the right form in front, or H9 + area and letters or digits. */
static enum identifier_verdict permit_verdict(const char *text, size_t len, char *expected)
{
	if (len != PERMIT || !permit_tail(text + CODE))
		return IDENTIFIER_FORM;
	if (text[0] != 'H')
		return code_verdict(text, CODE, expected);
	for (size_t i = 1; i < CODE; i++)
		if (!digit(text[i]) && !letter(text[i]))
			return IDENTIFIER_FORM;
	return IDENTIFIER_OK;
}

void identifier_permit(struct span typed, struct identifier *ret)
{
	char mended[PERMIT], expected;

	take(typed, ret);
	ret->verdict = permit_verdict(ret->text, ret->len, &ret->expected);
	if (ret->verdict != IDENTIFIER_FORM || without_suffix(ret->text, ret->len) != PERMIT)
		return;
	for (size_t i = 0; i < PERMIT - 1; i++)
		mended[i] = meant(ret->text[i]);
	mended[PERMIT - 1] = ret->text[PERMIT - 1];
	if (permit_verdict(mended, PERMIT, &expected) == IDENTIFIER_OK)
		corrected(ret, mended, PERMIT);
}

bool identifier_is_resident(struct span text)
{
	static const unsigned char weight[17] = { 7, 9, 10, 5,  8, 4, 2, 1, 6,
						  3, 7, 9,  10, 5, 8, 4, 2 };
	char day[CLOCK_DAY] = "....-..-..";
	unsigned sum = 0;
	int64_t days;

	if (text.len != RESIDENT)
		return false;
	for (size_t i = 0; i < sizeof(weight); i++) {
		if (!digit(text.at[i]))
			return false;
		sum += (unsigned)(text.at[i] - '0') * weight[i];
	}
	memcpy(day, text.at + 6, 4);
	memcpy(day + 5, text.at + 10, 2);
	memcpy(day + 8, text.at + 12, 2);
	char last = text.at[17] == 'x' ? 'X' : text.at[17];
	return clock_parse_day(day, &days) == OK && last == "10X98765432"[sum % 11];
}

/* A digit or X at this place: its bytes (0: none); *plain is it in half width. */
static size_t unit(struct span at, char *plain)
{
	static const struct span wide = SPAN("\xef\xbc"), small_x = SPAN("\xef\xbd\x98");

	if (at.len && (digit(at.at[0]) || at.at[0] == 'X' || at.at[0] == 'x')) {
		*plain = at.at[0];
		return 1;
	}
	if (at.len < 3)
		return 0;
	unsigned char last = (unsigned char)at.at[2];
	bool is_wide = memcmp(at.at, wide.at, wide.len) == 0;
	if (is_wide && last >= 0x90 && last <= 0x99)
		*plain = (char)('0' + (last - 0x90));
	else if ((is_wide && last == 0xb8) || memcmp(at.at, small_x.at, small_x.len) == 0)
		*plain = 'X';
	else
		return 0;
	return 3;
}

/* Is it what people (or programs) put between the groups of a number: blanks, dashes, dots, what is not seen? */
static bool separates(uint32_t c, struct span character)
{
	static const uint32_t marks[] = { ' ',  '\t',   '-',    '.',    '_',    '/',    0xa0,
					  0xb7, 0x2212, 0x3000, 0xfe58, 0xfe63, 0xff0d, 0xff0e };

	for (size_t i = 0; i < COUNT(marks); i++)
		if (c == marks[i])
			return true;
	return (c >= 0x2000 && c <= 0x2015) || problem_hides(character);
}

/* Bytes of the separators at this place. */
static size_t separators(struct span at)
{
	size_t used = 0;

	for (int i = 0; i < SEPARATORS_MOST && used < at.len; i++) {
		uint32_t c;
		size_t bytes = utf8_next(at.at + used, at.len - used, &c);
		if (bytes == 0 || !separates(c, (struct span){ at.at + used, bytes }))
			break;
		used += bytes;
	}
	return used;
}

/* Bytes of the number that begins here, 0 if none does. */
static size_t resident_at(struct span at)
{
	char plain[RESIDENT], next;
	size_t used = 0;

	for (size_t i = 0; i < RESIDENT; i++) {
		if (i > 0)
			used += separators((struct span){ at.at + used, at.len - used });
		size_t bytes = unit((struct span){ at.at + used, at.len - used }, &plain[i]);
		if (bytes == 0 || (i + 1 < RESIDENT && !digit(plain[i])))
			return 0;
		used += bytes;
	}
	if (unit((struct span){ at.at + used, at.len - used }, &next) && digit(next))
		return 0;
	return identifier_is_resident((struct span){ plain, RESIDENT }) ? used : 0;
}

/* Seventeen digits, or full-width characters: only then it is worth to look closely. */
static bool may_hold(struct span s)
{
	size_t digits = 0;

	if (s.len < RESIDENT)
		return false;
	for (size_t i = 0; i < s.len; i++)
		digits += digit(s.at[i]);
	return digits >= RESIDENT - 1 || memchr(s.at, 0xef, s.len);
}

/* The next number at or behind *at; its bytes, 0 if there is none. */
static size_t next_resident(struct span s, size_t *at)
{
	char plain = 0;

	for (size_t i = *at, bytes; i < s.len; i += bytes) {
		struct span rest = { s.at + i, s.len - i };
		size_t used = resident_at(rest);
		if (used) {
			*at = i;
			return used;
		}
		/* Past the whole run, so that none is found inside a longer number. */
		bytes = unit(rest, &plain);
		if (bytes == 0 || !digit(plain)) {
			bytes = 1;
			continue;
		}
		for (size_t more; (more = unit((struct span){ rest.at + bytes, rest.len - bytes },
					       &plain)) != 0 &&
				  digit(plain);
		     bytes += more)
			;
	}
	return 0;
}

bool identifier_has_resident(struct span text)
{
	size_t at = 0;

	return may_hold(text) && next_resident(text, &at) > 0;
}

void identifier_mask_residents(char *text, size_t len)
{
	struct span s = { text, len };
	size_t bytes;

	for (size_t at = 0; (bytes = next_resident(s, &at)) > 0; at += bytes)
		memset(text + at, '*', bytes);
}

size_t identifier_letters(struct span text)
{
	size_t count = 0;
	uint32_t c;

	for (size_t i = 0; i < text.len;) {
		i += utf8_next(text.at + i, text.len - i, &c);
		bool ascii = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
		bool marks = (c >= 0x2000 && c < 0x2e80) || (c >= 0x3000 && c < 0x3040) ||
			     (c >= 0xfe00 && c < 0xff10) || c == 0xfffd;
		count += ascii || (c >= 0xc0 && !marks);
	}
	return count;
}
