/* test/app/plan_rules.c — the planner's rule file as people type it, and every mistake with its line. */
#include "app/plan_rules.h"
#include "base/status.h"

#include "unit.h"

#include <stdio.h>

static int parse(struct arena *a, const char *text, struct plan_notes *notes,
		 struct plan_rules *ret)
{
	plan_notes_init(notes, a);
	return plan_rules_parse(text, strlen(text), notes, ret);
}

TEST(a_whole_rule_file_is_read)
{
	CLEANUP(arena_release) struct arena a;
	struct plan_notes notes;
	struct plan_rules r;

	arena_init(&a);
	CHECK_INT(
		parse(&a,
		      "\xef\xbb\xbf# 说明\r\n名称 2026年第四季度\r\n期间 2026-10-01 2026-12-31\r\n"
		      "期次 4 4\r\n编号 BD-2026\r\n班组 2 1 1\r\n班组 3 1 1 重点兼特殊\r\n老 5\r\n"
		      "上限 8\r\n连查 3\r\n分配 按县\r\n放宽 一老 上限\r\n"
		      "最低 重点 比例 １０％   # 全角数字\r\n依据 重点 某计划 三（一）\r\n"
		      "最低　特殊　比例　1/2\r\n依据 特殊 某计划\r\n"
		      "最低 一般 每人 5 已查 1500\r\n依据 一般 某计划\r\n县定 一般 130634 30\r\n",
		      &notes, &r),
		OK);
	CHECK_INT(notes.count, 0);
	CHECK_STR(r.name, "2026年第四季度");
	CHECK_STR(r.prefix, "BD-2026");
	CHECK_STR(r.from, "2026-10-01");
	CHECK_INT(r.periods, 4);
	CHECK_INT(r.period, 4);
	CHECK_INT(r.team_count, 2);
	CHECK_INT(r.teams[0].kind, PLAN_KINDS);
	CHECK_INT(r.teams[1].need, 3);
	CHECK_INT(r.relax, PLAN_RELAX_SECOND | PLAN_RELAX_LIMIT);
	CHECK_INT(r.minimum[PLAN_KEY].a, 1);
	CHECK_INT(r.minimum[PLAN_KEY].b, 10);
	CHECK_STR(r.minimum[PLAN_KEY].law, "某计划 三（一）");
	CHECK_INT(r.minimum[PLAN_SPECIAL].b, 2);
	CHECK_INT(r.minimum[PLAN_GENERAL].basis, PLAN_PER_INSPECTOR);
	CHECK_INT(r.minimum[PLAN_GENERAL].done, 1500);
	CHECK_INT(r.own_count, 1);
	CHECK(r.by_county);
	CHECK(!r.plain);
}

TEST(a_plain_dr1_file_is_taken_as_it_is)
{
	CLEANUP(arena_release) struct arena a;
	struct plan_notes notes;
	struct plan_rules r;

	arena_init(&a);
	CHECK_INT(parse(&a, "team 2 1 1\nquota 重点 1/10\n", &notes, &r), OK);
	CHECK(r.plain);
	CHECK_INT(r.len, 29);
}

TEST(percentages_may_have_decimals)
{
	CLEANUP(arena_release) struct arena a;
	struct plan_notes notes;
	struct plan_rules r;

	arena_init(&a);
	CHECK_INT(parse(&a, "班组 2 1 1\n最低 重点 比例 12.5%\n依据 重点 x\n", &notes, &r), OK);
	CHECK_INT(r.minimum[PLAN_KEY].a, 1);
	CHECK_INT(r.minimum[PLAN_KEY].b, 8);
}

TEST(every_mistake_is_told_with_its_line)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "班组 2 1 1\n", "没有一条最低数" },
		{ "最低 重点 比例 10%\n", "没有通用的班组" },
		{ "班组 2 1 1 重点\n最低 重点 比例 10%\n", "没有通用的班组" },
		{ "班组 1 1 0\n最低 重点 比例 10%\n", "第 1 行" },
		{ "班组 2 2 1\n最低 重点 比例 10%\n", "第 1 行" },
		{ "班组 2 1 1\n班组 3 1 1\n最低 重点 比例 10%\n", "第 2 行" },
		{ "班组 2 1 1\n最低 重点 比例 0%\n", "第 2 行" },
		{ "班组 2 1 1\n最低 重点 比例 101%\n", "第 2 行" },
		{ "班组 2 1 1\n最低 重点 比例 3/2\n", "第 2 行" },
		{ "班组 2 1 1\n最低 重点 比例 1..5%\n", "第 2 行" },
		{ "班组 2 1 1\n最低 重点 比例 10%\n最低 重点 数量 5\n", "第 3 行" },
		{ "班组 2 1 1\n最低 次要 比例 10%\n", "第 2 行" },
		{ "班组 2 1 1\n最低 重点 比例 10%\n期间 2026-02-30 2026-03-01\n", "第 3 行" },
		{ "班组 2 1 1\n最低 重点 比例 10%\n期间 2026-03-02 2026-03-01\n", "第 3 行" },
		{ "班组 2 1 1\n最低 重点 比例 10%\n期次 4 5\n", "第 3 行" },
		{ "班组 2 1 1\n最低 重点 比例 10%\n编号 保定\n", "第 3 行" },
		{ "班组 2 1 1\n最低 重点 比例 10%\n老 5\n老 6\n", "第 4 行" },
		{ "班组 2 1 1\n最低 重点 比例 10%\n放宽 回避\n", "第 3 行" },
		{ "班组 2 1 1\n最低 重点 比例 10%\n县定 一般 130634 30\n", "按全市分配" },
		{ "班组 2 1 1\n最低 重点 比例 10%\n轮查 特殊 2\n", "却没有最低数" },
		{ "班组 2 1 1\n最低 重点 比例 10%\n每组 2\n", "第 3 行" },
		{ "班组 2 1 1\n最低 重点 比例 10%\n\xd6\xd8\xb5\xe3\n", "UTF-8" },
	};

	for (size_t i = 0; i < COUNT(bad); i++) {
		CLEANUP(arena_release) struct arena a;
		struct plan_notes notes;
		struct plan_rules r;
		arena_init(&a);
		CHECK_INT(parse(&a, bad[i].text, &notes, &r), INVALID);
		bool told = false;
		for (size_t k = 0; k < notes.count; k++)
			told |= notes.list[k].kind == PLAN_REFUSED &&
				strstr(notes.list[k].text, bad[i].says);
		unit_check(told, __FILE__, __LINE__, "case %zu says %s", i, bad[i].says);
	}
}
