/* test/app/import.c — whole imports: every row accounted for, nothing secret let through, nothing half done. */
#include "app/import.h"
#include "base/file.h"
#include "base/status.h"

#include "import_case.h"
#include "unit.h"

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#define HEAD "编号,企业名称,统一社会信用代码,区县,地址,监管类别\n"

TEST(dirt_is_mended_or_named)
{
	CLEANUP(case_release) struct import_case c;

	case_text(&c, REGISTRY_SITES,
		  "污染源名录（2026）,,,,,\n" HEAD
		  "A-2, 甲\u3000厂\u200b,91130200699229617X,竞秀区,某路１号,重点\n"
		  "A-1,乙厂,91640300MA75WONY35,130606,\"某路2号\n后院\",一般源\n"
		  "A-3,丙厂,91350100M0001TGQXM,保定市满城区,,一般\n"
		  ",,,,,\n"
		  "X 9,丁厂,,唐县,,一般\n"
		  "A-5,,,唐县,,一般\n"
		  "A-6,戊厂,,容城县,,一般\n"
		  "A-7,己厂,,唐县,,中等\n");
	case_counts(&c, "3 4 0 0");
	CHECK_INT(c.summary->blank, 1);
	CHECK_INT(c.summary->header_line, 2);
	CHECK(strstr(c.registry,
		     "\nA-1\t乙厂\t\t91640300MA75W0NY35\t\t\t\t130606\t\t某路2号 后院\t"));
	CHECK(strstr(c.registry, "\nA-2\t甲 厂\t\t91130200699229617X\t\t\t\t130602\t\t某路1号\t"));
	CHECK(strstr(c.registry, "\nA-3\t丙厂\t\t91350100M0001TGQXM\t\t\t\t130607\t"));
	CHECK_INT(case_count(c.json, "\"code\":\"code_corrected\""), 1);
	CHECK_INT(case_count(c.json,
			     "\"code\":\"code_check\",\"field\":\"code\",\"level\":\"warning\""),
		  1);
	CHECK(strstr(c.json, "\"code\":\"id_form\",\"field\":\"id\",\"level\":\"error\""));
	CHECK(strstr(c.json, "\"code\":\"missing\",\"field\":\"name\""));
	CHECK(strstr(c.json, "\"code\":\"county_foreign\""));
	CHECK(strstr(c.json, "\"code\":\"word_unknown\",\"field\":\"class\""));
	CHECK(strstr(c.json,
		     "\"counts\":{\"new\":3,\"quarantined\":4,\"unchanged\":0,\"updated\":0}"));
	CHECK(strstr(c.json, "{\"id\":\"A-2\",\"line\":3,\"reasons\":[{\"code\":\"hidden\","));
}

TEST(the_report_is_the_users_file_with_one_more_column)
{
	CLEANUP(case_release) struct import_case c;

	case_text(&c, REGISTRY_SITES,
		  "编号,企业名称,区县,地址,监管类别\nA-1,甲厂,唐县,\"路,1号\",重点\nA-2,乙厂\n"
		  "A-1,丙厂,唐县,,一般,多余\n");
	CHECK_STR(
		c.report,
		"\xef\xbb\xbf编号,企业名称,区县,地址,监管类别,错误信息\r\n"
		"A-1,甲厂,唐县,\"路,1号\",重点,\r\n"
		"A-2,乙厂,,,,错误：缺少「所属县区」，请补填后重新导入；提醒：没有写监管类别，已按一般对象登记；"
		"是重点对象的请补填\r\n"
		"A-1,丙厂,唐县,,一般,多余,错误：这一行的单元格多于表头（表头列数为 5），可能错了列，请检查"
		"逗号和引号\r\n");
}

TEST(duplicates_within_the_file)
{
	CLEANUP(case_release) struct import_case c;

	case_text(&c, REGISTRY_SITES,
		  HEAD "B-1,甲厂,91130200699229617X,唐县,一号路,重点\n"
		       "B-1,别的厂,,唐县,二号路,重点\n"
		       "B-2,甲厂分厂,91130200699229617X,唐县,一 号路,重点\n"
		       ",甲厂,,唐县,一号路,重点\n"
		       ",乙厂（北）,,易县,三号路,一般\n"
		       ",乙厂(北),,易县,三号路,一般\n"
		       ",丙厂,,易县,,一般\n"
		       ",丙厂,,唐县,,一般\n");
	case_counts(&c, "5 3 0 0");
	CHECK_INT(case_count(c.json, "duplicate_id"), 1);
	CHECK_INT(case_count(c.json, "duplicate_place"), 2);
	CHECK_INT(case_count(c.json, "likely_same"), 1);
	CHECK(strstr(c.report, "编号与第 2 行相同"));
	CHECK(strstr(c.registry, "\n130627-000001\t丙厂\t"));
	CHECK(strstr(c.registry, "\n130633-000001\t乙厂（北）\t"));
	CHECK(strstr(c.registry, "\n130633-000002\t丙厂\t"));
	CHECK_INT(c.summary->minted, 3);
}

TEST(a_registry_grows_and_keeps_its_numbers)
{
	CLEANUP(case_release) struct import_case first, again, third;

	case_text(
		&first, REGISTRY_SITES,
		"企业名称,信用代码,区县,地址,监管类别,备注\n"
		"甲厂,91130200699229617X,唐县,一号路,重点,旧\n乙厂,,唐县,二号路,一般,\n丙厂,,易县,三号路,一般,\n");
	case_counts(&first, "3 0 0 0");
	const char *old = case_file(&first, "old.tsv", first.registry, strlen(first.registry));

	case_init(&again, REGISTRY_SITES, "", 0);
	again.options.old = old;
	/* Found by code and address though renamed; by name and address; a new one; 丙厂 is not named. */
	const char text[] =
		"企业名称,信用代码,区县,地址,监管类别\n甲厂新名,91130200699229617X,唐县,一号路,重点\n"
		"丁厂,,唐县,四号路,一般\n乙厂,,唐县,二号路,一般\n";
	again.options.file = case_file(&again, "in2", text, strlen(text));
	case_run(&again);
	case_counts(&again, "1 0 1 1");
	CHECK_INT(again.summary->kept, 1);
	/* The column 备注 is not in the file: the old value stays. */
	CHECK(strstr(again.registry, "\n130627-000001\t甲厂新名\t\t91130200699229617X"));
	CHECK(strstr(again.registry, "旧"));
	CHECK(strstr(again.registry, "\n130627-000002\t乙厂\t"));
	CHECK(strstr(again.registry, "\n130627-000003\t丁厂\t"));
	CHECK(strstr(again.registry, "\n130633-000001\t丙厂\t"));

	/* The result itself is a file like any other, and nothing changes. */
	case_init(&third, REGISTRY_SITES, again.registry, strlen(again.registry));
	third.options.old = case_file(&third, "old.tsv", again.registry, strlen(again.registry));
	case_run(&third);
	case_counts(&third, "0 0 4 0");
	CHECK_STR(third.registry, again.registry);
}

/* Every kind of value in canonical form is read back as itself. */
TEST(canonical_files_are_fixed_points)
{
	CLEANUP(case_release) struct import_case sites, again, people, people_again;

	case_text(
		&sites, REGISTRY_SITES,
		"编号,单位名称,信用代码,许可证编号,管理类别,许可证有效期,县区,乡镇,地址,经度,纬度,行业,污染源类型,监管类别,"
		"是否特殊,特殊原因,列入日期,移出日期,状态,所需专业,在线监测,信用等级,备注\n"
		"A,甲厂,91130200699229617X,91130200699229617X001P,重点管理,2026.1.1至2031.1.1,唐县,130627100,某路,"
		"东经115°29′15.6″,38.7,c2614,废水/废气,重点,是,超标,2026年1月1日,2026-12-31,停产,水,有,B级,\"说, 明\"\n");
	case_counts(&sites, "1 0 0 0");
	CHECK(strstr(
		sites.registry,
		"\nA\t甲厂\t\t91130200699229617X\t91130200699229617X001P\tmajor\t2031-01-01\t130627\t"
		"130627100\t某路\t1154876667\t387000000\tC2614\t废水,废气\tkey\t1\t超标\t2026-01-01\t"
		"2026-12-31\tstopped\t\t水\t1\tB\t说, 明"));
	case_text(&again, REGISTRY_SITES, sites.registry);
	CHECK_STR(again.registry, sites.registry);
	case_text(
		&people, REGISTRY_INSPECTORS,
		"工号,姓名,执法证号,有效期,片区,入岗日期,老新,专业,请假,上限,回避\n"
		"P,张三,03,2027-1-2,\"唐县,易县\",2015-3-1,老,\"水,气\",\"2026-1-1至2026-1-5,2026-2-1\",8,甲厂:本人；乙厂（亲属）\n");
	case_counts(&people, "1 0 0 0");
	case_text(&people_again, REGISTRY_INSPECTORS, people.registry);
	CHECK_STR(people_again.registry, people.registry);
}

/* Nothing of a classified row and no identity number may be in anything that was written. */
TEST(secrets_are_not_copied)
{
	CLEANUP(case_release) struct import_case c;

	case_text(&c, REGISTRY_SITES,
		  "编号,企业名称,信用代码,区县,监管类别,是否涉密,法人身份证号,身份证号码,备注\n"
		  "S-1,金丝雀厂,,唐县,重点,是,,,\n"
		  "S-2,雀丝金厂,,唐县,重点,大概,,,\n"
		  "S-3,某户,11010519491231002X,唐县,一般,否,,11010519491231002X,\n"
		  "S-4,某厂,,唐县,一般,,,,\n");
	case_counts(&c, "2 2 0 0");
	const char *all[] = { c.registry, c.report, c.json, c.summary->columns };
	for (size_t i = 0; i < COUNT(all); i++) {
		CHECK_INT(case_count(all[i], "金丝雀") + case_count(all[i], "雀丝金"), 0);
		CHECK_INT(case_count(all[i], "S-1") + case_count(all[i], "S-2"), 0);
		CHECK_INT(case_count(all[i], "11010519491231002X"), 0);
	}
	CHECK(strstr(
		c.json,
		"{\"id\":null,\"line\":2,\"reasons\":[{\"code\":\"classified\",\"field\":null"));
	CHECK_INT(case_count(c.json, "code_is_person"), 1);
}

TEST(inspectors)
{
	CLEANUP(case_release) struct import_case c;

	case_text(
		&c, REGISTRY_INSPECTORS,
		"工号,姓名,执法证编号,有效期,单位,管辖片区,入岗时间,专业,在编,在岗,请假,回避单位,是否专家,上限\n"
		"P1,张三,0306001,2024年1月1日至2028年12月31日,一大队,\"竞秀区、莲池区\",2015.3.1,水/大气,是,是,"
		"2026-11-01至2026-11-10；2026/12/1,甲公司（亲属）；A-2,否,8\n"
		",李四,0306002,长期,一大队,全市,43831,,是,,,,,\n"
		"11010519491231002X,王五,0306003,,一大队,,,,,,,,,\n"
		"P4,赵六,,,一大队,,,,,,2026-12-10至2026-12-01,,,\n"
		"P5,钱七,,,,,,,,,,,专家,\n");
	case_counts(&c, "3 2 0 0");
	CHECK(strstr(
		c.registry,
		"\nP1\t张三\t0306001\t2028-12-31\t\t\t一大队\t130602,130606\t2015-03-01\t\t水,大气\t1\t1"
		"\t1\t2026-11-01/2026-11-10,2026-12-01/2026-12-01\t8\t0\t甲公司=亲属,A-2\t0\n"));
	CHECK(strstr(c.registry, "\nP-000001\t李四\t0306002\t\t\t\t一大队\t\t2020-01-01\t"));
	CHECK(strstr(c.registry, "\nP5\t钱七\t"));
	CHECK_INT(case_count(c.json, "id_is_person"), 1);
	CHECK_INT(case_count(c.json, "period_reversed"), 1);
	CHECK_INT(case_count(c.json, "day_serial"), 1);
	CHECK_INT(case_count(c.report, "11010519491231002X"), 0);
}

TEST(a_mapping_file_says_the_rest)
{
	CLEANUP(case_release) struct import_case c;
	static const char map[] =
		"# 说明\n单 位 = 单位名称\n地址 = -\n监管类别 := 一般\n所属县区: 东城 => 130602\n"
		"运行状态：停工 => 停产\n片 = county\n";

	case_init(&c, REGISTRY_SITES, "", 0);
	const char text[] =
		"编号,单位,片,地址,状态\nA,甲厂,东城,某路,停工\nB,乙厂,西城,某路,在产\n";
	c.options.file = case_file(&c, "in2", text, strlen(text));
	c.options.map = case_file(&c, "map", map, strlen(map));
	case_run(&c);
	case_counts(&c, "1 1 0 0");
	CHECK(strstr(c.registry,
		     "\nA\t甲厂\t\t\t\t\t\t130602\t\t\t\t\t\t\tgeneral\t0\t\t\t\tstopped\t"));
	CHECK(strstr(c.json, "“西城”"));
}

/* The text in another encoding, behind these first bytes. */
static size_t encode(const char *name, const char *bom, const char *text, char *out, size_t room)
{
	iconv_t cd = iconv_open(name, "UTF-8");
	char *in = strdup(text), *from = in, *to = out + strlen(bom);
	size_t left = strlen(text), space = room - strlen(bom);

	memcpy(out, bom, strlen(bom));
	CHECK(iconv(cd, &from, &left, &to, &space) != (size_t)-1);
	iconv_close(cd);
	free(in);
	return (size_t)(to - out);
}

TEST(any_encoding_gives_the_same_registry)
{
	static const char text[] =
		HEAD "A-1,甲厂,,唐县,一号路,重点\nA-2,乙厂,,易县,\"二,三号路\",一般\n";
	static const struct {
		const char *name, *bom;
	} cases[] = { { "UTF-8", "\xef\xbb\xbf" },
		      { "GB18030", "" },
		      { "UTF-16LE", "\xff\xfe" },
		      { "UTF-16BE", "\xfe\xff" } };
	CLEANUP(case_release) struct import_case plain;
	char bytes[2048];

	case_text(&plain, REGISTRY_SITES, text);
	case_counts(&plain, "2 0 0 0");
	for (size_t i = 0; i < COUNT(cases); i++) {
		CLEANUP(case_release) struct import_case c;
		size_t len = encode(cases[i].name, cases[i].bom, text, bytes, sizeof(bytes));
		case_init(&c, REGISTRY_SITES, bytes, len);
		case_run(&c);
		CHECK_INT(c.rc, OK);
		CHECK_STR(c.registry, plain.registry);
		CHECK_STR(c.report, plain.report);
	}
}

static void check_refused(const char *at, size_t len, const char *word)
{
	CLEANUP(case_release) struct import_case c;

	case_init(&c, REGISTRY_SITES, at, len);
	case_run(&c);
	CHECK_INT(c.rc, INVALID);
	if (!CHECK(strstr(c.summary->refusal, word) != NULL))
		fprintf(stderr, "# %s\n", c.summary->refusal);
	CHECK_STR(c.registry, "");
	CHECK_STR(c.json, "");
}

#define REFUSED(text, word) check_refused(text, sizeof(text) - 1, word)

TEST(files_that_are_none_are_refused)
{
	REFUSED("", "空的");
	REFUSED("a,b\n1,2\n", "没有找到表头");
	REFUSED("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old or encrypted", "");
	REFUSED("PK\x03\x04 no zip", "");
	REFUSED("\x7f"
		"ELF\x02\x01\x01\0\0\0\xf3\xff\xfe\0\0",
		"空字节");
}

TEST(a_refusal_leaves_what_was_there)
{
	CLEANUP(case_release) struct import_case c, again;

	case_text(&c, REGISTRY_SITES, HEAD "A-1,甲厂,,唐县,一号路,重点\n");
	case_counts(&c, "1 0 0 0");
	case_init(&again, REGISTRY_SITES,
		  HEAD "A-1,乙厂,,唐县,一号路,重点\nA-2,丙厂,,唐县,二号路,重点\n", 110);
	again.options.out = c.options.out;
	again.options.max_rows = 1;
	case_run(&again);
	CHECK_INT(again.rc, INVALID);
	CHECK(strstr(again.summary->refusal, "--max-rows"));
	CHECK_STR(again.registry, c.registry);
}

TEST(what_cannot_be_read_is_named)
{
	CLEANUP(case_release) struct import_case c;

	case_init(&c, REGISTRY_SITES, HEAD, sizeof(HEAD) - 1);
	c.options.file = "/nowhere/file.csv";
	case_run(&c);
	CHECK_INT(c.rc, NONE);
	CHECK_STR(c.paths.problem_path, "/nowhere/file.csv");
	c.options.file = case_file(&c, "in2", HEAD, sizeof(HEAD) - 1);
	c.options.old = case_file(&c, "old", "id\tname\n", 8);
	case_run(&c);
	CHECK_INT(c.rc, INVALID);
	CHECK(strstr(c.summary->refusal, "第一行"));
	c.options.old = NULL;
	c.options.map = case_file(&c, "map", "# 一行\n天气 = 晴雨表\n", 28);
	case_run(&c);
	CHECK_INT(c.rc, INVALID);
	CHECK(strstr(c.summary->refusal, "对照文件第 2 行"));
}

/* Broken text in one row costs that row. */
TEST(damaged_rows_are_set_aside)
{
	CLEANUP(case_release) struct import_case c;

	case_text(
		&c, REGISTRY_SITES,
		HEAD
		"A-1,甲厂,,唐县,一号路,重点\nA-2,\"乙厂,,唐县,二号路,重点\nA-3,丙\xff\xfe厂,,唐县,三号路,重点\n"
		"A-4,丁厂,,唐县,四号路,重点\n");
	case_counts(&c, "2 2 0 0");
	CHECK_INT(case_count(c.json, "quote_open"), 1);
	CHECK_INT(case_count(c.json, "\"encoding\",\"field\":\"name\""), 1);
}

/* A file large enough for two parts, with quotes and line breaks across the place of the cut. */
static char *large_file(bool trap, size_t *len)
{
	enum { ROWS = 20000, MOST = 8 << 20 };
	char *text = malloc(MOST);
	int at = snprintf(text, MOST, HEAD);

	for (int i = 0; i < ROWS; i++)
		at += snprintf(
			text + at, (size_t)(MOST - at),
			"A-%05d,甲%d厂%s,,唐县,\"第%d号,\n\"\"院\"\"内 一二三四五六七八九十\",一般\n",
			ROWS - i, i, trap && i % 3 == 0 ? "5\" 管" : "", i);
	*len = (size_t)at;
	return text;
}

TEST(a_large_file_is_read_in_two_parts)
{
	for (int trap = 0; trap < 2; trap++) {
		CLEANUP(case_release) struct import_case c;
		size_t len;
		char *text = large_file(trap, &len), line[64];

		case_init(&c, REGISTRY_SITES, text, len);
		case_run(&c);
		case_counts(&c, "20000 0 0 0");
		CHECK_INT(case_count(c.registry, "\n"), 20001);
		CHECK(strstr(c.registry, "\nA-00001\t甲19999厂"));
		CHECK(strstr(c.registry, "\t第19999号, \"院\"内 一二三四五六七八九十\t"));
		snprintf(line, sizeof(line), "{\"id\":\"A-00001\",\"line\":20001,");
		CHECK(strstr(c.json, line));
		free(text);
	}
}

/* Whatever comes: the counts add up, the registry is one, and each row has its line in the JSON. */
TEST(random_dirt)
{
	static const char *const bits[] = { ",",
					    ",",
					    ",",
					    ",",
					    "\n",
					    "\n",
					    "\"",
					    "A-1",
					    "甲厂",
					    "唐县",
					    "重点",
					    "是",
					    "\r",
					    "130602",
					    "　",
					    "\xff",
					    "91130200699229617X",
					    "115.5",
					    "2026-01-01",
					    "\0",
					    "（",
					    "-" };
	uint64_t random = 7;
	int rounds = unit_long() ? 2000 : 60;

	for (int round = 0; round < rounds; round++) {
		CLEANUP(case_release) struct import_case c;
		char text[4096] =
			"编号,企业名称,信用代码,区县,监管类别,地址,经度,纬度,有效期至,涉密,备注,许可证有效期至\n";
		size_t at = strlen(text);
		while (at < 3000) {
			const char *bit = bits[unit_random(&random) % COUNT(bits)];
			memcpy(text + at, bit, strlen(bit));
			at += strlen(bit);
		}
		case_init(&c, REGISTRY_SITES, text, at);
		case_run(&c);
		CHECK_INT(c.rc, OK);
		struct registry_reader reader;
		struct span cells[REGISTRY_FIELDS_MOST];
		struct site site;
		const char *problem = "";
		int rows = 0, rc;
		CHECK_INT(registry_open(&reader, REGISTRY_SITES, span_of(c.registry)), OK);
		while ((rc = registry_next(&reader, cells)) == OK) {
			CHECK_INT(site_decode(cells, &site, &problem), OK);
			rows++;
		}
		CHECK_INT(rc, NONE);
		CHECK_INT(rows, c.summary->count[IMPORT_NEW]);
		CHECK_INT(case_count(c.json, "\"line\":"), c.summary->rows);
	}
}

TEST(real_rows_of_another_province)
{
	CLEANUP(case_release) struct import_case c = { 0 };
	const char *path = unit_source("../shared/data/enterprises_ningxia_60_raw.csv");

	if (!file_exists(path)) {
		unit_skip("../shared/data is not here");
		return;
	}
	case_init(&c, REGISTRY_SITES, "", 0);
	c.options.file = path;
	c.options.map = unit_source("test/app/data/ningxia.map");
	c.options.any_area = true;
	case_run(&c);
	CHECK_INT(c.rc, OK);
	CHECK_INT(c.summary->rows, 60);
	CHECK_INT(c.summary->count[IMPORT_NEW], 60);
	CHECK_INT(case_count(c.json, "code_corrected"), 3);
	CHECK_INT(case_count(c.json, "code_missing"), 16);
	CHECK_INT(case_count(c.json, "permit_other_code"), 1);
}

/* A file does not say who goes on for a site that was merged. */
TEST(a_file_cannot_merge_a_site)
{
	CLEANUP(case_release) struct import_case c, again;
	static const char old[] = "编号,名称,县区,运行状态\nA-1,甲,唐县,在产\nA-2,乙,唐县,在产\n";
	static const char text[] =
		"编号,名称,县区,运行状态\nA-2,乙,唐县,已合并\nA-1,甲,唐县,在产\n,丙,唐县,已合并\n";

	case_text(&c, REGISTRY_SITES, text);
	case_counts(&c, "1 2 0 0");
	CHECK_INT(case_count(c.json, "\"code\":\"merged_here\""), 2);
	case_release(&c);
	case_text(&c, REGISTRY_SITES, old);
	case_init(&again, REGISTRY_SITES, text, strlen(text));
	again.options.old = c.paths.registry;
	case_run(&again);
	case_counts(&again, "0 2 1 0");
	CHECK(strstr(again.report, "registry merge"));
}

/* The number of GB 11643's own example, wherever it stands. */
TEST(numbers_of_people_leave_no_trace)
{
	CLEANUP(case_release) struct import_case c;

	case_text(&c, REGISTRY_SITES,
		  "编号,名称,县区,地址,备注,随便\n"
		  "A-1,甲,唐县,某村11010519491231002X宅,业主11010519491231002X,11010519491231002X\n"
		  "A-2,乙,唐县,某村,证件１１０１０５１９４９１２３１００２Ｘ,无\n"
		  "A-3,丙,唐县11010519491231002X,某村,,无\n");
	case_counts(&c, "2 1 0 0");
	CHECK(strstr(c.registry, "某村******************宅"));
	CHECK_INT(case_count(c.json, "\"code\":\"person_masked\""), 4);
	for (const char *const *t = (const char *const[]){ c.registry, c.report, c.json, NULL }; *t;
	     t++) {
		CHECK(!strstr(*t, "11010519491231002X"));
		CHECK(!strstr(*t, "１１０１０５"));
	}
	struct stat st;
	CHECK_INT(stat(c.paths.report, &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
}

TEST(messages_say_what_happened)
{
	CLEANUP(case_release) struct import_case c, empty;
	static const char nul[] = "编号,名称,县区,监管类别\nA-1,甲\0厂,唐县,重点\nA-2,乙厂,唐县,\n";

	/* A byte that is no text is not dropped in silence. */
	case_init(&c, REGISTRY_SITES, nul, sizeof(nul) - 1);
	case_run(&c);
	case_counts(&c, "1 1 0 0");
	CHECK_INT(case_count(c.json, "\"code\":\"encoding\""), 1);
	CHECK(strstr(c.json, "已按一般对象登记"));
	/* Without the column an update keeps its class. */
	case_text(&empty, REGISTRY_SITES, "编号,名称,县区\nA-1,甲厂,唐县\n");
	CHECK(strstr(empty.json, "保持原来的类别"));
	CHECK(!strstr(empty.json, "已按一般对象登记"));
}
