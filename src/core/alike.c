/* core/alike.c — see alike.h. */
#include "core/alike.h"

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
