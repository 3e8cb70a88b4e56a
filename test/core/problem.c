/* test/core/problem.c — sentences a clerk reads: every code has one, words are quoted safely. */
#include "core/problem.h"

#include "core/text.h"
#include "unit.h"

static const char *write(struct problem p)
{
	static char text[4096];
	struct writer w = { text, sizeof(text) - 1, 0, false };

	problem_write(&p, &w);
	text[w.len] = '\0';
	CHECK(!w.full);
	return text;
}

TEST(every_problem_has_a_name_and_a_sentence)
{
	for (int code = 0; code < PROBLEM_CODES; code++) {
		struct problem p = { .code = (enum problem_code)code,
				     .file = CORE_FILE_OBJECTS,
				     .line = 7,
				     .what = SPAN("词"),
				     .have = 3,
				     .want = 9 };
		const char *text = write(p), *name = problem_name(p.code);

		CHECK(strncmp(text, "objects.tsv 第 7 行：", strlen("objects.tsv 第 7 行：")) == 0);
		CHECK(strlen(text) > strlen("objects.tsv 第 7 行：") + 6);
		CHECK(!strchr(text, '%') && !strchr(text, '\n'));
		CHECK(strlen(name) > 2 &&
		      strspn(name, "abcdefghijklmnopqrstuvwxyz_.0123456789") == strlen(name));
		for (int other = 0; other < code; other++)
			CHECK(strcmp(name, problem_name((enum problem_code)other)) != 0);
		CHECK(text_utf8_valid((struct span){ text, strlen(text) }) == strlen(text));
	}
}

TEST(a_problem_names_file_line_and_mend)
{
	CHECK_STR(
		write((struct problem){ .code = PROBLEM_ID_CHARS,
					.file = CORE_FILE_OBJECTS,
					.line = 17,
					.what = SPAN("A 1") }),
		"objects.tsv 第 17 行：编号“A 1”含有不允许的字符；编号只能用数字、英文字母和 . _ : -，长 "
		"1 到 64 个字节，请改正后重新锁定。");
	CHECK_STR(write((struct problem){ .code = PROBLEM_FILE_MISSING, .file = CORE_FILE_RECORD }),
		  "record：没有这个文件；请把它放进抽取文件夹后重试。");
	CHECK_STR(write((struct problem){ .code = PROBLEM_UNIT_UNKNOWN, .what = SPAN("P9") }),
		  "没有编号为“P9”的检查对象；请核对编号（登记号，不是统一社会信用代码）。");
}

static const char *words(struct span what)
{
	static char text[512];
	struct writer w = { text, sizeof(text) - 1, 0, false };

	problem_write_words(what, &w);
	text[w.len] = '\0';
	return text;
}

TEST(quoted_words_cannot_tear_a_message)
{
	CHECK_STR(words(SPAN("a\tb\nc\x7f")), "a\xef\xbf\xbd"
					      "b\xef\xbf\xbd"
					      "c\xef\xbf\xbd");
	CHECK_STR(words(SPAN("\xc2\x9b[31m")), "\xef\xbf\xbd[31m");
	CHECK_STR(words(SPAN("\xc2\xa0é")), "\xc2\xa0é");
	CHECK_STR(words(SPAN("\xe2\x80\xa8")), "\xef\xbf\xbd");
	CHECK_STR(words(SPAN("\xe2\x80\xa9")), "\xef\xbf\xbd");
	CHECK_STR(words(SPAN("\xff\xe4\xb8")), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
	CHECK_STR(words(SPAN("")), "");
}

TEST(long_words_are_cut_on_a_characters_border)
{
	char text[300];

	for (int i = 0; i < 99; i += 3)
		memcpy(text + i, "厂", 3);
	CHECK_INT(strlen(words((struct span){ text, 99 })), 63 + strlen("…"));
	memset(text, 'x', 64);
	CHECK_INT(strlen(words((struct span){ text, 64 })), 64);
	text[64] = 'y';
	CHECK_INT(strlen(words((struct span){ text, 65 })), 64 + strlen("…"));
}

TEST(file_names)
{
	CHECK_STR(core_file_name(CORE_FILE_NONE), "");
	CHECK_STR(core_file_name(CORE_FILE_RULES), "rules.txt");
	CHECK_STR(core_file_name(CORE_FILE_ROOT), "result.root");
}

TEST(utf8_as_rfc3629)
{
	static const struct {
		const char *text;
		size_t valid;
	} cases[] = {
		{ "abcdefgh", 8 },         { "abcdefghijk中文", 17 }, { "\xc2\x80", 2 },
		{ "\xc1\x80", 0 },         { "\xe0\x9f\xbf", 0 },     { "\xe0\xa0\x80", 3 },
		{ "\xed\xa0\x80", 0 },     { "\xed\x9f\xbf", 3 },     { "\xf0\x8f\xbf\xbf", 0 },
		{ "\xf0\x90\x80\x80", 4 }, { "\xf4\x90\x80\x80", 0 }, { "\xf4\x8f\xbf\xbf", 4 },
		{ "\xf5\x80\x80\x80", 0 }, { "\xe4\xb8", 0 },         { "\xe4\xb8\x2d", 0 },
		{ "ab\x80", 2 },           { "\xe4\x41\xad", 0 }
	};

	for (size_t i = 0; i < CORE_COUNT(cases); i++)
		CHECK_INT(text_utf8_valid((struct span){ cases[i].text, strlen(cases[i].text) }),
			  cases[i].valid);
	CHECK_INT(text_utf8_length((struct span){ NULL, 0 }), 0);
}

TEST(find_a_byte)
{
	char text[40];

	for (size_t at = 0; at < 40; at++) {
		memset(text, 'a', sizeof(text));
		text[at] = '\n';
		CHECK(text_find(text, '\n', sizeof(text)) == text + at);
		CHECK(text_find(text, '\n', at) == NULL);
	}
	CHECK(text_find("\x0b\x0a", '\n', 2) != NULL);
}

TEST(forms_of_names)
{
	char id[66];

	memset(id, 'a', sizeof(id));
	CHECK(text_is_id((struct span){ id, 64 }));
	CHECK(!text_is_id((struct span){ id, 65 }));
	CHECK(!text_is_id(SPAN("")));
	CHECK(!text_is_id(SPAN("a/b")));
	CHECK(!text_is_id(SPAN("厂")));
	CHECK(text_is_draw_id(SPAN("BD-2026-0001")));
	CHECK(text_is_draw_id(SPAN("-1")));
	CHECK(!text_is_draw_id(SPAN("BD2026")));
	CHECK(!text_is_draw_id(SPAN("BD-")));
	CHECK(!text_is_draw_id(SPAN("2026")));
	CHECK(!text_is_draw_id(SPAN("BD-2026 1")));
	CHECK(text_is_stratum(SPAN("重点.水")));
	CHECK(!text_is_stratum(SPAN("")));
	CHECK(!text_is_stratum(SPAN("a b")));
	CHECK(!text_is_stratum(SPAN("a=b")));
	CHECK(!text_is_stratum(SPAN("a\x7f")));
	CHECK(!text_is_stratum(SPAN("a\xc2\x85")));
	CHECK(text_is_stratum(SPAN("a\xc2\xa9")));
	CHECK(!text_is_stratum(SPAN("a\xc2")));
	CHECK(!text_is_stratum((struct span){ id, 65 }));
	CHECK(text_is_hex(SPAN("09af"), 4));
	CHECK(!text_is_hex(SPAN("09aF"), 4));
	CHECK(!text_is_hex(SPAN("09a/"), 4));
	CHECK(!text_is_hex(SPAN("09a`"), 4));
	CHECK(!text_is_hex(SPAN("09ag"), 4));
	CHECK(!text_is_hex(SPAN("09af"), 5));
	CHECK(text_is_token(SPAN("x"), 1));
	CHECK(!text_is_token(SPAN("xy"), 1));
	CHECK(!text_is_token(SPAN(""), 1));
	CHECK(text_is_digits(SPAN("007")));
	CHECK(!text_is_digits(SPAN("")));
	CHECK(!text_is_digits(SPAN("1/")));
	CHECK(!text_is_digits(SPAN("1:")));
}
