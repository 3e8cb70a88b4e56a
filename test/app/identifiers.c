/* test/app/identifiers.c — check digits against numbers whose digits were computed by hand. */
#include "app/identifiers.h"

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

static struct identifier code(const char *typed)
{
	struct identifier id;

	identifier_code(span_of(typed), &id);
	if (id.len < IDENTIFIER_MOST)
		id.text[id.len] = 0;
	return id;
}

static struct identifier permit(const char *typed)
{
	struct identifier id;

	identifier_permit(span_of(typed), &id);
	if (id.len < IDENTIFIER_MOST)
		id.text[id.len] = 0;
	return id;
}

TEST(right_codes)
{
	CHECK_INT(code("91130200699229617X").verdict, IDENTIFIER_OK);
	CHECK_INT(code("91350200MA2YJ1XR9G").verdict, IDENTIFIER_OK);
	CHECK_INT(code("9135 0200-ma2yj1xr9g").verdict, IDENTIFIER_OK);
	CHECK_STR(code("9135 0200-ma2yj1xr9g").text, "91350200MA2YJ1XR9G");
}

TEST(a_wrong_digit_is_told_and_kept)
{
	struct identifier id = code("91350100M0001TGQXM");

	CHECK_INT(id.verdict, IDENTIFIER_CHECK);
	CHECK_INT(id.expected, '1');
	CHECK_STR(id.text, "91350100M0001TGQXM");
	CHECK_INT(code("916402007999162621").expected, 'J');
	/* Last digit right, organisation code inside wrong. */
	id = code("91640000788225976K");
	CHECK_INT(id.verdict, IDENTIFIER_OK);
	char inner[] = "91640000788225986?";
	inner[17] = identifier_code_check(inner);
	CHECK_INT(code(inner).verdict, IDENTIFIER_INNER);
}

TEST(typing_errors_are_mended_only_when_the_result_checks)
{
	CHECK_INT(code("91640300MA75WONY35").verdict, IDENTIFIER_CORRECTED);
	CHECK_STR(code("91640300MA75WONY35").text, "91640300MA75W0NY35");
	CHECK_STR(code("916400005541616821(01)").text, "916400005541616821");
	CHECK_STR(code("916400005541616821(01）").text, "916400005541616821");
	CHECK_INT(code("916400005541616821（1号厂）").verdict, IDENTIFIER_CORRECTED);
	/* O for 0, but the last digit would be wrong all the same. */
	CHECK_INT(code("91640300MA75WONY36").verdict, IDENTIFIER_FORM);
	CHECK_STR(code("91640300MA75WONY36").text, "91640300MA75WONY36");
	CHECK_INT(code("12642101027359911917").verdict, IDENTIFIER_FORM);
	CHECK_INT(code("").verdict, IDENTIFIER_FORM);
}

TEST(long_text_is_cut_on_a_character)
{
	struct identifier id = code("这不是统一社会信用代码而是一整句很长的话写错了格子");

	CHECK_INT(id.verdict, IDENTIFIER_FORM);
	CHECK_INT(id.len, 39);
}

TEST(permits)
{
	CHECK_INT(permit("91130200699229617X001P").verdict, IDENTIFIER_OK);
	CHECK_INT(permit("91130200699229617x002p").verdict, IDENTIFIER_OK);
	CHECK_INT(permit("91130200699229617XO01P").verdict, IDENTIFIER_CORRECTED);
	CHECK_STR(permit("91130200699229617XO01P").text, "91130200699229617X001P");
	CHECK_INT(permit("91640000788225076K001P").verdict, IDENTIFIER_CHECK);
	CHECK_INT(permit("91130200699229617X001").verdict, IDENTIFIER_FORM);
	CHECK_INT(permit("91130200699229617X0011").verdict, IDENTIFIER_FORM);
	CHECK_INT(permit("H91306020000000001001Q").verdict, IDENTIFIER_OK);
}

TEST(resident_numbers)
{
	CHECK(identifier_is_resident(SPAN("11010519491231002X")));
	CHECK(identifier_is_resident(SPAN("11010519491231002x")));
	CHECK(!identifier_is_resident(SPAN("110105194912310021")));
	CHECK(!identifier_is_resident(SPAN("11010519491331002X")));
	CHECK(!identifier_is_resident(SPAN("1101051949123100")));
	CHECK(!identifier_is_resident(SPAN("91130200699229617X")));
}

/* The public vectors, when they are there: code, expected digit, actual, verdict. */
TEST(public_vectors)
{
	char path[1024], line[1024];
	int seen = 0;

	snprintf(path, sizeof(path), "%s", unit_source("../shared/data/uscc_test_vectors.csv"));
	FILE *f = fopen(path, "r");
	if (!f) {
		unit_skip("../shared/data is not here");
		return;
	}
	while (fgets(line, sizeof(line), f)) {
		struct span rest = span_of(line), typed, expected, actual, verdict;
		span_cut(&rest, ',', &typed);
		span_cut(&rest, ',', &expected);
		span_cut(&rest, ',', &actual);
		span_cut(&rest, ',', &verdict);
		struct identifier id;
		identifier_code(typed, &id);
		if (span_equal(verdict, SPAN("valid")))
			CHECK_INT(id.verdict, IDENTIFIER_OK);
		else if (expected.len == 1 && !span_equal(expected, actual))
			CHECK(id.verdict == IDENTIFIER_CHECK && id.expected == expected.at[0]);
		else if (span_equal(verdict, SPAN("bad_format")))
			CHECK(id.verdict == IDENTIFIER_FORM || id.verdict == IDENTIFIER_CORRECTED);
		else
			continue;
		seen++;
	}
	fclose(f);
	CHECK(seen > 10);
}

TEST(numbers_of_people_inside_texts_are_starred)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "11010519491231002X", "******************" },
		{ "联系人张三11010519491231002x，电话13800000000",
		  "联系人张三******************，电话13800000000" },
		{ "a11010519491231002X;11010519491231002X",
		  "a******************;******************" },
		{ "证１１０１０５１９４９１２３１００２Ｘ号",
		  "证******************************************************号" },
		{ "110105\u200b19491231002X", "*********************" },
		{ "张三 110105 19491231 002X", "张三 ********************" },
		{ "110105-19491231-002X；", "********************；" },
		{ "1101 0519 4912 3100 2X", "**********************" },
		{ "110105　1949.12.31\u20130\u00ad02x", "****************************" },
		{ "13800000000 110105/19491231/002X", "13800000000 ********************" },
		{ "110105 19491231 0021", "110105 19491231 0021" },
		{ "2026-01-01 110105 19491331 002X", "2026-01-01 110105 19491331 002X" },
		{ "110105194912310021", "110105194912310021" },
		{ "911010519491231002X", "911010519491231002X" },
		{ "91130200699229617X", "91130200699229617X" },
		{ "", "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[128];
		snprintf(text, sizeof(text), "%s", cases[i].text);
		CHECK_INT(identifier_has_resident(span_of(text)),
			  strcmp(cases[i].text, cases[i].want) != 0);
		identifier_mask_residents(text, strlen(text));
		CHECK_STR(text, cases[i].want);
	}
}

TEST(letters_say_something)
{
	CHECK_INT(identifier_letters(span_of(" .。…—！ \t　")), 0);
	CHECK_INT(identifier_letters(span_of("现场 7.")), 3);
}
