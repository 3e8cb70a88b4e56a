/* test/app/rule_set_words.c — sentences that a planner reads aloud. */
#include "app/rule_set_words.h"

#include "base/buf.h"

#include "rule_set_world.h"
#include "unit.h"

#include <stdio.h>

static void says(const struct rule_set *set, const char *id, const char *want)
{
	CLEANUP(buf_release) struct buf out = { 0 };

	buf_init(&out, 1 << 16);
	rule_sentence(set, rule_set_find(set, id), &out);
	if (!unit_check(strstr(buf_text(&out), want) != NULL, __FILE__, __LINE__, "%s/%s says %s",
			set->id, id, want))
		printf("# %s\n", buf_text(&out));
}

TEST(published_rules_read_as_they_were_published)
{
	static const struct {
		const char *file, *id, *want;
	} cases[] = {
		{ "variants/guangzhou-2025", "key",
		  "对重点排污单位，每季度至少抽查 12.5%，除不尽时进位；" },
		{ "variants/guangzhou-2025", "general",
		  "每年至少抽查：每名执法人员 2.5 家，除不尽时进位；" },
		{ "variants/guangzhou-2025", "outfall",
		  "对检查对象（对象类型 排污口），每年至少抽查（数待填）" },
		{ "variants/chaoyang-2021", "general", "每月至少抽查：每 2 名执法人员 1 家" },
		{ "variants/chaoyang-2021", "special", "每月至少抽查全市总数的 5%" },
		{ "variants/chaoyang-2021", "key", "；全部抽过一遍才重复。没有写依据的文件。" },
		{ "variants/jiangxi-county", "c", "每名执法人员 5 家，或者 20%（满足一种即可）" },
		{ "variants/jiangxi-county", "c", "检查对象（管控级别 C类）" },
		{ "variants/guangrao-2017", "key", "（管控级别 国控、省控、市控、县控）" },
		{ "variants/pingshan-2024", "joint", "每年至少联合检查日常任务的 20%" },
		{ "variants/yicheng-2024", "mine", "（污染源类型 矿井），每半年至少抽查全部" },
		{ "variants/guangdong-2016-city", "general",
		  "人数按排计划当天在编、在岗的人数计；" },
		{ "variants/jianghan-2025", "project", "（对象类型 建设项目），每年至少抽查 40%" },
		{ "variants/jianghan-2025", "project", "；一年内不重复。" },
		{ "baoding-2021", "joint", "每年至少联合检查 3 次。依据《" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		CLEANUP(arena_release) struct arena a;
		struct rule_set set = { 0 };
		arena_init(&a);
		world_rule_file(&a, cases[i].file, &set);
		says(&set, cases[i].id, cases[i].want);
	}
}

TEST(a_rule_says_its_days_and_what_counts)
{
	CLEANUP(arena_release) struct arena a;
	struct rule_set set = { 0 };

	arena_init(&a);
	world_rule_set(
		&a, "\"number\": \"一号\",",
		"{\"id\": \"a\", \"title\": \"甲\", \"period\": \"year\", \"basis\": {\"number\": 7}, "
		"\"from\": \"2026-01-01\", \"counts\": [\"daily\", \"offsite\"], \"article\": \"第二条\"},"
		"{\"id\": \"b\", \"title\": \"乙\", \"period\": \"year\", \"basis\": {\"percent\": 5, "
		"\"of\": \"rule\", \"rule\": \"a\"}, \"from\": \"2026-01-01\", \"to\": \"2026-06-30\", "
		"\"document\": \"另文\", \"unconfirmed\": true, \"note\": \"说明。\"},"
		"{\"id\": \"c\", \"title\": \"丙\", \"period\": \"year\", \"basis\": {\"per_inspector\": "
		"\"2/3\"}, \"to\": \"2026-06-30\", \"heads\": {\"on\": \"2026-03-01\"}}",
		&set);
	says(&set, "a",
	     "每年至少抽查 7 家次；每期独立抽取；算完成的检查：日常检查、非现场检查；有效期自 2026-01-01 起。");
	says(&set, "a", "依据《文》（一号）第二条。");
	says(&set, "b", "“甲”应抽数的 5%");
	says(&set, "b", "；有效期自 2026-01-01 至 2026-06-30。依据《另文》。【数字待核】说明。");
	says(&set, "c",
	     "每名执法人员 2/3 家，除不尽时进位；人数按 2026-03-01 双随机执法人员的人数计；");
	says(&set, "c", "；有效期至 2026-06-30。");
}

TEST(the_rest_of_a_set_is_said)
{
	static const char *const wants[] = {
		"检查组：2 人，至少 1 名老。\n",
		"入岗满 3 年算老。每人一期最多 12 趟。最多 3 家并成一趟。排不出检查组时依次放宽：",
		"：只要一名老、各人上限加 1。可排的检查组少于 4 个时提醒。按县分层。\n",
		"次数上限：每个检查对象一年最多 2 次，信用等级 D、E 的 4 次；占次数的：日常检查。依据《限》。\n",
		"不占次数：信用等级 D；特殊监管对象；依据《例》（二号）第三条。\n",
		"每期第一个月 15 日之前抽取。\n期内逐月累计完成：35%、70%、100%。\n经批准最多延期 10 天。\n",
		"期末后 30 天是最迟揭示日，延期不改。\n",
		"派发到检查结束：20 个自然日之内。\n检查结束到公示：20 个工作日之内。\n督办答复：5 个自然日之内。\n",
		"抽查结果每季度公示一次。\n名录每年 01-31 之前公布。\n抽到的名单在检查之前保密。\n",
		"检查要求：事前报批；依据《批》。\n",
		"列入特殊监管对象：上一年受过处罚。\n",
	};
	CLEANUP(arena_release) struct arena a;
	CLEANUP(buf_release) struct buf out = { 0 };
	struct rule_set set = { 0 };

	arena_init(&a);
	buf_init(&out, 1 << 16);
	world_rule_set(
		&a,
		"\"senior_years\": 3, \"limit\": 12, \"bundle\": 3, \"relax\": [\"second\", \"limit\"], "
		"\"few_teams\": 4, \"by_county\": true, \"cap\": {\"visits\": 2, \"per\": \"site\", \"counts\": "
		"[\"daily\"], \"document\": \"限\", \"grades\": [{\"credits\": [\"D\", \"E\"], \"visits\": 4}], "
		"\"exemptions\": [{\"id\": \"e\", \"credits\": [\"D\"], \"special\": true, \"document\": \"例\", "
		"\"number\": \"二号\", \"article\": \"第三条\"}]}, \"milestones\": {\"draw_by\": 15, \"complete\": "
		"[35, 70, 100], \"extension_days\": 10, \"reveal_days\": 30}, \"deadlines\": {\"visit\": {\"days\": 20}, \"publish\": "
		"{\"days\": 20, \"working\": true}, \"answer\": {\"days\": 5}}, \"publication\": {\"results\": "
		"\"quarter\", \"registries_by\": \"01-31\", \"secret\": true}, \"approval\": {\"before\": true, "
		"\"document\": \"批\"}, \"special_criteria\": [\"上一年受过处罚\"],",
		"{\"id\": \"a\", \"title\": \"甲\", \"period\": \"year\", \"basis\": {\"all\": true}}",
		&set);
	rule_set_sentences(&set, &out);
	for (size_t i = 0; i < COUNT(wants); i++)
		if (!unit_check(strstr(buf_text(&out), wants[i]) != NULL, __FILE__, __LINE__,
				"says %s", wants[i]))
			printf("# %s\n", buf_text(&out));
}
