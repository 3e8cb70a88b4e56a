/* test/core/mem.c — spans, regions, writers and readers at their limits. */
#include "core/mem.h"
#include "unit.h"

TEST(span_order_is_bytewise)
{
	CHECK(span_compare(SPAN("a"), SPAN("b")) < 0);
	CHECK(span_compare(SPAN("b"), SPAN("a")) > 0);
	CHECK(span_compare(SPAN("a"), SPAN("ab")) < 0);
	CHECK(span_compare(SPAN("ab"), SPAN("a")) > 0);
	CHECK(span_compare(SPAN("ab"), SPAN("ab")) == 0);
	CHECK(span_compare(SPAN("\xff"), SPAN("a")) > 0);
	CHECK(span_compare((struct span){ NULL, 0 }, (struct span){ NULL, 0 }) == 0);
	CHECK(span_compare((struct span){ NULL, 0 }, SPAN("a")) < 0);
	CHECK(span_equal((struct span){ NULL, 0 }, SPAN("")));
	CHECK(span_equal(span_of("abc"), SPAN("abc")));
	CHECK(!span_equal(SPAN("abc"), SPAN("abd")));
	CHECK(!span_equal(SPAN("abc"), SPAN("ab")));
}

TEST(span_cut_takes_what_stands_before)
{
	struct span text = SPAN("a,,b"), part;

	CHECK(span_cut(&text, ',', &part) && span_equal(part, SPAN("a")));
	CHECK(span_cut(&text, ',', &part) && part.len == 0);
	CHECK(!span_cut(&text, ',', &part) && span_equal(part, SPAN("b")));
	CHECK_INT(text.len, 0);
	CHECK(!span_cut(&text, ',', &part) && part.len == 0);
}

TEST(region_gives_aligned_zeroed_memory)
{
	_Alignas(16) static unsigned char room[256];
	struct region r = { room + 1, sizeof(room) - 1, 0 };
	unsigned char *a, *b;
	size_t mark;

	memset(room, 0xaa, sizeof(room));
	a = region_take(&r, 3, 1);
	CHECK(a == room + 16 && a[0] == 0 && a[2] == 0);
	mark = region_mark(&r);
	b = region_take_raw(&r, 4, 4);
	CHECK(b == room + 32 && b[0] == 0xaa);
	region_reset(&r, mark);
	CHECK(region_take(&r, 1, 1) == b);
	CHECK(b[0] == 0);
}

TEST(region_refuses_what_does_not_fit)
{
	_Alignas(16) static unsigned char room[64];
	struct region r = { room, sizeof(room), 0 };
	struct span copy = SPAN("untouched");

	CHECK(region_take(&r, SIZE_MAX, 2) == NULL);
	CHECK(region_take(&r, 65, 1) == NULL);
	CHECK(region_take(&r, 1, 61) != NULL);
	CHECK(region_take(&r, 1, 1) == NULL);
	CHECK(region_take_raw(&r, 0, 1) != NULL);
	CHECK_INT(region_copy(&r, SPAN("x"), &copy), CORE_FULL);
	CHECK(span_equal(copy, SPAN("untouched")));
	CHECK_INT(region_copy(&r, SPAN(""), &copy), CORE_OK);
	CHECK(copy.at == NULL && copy.len == 0);
	region_reset(&r, 0);
	CHECK(region_take(&r, 4, 16) != NULL);
	CHECK(region_take(&r, 0, 16) != NULL);
	region_reset(&r, 0);
	r = (struct region){ room + 1, 8, 0 };
	CHECK(region_take(&r, 0, 1) == NULL); /* not even the alignment fits */
	r = (struct region){ room, sizeof(room), 0 };
	CHECK_INT(region_copy(&r, SPAN("copied"), &copy), CORE_OK);
	CHECK(span_equal(copy, SPAN("copied")) && copy.at == (const char *)room);
}

TEST(writer_drops_what_is_too_much_and_says_so)
{
	char room[24];
	const uint8_t bytes[2] = { 0x0f, 0xa0 };
	struct writer w = { room, sizeof(room), 0, false };

	write_number(&w, 0);
	write_number(&w, UINT64_MAX);
	CHECK(span_equal((struct span){ room, w.len }, SPAN("018446744073709551615")));
	write_char(&w, '-');
	CHECK(!w.full);
	write_hex(&w, bytes, 2);
	CHECK(w.full && w.len == 24);
	CHECK(span_equal((struct span){ room + 21, 3 }, SPAN("-0f")));
	w = (struct writer){ room, sizeof(room), 0, false };
	write_literal(&w, "");
	CHECK(w.len == 0 && !w.full);
}

static bool number_is(struct span text, uint64_t max, uint64_t want)
{
	uint64_t n = 7;

	return read_number(text, max, &n) == CORE_OK ? n == want : want == 7 && n == 7;
}

TEST(read_number_takes_one_form_only)
{
	CHECK(number_is(SPAN("0"), 0, 0));
	CHECK(number_is(SPAN("42"), 42, 42));
	CHECK(number_is(SPAN("43"), 42, 7));
	CHECK(number_is(SPAN("430"), 42, 7));
	CHECK(number_is(SPAN("18446744073709551615"), UINT64_MAX, UINT64_MAX));
	CHECK(number_is(SPAN("18446744073709551616"), UINT64_MAX, 7));
	CHECK(number_is(SPAN(""), 9, 7));
	CHECK(number_is(SPAN("00"), 9, 7));
	CHECK(number_is(SPAN("01"), 9, 7));
	CHECK(number_is(SPAN("1 "), 99, 7));
	CHECK(number_is(SPAN("-1"), 99, 7));
	CHECK(number_is(SPAN("1:"), 99, 7));
}

TEST(read_hex_takes_lower_case_only)
{
	uint8_t out[2] = { 1, 2 };

	CHECK_INT(read_hex(SPAN("09af"), out, 2), CORE_OK);
	CHECK(out[0] == 0x09 && out[1] == 0xaf);
	CHECK_INT(read_hex(SPAN(""), out, 0), CORE_OK);
	CHECK_INT(read_hex(SPAN("09a"), out, 2), CORE_INVALID);
	CHECK_INT(read_hex(SPAN("09af0"), out, 2), CORE_INVALID);
	CHECK_INT(read_hex(SPAN("09AF"), out, 2), CORE_INVALID);
	CHECK_INT(read_hex(SPAN("09a/"), out, 2), CORE_INVALID);
	CHECK_INT(read_hex(SPAN("09a:"), out, 2), CORE_INVALID);
	CHECK_INT(read_hex(SPAN("09a`"), out, 2), CORE_INVALID);
	CHECK_INT(read_hex(SPAN("09ag"), out, 2), CORE_INVALID);
	CHECK_INT(out[1], 0xaf);
}
