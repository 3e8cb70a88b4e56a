/* core/alike.c — see alike.h. */
#include "core/alike.h"

enum { TIME_DIGITS = 64 };

static bool is_punctuation(char c)
{
	return c == '.' || c == '_' || c == ':' || c == '-';
}

/* Takes the next letter or digit off a text, small; 0 at the end. */
static char take(struct span *text)
{
	while (text->len > 0) {
		char c = *text->at;

		text->at++;
		text->len--;
		if (c >= 'A' && c <= 'Z')
			return (char)(c - 'A' + 'a');
		if (!is_punctuation(c))
			return c;
	}
	return 0;
}

bool alike(struct span a, struct span b)
{
	char one, other;

	do {
		one = take(&a);
		other = take(&b);
	} while (one == other && one != 0);
	return one == other;
}

bool alike_operator(struct span party)
{
	struct span word = SPAN("operator");
	char one, other;

	do {
		one = take(&party);
		other = take(&word);
		if (one == '0')
			one = 'o';
	} while (one == other && one != 0);
	return one == other;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct span without_number(struct span text)
{
	size_t len = text.len;

	while (len > 0 && (is_digit(text.at[len - 1]) || is_punctuation(text.at[len - 1])))
		len--;
	return len > 0 ? (struct span){ text.at, len } : text;
}

bool alike_places(struct span a, struct span b)
{
	return alike(without_number(a), without_number(b));
}

/* Takes the eight digits of a date off a text. */
static bool take_date(struct span *text, struct span *date)
{
	struct span rest = *text;

	for (int i = 0; i < 8; i++) {
		if (!is_digit(take(&rest)))
			return false;
	}
	*date = (struct span){ text->at, (size_t)(rest.at - text->at) };
	*text = rest;
	return true;
}

/* The digits of a time of day in pairs ("9:00" is "0900"), with zeros after them; *count 0: it has none. */
static void time_digits(struct span text, char digits[TIME_DIGITS], size_t *count)
{
	size_t found = 0, at = 0;

	for (size_t i = 0; i < text.len; i++)
		found += is_digit(text.at[i]);
	memset(digits, '0', TIME_DIGITS);
	*count = found;
	if (found % 2 == 1)
		at++;
	for (size_t i = 0; i < text.len && at < TIME_DIGITS; i++) {
		if (is_digit(text.at[i]))
			digits[at++] = text.at[i];
	}
}

bool alike_times(struct span a, struct span b)
{
	char digits[TIME_DIGITS], other_digits[TIME_DIGITS];
	size_t count, other_count;
	struct span one, other;

	if (!take_date(&a, &one) || !take_date(&b, &other))
		return true;
	if (!alike(one, other))
		return false;
	time_digits(a, digits, &count);
	time_digits(b, other_digits, &other_count);
	return count == 0 || other_count == 0 || memcmp(digits, other_digits, TIME_DIGITS) == 0;
}

/* Cuts a draw id before the first digit of its number that is not 0; the rest is the number. */
static struct span cut_number(struct span id, struct span *number)
{
	size_t at = id.len, start;

	while (at > 0 && id.at[at - 1] >= '0' && id.at[at - 1] <= '9')
		at--;
	start = at;
	while (start < id.len && id.at[start] == '0')
		start++;
	*number = (struct span){ id.at + start, id.len - start };
	return (struct span){ id.at, at };
}

bool alike_draws(struct span a, struct span b)
{
	struct span one, other;
	struct span head = cut_number(a, &one);

	return span_equal(head, cut_number(b, &other)) && span_equal(one, other);
}
