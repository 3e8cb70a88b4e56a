/* test/app/import_told.c — what an import says: why rows were not taken, what is wrong with a mapping file; and that
 * an import that came to nothing leaves nothing. */
#include "app/import.h"
#include "base/file.h"
#include "base/status.h"

#include "files/book_maker.h"
#include "import_case.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#define HEAD "编号,单位名称,所属县区,监管类别,是否特殊监管\n"

static void says(const char *text, const char *word)
{
	if (!strstr(text, word))
		CHECK_STR(text, word);
}

TEST(the_most_frequent_reasons_come_first)
{
	CLEANUP(case_release) struct import_case c;

	case_text(&c, REGISTRY_SITES,
		  HEAD
		  "A-1,甲厂,中卫,一般,\nA-2,,唐县,一般,\nA-3,乙厂,固原,一般,\nA-4,丙厂,银川,一般,\n"
		  "A-5,丁厂,吴忠,一般,\nA-6,戊厂,唐县,一般,\n");
	case_counts(&c, "1 5 0 0");
	CHECK_STR(
		c.summary->reasons,
		"  4 行（第 2、4、5 行等）：「所属县区」“中卫”认不出，请填区划代码或规范名称，或在对照文件里"
		"写明；名录里有保定以外的县区时，导入时加 --area any\n"
		"  1 行（第 3 行）：缺少「单位名称」，请补填后重新导入\n");
	CLEANUP(case_release) struct import_case clean;
	case_text(&clean, REGISTRY_SITES, HEAD "A-6,戊厂,唐县,一般,\n");
	CHECK_STR(clean.summary->reasons, "");
}

TEST(who_is_listed_as_special_without_reason_or_day_is_asked_for_them)
{
	CLEANUP(case_release) struct import_case c;

	case_text(&c, REGISTRY_SITES,
		  "编号,单位名称,所属县区,监管类别,是否特殊监管,特殊监管原因,特殊监管起始日\n"
		  "A-1,甲厂,唐县,一般,是,,\nA-2,乙厂,唐县,一般,是,挂牌督办,2026-01-01\n"
		  "A-3,丙厂,唐县,一般,是,挂牌督办,\nA-4,丁厂,唐县,一般,是,挂牌督办,春天\n");
	case_counts(&c, "3 1 0 0");
	says(c.report, "没有写原因");
	CHECK_INT(case_count(c.report, "没有写起始日"), 2);
}

/* Late reasons and both parts of a large file are counted too. */
TEST(reasons_of_a_large_file)
{
	enum { ROWS = 40000, MOST = 4 << 20 };
	CLEANUP(case_release) struct import_case c;
	char *text = malloc(MOST);
	int at = snprintf(text, MOST, HEAD);

	for (int i = 0; i < ROWS; i++)
		at += snprintf(text + at, (size_t)(MOST - at), "A-%d,甲厂%d,%s,一般,\n",
			       i == ROWS - 1 ? 1 : i, i, i % 2 ? "唐县" : "火星");
	case_init(&c, REGISTRY_SITES, text, (size_t)at);
	free(text);
	case_run(&c);
	case_counts(&c, "19999 20001 0 0");
	says(c.summary->reasons, "  20000 行（第 2、4、6 行等）：「所属县区」“火星”");
	says(c.summary->reasons, "  1 行（第 40001 行）：编号与第 3 行相同");
}

TEST(with_any_area_a_county_asks_for_its_code)
{
	CLEANUP(case_release) struct import_case c;

	case_init(&c, REGISTRY_SITES, HEAD "A-1,甲厂,中卫,一般,\n",
		  sizeof(HEAD "A-1,甲厂,中卫,一般,\n") - 1);
	c.options.any_area = true;
	case_run(&c);
	case_counts(&c, "0 1 0 0");
	says(c.report, "“中卫”认不出，保定以外的县区请填六位区划代码");
	CHECK_INT(case_count(c.report, "--area"), 0);
}

TEST(allowed_words_are_listed_and_errors_come_first)
{
	CLEANUP(case_release) struct import_case c, people;

	case_text(&c, REGISTRY_SITES,
		  "编号,单位名称,统一社会信用代码,所属县区,监管类别,是否特殊监管,对象类型\n"
		  "A-1,甲厂,123,唐县,中等,也许,庙\n");
	case_counts(&c, "0 1 0 0");
	says(c.report, "「监管类别」“中等”认不出，请改成：重点、一般，或在对照文件里写明");
	says(c.report, "「是否特殊监管」“也许”认不出，请改成：是、否，");
	says(c.report, "「对象类型」“庙”认不出，请改成：排污单位、建设项目、机动车检验机构、");
	const char *error = strrchr(c.report, '\n'), *last = strstr(c.report, "错误：");
	for (const char *next = last; next; next = strstr(next + 1, "错误："))
		last = next;
	CHECK(error && last && strstr(c.report, "提醒：") > last);
	case_text(&people, REGISTRY_INSPECTORS, "工号,姓名,执法证号,老新\nP1,张三,1,半新\n");
	says(people.report, "“半新”认不出，请改成：老、新，");
}

static void map_refused(const char *map, const char *word, const char *more)
{
	static const char text[] = "编号,单位名称,片,监管类别\nA-1,甲厂,东城,一般\n";
	CLEANUP(case_release) struct import_case c;

	case_init(&c, REGISTRY_SITES, text, sizeof(text) - 1);
	c.options.map = case_file(&c, "map", map, strlen(map));
	case_run(&c);
	CHECK_INT(c.rc, INVALID);
	says(c.summary->refusal, word);
	says(c.summary->refusal, more);
	CHECK_STR(c.registry, "");
	CHECK(!file_exists(c.options.out));
}

TEST(slips_in_a_mapping_file_are_refused_by_line)
{
	map_refused("片 = 所属县区\nnope = 单位名称\n", "对照文件第 2 行", "「nope」");
	map_refused("# 说明\n\n联系人 = -\n片 = 所属县区\n", "对照文件第 3 行", "「联系人」");
	map_refused("片 = 所属县区\n所属县区: 东城 => 火星\n", "对照文件第 2 行", "“火星”认不出");
	map_refused("片 = 所属县区\n运行状态: 停 => 歇着\n", "对照文件第 2 行", "在产、停产、");
	map_refused("片 = 所属县区\n\n监管类别 := 超级\n", "对照文件第 3 行", "重点、一般");
	map_refused("片 = 所属县区\n信用等级 := 优\n", "对照文件第 2 行", "A、B、C、D、E");
	map_refused("监管类别 :=\n", "对照文件第 1 行", "没有值");
	map_refused("监管类别 := 一般\n监管类别 := 重点\n", "对照文件第 2 行", "只留一条");
}

/* Where no header row is found, the rule that is to blame is named. */
TEST(a_rule_about_the_name_that_no_row_meets)
{
	CLEANUP(case_release) struct import_case c;
	static const char text[] = "编号,厂子,县区\nA-1,甲厂,唐县\n", map[] = "厂 = 单位名称\n";

	case_init(&c, REGISTRY_SITES, text, sizeof(text) - 1);
	c.options.map = case_file(&c, "map", map, sizeof(map) - 1);
	case_run(&c);
	CHECK_INT(c.rc, INVALID);
	says(c.summary->refusal, "对照文件第 1 行：文件的表头里没有「厂」这一列");
}

TEST(a_sheet_is_asked_of_workbooks_only)
{
	CLEANUP(case_release) struct import_case c, other;
	struct book b = book_make("<row r='1'><c r='A1' t='inlineStr'><is><t>x</t></is></c></row>",
				  NULL, NULL);

	case_init(&c, REGISTRY_SITES, HEAD, sizeof(HEAD) - 1);
	c.options.sheet = "Foo";
	case_run(&c);
	CHECK_INT(c.rc, INVALID);
	says(c.summary->refusal, "--sheet 只用于 .xlsx");
	case_init(&other, REGISTRY_SITES, b.at, b.len);
	free(b.at);
	other.options.sheet = "Foo";
	case_run(&other);
	CHECK_INT(other.rc, INVALID);
	says(other.summary->refusal, "没有叫“Foo”的工作表；这个工作簿里有（以 | 隔开）：名单");
	CHECK_INT(case_count(other.summary->refusal, "第 0 行"), 0);
}

TEST(a_broken_workbook_has_no_row_0)
{
	CLEANUP(case_release) struct import_case c;

	case_init(&c, REGISTRY_SITES, "PK\x03\x04 no zip", 11);
	case_run(&c);
	CHECK_INT(c.rc, INVALID);
	CHECK_INT(case_count(c.summary->refusal, "行"), 0);
}

static bool stop(void *arg, uint64_t done, uint64_t total)
{
	(void)arg;
	(void)done;
	(void)total;
	return false;
}

TEST(an_interrupted_import_leaves_nothing)
{
	CLEANUP(case_release) struct import_case c, kept;

	case_init(&c, REGISTRY_SITES, HEAD "A-1,甲厂,唐县,一般,\n",
		  sizeof(HEAD "A-1,甲厂,唐县,一般,\n") - 1);
	const char *top = c.options.out;
	c.options.out = arena_printf(&c.arena, "%s/深/处", top);
	c.options.progress = stop;
	case_run(&c);
	CHECK_INT(c.rc, CANCELLED);
	CHECK(!file_exists(top));
	/* A folder that was there stays. */
	case_init(&kept, REGISTRY_SITES, HEAD, sizeof(HEAD) - 1);
	CHECK_INT(file_make_folder(kept.options.out, 0755), OK);
	kept.options.progress = stop;
	case_run(&kept);
	CHECK_INT(kept.rc, CANCELLED);
	CHECK(file_exists(kept.options.out));
}

/* Where no row is taken, the registry that was there stays; the report says why. */
TEST(nothing_taken_changes_nothing)
{
	CLEANUP(case_release) struct import_case c, again;
	static const char bad[] = HEAD "A-1,甲厂,火星,一般,\n";

	case_text(&c, REGISTRY_SITES, HEAD "A-1,甲厂,唐县,一般,\n");
	case_counts(&c, "1 0 0 0");
	case_init(&again, REGISTRY_SITES, bad, sizeof(bad) - 1);
	again.options.out = c.options.out;
	again.options.must_take = true;
	case_run(&again);
	CHECK_INT(again.rc, OK);
	CHECK(!again.paths.registry);
	CHECK_STR(again.registry, c.registry);
	says(again.report, "“火星”认不出");
	says(again.json, "\"quarantined\":1");
	says(again.summary->refusal, "1 行全部未收");
}
