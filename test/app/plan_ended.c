/* test/app/plan_ended.c — a period that is over, and a branch's own plan. */
#include "app/plan_check.h"

#include "base/status.h"

#include "plan_world.h"
#include "unit.h"

#define STAFF                                                                                      \
	"id,name,certificate,certificate_until,districts,since,unit\n"                             \
	"P-1,甲,03-1,2030-12-31,130602,2010-01-01,竞秀区分局\n"                              \
	"P-2,乙,03-2,2030-12-31,130602,2024-01-01,\n"                                             \
	"P-3,丙,03-3,2030-12-31,130606,2010-01-01,\n"                                             \
	"P-4,丁,03-4,2030-12-31,,2010-01-01,市局\n"
#define MATTERS "id,name,kinds\nM-1,排污许可,\n"

static bool has(const char *text, const char *words)
{
	return text && strstr(text, words);
}

static int set_area(struct db *db, void *arg)
{
	(void)arg;
	return db_run(db, "update plan_version set area = '130602', authority = '竞秀区分局'", "");
}

static void check_ways(const struct plan_clash *gap)
{
	const char *ways = gap ? gap->choices : NULL;

	CHECK(has(ways, "plan extend") && has(ways, "最多 25 天"));
	CHECK(has(ways, "目标 100 家") && has(ways, "counts 里加上 campaign"));
}

TEST(a_period_that_has_ended_is_told_as_such_and_nothing_is_advised)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 400),
		.inspectors = STAFF,
		.matters = MATTERS,
		.more = "\"milestones\": {\"draw_by\": 15, \"extension_days\": 25},",
		.rules = "{\"id\": \"key\", \"title\": \"重点\", \"who\": {\"classes\": [\"key\"]},"
			 " \"basis\": {\"percent\": 25}, \"period\": \"quarter\"}"
	};

	plan_world_init(&w, &data);
	plan_world_day(&w, "2026-03-30");
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK(!w.check.ended);
	CHECK(plan_world_clash(&w, CLASH_CAPACITY, 0) || plan_world_clash(&w, CLASH_SENIORS, 0));
	plan_world_day(&w, "2026-04-20");
	CHECK_INT(plan_world_opening(&w, "类别,编号,日期\n检查,130602-0001,2026-01-20\n", &sum),
		  OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK(w.check.ended);
	const struct plan_check_rule *key = plan_world_rule(&w, "key");
	CHECK(key && key->want == 100 && key->done == 1 && key->left == 99);
	CHECK(key && key->need == 0 && key->drawn == 0 && !key->possible);
	CHECK(key && has(key->sentence, "2026-Q1 已经结束"));
	CHECK_INT(w.check.clashes.stops, 0);
	CHECK(!plan_world_clash(&w, CLASH_CAPACITY, 0) && !plan_world_clash(&w, CLASH_SENIORS, 0));
	CHECK(!plan_world_clash(&w, CLASH_MINIMUM, 0) &&
	      !plan_world_clash(&w, CLASH_CERTIFICATE, 0));
	const struct plan_clash *gap = plan_world_clash(&w, CLASH_GAP, 0);
	CHECK(gap && has(gap->text, "欠 99 家，这一期已经结束") && has(gap->rules, "key"));
	check_ways(gap);
	CHECK_INT(w.check.project.count, 0);
	/* once its visits may go on, it can be drawn again */
	struct plan_extension_row x = {
		.period = "2026-Q1", .what = "visits", .days = 25, .reason = "重污染天气应急"
	};
	plan_world_approve(&w);
	CHECK_INT(plan_extend(w.o, "P-2026", &x, &w.notes), OK);
	plan_world_as(&w, "李四");
	CHECK_INT(plan_extend_decide(w.o, x.id, true, &w.notes), OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK(!w.check.ended);
	CHECK_INT(plan_world_rule(&w, "key")->need, 99);
	plan_world_release(&w);
}

/* A drawn one ended: what the quarter lacks can be met by a pool of its own alone, which then counts. */
TEST(a_number_that_the_draw_can_no_longer_reach_is_a_clash)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 20),
		.inspectors = STAFF,
		.matters = MATTERS,
		.rules = "{\"id\": \"key\", \"title\": \"重点\", \"who\": {\"classes\": [\"key\"]},"
			 " \"basis\": {\"percent\": 10}, \"period\": \"quarter\","
			 " \"counts\": [\"daily\", \"campaign\"]}",
		.lines = "编号,类别,名称,期次,目标,范围\nbc,专项,补抽,2026-Q1,2,class=key\n"
	};

	plan_world_init(&w, &data);
	plan_world_approve(&w);
	CHECK_INT(plan_world_opening(&w, "类别,编号,日期\n检查,130602-0001,2026-01-20\n", &sum),
		  OK);
	plan_world_drawn(&w, "2026-Q1", PLAN_POOL_DAILY);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_check_rule *key = plan_world_rule(&w, "key");
	CHECK(key && key->want == 2 && key->left == 1 && key->never && !key->possible);
	const struct plan_clash *gap = plan_world_clash(&w, CLASH_GAP, 0);
	CHECK(gap && has(gap->text, "还差 1 家") && has(gap->choices, "目标 2 家"));
	CHECK(gap && !has(gap->choices, "counts") && has(gap->choices, "--pool"));
	/* the way works: its own pool can be drawn, and what it visits counts */
	struct plan_period_lists lists;
	CHECK_INT(plan_world_lists(&w, "2026-Q1", "bc", &lists), OK);
	CHECK_INT(lists.drawn, 1);
	/* not of those that were visited */
	const struct span text = lists.rules;
	CHECK(memmem(text.at, text.len, "quota bc.d0 1\n", 14) ||
	      memmem(text.at, text.len, "quota bc.130602.d0 1\n", 21));
	plan_world_waits(&w, "130602-0002", "campaign", false);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	key = plan_world_rule(&w, "key");
	CHECK(key && key->left == 0 && key->possible);
	plan_world_release(&w);
}

TEST(a_branch_counts_its_own_people)
{
	struct plan_world w = { 0 };
	struct plan_period_lists lists;
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "general,130602,,,,,,,", 60),
		.inspectors = STAFF,
		.matters = MATTERS,
		.rules =
			"{\"id\": \"general\", \"title\": \"一般\", \"basis\": {\"per_inspector\": 4},"
			" \"heads\": {\"conditions\": [\"marked\"], \"on\": \"01-01\", \"keeps\": true},"
			" \"period\": \"year\"}"
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_world_rule(&w, "general")->want, 16);
	CHECK_INT(db_write(w.o->db, set_area, NULL), OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	/* by unit and by county; who may go anywhere is the city's */
	CHECK_INT(plan_world_rule(&w, "general")->want, 8);
	CHECK(has(plan_world_rule(&w, "general")->sentence, "计数 2 人"));
	/* a loan is no joiner, a transfer is */
	plan_world_day(&w, "2026-03-03");
	plan_world_import_people(&w, "id,name,certificate,certificate_until,districts,since\n"
				     "P-3,丙,03-3,2030-12-31,\"130602,130606\",2010-01-01\n");
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_world_rule(&w, "general")->want, 8);
	plan_world_import_people(&w, "id,name,certificate,certificate_until,districts,since\n"
				     "P-3,丙,03-3,2030-12-31,130602,2010-01-01\n");
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_world_rule(&w, "general")->want, 12);
	/* a branch without anybody is told, not given a quota of nobody */
	plan_world_release(&w);
	w = (struct plan_world){ 0 };
	const struct plan_world_data nobody = {
		.sites = plan_world_sites(&w, NULL, "130602", "general,130602,,,,,,,", 60),
		.inspectors =
			"id,name,certificate,certificate_until,since\n"
			"P-4,丁,03-4,2030-12-31,2010-01-01\nP-5,戊,03-5,2030-12-31,2024-01-01\n",
		.matters = MATTERS,
		.rules = data.rules
	};
	plan_world_init(&w, &nobody);
	CHECK_INT(db_write(w.o->db, set_area, NULL), OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_clash *c = plan_world_clash(&w, CLASH_UNSET, 0);
	CHECK(c && c->stops && has(c->text, "没有一名计数的双随机执法人员") &&
	      has(c->choices, "管辖片区"));
	plan_world_approve(&w);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &lists), INVALID);
	CHECK(plan_world_noted(&w, "没有一名计数的双随机执法人员"));
	plan_world_release(&w);
}
