/* test/app/import_odd.c — characters that papers cannot carry, failed formulas, cells that would run as formulas. */
#include "app/import.h"
#include "base/status.h"

#include "files/book_maker.h"
#include "import_case.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#define HEAD "编号,单位名称,所属县区,监管类别,详细地址\n"

/* A registry of one site with this name, from a file whose cells are parted by the mark. */
static void one_name(struct import_case *c, const char *name, char mark)
{
	char text[1024];

	snprintf(text, sizeof(text), "编号%c单位名称%c所属县区%c监管类别\nA-1%c%s%c唐县%c一般\n",
		 mark, mark, mark, mark, name, mark, mark);
	case_text(c, REGISTRY_SITES, text);
}

static void one_book(struct import_case *c, const char *name)
{
	char rows[2048];

	snprintf(rows, sizeof(rows),
		 "<row r='1'><c r='A1' t='inlineStr'><is><t>编号</t></is></c>"
		 "<c r='B1' t='inlineStr'><is><t>单位名称</t></is></c>"
		 "<c r='C1' t='inlineStr'><is><t>所属县区</t></is></c>"
		 "<c r='D1' t='inlineStr'><is><t>监管类别</t></is></c></row>"
		 "<row r='2'><c r='A2' t='inlineStr'><is><t>A-1</t></is></c>"
		 "<c r='B2' t='inlineStr'><is><t>%s</t></is></c>"
		 "<c r='C2' t='inlineStr'><is><t>唐县</t></is></c>"
		 "<c r='D2' t='inlineStr'><is><t>一般</t></is></c></row>",
		 name);
	struct book b = book_make(rows, NULL, NULL);
	case_init(c, REGISTRY_SITES, b.at, b.len);
	free(b.at);
	case_run(c);
}

static void check_set_aside(struct import_case *c)
{
	case_counts(c, "0 1 0 0");
	CHECK_INT(
		case_count(c->json, "\"code\":\"encoding\",\"field\":\"name\",\"level\":\"error\""),
		1);
}

TEST(what_is_no_character_is_set_aside)
{
	static const char *const bad[] = { "\xef\xb7\x90", "\xef\xb7\xaf",     "\xef\xbf\xbe",
					   "\xef\xbf\xbf", "\xf0\x9f\xbf\xbe", "\xf4\x8f\xbf\xbf",
					   "\xc2\x80",     "\xc2\x9b",         "\xc2\x9f" };

	for (size_t i = 0; i < COUNT(bad); i++) {
		CLEANUP(case_release) struct import_case comma, tab, book;
		char name[64];
		snprintf(name, sizeof(name), "甲乙丙丁戊己庚%s厂", bad[i]);
		one_name(&comma, name, ',');
		check_set_aside(&comma);
		one_name(&tab, name, '\t');
		check_set_aside(&tab);
		/* XML itself has no U+FFFE and U+FFFF: such a workbook is refused as a whole. */
		one_book(&book, name);
		if (book.rc != INVALID)
			check_set_aside(&book);
		else
			CHECK(bad[i][0] == '\xef' && bad[i][1] == '\xbf');
	}
}

TEST(hidden_characters_are_dropped_and_told)
{
	static const char *const hidden[] = {
		"\u200b", "\u200d", "\u202e", "\u2066", "\ufeff",
		"\u00ad", "\u061c", "\u034f", "\u3164", "\U000e0041"
	};

	for (size_t i = 0; i < COUNT(hidden); i++) {
		CLEANUP(case_release) struct import_case comma, tab, book;
		char name[64];
		snprintf(name, sizeof(name), "甲%s厂", hidden[i]);
		one_name(&comma, name, ',');
		one_name(&tab, name, '\t');
		one_book(&book, name);
		struct import_case *all[] = { &comma, &tab, &book };
		for (size_t k = 0; k < COUNT(all); k++) {
			case_counts(all[k], "1 0 0 0");
			CHECK(strstr(all[k]->registry, "\nA-1\t甲厂\t"));
			CHECK_INT(case_count(all[k]->json, "\"code\":\"hidden\",\"field\":\"name\","
							   "\"level\":\"warning\""),
				  1);
		}
	}
}

TEST(private_characters_are_told)
{
	CLEANUP(case_release) struct import_case c;

	one_name(&c, "甲\ue863厂", ',');
	case_counts(&c, "1 0 0 0");
	CHECK_INT(case_count(c.json, "\"code\":\"private\",\"field\":\"name\""), 1);
	CHECK(strstr(c.registry, "\nA-1\t甲\ue863厂\t"));
}

/* A header with such characters is still the header. */
TEST(hidden_characters_in_headers)
{
	CLEANUP(case_release) struct import_case c;

	case_text(&c, REGISTRY_SITES,
		  "编号,单位\u200b名称,\u202d所属县区,监管\u061c类别\nA-1,甲厂,唐县,一般\n");
	case_counts(&c, "1 0 0 0");
}

#define CELL(at, text) "<c r='" at "' t='inlineStr'><is><t>" text "</t></is></c>"
#define FAILED(at, text) "<c r='" at "' t='e'><f>1/0</f><v>" text "</v></c>"

TEST(failed_formulas_are_no_values)
{
	CLEANUP(case_release) struct import_case c, text;
	struct book b = book_make(
		"<row r='1'>" CELL("A1", "编号") CELL("B1", "单位名称") CELL("C1", "所属县区")
			CELL("D1", "监管类别") CELL("E1", "详细地址") "</row><row r='2'>" CELL(
				"A2", "A-1") FAILED("B2", "#DIV/0!") CELL("C2", "唐县")
				CELL("D2", "一般") "</row><row r='3'>" CELL("A3", "A-2")
					CELL("B3", "乙厂") FAILED("C3", "#N/A") CELL(
						"D3", "一般") "</row><row r='4'>" CELL("A4", "A-3")
						CELL("B4", "丙厂") CELL("C4", "唐县")
							CELL("D4", "一般")
								FAILED("E4", "#NAME?") "</row>",
		NULL, NULL);

	case_init(&c, REGISTRY_SITES, b.at, b.len);
	free(b.at);
	case_run(&c);
	case_text(&text, REGISTRY_SITES,
		  HEAD "A-1,#DIV/0!,唐县,一般,\nA-2,乙厂,#N/A,一般,\nA-3,丙厂,唐县,一般,#NAME?\n");
	struct import_case *all[] = { &c, &text };
	for (size_t i = 0; i < COUNT(all); i++) {
		case_counts(all[i], "1 2 0 0");
		CHECK_INT(case_count(all[i]->json, "\"code\":\"formula\",\"field\":\"name\""), 1);
		CHECK_INT(case_count(all[i]->json, "\"code\":\"formula\",\"field\":\"county\""), 1);
		CHECK_INT(case_count(all[i]->json,
				     "\"code\":\"formula_empty\",\"field\":\"address\","
				     "\"level\":\"warning\""),
			  1);
		CHECK_INT(case_count(all[i]->registry, "#"), 0);
	}
	CHECK(strstr(text.report, "「单位名称」是出错的公式 #DIV/0!"));
}

/* No cell of the report runs as a formula, and the report gives the same registry again. */
TEST(a_report_holds_no_formula)
{
	static const char *const runs[] = { ",=",   ",+",  ",@",   "\n-6", ",\"=",
					    ",\"@", ",-2", "\"\t", "\"\r", "\"\n=" };
	CLEANUP(case_release) struct import_case c, again;

	case_text(&c, REGISTRY_SITES,
		  "编号,单位名称,所属县区,监管类别,详细地址,=备注\n"
		  "A-1,=cmd|'/C calc'!A0,唐县,一般,\"=HYPERLINK(\"\"x\"\",1)\",\n"
		  "A-2,+甲厂,唐县,一般,-2+3,\n"
		  "A-3,@SUM(A1),唐县,一般,\"\t=1\",\n"
		  "A-4,\"\r=2\",唐县,一般,\"\n=3\",\n"
		  "A-5,'=乙厂,唐县,一般,-,'\n"
		  "-6,丙厂,唐县,一般,=,\n"
		  "A-7,'丁厂',唐县,一般,--,\t\n");
	CHECK_INT(c.rc, OK);
	CHECK_INT(c.summary->rows, 7);
	CHECK(strstr(c.report, "'=cmd|'/C calc'!A0"));
	CHECK(strstr(c.report, ",\"'=HYPERLINK(\"\"x\"\",1)\","));
	CHECK(strstr(c.report, ",'@SUM(A1),"));
	CHECK(strstr(c.report, ",'+甲厂,唐县,一般,'-2+3,"));
	CHECK(strstr(c.report, "\n'-6,"));
	CHECK(strstr(c.report, ",'=备注,"));
	CHECK(strstr(c.report, ",'丁厂',"));
	for (size_t i = 0; i < COUNT(runs); i++)
		CHECK_INT(case_count(c.report, runs[i]), 0);
	case_text(&again, REGISTRY_SITES, c.report);
	CHECK_STR(again.registry, c.registry);
	CHECK_STR(again.json, c.json);
	CHECK(strstr(c.registry, "\nA-1\t=cmd|'/C calc'!A0\t"));
	CHECK(strstr(c.registry, "\t=HYPERLINK(\"x\",1)\t"));
	CHECK(strstr(c.registry, "\nA-3\t@SUM(A1)\t"));
	CHECK(strstr(c.registry, "\nA-4\t=2\t"));
	CHECK(strstr(c.registry, "\nA-5\t=乙厂\t"));
	CHECK(strstr(c.registry, "\nA-7\t'丁厂'\t"));
}
