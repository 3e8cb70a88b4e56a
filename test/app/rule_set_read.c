/* test/app/rule_set_read.c — rule sets as JSON: what is taken, what each mistake is told, the canonical form. */
#include "app/rule_set_read.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/status.h"

#include "rule_set_world.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#define KEY                                                                                        \
	"{\"id\": \"key\", \"title\": \"重点\", \"who\": {\"classes\": [\"key\"]}, "             \
	"\"basis\": {\"percent\": 10}, \"period\": \"quarter\"}"

static int64_t day(const char *text)
{
	int64_t ret = -1;

	CHECK_INT(clock_parse_day(text, &ret), OK);
	return ret;
}

TEST(baoding_2021_says_what_its_plan_says)
{
	CLEANUP(arena_release) struct arena a;
	struct rule_set set = { 0 };

	arena_init(&a);
	world_rule_file(&a, "baoding-2021", &set);
	CHECK_INT(set.rule_count, 4);
	CHECK_INT(set.from, day("2021-01-01"));
	CHECK_INT(set.to, day("2021-12-31"));
	CHECK(!set.cap.given);
	CHECK_INT(set.teams[0].need, 2);
	CHECK_INT(set.teams[0].min_senior, 1);
	CHECK_INT(set.teams[0].min_junior, 1);
	CHECK(set.publication.results_period_given);
	CHECK_INT(set.publication.results, RULE_MONTH);
	const struct rule *key = rule_set_find(&set, "key");
	CHECK_INT(key->who.classes, RULE_KEY);
	CHECK_INT(key->basis.kind, RULE_PERCENT);
	CHECK_INT(rule_amount(key, &key->basis, 573), 58);
	CHECK_INT(key->period, RULE_QUARTER);
	CHECK_INT(key->repeat.policy, RULE_INDEPENDENT);
	CHECK_INT(key->counts, RULE_VISIT_DAILY);
	CHECK_INT(key->minimum, 1);
	CHECK_STR(key->article, "三（一）");
	const struct rule *general = rule_set_find(&set, "general");
	CHECK_INT(general->basis.kind, RULE_PER_INSPECTOR);
	CHECK_INT(rule_amount(general, &general->basis, 105), 525);
	CHECK_INT(general->period, RULE_YEAR);
	CHECK_INT(general->heads.conditions, RULE_HEAD_MARKED);
	CHECK(general->heads.keeps);
	int64_t counted = 0;
	CHECK_INT(rule_heads_day(&general->heads, 2021, &counted), OK);
	CHECK_INT(counted, day("2021-01-01"));
	const struct rule *special = rule_set_find(&set, "special");
	CHECK_INT(rule_amount(special, &special->basis, 163), 82);
	CHECK_INT(special->period, RULE_QUARTER);
	const struct rule *joint = rule_set_find(&set, "joint");
	CHECK_INT(joint->visit, RULE_VISIT_JOINT);
	CHECK_INT(joint->unit, RULE_UNIT_ACTIONS);
	CHECK_INT(joint->basis.a, 3);
	CHECK_INT(joint->counts, RULE_VISIT_JOINT);
}

TEST(baoding_2025_has_cap_approval_and_settings_that_say_so)
{
	CLEANUP(arena_release) struct arena a;
	struct rule_set set = { 0 };
	size_t which = 99;

	arena_init(&a);
	world_rule_file(&a, "baoding-2025", &set);
	CHECK(set.cap.given && set.cap.unconfirmed && set.cap.note);
	CHECK(set.approval.before && set.approval.urgent_after && set.approval.notice &&
	      set.approval.published_matters_only);
	for (size_t i = 0; i < set.rule_count; i++)
		CHECK(set.rules[i].unconfirmed && set.rules[i].note);
	CHECK_INT(rule_cap_visits(&set.cap, "C"), set.cap.visits);
	CHECK(rule_cap_exempt(
		&set.cap,
		&(struct rule_visit_facts){ RULE_VISIT_CAMPAIGN, RULE_TRIGGER_ORDERED, "", false },
		&which));
	CHECK_STR(set.cap.exemptions[which].id, "ordered");
	CHECK(!rule_cap_exempt(
		&set.cap, &(struct rule_visit_facts){ RULE_VISIT_DAILY, 0, "D", true }, &which));
	CHECK(set.deadlines.publish.working);
	CHECK_INT(set.deadlines.publish.days, 20);
}

TEST(what_is_not_written_has_its_default)
{
	CLEANUP(arena_release) struct arena a;
	struct rule_set set = { 0 };
	int64_t ignored;

	arena_init(&a);
	world_rule_set(&a, "", KEY, &set);
	CHECK_INT(set.from, RULE_NO_START);
	CHECK_INT(set.to, RULE_NO_END);
	CHECK_INT(set.senior_years, 5);
	CHECK_INT(set.limit, 0);
	CHECK_INT(set.rules[0].from, RULE_NO_START);
	CHECK_INT(set.rules[0].heads.conditions, RULE_HEAD_MARKED);
	CHECK_INT(rule_heads_day(&set.rules[0].heads, 2026, &ignored), NONE);
	CHECK_INT(set.rules[0].rounding, RULE_UP);
	CHECK_INT(set.rules[0].visit, RULE_VISIT_DAILY);
	CHECK(!set.rules[0].has_other);
	CHECK_STR(rule_document(&set, &set.rules[0]), "文");
	CHECK(rule_on(&set, &set.rules[0], 0));
	CHECK_INT(rule_cap_visits(&set.cap, ""), 0);
}

TEST(numbers_of_a_basis_are_exact)
{
	static const struct {
		const char *basis;
		uint64_t a, b, whole, amount;
	} cases[] = {
		{ "{\"percent\": \"12.5\"}", 1, 8, 81, 11 },
		{ "{\"percent\": \"33.3333\"}", 333333, 1000000, 3, 1 },
		{ "{\"percent\": 100}", 1, 1, 7, 7 },
		{ "{\"percent\": \"0.01\"}", 1, 10000, 10001, 2 },
		{ "{\"percent\": 50}", 1, 2, 4294967295, 2147483648 },
		{ "{\"per_inspector\": \"2.5\"}", 5, 2, 3, 8 },
		{ "{\"per_inspector\": \"1/2\"}", 1, 2, 3, 2 },
		{ "{\"per_inspector\": 1000000}", 1000000, 1, 4294967295, 4294967295000000 },
		{ "{\"number\": 3}", 3, 1, 100, 3 },
		{ "{\"all\": true}", 0, 1, 100, 100 },
		{ "{\"unset\": true}", 0, 1, 100, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		CLEANUP(arena_release) struct arena a;
		struct rule_set set = { 0 };
		arena_init(&a);
		world_rule_set(
			&a, "",
			arena_printf(&a,
				     "{\"id\": \"r\", \"title\": \"t\", \"period\": \"year\", "
				     "\"basis\": %s}",
				     cases[i].basis),
			&set);
		const struct rule *r = &set.rules[0];
		CHECK_INT(r->basis.a, cases[i].a);
		CHECK_INT(r->basis.b, cases[i].b);
		CHECK_INT(rule_amount(r, &r->basis, cases[i].whole), cases[i].amount);
	}
}

TEST(rounding_is_a_setting)
{
	CLEANUP(arena_release) struct arena a;
	struct rule r = { .rounding = RULE_DOWN,
			  .basis = { .kind = RULE_PERCENT, .a = 1, .b = 10 } };

	arena_init(&a);
	CHECK_INT(rule_amount(&r, &r.basis, 19), 1);
	r.rounding = RULE_NEAREST;
	CHECK_INT(rule_amount(&r, &r.basis, 14), 1);
	CHECK_INT(rule_amount(&r, &r.basis, 15), 2);
	r.rounding = RULE_UP;
	CHECK_INT(rule_amount(&r, &r.basis, 11), 2);
	CHECK_INT(rule_amount(&r, &r.basis, 0), 0);
}

TEST(the_counting_day_of_a_leap_year_exists_every_year)
{
	struct rule_heads heads = { .on = "02-29" };
	int64_t ret = 0;

	CHECK_INT(rule_heads_day(&heads, 2024, &ret), OK);
	CHECK_INT(ret, day("2024-02-29"));
	CHECK_INT(rule_heads_day(&heads, 2026, &ret), OK);
	CHECK_INT(ret, day("2026-02-28"));
	heads.on = "2026-03-01";
	CHECK_INT(rule_heads_day(&heads, 2027, &ret), OK);
	CHECK_INT(ret, day("2026-03-01"));
}

TEST(special_teams_go_first)
{
	CLEANUP(arena_release) struct arena a;
	struct plan_notes notes;
	struct rule_set set = { 0 };
	const char *text =
		"{\"format\": \"mingqian-rules-1\", \"id\": \"t\", \"title\": \"试\", \"body\": \"局\", "
		"\"level\": \"city\", \"teams\": [{\"need\": 2, \"min_senior\": 1}, {\"need\": 3, "
		"\"min_senior\": 1, \"classes\": [\"key\"]}, {\"need\": 4, \"min_senior\": 1, "
		"\"classes\": [\"special\"]}], \"rules\": [" KEY "]}";

	arena_init(&a);
	plan_notes_init(&notes, &a);
	CHECK_INT(rule_set_read(text, strlen(text), &notes, &set), OK);
	CHECK_INT(rule_set_team(&set, RULE_KEY)->need, 3);
	CHECK_INT(rule_set_team(&set, RULE_KEY | RULE_SPECIAL)->need, 4);
	CHECK_INT(rule_set_team(&set, RULE_GENERAL)->need, 2);
}

/* Each mistake of a rule, of what stands before the rules, with its path and a word of the advice. */
static const struct {
	const char *more, *rules, *path, *says;
} mistakes[] = {
	{ "\"tite\": 1,", KEY, "规则集：没有“tite”这个键", "title" },
	{ "", KEY "," KEY, "rules[1].id：", "用了两次" },
	{ "", "", "rules：", "1 到 200 项" },
	{ "", "7", "rules[0]：", "花括号" },
	{ "",
	  "{\"id\": \"a b\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": true}}",
	  "rules[0].id：", "64" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"yearly\", \"basis\": {\"all\": true}}",
	  "rules[0].period：", "quarter（每季度）" },
	{ "", "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\"}", "rules[0].basis：",
	  "缺少" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"percent\": 150}}",
	  "rules[0].basis.percent：", "不超过 100" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"percent\": 12.5}}",
	  "rules[0].basis.percent：", "带引号的小数" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"percent\": \"012\"}}",
	  "rules[0].basis.percent：", "带引号的小数" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"percent\": \"1.23456\"}}",
	  "rules[0].basis.percent：", "四位" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"per_inspector\": \"1/0\"}}",
	  "rules[0].basis.per_inspector：", "5/2" },
	{ "", "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"number\": 0}}",
	  "rules[0].basis.number：", "整数" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": false}}",
	  "rules[0].basis.all：", "true" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": true, \"number\": 2}}",
	  "rules[0].basis：", "只能写一个" },
	{ "", "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {}}",
	  "rules[0].basis：", "必须写一个" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"percent\": 5, \"of\": \"rule\", \"rule\": \"b\"}}",
	  "rules[0].basis：", "没有编号为“b”" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"percent\": 5, \"of\": \"rule\"}}",
	  "rules[0].basis：", "要写 rule" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"number\": 5, \"of\": \"drawn\"}}",
	  "rules[0].basis：", "percent" },
	{ "",
	  KEY
	  ", {\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"percent\": 5, \"of\": \"rule\", \"rule\": \"key\"}}",
	  "rules[1].basis：", "周期" },
	{ "", "{\"id\": \"a\", \"title\": \"\", \"period\": \"year\", \"basis\": {\"all\": true}}",
	  "rules[0].title：", "空" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"\\n\", \"period\": \"year\", \"basis\": {\"all\": true}}",
	  "rules[0].title：", "控制字符" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": true}, \"from\": \"2026-02-30\"}",
	  "rules[0].from：", "日期" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": true}, \"from\": \"2026-02-03\", \"to\": \"2026-02-02\"}",
	  "rules[0]：", "早于" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": true}, \"who\": {\"classes\": [\"key\", \"key\"]}}",
	  "rules[0].who.classes[1]：", "两次" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": true}, \"who\": {\"counties\": [\"13062\"]}}",
	  "rules[0].who.counties[0]：", "六位" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": true}, \"who\": {\"credits\": [\"F\"]}}",
	  "rules[0].who.credits[0]：", "A（A）" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": true}, \"who\": {\"kinds\": []}}",
	  "rules[0].who.kinds：", "现在 0 项" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": true}, \"who\": {\"kinds\": [\"x\", \"x\"]}}",
	  "rules[0].who.kinds[1]：", "两次" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": true}, \"repeat\": {\"policy\": \"rotation\"}}",
	  "rules[0].repeat：", "visits" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": true}, \"repeat\": {\"policy\": \"independent\", \"visits\": 2}}",
	  "rules[0].repeat：", "rotation" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": true}, \"heads\": {\"on\": \"13-01\"}}",
	  "rules[0].heads.on：", "01-01" },
	{ "",
	  "{\"id\": \"a\", \"title\": \"t\", \"period\": \"year\", \"basis\": {\"all\": true}, \"unconfirmed\": 1}",
	  "rules[0].unconfirmed：", "true 或 false" },
	{ "\"cap\": {\"visits\": 0},", KEY, "cap.visits：", "1 到 366" },
	{ "\"milestones\": {\"extension_days\": 61},", KEY, "milestones.extension_days：",
	  "1 到 60" },
	{ "\"milestones\": {\"reveal_days\": 366},", KEY, "milestones.reveal_days：", "1 到 60" },
	{ "\"cap\": {\"visits\": 2, \"exemptions\": [{\"id\": \"e\"}, {\"id\": \"e\"}]},", KEY,
	  "cap：", "两次" },
	{ "\"cap\": {\"grades\": [{\"credits\": [\"D\"], \"visits\": 4}]},", KEY, "cap：",
	  "要写 visits" },
	{ "\"cap\": {\"visits\": 2, \"grades\": [{\"credits\": [\"D\"], \"visits\": 4}, {\"credits\": [\"D\"], \"visits\": 5}]},",
	  KEY, "cap：", "两个不同的上限" },
	{ "\"milestones\": {\"complete\": [70, 35]},", KEY, "milestones.complete：", "从小到大" },
	{ "\"milestones\": {\"complete\": [35, 70]},", KEY, "milestones：", "1、3、6 或 12" },
	{ "\"senior_years\": -1,", KEY, "senior_years：", "0 到 60" },
	{ "\"from\": \"2026-01-01\", \"to\": \"2025-01-01\",", KEY, "规则集：", "早于" },
	{ "\"publication\": {\"registries_by\": \"02-30\"},", KEY, "publication.registries_by：",
	  "01-31" },
};

TEST(every_mistake_has_its_path_and_what_to_write)
{
	for (size_t i = 0; i < COUNT(mistakes); i++) {
		CLEANUP(arena_release) struct arena a;
		struct plan_notes notes;
		struct rule_set set = { .rule_count = 77 };
		arena_init(&a);
		plan_notes_init(&notes, &a);
		const char *text = world_rule_text(&a, mistakes[i].more, mistakes[i].rules);
		CHECK_INT(rule_set_read(text, strlen(text), &notes, &set), INVALID);
		CHECK_INT(set.rule_count, 77);
		bool told = false;
		for (size_t k = 0; k < notes.count; k++)
			told |= strncmp(notes.list[k].text, mistakes[i].path,
					strlen(mistakes[i].path)) == 0 &&
				strstr(notes.list[k].text, mistakes[i].says);
		if (!unit_check(told, __FILE__, __LINE__, "case %zu: %s %s", i, mistakes[i].path,
				mistakes[i].says))
			printf("# %s\n", notes.count ? notes.list[0].text : "(nothing)");
	}
}

TEST(teams_are_checked_together)
{
	static const struct {
		const char *teams, *says;
	} bad[] = {
		{ "[{\"need\": 1, \"min_senior\": 1}]", "teams[0].need：应为 2 到 10" },
		{ "[{\"need\": 2, \"min_senior\": 2, \"min_junior\": 1}]", "teams[0]：人数" },
		{ "[{\"need\": 2, \"min_senior\": 1, \"classes\": [\"key\"]}]",
		  "teams[0]：第一条" },
		{ "[{\"need\": 2, \"min_senior\": 1}, {\"need\": 2, \"min_senior\": 1}]",
		  "teams[1]：除第一条" },
		{ "[{\"need\": 2, \"min_senior\": 1}, {\"need\": 2, \"min_senior\": 1, \"classes\": "
		  "[\"key\"]}, {\"need\": 3, \"min_senior\": 1, \"classes\": [\"key\"]}]",
		  "teams[2]：与 teams[1]" },
	};

	for (size_t i = 0; i < COUNT(bad); i++) {
		CLEANUP(arena_release) struct arena a;
		struct plan_notes notes;
		struct rule_set set;
		arena_init(&a);
		plan_notes_init(&notes, &a);
		char *text = arena_printf(
			&a,
			"{\"format\": \"mingqian-rules-1\", \"id\": \"t\", \"title\": "
			"\"试\", \"body\": \"局\", \"level\": \"city\", \"teams\": %s, "
			"\"rules\": [" KEY "]}",
			bad[i].teams);
		CHECK_INT(rule_set_read(text, strlen(text), &notes, &set), INVALID);
		CHECK(world_told(&notes, PLAN_REFUSED, bad[i].says));
	}
}

TEST(broken_json_says_where)
{
	static const struct {
		const char *text, *says;
	} bad[] = {
		{ "", "第 1 行" },
		{ "{\n\"a\": 1,\n}", "第 3 行" },
		{ "{\"a\": 1, \n\"a\": 2}", "第 2 行：同一组里同一个键写了两次" },
		{ "[]", "花括号" },
		{ "{\"title\": \"\xd6\xd8\"}", "UTF-8" },
		{ "null", "花括号" },
		{ "3", "花括号" },
		{ "{\"title\": \"a\\u0000\"}", "空字符" },
		{ "{\"limit\": 99999999999999999999}", "数太大" },
		{ "{} {}", "不是正确的 JSON" },
		{ "{\"format\": \"mingqian-rules-9\"}", "mingqian-rules-1" },
	};

	for (size_t i = 0; i < COUNT(bad); i++) {
		CLEANUP(arena_release) struct arena a;
		struct plan_notes notes;
		struct rule_set set;
		arena_init(&a);
		plan_notes_init(&notes, &a);
		CHECK_INT(rule_set_read(bad[i].text, strlen(bad[i].text), &notes, &set), INVALID);
		if (!CHECK(world_told(&notes, PLAN_REFUSED, bad[i].says)))
			printf("# case %zu: %s\n", i, notes.list[0].text);
	}
}

TEST(limits_hold)
{
	CLEANUP(arena_release) struct arena a;
	struct plan_notes notes;
	struct rule_set set;

	arena_init(&a);
	plan_notes_init(&notes, &a);
	char *big = arena_alloc(&a, RULE_FILE_MOST + 2);
	memset(big, ' ', RULE_FILE_MOST + 1);
	CHECK_INT(rule_set_read(big, RULE_FILE_MOST + 1, &notes, &set), TOO_LARGE);
	CHECK_INT(notes.refused, 1);

	plan_notes_init(&notes, &a);
	char *title = arena_alloc(&a, RULE_TEXT_MOST + 2);
	memset(title, 'x', RULE_TEXT_MOST + 1);
	const char *text = world_rule_text(&a, arena_printf(&a, "\"note\": \"%s\",", title), KEY);
	CHECK_INT(rule_set_read(text, strlen(text), &notes, &set), INVALID);
	CHECK(world_told(&notes, PLAN_REFUSED, "note：太长：最多 600"));

	plan_notes_init(&notes, &a);
	CLEANUP(buf_release) struct buf rules;
	buf_init(&rules, 1 << 16);
	for (int i = 0; i < 150; i++)
		buf_printf(&rules, "%s{}", i ? "," : "");
	text = world_rule_text(&a, "", buf_text(&rules));
	CHECK_INT(rule_set_read(text, strlen(text), &notes, &set), INVALID);
	CHECK_INT(notes.refused, RULE_MISTAKES_MOST);

	plan_notes_init(&notes, &a);
	buf_clear(&rules);
	for (int i = 0; i < 100000; i++)
		buf_char(&rules, '[');
	CHECK_INT(rule_set_read(buf_text(&rules), rules.len, &notes, &set), INVALID);
}

static const char *const shipped[] = {
	"baoding-2021",
	"baoding-2025",
	"variants/chaoyang-2021",
	"variants/chizhou-2019",
	"variants/guangdong-2016-city",
	"variants/guangdong-2016-county",
	"variants/guangrao-2017",
	"variants/guangzhou-2025",
	"variants/jianghan-2025",
	"variants/jiangxi-city",
	"variants/jiangxi-county",
	"variants/minqing-2021",
	"variants/pingshan-2024",
	"variants/xiaogan-2024",
	"variants/yicheng-2024",
};

TEST(the_canonical_form_is_read_back_and_written_the_same)
{
	for (size_t i = 0; i < COUNT(shipped); i++) {
		CLEANUP(arena_release) struct arena a;
		CLEANUP(buf_release) struct buf first, second;
		struct plan_notes notes;
		struct rule_set set = { 0 }, again = { 0 };
		char digest[RULE_DIGEST], digest2[RULE_DIGEST];
		arena_init(&a);
		buf_init(&first, 1 << 20);
		buf_init(&second, 1 << 20);
		plan_notes_init(&notes, &a);
		world_rule_file(&a, shipped[i], &set);
		rule_set_write(&set, &first);
		if (!CHECK(rule_set_read(buf_text(&first), first.len, &notes, &again) == OK))
			continue;
		rule_set_write(&again, &second);
		CHECK_STR(buf_text(&second), buf_text(&first));
		rule_set_digest(&set, digest);
		rule_set_digest(&again, digest2);
		CHECK_STR(digest, digest2);
		CHECK_INT(strlen(digest), 64);
	}
}

TEST(two_spellings_of_one_set_have_one_digest)
{
	static const char *const spellings[] = {
		"{\"id\": \"a\", \"title\": \"t\", \"basis\": {\"percent\": \"10.0\"}, \"period\": "
		"\"quarter\", \"counts\": [\"daily\", \"joint\"], \"minimum\": 1, \"rounding\": \"up\", "
		"\"who\": {}, \"unconfirmed\": false}",
		"{\"period\": \"quarter\", \"counts\": [\"joint\", \"daily\"], \"basis\": {\"percent\": "
		"10}, \"title\": \"t\", \"id\": \"a\"}",
	};
	CLEANUP(arena_release) struct arena a;
	struct rule_set set = { 0 };
	char digest[2][RULE_DIGEST];

	arena_init(&a);
	for (int i = 0; i < 2; i++) {
		world_rule_set(&a, "", spellings[i], &set);
		rule_set_digest(&set, digest[i]);
	}
	CHECK_STR(digest[0], digest[1]);
	world_rule_set(&a, "", KEY, &set);
	rule_set_digest(&set, digest[0]);
	CHECK(strcmp(digest[0], digest[1]) != 0);
}

/* Every key of the tables, once, so that nothing is lost on the way through the canonical form. */
TEST(every_key_survives)
{
	static const char text[] =
		"{\"approval\":{\"article\":\"a\",\"before\":true,\"document\":\"d\",\"notice\":true,"
		"\"number\":\"n\",\"published_matters_only\":true,\"urgent_after\":true},\"body\":\"b\","
		"\"bundle\":3,\"by_county\":true,\"cap\":{\"article\":\"a\",\"counts\":[\"daily\"],"
		"\"document\":\"d\",\"exemptions\":[{\"article\":\"a\",\"credits\":[\"D\"],\"document\":"
		"\"d\",\"id\":\"e\",\"note\":\"n\",\"number\":\"n\",\"special\":true,\"triggers\":["
		"\"urgent\"],\"visits\":[\"recheck\"]}],\"grades\":[{\"credits\":[\"A\"],\"visits\":1}],"
		"\"note\":\"n\",\"number\":\"n\",\"per\":\"site\",\"unconfirmed\":true,\"visits\":2},"
		"\"deadlines\":{\"answer\":{\"days\":5},\"publish\":{\"days\":20,\"working\":true},"
		"\"visit\":{\"days\":20}},\"document\":\"d\",\"few_teams\":3,\"format\":"
		"\"mingqian-rules-1\",\"from\":\"2026-01-01\",\"id\":\"t\",\"level\":\"county\","
		"\"limit\":12,\"milestones\":{\"complete\":[35,70,100],\"draw_by\":15,"
		"\"extension_days\":10,\"reveal_days\":30},\"note\":\"n\",\"number\":\"n\",\"publication\":{"
		"\"registries_by\":\"01-31\",\"results\":\"month\",\"secret\":true,\"what\":[\"plan\","
		"\"results\"]},\"relax\":[\"rotation\",\"second\",\"limit\"],\"rules\":[{\"article\":\"a\","
		"\"basis\":{\"of\":\"rule\",\"percent\":\"12.5\",\"rule\":\"z\"},\"counts\":[\"daily\","
		"\"joint\"],\"document\":\"d\",\"from\":\"2026-01-01\",\"heads\":{\"conditions\":["
		"\"staff\",\"duty\"],\"keeps\":true,\"on\":\"01-01\"},\"id\":\"x\",\"minimum\":0,"
		"\"note\":\"n\",\"number\":\"n\",\"or\":{\"per_inspector\":\"5/2\"},\"period\":\"half\","
		"\"repeat\":{\"policy\":\"rotation\",\"visits\":2},\"rounding\":\"nearest\",\"title\":"
		"\"t\",\"to\":\"2026-06-30\",\"unconfirmed\":true,\"unit\":\"actions\",\"visit\":\"joint\","
		"\"who\":{\"classes\":[\"key\",\"special\"],\"counties\":[\"130602\"],\"credits\":[\"E\"],"
		"\"industries\":[\"C26\"],\"key_kinds\":[\"water\"],\"kinds\":[\"project\"],\"levels\":["
		"\"national\"],\"matters\":[\"m1\"],\"permits\":[\"major\"],\"source_types\":[\"VOCs\"]}},"
		"{\"basis\":{\"all\":true},\"counts\":[\"daily\"],\"id\":\"z\",\"period\":\"half\","
		"\"title\":\"z\"}],\"senior_years\":3,\"source\":\"s\",\"special_criteria\":[\"c\"],"
		"\"teams\":[{\"min_junior\":1,\"min_senior\":1,\"need\":2},{\"classes\":[\"key\"],"
		"\"min_senior\":1,\"need\":3}],\"title\":\"t\",\"to\":\"2026-12-31\"}";
	CLEANUP(arena_release) struct arena a;
	CLEANUP(buf_release) struct buf out;
	struct plan_notes notes;
	struct rule_set set = { 0 };

	arena_init(&a);
	buf_init(&out, 1 << 20);
	plan_notes_init(&notes, &a);
	if (!CHECK(rule_set_read(text, strlen(text), &notes, &set) == OK)) {
		printf("# %s\n", notes.list[0].text);
		return;
	}
	rule_set_write(&set, &out);
	CHECK_STR(buf_text(&out), text);
}
