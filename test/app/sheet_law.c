/* test/app/sheet_law.c — what the law never lets pass, and what a planner has to be told before the freeze. */
#include "base/status.h"

#include "sheet_world.h"
#include "unit.h"

#include <stdio.h>

static const char sites[] =
	"污染源编号,单位名称,所属县区,监管类别\nA1,甲,130602,一般\nA2,乙,130602,一般\n";
static const char head[] = "工号,姓名,执法证号,单位,管辖片区,老新,回避对象\n";

static void freeze(struct world_run *r, const char *people, const char *rules)
{
	char text[1024];

	snprintf(text, sizeof(text), "%s%s", head, people);
	world_freeze(r, &(struct world){ sites, text, rules }, true);
}

static bool says_anything(const struct world_run *r, const char *words)
{
	return world_says(r, PLAN_INFO, words) || world_says(r, PLAN_WARNING, words) ||
	       world_says(r, PLAN_REFUSED, words);
}

#define TWO "Z1,张一,C1,甲队,130602,老,\nZ2,李二,C2,甲队,130602,新,\n"

TEST(one_person_is_no_team)
{
	static const char *const rules[] = {
		"班组 1 1 0\n最低 一般 数量 1\n",
		"班组 1 0 0\n最低 一般 数量 1\n",
		"班组 2 1 1\n班组 1 1 0 一般\n最低 一般 数量 1\n",
		"team 1 0 0\nquota 一般 1\n",
		"team 2 1 1\nteam 1 1 0 一般\nquota 一般 1\n",
	};

	for (size_t i = 0; i < COUNT(rules); i++) {
		struct world_run r;
		freeze(&r, TWO, rules[i]);
		unit_check(r.rc == INVALID, __FILE__, __LINE__, "rules %zu give %d", i, r.rc);
		CHECK(world_says(&r, PLAN_REFUSED, "不得少于两人"));
		CHECK(!world_says(&r, PLAN_REFUSED, "没有通用的班组"));
		CHECK(!world_has(&r, ""));
		world_release(&r);
	}
}

TEST(one_certificate_is_one_person)
{
	static const char rules[] = "班组 2 1 1\n最低 一般 数量 1\n";
	struct world_run r;

	freeze(&r, "I1,张三,ZF001,甲队,130602,老,\nI2,张三,zf-001,甲队,130602,新,\n", rules);
	CHECK_INT(r.rc, INVALID);
	CHECK(world_says(&r, PLAN_REFUSED, "张三（工号 I1）和 张三（工号 I2）"));
	CHECK(!world_has(&r, ""));
	world_release(&r);
	freeze(&r, "I1,张三,C1,甲队,130602,老,\nI2,张 三,C2,甲队,130602,新,\n", rules);
	CHECK_INT(r.rc, OK);
	CHECK(world_says(&r, PLAN_WARNING, "甲队 有两行同名"));
	world_release(&r);
	freeze(&r, "I1,张三,C1,甲队,130602,老,\nI2,张三,C2,乙队,130602,新,\n", rules);
	CHECK_INT(r.rc, OK);
	CHECK(!says_anything(&r, "同名"));
	world_release(&r);
}

TEST(units_that_cannot_be_drawn_are_told)
{
	struct world_run r;

	world_freeze(&r,
		     &(struct world){ "污染源编号,单位名称,所属县区,监管类别\nA1,甲,130602,重点\n"
				      "A2,乙,130602,一般\nA3,丙,130606,一般\nA4,丁,130606,一般\n",
				      NULL, "班组 2 1 1\n分配 按县\n最低 重点 数量 1\n" },
		     true);
	CHECK_INT(r.rc, OK);
	CHECK(world_says(&r, PLAN_WARNING, "有 3 家在产单位这次不可能被抽中"));
	CHECK(world_says(&r, PLAN_WARNING, "一般 竞秀区 1 家；一般 莲池区 2 家"));
	CHECK(strstr(world_file(&r, "freeze/notes.txt"), "不可能被抽中"));
	world_release(&r);
	world_freeze(&r, &(struct world){ 0 }, true);
	CHECK(!says_anything(&r, "不可能被抽中"));
	world_release(&r);
}

TEST(the_floor_is_told_with_its_arithmetic)
{
	struct world_run r;

	world_freeze(&r, &(struct world){ 0 }, true);
	CHECK_INT(r.frozen.floor.public_decibits, 616);
	CHECK(strstr(r.frozen.floor_arithmetic, "快乐8"));
	CHECK(world_says(&r, PLAN_INFO, "不低于下限 60.0 比特"));
	CHECK(strstr(world_file(&r, "freeze/notes.txt"), "不低于下限 60.0 比特"));
	world_release(&r);
}

TEST(demo_in_a_real_freeze_is_called_a_rehearsal)
{
	static const char *const sources[] = { "demo abc" };
	struct world_run r;
	struct sheet_freeze in;

	world_prepare(&r, &(struct world){ 0 }, &in);
	in.entropy = sources;
	CHECK_INT(sheet_freeze(&in, &r.notes, &r.frozen), OK);
	CHECK(r.frozen.floor.rehearsal);
	CHECK(world_says(&r, PLAN_WARNING, "演练无效"));
	CHECK(strstr(world_file(&r, "freeze/notes.txt"), "演练无效"));
	world_release(&r);
}

TEST(no_note_speaks_of_files_that_the_planner_does_not_have)
{
	static const struct {
		const char *people, *rules, *says;
	} cases[] = {
		{ "Z1,张一,C1,甲队,130602,老,A1=亲属;A2=亲属\nZ2,李二,C2,甲队,130602,新,A1=亲属;A2=亲属\n",
		  "班组 2 1 1\n最低 一般 数量 1\n", "回避" },
		{ "Z1,张一,C1,甲队,130602,老,\nZ2,李二,C2,甲队,130606,新,\n",
		  "班组 2 1 1\n最低 一般 数量 1\n", "排不出检查组" },
		{ TWO, "team 2 1 1\nquota 一般 x\n", "规则文件第 2 行" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world_run r;
		freeze(&r, cases[i].people, cases[i].rules);
		CHECK_INT(r.rc, INVALID);
		CHECK(says_anything(&r, cases[i].says));
		CHECK(!says_anything(&r, ".tsv") && !says_anything(&r, "rules.txt") &&
		      !says_anything(&r, "declaration"));
		for (size_t k = 0; unit_long() && k < r.notes.count; k++)
			printf("# %s\n", r.notes.list[k].text);
		world_release(&r);
	}
}

TEST(no_limit_is_no_number)
{
	struct world_run r;

	freeze(&r, TWO, "班组 2 1 1\n最低 一般 数量 1\n");
	CHECK_INT(r.rc, OK);
	CHECK(world_says(&r, PLAN_INFO, "2 人不设上限"));
	CHECK(!says_anything(&r, "200000"));
	world_release(&r);
}

TEST(a_value_that_exists_already_is_no_chance)
{
	static const struct {
		const char *source;
		int rc;
	} cases[] = {
		{ "cwl-kl8 2020001", INVALID },
		{ "drand 52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971 1000",
		  INVALID },
		{ "dice 20d10 hall 2020-01-01T09:00", INVALID },
		{ "dice 20d10 hall 2999-01-01T09:00", OK },
		{ "cwl-kl8 2999001", OK },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct world_run r;
		struct sheet_freeze in;
		world_prepare(&r, &(struct world){ 0 }, &in);
		in.entropy = &cases[i].source;
		r.rc = sheet_freeze(&in, &r.notes, &r.frozen);
		unit_check(r.rc == cases[i].rc, __FILE__, __LINE__, "%s gives %d", cases[i].source,
			   r.rc);
		CHECK(world_has(&r, "") == (r.rc == OK));
		world_release(&r);
	}
}
