/* test/app/import_registries.c — matters, recusals and the later columns: read as people write them, refused where they must be. */
#include "app/import.h"
#include "base/buf.h"
#include "base/status.h"

#include "import_case.h"
#include "unit.h"

#include <stdio.h>

/* The cell of a field in the row of that id; "" if there is none. */
static const char *cell(struct import_case *c, const char *id, uint32_t field)
{
	struct registry_reader r;
	struct span cells[REGISTRY_FIELDS_MOST];

	if (registry_open(&r, c->options.kind, span_of(c->registry)) != OK)
		return "no registry";
	while (registry_next(&r, cells) == OK)
		if (span_equal(cells[0], span_of(id)))
			return arena_mem(&c->arena, cells[field].at, cells[field].len);
	return "no row";
}

TEST(matters_get_their_choices_ratios_and_numbers)
{
	CLEANUP(case_release) struct import_case c, again;
	static const char text[] =
		"事项编码,抽查事项,抽查类别,检查依据,检查对象,检查层级,检查方式,事项类别,抽查比例,失效日期\n"
		"SX-01,排污许可执行,许可,条例第24条,企业；机动车检测机构,\"县级、市级\",书面,重点事项,不低于5%,2027-12-31\n"
		",噪声,日常,噪声法,全部,,现场检查、非现场检查,,1:5,\n"
		",固废,日常,,其他,,,,4/80,\n"
		"SX-04,危废,日常,固废法,,,,,百分之25,2026-13-01\n";

	case_text(&c, REGISTRY_MATTERS, text);
	case_counts(&c, "3 1 0 0");
	CHECK_STR(cell(&c, "SX-01", MATTER_KINDS), "discharger,vehicle");
	CHECK_STR(cell(&c, "SX-01", MATTER_LEVELS), "city,county");
	CHECK_STR(cell(&c, "SX-01", MATTER_METHODS), "offsite");
	CHECK_STR(cell(&c, "SX-01", MATTER_CLASS), "key");
	CHECK_STR(cell(&c, "SX-01", MATTER_RATIO), "1/20");
	CHECK_STR(cell(&c, "M-000001", MATTER_KINDS), "");
	CHECK_STR(cell(&c, "M-000001", MATTER_METHODS), "onsite,offsite");
	CHECK_STR(cell(&c, "M-000001", MATTER_RATIO), "");
	CHECK_STR(cell(&c, "M-000002", MATTER_RATIO), "1/20");
	CHECK_INT(case_count(c.json, "\"code\":\"ratio_form\""), 1);
	CHECK_INT(case_count(c.json, "\"code\":\"no_basis\""), 1);
	case_init(&again, REGISTRY_MATTERS, text, strlen(text));
	again.options.old = c.paths.registry;
	case_run(&again);
	case_counts(&again, "0 1 3 0");
	CHECK_STR(again.registry, c.registry);
}

TEST(a_decoded_matter)
{
	CLEANUP(case_release) struct import_case c;
	struct registry_reader r;
	struct span cells[REGISTRY_FIELDS_MOST];
	struct matter m;
	const char *problem = "";

	case_text(&c, REGISTRY_MATTERS,
		  "事项编码,抽查事项,检查对象,检查层级,检查方式,抽查比例,生效日期\n"
		  "A,甲,危废经营单位,,非现场,2.5%,1970-01-03\nB,乙,,省级,,,\n");
	CHECK_INT(registry_open(&r, REGISTRY_MATTERS, span_of(c.registry)), OK);
	CHECK_INT(registry_next(&r, cells), OK);
	CHECK_INT(matter_decode(cells, &m, &problem), OK);
	CHECK_INT(m.kinds, 1 << OBJECT_WASTE);
	CHECK_INT(m.levels, 15);
	CHECK(!m.onsite && m.offsite && !m.key && m.has_ratio);
	CHECK_INT(m.ratio, 1);
	CHECK_INT(m.of, 40);
	CHECK_INT(m.from, 2);
	CHECK(m.until == INT64_MAX);
	CHECK_INT(registry_next(&r, cells), OK);
	CHECK_INT(matter_decode(cells, &m, &problem), OK);
	CHECK_INT(m.kinds, (1 << OBJECT_KINDS) - 1);
	CHECK_INT(m.levels, 2);
	CHECK(m.onsite && !m.offsite && !m.has_ratio && m.from == INT64_MIN);
	cells[MATTER_RATIO] = SPAN("3/2");
	CHECK_INT(matter_decode(cells, &m, &problem), INVALID);
	CHECK(strstr(problem, "ratio"));
}

TEST(ratios_as_people_write_them)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{ "5%", "1/20" },      { "每年不低于 10％", "1/10" },
		{ "12.5%", "1/8" },    { "3/100", "3/100" },
		{ "百分之二", "" },    { "全覆盖", "1/1" },
		{ "100%", "1/1" },     { "101%", "" },
		{ "0", "" },           { "0.05", "1/20" },
		{ "5‰", "1/200" },     { "1:5", "" },
		{ "5%以上", "1/20" },  { "%5", "" },
		{ "1/0", "" },         { "999999999/1", "" },
		{ "1/20", "1/20" },    { "每季度不少于5%", "1/20" },
		{ "1234567890%", "" }, { "5 %", "1/20" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		CLEANUP(case_release) struct import_case c;
		char text[128];
		snprintf(text, sizeof(text), "编码,事项名称,检查依据,抽查比例\nA,甲,法,%s\n",
			 cases[i].text);
		case_text(&c, REGISTRY_MATTERS, text);
		CHECK_STR(cell(&c, "A", MATTER_RATIO), cases[i].want);
		CHECK_INT(case_count(c.json, "ratio_form"), cases[i].want[0] ? 0 : 1);
	}
}

TEST(recusals_keep_each_relation_apart)
{
	CLEANUP(case_release) struct import_case c, again;
	static const char text[] = "工号,回避单位,关系,起始日期,截止日期,来源\n"
				   "Z1,甲厂,亲属,2026-01-01,,本人申报\n"
				   "Z1,甲厂,曾任职,2024-01-01,2027-01-01,人事\n"
				   "Z1,甲厂,亲属,2026-01-01,,再报一次\n"
				   "11010519491231002X,乙厂,亲属,,,\n"
				   "Z2,乙厂,亲属,2026-02-01,2026-01-01,\n"
				   "Z3,,亲属,,,\n";

	case_text(&c, REGISTRY_RECUSALS, text);
	case_counts(&c, "2 4 0 0");
	CHECK_INT(case_count(c.json, "\"code\":\"duplicate_place\""), 1);
	CHECK_INT(case_count(c.json, "\"code\":\"id_is_person\""), 1);
	CHECK_INT(case_count(c.json, "\"code\":\"period_reversed\""), 1);
	CHECK(!strstr(c.report, "11010519491231002X") && !strstr(c.json, "11010519491231002X"));
	CHECK_STR(cell(&c, "R-000001", RECUSAL_KIND), "亲属");
	CHECK_STR(cell(&c, "R-000002", RECUSAL_TO), "2027-01-01");
	case_init(&again, REGISTRY_RECUSALS, text, strlen(text));
	again.options.old = c.paths.registry;
	case_run(&again);
	case_counts(&again, "0 4 2 0");
}

TEST(the_later_columns_of_a_site)
{
	CLEANUP(case_release) struct import_case c;

	case_text(
		&c, REGISTRY_SITES,
		"编号,企业名称,县区,监管类别,管理级别,重点单位类别,对象类型,信用等级,企业信用风险分类,是否正面清单,环境风险等级,分表计电,运行状态,状态依据\n"
		"A-1,甲厂,唐县,重点,省控,\"土壤、水环境,大气\",危废经营,C,信用风险较高,是,较大,有,正常,\n"
		"A-2,乙厂,唐县,一般,乡控,水,菜园,,,,,,停产,\n"
		"A-3,丙厂,唐县,一般,,,检测机构,,,,,,,\nA-4,丁厂,唐县,一般,,,检测机构,,,,,,并入,\n");
	case_counts(&c, "3 1 0 0");
	CHECK_STR(cell(&c, "A-1", SITE_LEVEL), "province");
	CHECK_STR(cell(&c, "A-1", SITE_KEY_CATEGORIES), "water,air,soil");
	CHECK_STR(cell(&c, "A-1", SITE_KIND), "waste");
	/* Two scales: a C of one is not the other's. */
	CHECK_STR(cell(&c, "A-1", SITE_CREDIT), "C");
	CHECK_STR(cell(&c, "A-1", SITE_MARKET_RISK), "C");
	CHECK_STR(cell(&c, "A-1", SITE_POSITIVE), "1");
	CHECK_STR(cell(&c, "A-1", SITE_RISK), "large");
	CHECK_STR(cell(&c, "A-1", SITE_POWER), "1");
	CHECK_STR(cell(&c, "A-2", SITE_LEVEL), "");
	CHECK_STR(cell(&c, "A-2", SITE_KIND), "");
	CHECK_STR(cell(&c, "A-3", SITE_KIND), "monitor");
	/* 并入 is understood; a file cannot say it. */
	CHECK_INT(case_count(c.json, "\"code\":\"merged_here\""), 1);
	CHECK_INT(case_count(c.json, "\"code\":\"word_unknown\""), 2);
	CHECK_INT(case_count(c.json, "\"code\":\"state_without\""), 1);
}

TEST(experts_and_third_parties_only_assist)
{
	CLEANUP(case_release) struct import_case c;
	struct registry_reader r;
	struct span cells[REGISTRY_FIELDS_MOST];
	struct inspector i;
	const char *problem = "";

	case_text(
		&c, REGISTRY_INSPECTORS,
		"工号,姓名,执法证号,人员身份,专家库,保密承诺日期,双随机执法人员\n"
		"A,张三,1,执法人员,,,是\nB,李四,2,专家,大气专家库,,是\nC,王五,,第三方,,2026-01-01,\n");
	case_counts(&c, "3 0 0 0");
	CHECK_INT(case_count(c.json, "\"code\":\"no_statement\""), 1);
	CHECK_STR(cell(&c, "A", INSPECTOR_ASSISTANT), "0");
	CHECK_STR(cell(&c, "B", INSPECTOR_ASSISTANT), "1");
	CHECK_STR(cell(&c, "C", INSPECTOR_ASSISTANT), "1");
	CHECK_INT(registry_open(&r, REGISTRY_INSPECTORS, span_of(c.registry)), OK);
	CHECK_INT(registry_next(&r, cells), OK);
	CHECK_INT(inspector_decode(cells, &i, &problem), OK);
	CHECK(!i.assistant && i.counted);
	CHECK_INT(registry_next(&r, cells), OK);
	CHECK_INT(inspector_decode(cells, &i, &problem), OK);
	CHECK(i.assistant && !i.counted);
	/* By the role alone, as a hand-written file may have it. */
	cells[INSPECTOR_ASSISTANT] = SPAN("0");
	CHECK_INT(inspector_decode(cells, &i, &problem), OK);
	CHECK(i.assistant);
}

TEST(marks_of_classification_keep_a_row_out)
{
	CLEANUP(case_release) struct import_case c, whole;

	case_text(&c, REGISTRY_SITES,
		  "编号,企业名称,县区,监管类别,备注\nA-1,甲厂,唐县,一般,普通★\n"
		  "A-2,金丝雀厂,唐县,一般,机密★10年\nA-3,丙厂,唐县,一般,机密★10年\n");
	case_counts(&c, "1 2 0 0");
	CHECK_INT(case_count(c.json, "\"code\":\"classified\""), 2);
	CHECK(!strstr(c.registry, "金丝雀") && !strstr(c.report, "金丝雀") &&
	      !strstr(c.json, "A-2") && !strstr(c.registry, "A-3"));
	CHECK(strstr(c.report, "纸质名录"));
	case_text(&whole, REGISTRY_SITES, "秘密★5年,,\n编号,企业名称,县区\nA-1,甲厂,唐县\n");
	CHECK_INT(whole.rc, INVALID);
	CHECK(strstr(whole.summary->refusal, "密级"));
	CHECK_STR(whole.registry, "");
}

TEST(marks_in_brackets_of_any_width_keep_a_row_out)
{
	CLEANUP(case_release) struct import_case c;

	case_text(
		&c, REGISTRY_SITES,
		"编号,企业名称,县区,监管类别,备注\nA-1,甲厂（东区）,唐县,一般,(普通)\n"
		"A-2,金丝雀厂,唐县,一般,【机密】\nA-3,【 秘密 】丙厂,唐县,一般,\n"
		"A-4,丁厂,唐县,一般,（秘密）\nA-5,戊厂,唐县,一般,[内部]★\n"
		"A-6,[绝密]己厂,唐县,一般,\nA-7,庚厂(机密),唐县,一般,\nA-8,辛厂,唐县,一般,［机密］\n"
		"A-9,保密局招待所(内部),唐县,一般,\n");
	case_counts(&c, "2 7 0 0");
	CHECK_INT(case_count(c.json, "\"code\":\"classified\""), 7);
	CHECK(!strstr(c.registry, "金丝雀") && !strstr(c.report, "金丝雀"));
}

TEST(marks_with_the_star_before_the_word_keep_a_row_out)
{
	CLEANUP(case_release) struct import_case c, whole;

	case_text(&c, REGISTRY_SITES,
		  "编号,企业名称,县区,监管类别,备注\nA-1,五★酒店,唐县,一般,★ 保密局旁\n"
		  "A-2,★机密 金丝雀厂,唐县,一般,\nA-3,★ 绝密丙厂,唐县,一般,\n"
		  "A-4,丁厂,唐县,一般,★　秘密\nA-5,戊厂,唐县,一般,机密 ★ 10 年\n"
		  "A-6,己厂,唐县,一般,★内部\nA-7,庚厂机密★,唐县,一般,\n");
	case_counts(&c, "1 6 0 0");
	CHECK_INT(case_count(c.json, "\"code\":\"classified\""), 6);
	CHECK(!strstr(c.registry, "金丝雀") && !strstr(c.report, "金丝雀"));
	case_text(&whole, REGISTRY_SITES, "★ 机密,,\n编号,企业名称,县区\nA-1,甲厂,唐县\n");
	CHECK_INT(whole.rc, INVALID);
	CHECK(strstr(whole.summary->refusal, "密级"));
}

TEST(a_grade_in_words_keeps_a_row_out)
{
	CLEANUP(case_release) struct import_case c;

	case_text(&c, REGISTRY_SITES,
		  "编号,企业名称,县区,监管类别,备注\nA-1,甲厂,唐县,一般,密级：无\n"
		  "A-2,乙厂,唐县,一般,密级：秘密\nA-3,丙厂,唐县,一般,密级: 机密 到 2030 年\n"
		  "A-4,丁厂,唐县,一般,属于内部★资料\nA-5,戊厂,唐县,一般,商业秘密已登记\n");
	case_counts(&c, "2 3 0 0");
	CHECK_INT(case_count(c.json, "\"code\":\"classified\""), 3);
}

/* The mark in a column whose values are remembered from row to row. */
TEST(a_remembered_value_does_not_forget_its_mark)
{
	CLEANUP(case_release) struct import_case c;

	case_text(&c, REGISTRY_SITES,
		  "编号,企业名称,县区,监管类别,污染源类型\nA-1,甲厂,唐县,一般,秘密★\n"
		  "A-2,乙厂,唐县,一般,秘密★\n");
	case_counts(&c, "0 2 0 0");
}

TEST(files_of_older_versions_are_read)
{
	CLEANUP(case_release) struct import_case c, again;
	static const char old[] =
		"id\tname\tfirm\tcode\tpermit\tpermit_class\tpermit_until\tcounty\ttownship\taddress\t"
		"longitude\tlatitude\tindustry\tsource_types\tclass\tspecial\tspecial_reason\t"
		"special_from\tspecial_to\tstate\tkind\tskill\tonline\tcredit\tnote\tvisits\n"
		"A-1\t甲厂\t\t\t\t\t\t130627\t\t\t\t\t\t\tgeneral\t0\t\t\t\tlive\t危废经营单位\t\t0\n";
	struct registry_reader r;
	struct span cells[REGISTRY_FIELDS_MOST];
	struct site s;
	const char *problem = "";

	CHECK_INT(registry_open(&r, REGISTRY_SITES, span_of(old)), OK);
	CHECK_INT(registry_next(&r, cells), OK);
	CHECK_INT(cells[SITE_PERMIT_FROM].len, 0);
	CHECK_INT(site_decode(cells, &s, &problem), OK);
	CHECK_INT(s.kind, OBJECT_WASTE);
	CHECK_INT(registry_next(&r, cells), NONE);
	case_text(&c, REGISTRY_SITES, "编号,企业名称,县区\nA-2,乙厂,唐县\n");
	case_init(&again, REGISTRY_SITES, "编号,企业名称,县区,管控级别\nA-1,甲厂,唐县,市控\n",
		  strlen("编号,企业名称,县区,管控级别\nA-1,甲厂,唐县,市控\n"));
	again.options.old = case_file(&again, "old.tsv", old, strlen(old));
	case_run(&again);
	case_counts(&again, "0 0 0 1");
	CHECK_STR(cell(&again, "A-1", SITE_LEVEL), "city");
	/* Cut within the required columns, with a row too long, of another registry: told apart. */
	CHECK_INT(registry_open(&r, REGISTRY_SITES, SPAN("id\tname\n")), INVALID);
	CHECK(strstr(r.problem, "必需"));
	CHECK_INT(registry_open(&r, REGISTRY_MATTERS, SPAN("id\tname\nA\t甲\t多\n")), OK);
	CHECK_INT(registry_next(&r, cells), INVALID);
	CHECK_INT(registry_open(&r, REGISTRY_RECUSALS, span_of(old)), INVALID);
}

/* A row without a number means the survivor, not the one that was merged into it. */
TEST(rows_without_a_number_meet_the_living)
{
	CLEANUP(case_release) struct import_case old, c;
	static const char text[] =
		"企业名称,信用代码,县区,地址,备注\n"
		"甲厂,91130200699229617X,唐县,一路1号,新的\n乙厂,,唐县,二路1号,新的\n";

	case_text(&old, REGISTRY_SITES,
		  "编号,企业名称,信用代码,县区,地址,运行状态\n"
		  "A-1,甲厂,91130200699229617X,唐县,一路1号,关闭\n"
		  "A-2,甲厂,91130200699229617X,唐县,一路1号,在产\n"
		  "A-3,乙厂,,唐县,二路1号,关闭\nA-4,乙厂,,唐县,二路1号,在产\n");
	case_counts(&old, "4 0 0 0");
	/* As a merge leaves them. */
	char *merged = arena_str(&old.arena, old.registry);
	for (char *at; (at = strstr(merged, "closed")) != NULL;)
		memcpy(at, "merged", strlen("merged"));
	case_init(&c, REGISTRY_SITES, text, strlen(text));
	c.options.old = case_file(&c, "merged.tsv", merged, strlen(merged));
	case_run(&c);
	case_counts(&c, "0 0 0 2");
	CHECK_STR(cell(&c, "A-1", SITE_NOTE), "");
	CHECK_STR(cell(&c, "A-2", SITE_NOTE), "新的");
	CHECK_STR(cell(&c, "A-3", SITE_NOTE), "");
	CHECK_STR(cell(&c, "A-4", SITE_NOTE), "新的");
}

TEST(two_of_one_name_and_office_are_told_apart_by_their_certificates)
{
	CLEANUP(case_release) struct import_case c, again;
	static const char second[] = "姓名,单位,执法证号\n李某,某局,A2\n李某,某局,A1\n";

	case_text(&c, REGISTRY_INSPECTORS, "姓名,单位,执法证号\n李某,某局,A1\n");
	case_init(&again, REGISTRY_INSPECTORS, second, strlen(second));
	again.options.old = c.paths.registry;
	case_run(&again);
	case_counts(&again, "1 0 1 0");
	CHECK_STR(cell(&again, "P-000001", INSPECTOR_CERTIFICATE), "A1");
	CHECK_STR(cell(&again, "P-000002", INSPECTOR_CERTIFICATE), "A2");
	/* In one file they are two people too; one without a number of his own may be either. */
	case_release(&c);
	case_text(&c, REGISTRY_INSPECTORS, second);
	case_counts(&c, "2 0 0 0");
}

TEST(a_certificate_belongs_to_one_person)
{
	CLEANUP(case_release) struct import_case c, again;
	static const char second[] = "工号,姓名,单位,执法证号,第二执法证号\nQ2,李某,某局,A1,\n"
				     "Q3,王某,某局,A3,\nQ4,赵某,某局,A4,A3\n";
	static const char left[] = "工号,姓名,单位,退出名录日期\nQ1,李某,某局,2026-01-01\n";

	case_text(&c, REGISTRY_INSPECTORS, "工号,姓名,单位,执法证号\nQ1,李某,某局,A1\n");
	case_init(&again, REGISTRY_INSPECTORS, second, strlen(second));
	again.options.old = c.paths.registry;
	case_run(&again);
	case_counts(&again, "1 2 0 0");
	CHECK(strstr(again.report, "工号 Q1 的人相同"));
	CHECK(strstr(again.report, "与第 3 行的相同"));
	CHECK_STR(cell(&again, "Q1", INSPECTOR_NAME), "李某");
	/* Who left holds it no more. */
	CLEANUP(case_release) struct import_case gone, third;
	case_init(&gone, REGISTRY_INSPECTORS, left, strlen(left));
	gone.options.old = c.paths.registry;
	case_run(&gone);
	case_init(&third, REGISTRY_INSPECTORS, second, strlen(second));
	third.options.old = gone.paths.registry;
	case_run(&third);
	case_counts(&third, "2 1 0 0");
}

/* Sorting many must not ask the system for anything: the child may only compute. */
TEST(many_certificates_are_compared_in_the_sandbox)
{
	CLEANUP(case_release) struct import_case c;
	CLEANUP(buf_release) struct buf text = { 0 };

	buf_init(&text, 1 << 20);
	buf_str(&text, "工号,姓名,执法证号\n");
	for (int i = 0; i < 2000; i++)
		buf_printf(&text, "Q%d,某%d,C%d\n", i, i, i * 7919 % 1500);
	case_text(&c, REGISTRY_INSPECTORS, buf_text(&text));
	case_counts(&c, "1500 500 0 0");
	CHECK_INT(case_count(c.json, "certificate_twice"), 500);
}
