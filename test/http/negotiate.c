/* test/http/negotiate.c — what clients say that they take and have. */
#include "http/negotiate.h"

#include "unit.h"

#include <stddef.h>

TEST(negotiate_weighs_codings)
{
	static const struct {
		const char *accept;
		int br;
	} cases[] = {
		{ NULL, 0 },
		{ "", 0 },
		{ "br", 1000 },
		{ "gzip, deflate, BR", 1000 },
		{ "gzip;q=1.0, br;q=0.5", 500 },
		{ "br ; q=0.125 , gzip", 125 },
		{ "br;q=0", 0 },
		{ "br;q=0.000, *", 0 },
		{ "*", 1000 },
		{ "gzip, *;q=0.3", 300 },
		{ "brotli", 0 },
		{ "xbr", 0 },
		{ "br;q=2", 0 },
		{ "br;q=1.5", 0 },
		{ "br;q=0.1234", 0 },
		{ "br;q=-1", 0 },
		{ "br;q=", 0 },
		{ "br;x=1", 0 },
		{ ",,br,,", 1000 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		unit_check(negotiate_coding(cases[i].accept, "br") == cases[i].br, __FILE__,
			   __LINE__, "%s: %d", cases[i].accept ? cases[i].accept : "none",
			   negotiate_coding(cases[i].accept, "br"));
}

TEST(negotiate_knows_a_tag)
{
	CHECK(negotiate_has("\"a\"", "\"a\""));
	CHECK(negotiate_has("\"b\", W/\"a\"", "\"a\""));
	CHECK(negotiate_has("*", "\"a\""));
	CHECK(!negotiate_has(NULL, "\"a\""));
	CHECK(!negotiate_has("", "\"a\""));
	CHECK(!negotiate_has("a", "\"a\""));
	CHECK(!negotiate_has("\"ab\"", "\"a\""));
	CHECK(!negotiate_has("W/", "\"a\""));
}
