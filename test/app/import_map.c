/* test/app/import_map.c — header rows as they are found in real files. */
#include "app/import_map.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/status.h"

#include "unit.h"

/* Columns of a header row written with '|' between its cells. */
static uint32_t columns(const struct import_map *m, const char *row, struct import_columns *ret)
{
	struct span rest = span_of(row), cells[32];
	uint32_t count = 0;

	while (rest.len && count < 32)
		span_cut(&rest, '|', &cells[count++]);
	return import_columns_read(m, cells, count, ret);
}

TEST(headers_are_matched_by_meaning)
{
	struct import_map m;
	struct import_columns c;

	import_map_init(&m, REGISTRY_SITES);
	CHECK_INT(
		columns(&m,
			"序号|＊企业名称（全称）|统一社会信用代码：|县（市、区）|经度(度)|ＬＡＴ| 重点 / 一般 |身份证号|密级",
			&c),
		6);
	CHECK_INT(c.column[0], COLUMN_IGNORED);
	CHECK_INT(c.column[1], SITE_NAME);
	CHECK_INT(c.column[2], SITE_CODE);
	CHECK_INT(c.column[3], SITE_COUNTY);
	CHECK_INT(c.column[4], SITE_LONGITUDE);
	CHECK_INT(c.column[5], SITE_LATITUDE);
	CHECK_INT(c.column[6], SITE_CLASS);
	CHECK_INT(c.column[7], COLUMN_PERSON);
	CHECK_INT(c.column[8], COLUMN_CLASSIFIED);
	CHECK(c.personal);
}

TEST(the_better_word_wins)
{
	struct import_map m;
	struct import_columns c;

	import_map_init(&m, REGISTRY_SITES);
	CHECK_INT(columns(&m, "名称|注册地址|单位名称|地址|地址", &c), 2);
	CHECK_INT(c.column[0], COLUMN_IGNORED);
	CHECK_INT(c.column[1], COLUMN_IGNORED);
	CHECK_INT(c.column[2], SITE_NAME);
	CHECK_INT(c.column[3], SITE_ADDRESS);
	CHECK_INT(c.column[4], COLUMN_IGNORED);
}

TEST(a_row_without_the_name_is_no_header)
{
	struct import_map m;
	struct import_columns c;

	import_map_init(&m, REGISTRY_INSPECTORS);
	CHECK_INT(columns(&m, "工号|单位|专业", &c), 0);
	CHECK_INT(columns(&m, "工号|姓名|单位|专业", &c), 4);
}

/* Each field is found by its name, its header and each synonym, unless a better field has the word. */
TEST(every_word_of_the_tables_leads_to_a_field)
{
	for (int kind = 0; kind < REGISTRIES; kind++) {
		struct import_map m;
		struct import_columns c;
		uint32_t count;
		const struct field *f = registry_fields((enum registry)kind, &count);
		import_map_init(&m, (enum registry)kind);
		for (uint32_t i = 0; i < count; i++) {
			struct span rest = span_of(f[i].synonyms),
				    cells[2] = { span_of(f[i].name), span_of(f[i].header) };
			for (int w = 0; w < 2; w++) {
				(void)!import_columns_read(&m, &cells[w], 1, &c);
				CHECK_INT(c.column[0], i);
			}
			while (rest.len) {
				span_cut(&rest, '|', &cells[0]);
				(void)!import_columns_read(&m, cells, 1, &c);
				if (!CHECK(c.column[0] >= 0))
					CHECK_STR(f[i].name, f[i].synonyms);
			}
		}
	}
}

static int read_map(struct arena *a, const char *text, struct import_map *m, const char **problem)
{
	return import_map_read(a, REGISTRY_SITES, span_of(text), m, problem);
}

TEST(mapping_files)
{
	CLEANUP(arena_release) struct arena a;
	struct import_map m;
	struct span to;
	const char *problem = "";

	arena_init(&a);
	CHECK_INT(
		read_map(
			&a,
			"\xef\xbb\xbf# 注释\r\n\r\n厂名 = name  # 厂\r\n监管类别 := 一般\r\n运行状态: 停工 => 停产\r\n",
			&m, &problem),
		OK);
	CHECK_INT(m.rename_count, 1);
	CHECK_INT(m.renames[0].target, SITE_NAME);
	CHECK(span_equal(m.fixed[SITE_CLASS], SPAN("一般")));
	CHECK(import_map_word(&m, SITE_STATE, SPAN("停工"), &to) && span_equal(to, SPAN("停产")));
	CHECK(!import_map_word(&m, SITE_CLASS, SPAN("停工"), &to));
	static const struct {
		const char *text, *line;
	} wrong[] = { { "说明\n", "第 1 行" },     { "\n厂名 = 天气\n", "第 2 行" },
		      { "天气 := 晴", "第 1 行" }, { "停工 => 停产", "第 1 行" },
		      { " = name", "第 1 行" },    { "\xff\xfe", "UTF-8" } };
	for (size_t i = 0; i < COUNT(wrong); i++) {
		CHECK_INT(read_map(&a, wrong[i].text, &m, &problem), INVALID);
		CHECK(strstr(problem, wrong[i].line));
	}
}

TEST(required_fields_that_nothing_gives)
{
	CLEANUP(arena_release) struct arena a;
	struct import_map m;
	struct import_columns c;

	arena_init(&a);
	import_map_init(&m, REGISTRY_SITES);
	(void)!columns(&m, "单位名称|编号", &c);
	CHECK_STR(import_columns_missing(&a, &m, &c), "所属县区");
	m.fixed[SITE_COUNTY] = SPAN("唐县");
	CHECK_STR(import_columns_missing(&a, &m, &c), "");
}

TEST(the_guide_names_every_field)
{
	CLEANUP(arena_release) struct arena a;
	char *guide;
	size_t len;

	arena_init(&a);
	CHECK_INT(file_read(&a, unit_source("docs/import.md"), 1 << 20, &guide, &len), OK);
	for (int kind = 0; kind < REGISTRIES; kind++) {
		uint32_t count;
		const struct field *f = registry_fields((enum registry)kind, &count);
		for (uint32_t i = 0; i < count; i++)
			if (!strstr(guide, arena_printf(&a, "| `%s` |", f[i].name)) ||
			    !strstr(guide, arena_printf(&a, "| %s", f[i].header)))
				CHECK_STR(f[i].header, "a row of docs/import.md");
	}
}
