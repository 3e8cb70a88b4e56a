/* http/negotiate.c — lists between commas; whatever has another form than the RFC's counts as not said. */
#include "http/negotiate.h"

#include "core/mem.h"

#include <string.h>
#include <strings.h>

static struct span trim(struct span text)
{
	while (text.len && strchr(" \t", text.at[0]))
		text = (struct span){ text.at + 1, text.len - 1 };
	while (text.len && strchr(" \t", text.at[text.len - 1]))
		text.len--;
	return text;
}

static bool is(struct span text, const char *wanted)
{
	return text.len == strlen(wanted) && strncasecmp(text.at, wanted, text.len) == 0;
}

/* "q=0.5" in thousandths; nothing: 1000; anything else: 0. */
static int weight(struct span text)
{
	enum { LONGEST = 7 }; /* "q=0.123" */
	int q, place = 100;

	text = trim(text);
	if (text.len == 0)
		return 1000;
	if (text.len < 3 || text.len > LONGEST || !strchr("qQ", text.at[0]) || text.at[1] != '=' ||
	    !strchr("01", text.at[2]) || (text.len > 3 && text.at[3] != '.'))
		return 0;
	q = text.at[2] == '1' ? 1000 : 0;
	for (size_t i = 4; i < text.len; i++, place /= 10) {
		if (text.at[i] < '0' || text.at[i] > '9')
			return 0;
		q += (text.at[i] - '0') * place;
	}
	return q > 1000 ? 0 : q;
}

int negotiate_coding(const char *accept, const char *coding)
{
	struct span rest = span_of(accept ? accept : ""), one, name;
	int any = 0;
	bool more = rest.len > 0;

	while (more) {
		more = span_cut(&rest, ',', &one);
		(void)span_cut(&one, ';', &name);
		name = trim(name);
		if (is(name, coding))
			return weight(one);
		if (is(name, "*"))
			any = weight(one);
	}
	return any;
}

bool negotiate_has(const char *if_none_match, const char *etag)
{
	struct span rest = span_of(if_none_match ? if_none_match : ""), one;
	bool more = rest.len > 0;

	while (more) {
		more = span_cut(&rest, ',', &one);
		one = trim(one);
		if (one.len > 2 && memcmp(one.at, "W/", 2) == 0)
			one = (struct span){ one.at + 2, one.len - 2 };
		if (is(one, "*") || span_equal(one, span_of(etag)))
			return true;
	}
	return false;
}
