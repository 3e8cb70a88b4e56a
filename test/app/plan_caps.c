/* test/app/plan_caps.c — a firm's cap over its sites, what would help, and a period that was drawn already. */
#include "app/plan_check.h"
#include "app/plan_whatif.h"

#include "base/status.h"

#include "plan_world.h"
#include "unit.h"

#include <stdio.h>

#define STAFF                                                                                      \
	"id,name,certificate,certificate_until,districts,since\n"                                  \
	"P-1,甲,03-1,2030-12-31,,2010-01-01\nP-2,乙,03-2,2030-12-31,,2024-01-01\n"               \
	"P-3,丙,03-3,2030-12-31,,2010-01-01\nP-4,丁,03-4,2030-12-31,,2024-01-01\n"
#define MATTERS "id,name,kinds\nM-1,排污许可,\n"
#define CAP(n, per)                                                                                \
	"\"cap\": {\"visits\": " n ", \"per\": \"" per "\", \"counts\": [\"daily\"],"              \
	" \"document\": \"上限文件\"},"

static bool has(const char *text, const char *words)
{
	if (text && strstr(text, words))
		return true;
	printf("# %s\n", text ? text : "(none)");
	return false;
}

/* Five firms with four plants each. */
static const char *plants(struct plan_world *w)
{
	CLEANUP(buf_release) struct buf out;

	plan_world_sites(w, NULL, "x", "", 0); /* makes the office */
	buf_init(&out, 100000);
	buf_str(&out, "id,name,firm,class,county,address\n");
	for (int i = 0; i < 20; i++)
		buf_printf(&out, "130602-%04d,厂区%d,集团%d,key,130602,地址%d\n", i + 1, i, i / 4,
			   i);
	return arena_mem(w->a, out.data, out.len);
}

static void begin(struct plan_world *w, const char *sites, const char *more, const char *basis)
{
	const struct plan_world_data data = {
		.sites = sites,
		.inspectors = STAFF,
		.matters = MATTERS,
		.more = more,
		.rules = arena_printf(w->a,
				      "{\"id\": \"key\", \"title\": \"重点\","
				      " \"who\": {\"classes\": [\"key\"]}, \"basis\": %s}",
				      basis)
	};

	plan_world_init(w, &data);
}

#define TENTH "{\"percent\": 10}, \"period\": \"quarter\""

TEST(plants_of_a_firm_share_its_cap_and_an_impossible_year_is_told)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;

	/* 2 a quarter are 8 a year; five firms with a cap of 1 let 5 through, not 20 */
	begin(&w, plants(&w), CAP("1", "firm"), TENTH);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_check_rule *key = plan_world_rule(&w, "key");
	CHECK(key && key->year_left == 8 && key->year_room == 5 && !key->possible);
	const struct plan_clash *c = plan_world_clash(&w, CLASH_CAP, 0);
	CHECK(c && has(c->text, "还要 8 家次，年度上限只放得下 5 家次"));
	CHECK(c && has(c->text, "同一企业的几处合用一个上限"));
	CHECK(c && has(c->choices, "年度上限由 1 次提高到 2 次"));
	CHECK(w.check.project.count == 4 && !w.check.project.list[2].met);
	/* what a firm has used up is used up at all its plants */
	CHECK_INT(plan_world_opening(&w, "类别,编号,次数\n频次,130602-0001,1\n", &sum), OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	key = plan_world_rule(&w, "key");
	CHECK(key && key->year_room == 4 && key->ask->capped == 16);
	plan_world_release(&w);
}

TEST(no_draw_takes_a_firm_above_its_cap)
{
	struct plan_world w = { 0 };
	struct plan_period_lists lists;

	begin(&w, plants(&w), CAP("3", "firm"), "{\"percent\": 60}, \"period\": \"quarter\"");
	plan_world_approve(&w);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &lists), OK);
	/* of each four plants one is out of this draw, another one in the next quarter */
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_world_rule(&w, "key")->ask->capped, 5);
	CHECK_INT(plan_world_rule(&w, "key")->year_room, 15);
	plan_world_release(&w);
}

TEST(what_would_help_is_worked_out)
{
	struct plan_world w = { 0 };

	/* independent draws of a half leave some below and put some at the cap of two; rotation fits exactly */
	begin(&w, plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 400), CAP("2", "site"),
	      "{\"percent\": 50}, \"period\": \"quarter\"");
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_clash *c = plan_world_clash(&w, CLASH_LATER, 0);
	CHECK(c && !c->stops && has(c->text, "2026-Q4 “重点”至少 200 家，能抽的只有"));
	CHECK(c && has(c->choices, "改为轮查（rotation），每家每年 2 次，试算到年底就满足"));
	CHECK(c && has(c->choices, "年度上限由 2 次提高到"));
	CHECK(has(w.check.project.list[3].why, "“重点”至少 200 家"));
	CHECK(!plan_world_rule(&w, "key")->possible);
	plan_world_release(&w);
}

TEST(rotation_that_is_in_force_is_not_proposed)
{
	struct plan_world w = { 0 };

	begin(&w, plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 40), "",
	      "{\"percent\": 50}, \"period\": \"quarter\","
	      " \"repeat\": {\"policy\": \"rotation\", \"visits\": 1}");
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_clash *c = plan_world_clash(&w, CLASH_LATER, 0);
	CHECK(c && has(c->choices, "轮查已经在用（每家每年 1 次），改为每家每年 2 次"));
	CHECK(c && !strstr(c->choices, "改为轮查") && !strstr(c->choices, "年度上限由"));
	plan_world_release(&w);
}

TEST(a_period_that_was_drawn_gets_no_share_of_what_is_left)
{
	struct plan_world w = { 0 };

	begin(&w, plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 40), "",
	      "{\"number\": 12}, \"period\": \"year\"");
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_world_rule(&w, "key")->need, 3);
	plan_world_drawn(&w, "2026-Q1", PLAN_POOL_DAILY);
	plan_world_approve(&w); /* what waits counts once it is */
	for (int i = 1; i <= 3; i++)
		plan_world_waits(&w, arena_printf(w.a, "130602-%04d", i), "daily", false);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_check_rule *key = plan_world_rule(&w, "key");
	CHECK(key && key->pending == 3 && key->left == 9 && key->need == 0 && key->drawn == 0);
	CHECK(key && has(key->sentence, "本期已经抽过，还差 9 家，分在以后 3 期，每期至少 3 家"));
	CHECK(w.check.project.count == 3 && strcmp(w.check.project.list[0].text, "2026-Q2") == 0);
	CHECK_INT(w.check.project.visits, 9);
	CHECK_INT(w.check.clashes.stops, 0);
	/* the next one divides by itself and what follows */
	CHECK_INT(plan_world_check(&w, "2026-Q2"), OK);
	CHECK_INT(plan_world_rule(&w, "key")->need, 3);
	plan_world_release(&w);
}

TEST(who_waits_for_a_visit_is_counted_once_in_the_years_to_come)
{
	struct plan_world w = { 0 };

	begin(&w, plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 10), CAP("2", "site"),
	      "{\"percent\": 100}, \"period\": \"half\"");
	plan_world_drawn(&w, "2026-Q1", PLAN_POOL_DAILY);
	plan_world_approve(&w);
	for (int i = 1; i <= 10; i++)
		plan_world_waits(&w, arena_printf(w.a, "130602-%04d", i), "daily", false);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	/* the cap leaves each of them the visit of the second half */
	CHECK(plan_world_rule(&w, "key")->possible);
	CHECK_INT(w.check.project.visits, 10);
	plan_world_release(&w);
}

TEST(a_row_twice_among_the_balances_is_refused_and_unknown_sites_count_nowhere)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;

	begin(&w, plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 40), "", TENTH);
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,日期\n检查,130602-0001,2026-01-20\n"
				     "检查,130602-0002,2026-01-20\n检查,130602-0001,2026-01-20\n",
				     &sum),
		  INVALID);
	CHECK(plan_world_noted(&w, "第 4 行：编号“130602-0001”与第 2 行重复"));
	CHECK_INT(plan_world_entries(&w, "plan.opening"), 0);
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,日期,次数\n检查,130602-0001,2026-01-20,2\n"
				     "检查,nobody-1,2026-01-20,5\n",
				     &sum),
		  OK);
	CHECK_INT(sum.unknown, 1);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(w.check.milestones[0].done, 2);
	CHECK(plan_world_noted(&w, "有 5 次的编号不在检查对象名录里"));
	plan_world_release(&w);
}

TEST(an_expired_certificate_is_named)
{
	struct plan_world w = { 0 };
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 20),
		.inspectors = "id,name,certificate,certificate_until,districts,since\n"
			      "P-1,甲,03-1,2030-12-31,,2010-01-01\n"
			      "P-2,乙,03-2,2030-12-31,,2024-01-01\n"
			      "P-3,丙,03-3,2026-01-31,,2010-01-01\n",
		.matters = MATTERS,
		.rules = "{\"id\": \"key\", \"title\": \"重点\", \"basis\": {\"percent\": 10},"
			 " \"period\": \"quarter\"}"
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_clash *c = plan_world_clash(&w, CLASH_CERTIFICATE, 0);
	CHECK(c && has(c->text, "丙（P-3，执法证已于 2026-01-31 到期）"));
	plan_world_release(&w);
}

TEST(the_number_that_the_draw_will_tell_stands_beside_the_checks)
{
	struct plan_world w = { 0 };

	/* 16 a quarter with two seniors on the last day: by the day nobody has room, by the limits all have */
	begin(&w, plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 40), "",
	      "{\"percent\": 40}, \"period\": \"quarter\"");
	plan_world_day(&w, "2026-03-31");
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK(w.check.capacity.unmet > 0);
	CHECK_INT(w.check.capacity.unmet_as_drawn, 0);
	plan_world_release(&w);
}

TEST(what_if_takes_lines_that_go_with_the_daily_draw)
{
	struct plan_world w = { 0 };
	struct plan_outcome o[2];
	const struct plan_change change = { "zh", 1, 2 }, alone = { "zx", 1, 2 };
	struct plan_whatif what = { &change, 1, -1, -1, -1 };
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 40),
		.inspectors = STAFF,
		.matters = MATTERS,
		.rules = "{\"id\": \"key\", \"title\": \"重点\", \"basis\": {\"percent\": 10},"
			 " \"period\": \"quarter\"}",
		.lines = "编号,类别,名称,目标,范围\nzh,证后监管,证后,5,class=key\n"
			 "zx,专项,夏季,5,class=key\n"
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_whatif_make(&w.scene, "2026-Q1", &what, o), OK);
	CHECK_INT(o[0].project.list[0].visits, 5);
	CHECK_INT(o[1].project.list[0].visits, 20);
	what.changes = &alone;
	CHECK_INT(plan_whatif_make(&w.scene, "2026-Q1", &what, o), INVALID);
	CHECK(plan_world_noted(&w, "zx（夏季）有自己的池，单独抽取"));
	plan_world_release(&w);
}
