/* test/base/utf8.c — every code point round-trips; every malformed form of RFC 3629 is refused. */
#include "base/utf8.h"

#include "unit.h"

TEST(utf8_round_trips_every_code_point)
{
	char text[4];
	uint32_t back;

	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		if (c >= 0xd800 && c < 0xe000)
			continue;
		size_t len = utf8_put(text, c);
		if (utf8_valid(text, len) != len || utf8_next(text, len, &back) != len || back != c)
			CHECK_INT(back, c);
	}
}

TEST(utf8_refuses_malformed_bytes_and_says_where)
{
	static const struct {
		const char *text;
		size_t valid;
	} cases[] = {
		{ "abcdefgh\x80", 8 },
		{ "检\xc0\xaf", 3 },
		{ "\xe0\x80\x80", 0 },
		{ "ab\xed\xa0\x80", 2 },
		{ "\xf0\x80\x80\x80", 0 },
		{ "x\xf4\x90\x80\x80", 1 },
		{ "abcdefghij检查\xe6\xa3", 16 },
		{ "\xfe", 0 },
		{ "\xf5\x80\x80\x80", 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		CHECK_INT(utf8_valid(cases[i].text, strlen(cases[i].text)), cases[i].valid);
}

TEST(utf8_width_counts_columns)
{
	CHECK_INT(utf8_width("abc", 3), 3);
	CHECK_INT(utf8_width("检查a", 7), 5);
	CHECK_INT(utf8_width("a\xe2\x80\x8b", 4), 1);
}
