/* test/app/office_person.c — one person has one name. */
#include "app/office_person.h"

#include "unit.h"

#include <stdio.h>
#include <string.h>

TEST(names_that_hide_something_are_refused)
{
	static const char *const bad[] = {
		"",
		" ",
		"\t",
		"甲 ",
		" 甲",
		"甲  乙",
		"甲\u200b",
		"\ufeff甲",
		"甲\u3000",
		"\u3000",
		"甲\u00a0乙",
		"甲\n",
		"甲\x1b",
		"甲\x7f",
		"甲\xc2\x85",
		"甲\u202e",
		"甲\u2066",
		"甲\u00ad",
		"甲\ufe00",
		"甲\ufdd0",
		"甲\uffff",
		"甲\U0001fffe",
		"甲\ufffd",
		"甲\U000e0041",
		"甲\xff",
		"甲\xed\xa0\x80",
		"\u2f00",
		"\uf900",
		"\U0002f800",
		"\U0001d41a",
		"甲\u2028",
		"甲\u3164",
		"甲\u2800",
		/* marks of their own, several scripts, no letter */
		"e\u0301",
		"甲\u20dd",
		"L\u0456Si",
		"王\u30ab",
		"\u0430b",
		"\u03bfk",
		"。",
		"·",
		"-",
		"甲\u0430",
	};

	for (size_t i = 0; i < COUNT(bad); i++)
		unit_check(office_name_wrong(bad[i]) != NULL, __FILE__, __LINE__, "name %zu: “%s”",
			   i, bad[i]);
	char name[OFFICE_NAME_MOST + 2];
	memset(name, 'x', sizeof(name));
	name[sizeof(name) - 1] = 0;
	CHECK(office_name_wrong(name) != NULL);
	CHECK(office_name_wrong(name + 1) == NULL);
}

TEST(names_of_people_are_not_refused)
{
	static const char *const good[] = { "甲",       "张三",     "阿依古丽·买买提",
					    "J. Smith", "uid-1000", "李四（市局）",
					    "Ａ組",     "𠮷田",     "\ufa0e",
					    "INS-0001", "é",        "x@y.cn" };

	for (size_t i = 0; i < COUNT(good); i++)
		unit_check(office_name_wrong(good[i]) == NULL, __FILE__, __LINE__, "%s: %s",
			   good[i], office_name_wrong(good[i]));
}

TEST(spellings_of_one_name_are_one_person)
{
	CHECK(office_same_person("张三", "张三"));
	CHECK(office_same_person("甲 ", "甲"));
	CHECK(office_same_person("甲", "甲\u200b"));
	CHECK(office_same_person("张\u3000三", "张三"));
	CHECK(office_same_person("ＡＢ１", "ab1"));
	CHECK(office_same_person("J. Smith", "j.smith"));
	CHECK(!office_same_person("张三", "张三丰"));
	CHECK(!office_same_person("张三丰", "张三"));
	CHECK(!office_same_person("甲", "乙"));
	CHECK(!office_same_person("甲", ""));
}

TEST(names_that_look_alike_are_one_person)
{
	static const char *const pairs[][2] = {
		{ "LiSi", "lisi" },
		{ "LiSi", "L\u0456S\u0456" },    /* Cyrillic */
		{ "cop", "\u0441\u043e\u0440" }, /* all of it Cyrillic */
		{ "AB", "\u0391\u0392" },        /* Greek */
		{ "ab", "\u0391\u0392" },
		{ "LISI", "lisi" },
		{ "Jos\u00e9", "Jose\u0301" },
		{ "José", "Jose" },
		{ "e\u0323\u0301", "e\u0301\u0323" },
		{ "张三", "张\u0336三" },
		{ "张·三", "张。三" },
		{ "张·三", "张•三" },
		{ "张·三", "张・三" },
		{ "张·三", "张三" },
		{ "J. Smith", "J Smith" },
		{ "王力", "王\u30ab" }, /* kana */
		{ "王二", "王\u30cb" },
		{ "王土", "王士" },
		{ "P00001", "POOOO1" },
		{ "Will", "Wi11" },
		{ "\u00c5ke", "\u212bke" },
		{ "①张三", "1张三" },
		{ "张㎡", "张m2" },
		{ "Ⅳ", "iv" },
		{ "stra\u00dfe", "strasse" },
	};
	static const char *const others[][2] = {
		{ "张三", "李四" },     { "王五", "王武" },
		{ "P00001", "P00002" }, { "阿依古丽", "买买提" },
		{ "末", "未" },         { "\ue001三", "\ue002三" },
		{ "张三", "" },         { "\U0002ebf0", "\U0002ebf1" },
	};

	for (size_t i = 0; i < COUNT(pairs); i++)
		unit_check(office_same_person(pairs[i][0], pairs[i][1]) &&
				   office_same_person(pairs[i][1], pairs[i][0]),
			   __FILE__, __LINE__, "%s and %s", pairs[i][0], pairs[i][1]);
	for (size_t i = 0; i < COUNT(others); i++)
		unit_check(!office_same_person(others[i][0], others[i][1]), __FILE__, __LINE__,
			   "%s and %s", others[i][0], others[i][1]);
}

TEST(names_too_long_to_fold_are_equal_only_byte_by_byte)
{
	char one[OFFICE_NAME_MOST * 20], two[OFFICE_NAME_MOST * 20];

	memset(one, 'x', sizeof(one));
	one[sizeof(one) - 1] = 0;
	memcpy(two, one, sizeof(two));
	CHECK(office_same_person(one, two));
	two[0] = 'X';
	CHECK(!office_same_person(one, two));
	/* A ligature of one character that becomes eighteen. */
	for (size_t i = 0; i + 3 < sizeof(one); i += 3)
		memcpy(one + i, "\ufdfa", 3);
	one[999] = 0;
	CHECK(!office_same_person(one, two));
}

TEST(a_reason_says_something)
{
	static const char *const bad[] = { "",       " \t\n",    "\u3000\u200b",
					   "\xff",   "换\xff过", "。。",
					   "甲\x01", "……",       "张某 11010519491231002X" };
	char much[OFFICE_REASON_MOST + 2];

	CHECK(office_reason_wrong("换过电池") == NULL);
	CHECK(office_reason_wrong(" x ") == NULL);
	CHECK(office_reason_wrong("一\n二") == NULL);
	for (size_t i = 0; i < COUNT(bad); i++)
		unit_check(office_reason_wrong(bad[i]) != NULL, __FILE__, __LINE__, "“%s”", bad[i]);
	memset(much, 'x', sizeof(much));
	much[sizeof(much) - 1] = 0;
	CHECK(office_reason_wrong(much) != NULL);
	CHECK(office_reason_wrong(much + 1) == NULL);
}
