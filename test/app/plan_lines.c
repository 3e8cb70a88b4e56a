/* test/app/plan_lines.c — lines that cannot be drawn are refused when they come, and told by every check. */
#include "base/status.h"

#include "plan_world.h"
#include "unit.h"

#define STAFF                                                                                      \
	"id,name,certificate,certificate_until,districts,since\n"                                  \
	"P-1,甲,03-1,2030-12-31,,2010-01-01\nP-2,乙,03-2,2030-12-31,,2024-01-01\n"
#define MATTERS "id,name,kinds,until\nM-1,排污许可,,\nM-2,旧事项,,2026-06-30\n"
#define HEAD "编号,类别,名称,目标,范围,期次,事项\n"

static void begin(struct plan_world *w)
{
	const char *csv = plan_world_sites(w, NULL, "130602", "key,130602,,,,,,,", 20);
	const struct plan_world_data data = {
		.sites = csv,
		.inspectors = STAFF,
		.matters = MATTERS,
		.rules = "{\"id\": \"key\", \"title\": \"重点\", \"who\": {\"classes\": [\"key\"]},"
			 " \"basis\": {\"percent\": 10}, \"period\": \"quarter\"}"
	};

	plan_world_init(w, &data);
	plan_world_approve(w);
}

static int make(struct plan_world *w, const char *lines)
{
	struct plan_version_row v;
	const struct plan_new in = { .id = "P-2026",
				     .year = 2026,
				     .body = "130600",
				     .area = "",
				     .authority = "局",
				     .period = "quarter",
				     .rules = "t",
				     .day_load = 10,
				     .lines = lines,
				     .lines_len = strlen(lines) };

	plan_notes_init(&w->notes, w->a);
	return plan_make(w->o, &in, &w->notes, &v);
}

TEST(a_line_that_cannot_be_drawn_is_refused_when_it_comes)
{
	struct plan_world w = { 0 };
	static const struct {
		const char *line, *words;
	} wrong[] = {
		{ "zx,专项,夏季,10%,county=竞秀区,,", "县区要写六位代码：“竞秀区”请写成 130602" },
		{ "zx,专项,夏季,10%,county=130699,,", "没有代码是“130699”的县区" },
		{ "zx,专项,夏季,10%,kind=加油站,,", "kind 里没有“加油站”，可以写 discharger" },
		{ "zx,专项,夏季,10%,class=key,,M-9", "事项“M-9”不在现行有效的抽查事项清单里" },
		{ "zx,专项,夏季,10%,matter=M-8,,", "事项“M-8”不在现行有效的抽查事项清单里" },
		{ "zx,专项,夏季,10%,class=key,2026-07,",
		  "按季度（2026-Q3）抽取，没有“2026-07”这一期" },
		{ "zx,专项,夏季,10%,class=key,2026-Q1,", "2026-Q1 已经过去，抽不了了" },
		{ "zx,专项,夏季,10%,class=general,,", "里没有一家在产单位" },
		{ "zh,证后监管,证后,5,county=130606,,", "里没有一家在产单位" },
		{ "zh,证后监管,证后,21,class=key,,", "只有 20 家在产单位" },
	};

	begin(&w);
	plan_world_day(&w, "2026-04-01");
	for (size_t i = 0; i < COUNT(wrong); i++) {
		CHECK_INT(make(&w, arena_printf(w.a, HEAD "%s\n", wrong[i].line)), INVALID);
		CHECK(plan_world_noted(&w, wrong[i].words));
	}
	CHECK_INT(plan_world_entries(&w, "plan.new"), 1);
	CHECK_INT(make(&w, HEAD "zx,专项,夏季,10%,class=key;county=130602,2026-H2,M-1\n"), OK);
	plan_world_release(&w);
}

static int spoil(struct db *db, void *arg)
{
	(void)arg;
	return db_run(db, "update plan_line set pool = 'county=130606', matters = ''", "");
}

TEST(a_line_that_lost_its_pool_is_told_and_blocks_nothing)
{
	struct plan_world w = { 0 };
	struct plan_period_lists lists;

	begin(&w);
	CHECK_INT(make(&w, HEAD "zh,证后监管,证后,15,class=key,,M-2\n"), OK);
	plan_world_approve(&w);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK(!plan_world_clash(&w, CLASH_LINE, 0));
	CHECK_INT(plan_world_rule(&w, "zh")->need, 15);
	/* the matter ends in June, later the sites are gone from the pool */
	plan_world_day(&w, "2026-07-06");
	CHECK_INT(plan_world_check(&w, "2026-Q3"), OK);
	const struct plan_clash *c = plan_world_clash(&w, CLASH_LINE, 0);
	CHECK(c && !c->stops && strstr(c->text, "事项“M-2”不在现行有效") &&
	      strcmp(c->rules, "zh") == 0);
	CHECK_INT(db_write(w.o->db, spoil, NULL), OK);
	CHECK_INT(plan_world_check(&w, "2026-Q3"), OK);
	c = plan_world_clash(&w, CLASH_LINE, 0);
	CHECK(c && !c->stops && strstr(c->text, "里没有一家在产单位"));
	CHECK_INT(w.check.clashes.stops, 0);
	CHECK_INT(plan_world_rule(&w, "zh")->need, 0);
	CHECK_INT(plan_world_lists(&w, "2026-Q3", PLAN_POOL_DAILY, &lists), OK);
	plan_world_release(&w);
}

static int take_over(struct plan_world *w)
{
	struct plan_version_row v;
	const struct plan_new in = { .id = "P-2026",
				     .year = 2026,
				     .body = "130600",
				     .area = "",
				     .authority = "局",
				     .period = "quarter",
				     .rules = "t",
				     .day_load = 10 };

	plan_notes_init(&w->notes, w->a);
	return plan_make(w->o, &in, &w->notes, &v);
}

TEST(lines_that_the_next_version_takes_over_are_asked_again)
{
	struct plan_world w = { 0 };

	begin(&w);
	CHECK_INT(make(&w, HEAD "zx,专项,夏季,15,class=key,,M-2\n"), OK);
	plan_world_approve(&w);
	plan_world_day(&w, "2026-07-06");
	CHECK_INT(take_over(&w), INVALID);
	CHECK(plan_world_noted(&w, "事项“M-2”不在现行有效"));
	CHECK(plan_world_noted(&w, "上一版沿用下来的项目"));
	CHECK_INT(make(&w, HEAD "zx,专项,夏季,15,class=key,,M-1\n"), OK);
	CHECK_INT(plan_world_entries(&w, "plan.new"), 3);
	plan_world_release(&w);
}

TEST(what_the_list_asks_of_a_matter_beyond_the_rules_is_told)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 20),
		.inspectors = STAFF,
		.matters = "id,name,ratio,frequency\nM-1,排污许可,1/4,每季度一次\n"
			   "M-2,噪声,,每年一次\n",
		.rules = "{\"id\": \"key\", \"title\": \"重点\", \"who\": {\"classes\": [\"key\"]},"
			 " \"basis\": {\"percent\": 10}, \"period\": \"quarter\"}"
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_opening(&w, "类别,编号,日期\n检查,130602-0003,2026-01-15\n", &sum),
		  OK);
	plan_world_day(&w, "2026-07-06");
	CHECK_INT(plan_world_check(&w, "2026-Q3"), OK);
	bool ratio = false, rhythm = false;
	const struct plan_clash *c;
	for (size_t i = 0; (c = plan_world_clash(&w, CLASH_GAP, i)); i++) {
		ratio |=
			strstr(c->text,
			       "抽查比例是 1/4，适用的 20 家全年至少 5 家，今年查到 1 家，还差 4 家") !=
			NULL;
		rhythm |= strstr(c->text, "M-1（每季度一次）；") != NULL;
	}
	CHECK(ratio && rhythm);
	plan_world_release(&w);
}

TEST(a_line_whose_time_is_over_stays_with_the_plan_that_had_it)
{
	struct plan_world w = { 0 };

	begin(&w);
	CHECK_INT(make(&w, HEAD "zx,专项,夏季,10%,class=key,2026-Q1,M-1\n"), OK);
	plan_world_approve(&w);
	plan_world_day(&w, "2026-07-06");
	CHECK_INT(make(&w, HEAD "zx,专项,夏季,10%,class=key,2026-Q1,M-1\n"
				"zy,专项,秋季,10%,class=key,2026-Q3,M-1\n"),
		  OK);
	plan_world_approve(&w);
	CHECK_INT(make(&w, HEAD "zz,专项,春季,10%,class=key,2026-Q2,M-1\n"), INVALID);
	CHECK(plan_world_noted(&w, "2026-Q2 已经过去"));
	plan_world_release(&w);
}
