/* test/app/plan_check.c — each clash with its rules, numbers, sites and choices; gaps; milestones. */
#include "app/plan_check.h"

#include "base/status.h"

#include "plan_world.h"
#include "unit.h"

#define STAFF                                                                                      \
	"id,name,certificate,certificate_until,districts,since,skills\n"                           \
	"P-1,甲,03-1,2030-12-31,\"130602,130606\",2010-01-01,\n"                                  \
	"P-2,乙,03-2,2030-12-31,\"130602,130606\",2024-01-01,\n"                                  \
	"P-3,丙,03-3,2030-12-31,130602,2010-01-01,\n"
#define MATTERS "id,name,kinds\nM-1,排污许可,\n"
#define RULE(id, class, basis, more)                                                               \
	"{\"id\": \"" id "\", \"title\": \"" id                                                    \
	"\", \"who\": {\"classes\": [\"" class "\"]}, \"basis\": " basis more "}"

struct listed {
	uint64_t count;
	char first[64];
};

static int list_site(void *arg, const struct site *s)
{
	struct listed *l = arg;
	size_t len = s->text[SITE_ID].len < 63 ? s->text[SITE_ID].len : 63;

	if (l->count++ == 0) {
		memcpy(l->first, s->text[SITE_ID].at, len);
		l->first[len] = 0;
	}
	return OK;
}

static struct listed sites_of(struct plan_world *w, const struct plan_clash *clash, uint64_t most)
{
	struct listed l = { 0 };
	const struct plan_site_ask ask = { (size_t)(clash - w->check.clashes.list), most, list_site,
					   &l };

	CHECK_INT(plan_check_sites(&w->scene, &w->check, &ask), OK);
	return l;
}

static bool has(const char *text, const char *words)
{
	return text && strstr(text, words);
}

TEST(a_plan_that_fits_has_its_numbers_and_no_clash)
{
	struct plan_world w = { 0 };
	const char *csv = plan_world_sites(&w, NULL, "130602", "key,130602,130602001,,,,,,", 30);
	csv = plan_world_sites(&w, csv, "130606", "general,130606,130606001,,,,,,", 100);
	const struct plan_world_data data = {
		.sites = csv,
		.inspectors = STAFF,
		.matters = MATTERS,
		.rules = RULE("key", "key", "{\"percent\": 10}",
			      ", \"period\": \"quarter\"") "," RULE("general", "general",
								    "{\"per_inspector\": 5}",
								    ", \"period\": \"year\"")
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_check_rule *key = plan_world_rule(&w, "key");
	const struct plan_check_rule *general = plan_world_rule(&w, "general");
	CHECK(key && key->members == 30 && key->want == 3 && key->need == 3 && key->drawn == 3);
	CHECK(key && key->possible && key->year_left == 12);
	CHECK(general && general->want == 15 && general->need == 4 && general->year_left == 15);
	CHECK(general &&
	      has(general->sentence, "每名执法人员 5 家（计数 3 人） → 2026 至少 15 家"));
	CHECK_INT(w.check.clashes.stops, 0);
	CHECK(!plan_world_clash(&w, CLASH_GAP, 0));
	CHECK(!plan_world_clash(&w, CLASH_CAPACITY, 0));
	CHECK_INT(w.check.project.count, 4);
	CHECK_INT(w.check.coverage.counties.count, 2);
	CHECK_INT(w.check.coverage.townships.count, 2);
	CHECK_INT(plan_world_check(&w, "2026-03"), NONE);
	CHECK_INT(plan_world_check(&w, "2025-Q1"), NONE);
	plan_world_release(&w);
}

#define USED(n) "频次,130602-000" n ",2\n"

TEST(a_quota_above_the_cap_names_rules_sites_and_choices)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	struct plan_period_lists lists;
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "general,130602,,1,,,,,", 10),
		.inspectors = STAFF,
		.matters = MATTERS,
		.more = "\"cap\": {\"visits\": 2, \"per\": \"site\", \"counts\": [\"daily\"],"
			" \"document\": \"上限文件\"},",
		.rules =
			RULE("special", "special", "{\"percent\": 40}", ", \"period\": \"quarter\"")
	};

	plan_world_init(&w, &data);
	/* 40 % of 10 in four quarters is 16, a cap of 2 lets 20 through */
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK(!plan_world_clash(&w, CLASH_CAP, 0) && !plan_world_clash(&w, CLASH_ODD, 0));
	/* six of them have used it up: the quarter can be drawn, the year not */
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,次数\n" USED("1") USED("2") USED("3") USED("4")
					     USED("5") USED("6"),
				     &sum),
		  OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_clash *cap = plan_world_clash(&w, CLASH_CAP, 0);
	CHECK(cap && !cap->stops && has(cap->text, "还要 16 家次") &&
	      has(cap->text, "放得下 8 家次"));
	/* seven have: not even the quarter */
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,次数\n" USED("1") USED("2") USED("3") USED("4")
					     USED("5") USED("6") USED("7"),
				     &sum),
		  OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_clash *c = plan_world_clash(&w, CLASH_MINIMUM, 0);
	CHECK(c && c->stops);
	CHECK(c && has(c->rules, "special") && has(c->text, "还缺 1 家") &&
	      has(c->choices, "轮查"));
	CHECK(c && sites_of(&w, c, 100).count == 7);
	CHECK(c && sites_of(&w, c, 4).count == 4);
	CHECK(c && strcmp(sites_of(&w, c, 1).first, "130602-0001") == 0);
	plan_world_approve(&w);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &lists), INVALID);
	CHECK(plan_world_noted(&w, "“special”做不到"));
	plan_world_release(&w);
}

TEST(an_odd_class_rounded_up_every_quarter_breaks_a_cap_of_two)
{
	struct plan_world w = { 0 };
	struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "general,130602,,1,,,,,", 11),
		.inspectors = STAFF,
		.matters = MATTERS,
		.more = "\"cap\": {\"visits\": 2, \"per\": \"site\", \"counts\": [\"daily\"],"
			" \"document\": \"上限文件\"},",
		.rules = RULE("special", "special", "{\"percent\": 50}",
			      ", \"period\": \"quarter\","
			      " \"repeat\": {\"policy\": \"rotation\", \"visits\": 2}")
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_clash *c = plan_world_clash(&w, CLASH_ODD, 0);
	CHECK(c && has(c->text, "24 家次") && has(c->text, "22 家次") && has(c->choices, "免除"));
	CHECK(c && has(c->rules, "cap") && c->sites == 11);
	CHECK(!w.check.project.list[3].met);
	plan_world_release(&w);
	/* one more site makes it even */
	w = (struct plan_world){ 0 };
	data.sites = plan_world_sites(&w, NULL, "130602", "general,130602,,1,,,,,", 12);
	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK(!plan_world_clash(&w, CLASH_ODD, 0) && !plan_world_clash(&w, CLASH_CAP, 0));
	CHECK_INT(w.check.project.visits, 24);
	CHECK(w.check.project.list[3].met);
	plan_world_release(&w);
}

TEST(counties_without_seniors_or_skills_are_named)
{
	struct plan_world w = { 0 };
	const char *csv = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,辐射,,", 10);
	csv = plan_world_sites(&w, csv, "130609", "key,130609,,,,,,,", 40);
	const struct plan_world_data data = {
		.sites = csv,
		.inspectors = STAFF "P-4,丁,03-4,2030-12-31,130609,2024-06-01,\n",
		.matters = MATTERS,
		.rules = RULE("key", "key", "{\"percent\": 50}", ", \"period\": \"quarter\"")
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	/* 25 are drawn: five there, of whom nobody can lead one, and twenty for one junior */
	const struct plan_clash *unskilled = plan_world_clash(&w, CLASH_SENIORS, 0);
	CHECK(unskilled && has(unskilled->text, "竞秀区：无论怎样安排都缺 5 人次") &&
	      has(unskilled->text, "“辐射”"));
	const struct plan_clash *seniors = plan_world_clash(&w, CLASH_SENIORS, 1);
	CHECK(seniors && has(seniors->text, "徐水区：无论怎样安排都缺 20 人次") &&
	      has(seniors->text, "能派的 0 人"));
	CHECK(seniors && has(seniors->choices, "借调甲（P-1）") &&
	      sites_of(&w, seniors, 1000).count == 40);
	CHECK_INT(w.check.capacity.unmet, 25);
	const struct plan_clash *skill = plan_world_clash(&w, CLASH_SKILL, 0);
	CHECK(skill && has(skill->text, "竞秀区有 10 家要“辐射”") && skill->sites == 10);
	CHECK(skill && sites_of(&w, skill, 1000).count == 10);
	plan_world_release(&w);
}

TEST(certificates_that_end_before_the_period_are_named)
{
	struct plan_world w = { 0 };
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 10),
		.inspectors = STAFF "P-5,戊,03-5,2026-03-30,130602,2010-01-01,\n"
				    "P-6,己,03-6,2026-03-31,130602,2010-01-01,\n"
				    "P-7,庚,03-7,2026-03-01,130602,2010-01-01,\n",
		.matters = MATTERS,
		.rules = RULE("key", "key", "{\"percent\": 10}", ", \"period\": \"quarter\"")
	};
	struct plan_period_lists lists;

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_clash *c = plan_world_clash(&w, CLASH_CERTIFICATE, 0);
	CHECK(c && has(c->text, "1 人") && has(c->text, "戊（P-5，2026-03-30）"));
	/* who has none on the day is left out with the reason */
	plan_world_approve(&w);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &lists), OK);
	CHECK_INT(lists.inspector_count, 5);
	CHECK_INT(lists.absent_count, 1);
	CHECK(lists.absent_count && has(lists.absent[0].reason, "到期"));
	plan_world_release(&w);
}

TEST(overlapping_missing_and_ended_rules_are_told)
{
	struct plan_world w = { 0 };
	const char *csv = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 10);
	csv = plan_world_sites(&w, csv, "130606", "general,130606,,,,,,,", 7);
	const struct plan_world_data data = {
		.sites = csv,
		.inspectors = STAFF,
		.matters = MATTERS,
		.rules =
			RULE("key", "key", "{\"percent\": 10}", ", \"period\": \"quarter\"") "," RULE(
				"old", "general", "{\"percent\": 5}",
				", \"period\": \"quarter\", \"to\": \"2026-01-31\"")
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK(!plan_world_rule(&w, "old"));
	const struct plan_clash *gap = plan_world_clash(&w, CLASH_GAP, 0);
	CHECK(gap && has(gap->text, "7 家在产单位不在任何规则的范围里"));
	CHECK(gap && sites_of(&w, gap, 1000).count == 7);
	CHECK(plan_world_clash(&w, CLASH_RULES, 0));
	plan_world_release(&w);
}

TEST(a_rule_without_a_number_stops_the_draw)
{
	struct plan_world w = { 0 };
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 10),
		.inspectors = STAFF,
		.rules = RULE("key", "key", "{\"unset\": true}", ", \"period\": \"quarter\"")
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_clash *c = plan_world_clash(&w, CLASH_UNSET, 0);
	CHECK(c && c->stops && has(c->text, "还没有填数"));
	plan_world_release(&w);
}

TEST(sites_of_two_campaigns_are_told_and_listed)
{
	struct plan_world w = { 0 };
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,D,,,,", 10),
		.inspectors = STAFF,
		.matters = MATTERS,
		.rules = RULE("key", "key", "{\"percent\": 10}", ", \"period\": \"quarter\""),
		.lines = "编号,类别,名称,目标,范围,期次\nzx1,专项,一,20%,class=key,2026-Q1\n"
			 "zx2,专项,二,3,credit=D,\nzx3,专项,三,3,credit=D,2026-Q2\n"
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_clash *c = plan_world_clash(&w, CLASH_TWO_POOLS, 0);
	CHECK(c && c->sites == 10 && sites_of(&w, c, 100).count == 10);
	CHECK_INT(w.check.campaign_visits, 5);
	plan_world_release(&w);
}

TEST(matters_nobody_was_checked_for_get_a_draw_late_in_the_year)
{
	struct plan_world w = { 0 };
	const char *csv =
		plan_world_sites(&w, NULL, "130602", "general,130602,,,,discharger,,,", 60);
	csv = plan_world_sites(&w, csv, "130606", "general,130606,,,,waste,,,", 2);
	const struct plan_world_data data = {
		.sites = csv,
		.inspectors = STAFF,
		.matters =
			"id,name,kinds\nM-1,排污许可,discharger\nM-2,危废经营,waste\nM-3,核技术,nuclear\n",
		.rules =
			RULE("general", "general", "{\"percent\": 10}", ", \"period\": \"quarter\"")
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(w.check.draw->asks.count, 1);
	/* nuclear: nobody to check at all */
	const struct plan_clash *c = plan_world_clash(&w, CLASH_GAP, 0);
	CHECK(c && has(c->text, "M-3") && has(c->text, "监管真空"));
	/* and the county of two, to which the split gives nothing in any quarter */
	c = plan_world_clash(&w, CLASH_GAP, 1);
	CHECK(c && has(c->text, "全年一次也抽不到") && has(c->county, "130606"));
	CHECK(!plan_world_clash(&w, CLASH_GAP, 2));
	CHECK_INT(plan_world_check(&w, "2026-Q4"), OK);
	/* seven are drawn for certain, so one of them is no waste site; for these there is an ask */
	CHECK_INT(w.check.draw->asks.count, 2);
	for (size_t i = 1; i < w.check.draw->asks.count; i++)
		CHECK_INT(w.check.draw->cover.sums[i].drawn >= 1, 1);
	CHECK_INT(w.check.draw->cover.drawn, 7);
	CHECK(!plan_world_clash(&w, CLASH_GAP, 1));
	plan_world_release(&w);
}

TEST(a_share_of_all_visits_is_counted)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 40),
		.inspectors = STAFF,
		.matters = MATTERS,
		.rules = RULE(
			"key", "key", "{\"percent\": 10}",
			", \"period\": \"quarter\"") ","
						     "{\"id\": \"joint\", \"title\": \"联合\", \"visit\": \"joint\","
						     " \"basis\": {\"percent\": 50, \"of\": \"drawn\"}, \"period\": \"year\"}"
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,检查类型\n检查,130602-0001,日常+联合\n"
				     "检查,130602-0002,日常\n",
				     &sum),
		  OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_check_rule *r = plan_world_rule(&w, "joint");
	/* two made and two more to be drawn: half of four, one of them is there */
	CHECK(r && r->members == 4 && r->want == 2 && r->done == 1 && r->left == 1);
	plan_world_release(&w);
}

/* Started on the 2nd of March: what came before was drawn elsewhere, what was due later has to be drawn here. */
TEST(visits_of_before_the_start_are_no_draw)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 20),
		.inspectors = STAFF,
		.more = "\"milestones\": {\"draw_by\": 15, \"complete\": [35, 70, 100]},",
		.rules = RULE("key", "key", "{\"percent\": 50}", ", \"period\": \"quarter\"")
	};
	const struct plan_milestone *m = w.check.milestones;

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(m[0].draw, MILESTONE_LATE); /* nothing says that the data begins in mid-year */
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,日期\n检查,130602-0001,2026-01-20\n"
				     "检查,130602-0002,2026-02-20\n",
				     &sum),
		  OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(m[0].draw, MILESTONE_BEFORE);
	CHECK_INT(m[0].month[0].state, MILESTONE_BEFORE);
	CHECK_INT(m[0].month[1].state, MILESTONE_BEFORE);
	CHECK_INT(m[0].visits, 2);
	CHECK_INT(m[1].draw, MILESTONE_AHEAD);
	plan_world_drawn(&w, "2026-Q1", "campaign-1");
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(m[0].draw, MILESTONE_BEFORE);
	plan_world_drawn(&w, "2026-Q1", PLAN_POOL_DAILY);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(m[0].draw, MILESTONE_MET);
	/* of the second quarter visits are imported again later, and still nobody has drawn it */
	plan_world_day(&w, "2026-05-20");
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,日期,检查类型\n检查,130602-0001,2026-01-20,\n"
				     "检查,130602-0003,2026-04-20,个案\n",
				     &sum),
		  OK);
	CHECK_INT(plan_world_check(&w, "2026-Q2"), OK);
	CHECK_INT(m[1].draw, MILESTONE_LATE);
	CHECK_INT(m[1].month[0].state, MILESTONE_LATE);
	plan_world_drawn(&w, "2026-Q2", PLAN_POOL_DAILY);
	CHECK_INT(plan_world_check(&w, "2026-Q2"), OK);
	CHECK_INT(m[1].draw, MILESTONE_MET);
	plan_world_day(&w, "2026-05-19"); /* as it stood the day before */
	CHECK_INT(plan_world_check(&w, "2026-Q2"), OK);
	CHECK_INT(m[1].draw, MILESTONE_LATE);
	plan_world_release(&w);
}

TEST(milestones_follow_the_day_and_agreed_extensions)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	struct plan_extension_row x = {
		.period = "2026-Q1", .what = "visits", .days = 10, .reason = "应急"
	};
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 20),
		.inspectors = STAFF,
		.more = "\"milestones\": {\"draw_by\": 15, \"complete\": [35, 70, 100],"
			" \"extension_days\": 40},",
		.rules = RULE("key", "key", "{\"percent\": 50}", ", \"period\": \"quarter\"")
	};

	plan_world_init(&w, &data);
	plan_world_approve(&w);
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,日期\n检查,130602-0001,2026-01-20\n"
				     "检查,130602-0002,2026-02-20\n检查,130602-0003,2026-02-28\n",
				     &sum),
		  OK);
	plan_world_drawn(&w, "2026-Q1", PLAN_POOL_DAILY);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_milestone *m = &w.check.milestones[0];
	CHECK_INT(w.check.milestone_count, 4);
	CHECK_INT(m->draw, MILESTONE_MET);
	CHECK_INT(m->draw_by - m->period.from, 14);
	CHECK_INT(m->months, 3);
	/* three visits in all: two were due by the end of January, one was made */
	CHECK_INT(m->month[0].need, 2);
	CHECK_INT(m->month[0].done, 1);
	CHECK_INT(m->month[0].state, MILESTONE_LATE);
	CHECK_INT(m->month[1].state, MILESTONE_MET);
	CHECK_INT(w.check.milestones[1].draw, MILESTONE_AHEAD);
	/* 30 January plus 40 days is behind the 2nd of March */
	x.days = 40;
	CHECK_INT(plan_extend(w.o, "P-2026", &x, &w.notes), OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(w.check.milestones[0].month[0].state, MILESTONE_LATE); /* only asked for */
	plan_world_as(&w, "李四");
	CHECK_INT(plan_extend_decide(w.o, x.id, true, &w.notes), OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	/* what was made in the days that were added is made in time */
	CHECK_INT(w.check.milestones[0].month[0].state, MILESTONE_MET);
	CHECK_INT(w.check.milestones[0].month[0].done, 3);
	/* of five visits four are due by the end of February, of which one is waited for until the 9th of April */
	plan_world_waits(&w, "130602-0004", "daily", false);
	plan_world_waits(&w, "130602-0005", "daily", false);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(w.check.milestones[0].month[0].state, MILESTONE_MET);
	CHECK_INT(w.check.milestones[0].month[1].need, 4);
	CHECK_INT(w.check.milestones[0].month[1].state, MILESTONE_EXTENDED);
	/* the second quarter is late on the 16th of its first month, not on the 15th */
	plan_world_day(&w, "2026-04-15");
	CHECK_INT(plan_world_check(&w, "2026-Q2"), OK);
	CHECK_INT(w.check.milestones[1].draw, MILESTONE_DUE);
	CHECK_INT(w.check.milestones[0].month[0].state, MILESTONE_MET);
	CHECK_INT(w.check.milestones[0].month[1].state, MILESTONE_LATE);
	plan_world_day(&w, "2026-04-16");
	CHECK_INT(plan_world_check(&w, "2026-Q2"), OK);
	CHECK_INT(w.check.milestones[1].draw, MILESTONE_LATE);
	plan_world_release(&w);
}

TEST(a_quarter_s_number_is_spread_over_its_months)
{
	struct plan_world w = { 0 };
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 70),
		.inspectors = STAFF,
		.matters = MATTERS,
		.period = "month",
		.rules = RULE("key", "key", "{\"percent\": 10}",
			      ", \"period\": \"quarter\"") "," RULE("monthly", "key",
								    "{\"percent\": 2}",
								    ", \"period\": \"month\"")
	};

	plan_world_init(&w, &data);
	plan_world_day(&w, "2026-01-05");
	/* seven a quarter: three in the first month; then the rest over the two that are left */
	CHECK_INT(plan_world_check(&w, "2026-01"), OK);
	CHECK_INT(plan_world_rule(&w, "key")->need, 3);
	CHECK_INT(plan_world_rule(&w, "monthly")->need, 2);
	CHECK_INT(w.check.draw->cover.drawn, 3);
	CHECK_INT(plan_world_check(&w, "2026-02"), OK);
	CHECK_INT(plan_world_rule(&w, "key")->need, 4); /* nothing was done in January */
	CHECK_INT(plan_world_check(&w, "2026-04"), OK);
	CHECK_INT(plan_world_rule(&w, "key")->need, 3);
	CHECK_INT(w.check.project.count, 9);
	CHECK_INT(w.check.project.visits, 21);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), NONE);
	plan_world_release(&w);
}

/* Every rule set that is shipped can be planned by, whatever its year. */
TEST(all_published_rule_sets_can_be_checked)
{
	static const char *const names[] = { "baoding-2021",
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
					     "variants/yicheng-2024" };
	struct plan_world w = { 0 };
	const char *csv = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 40);
	csv = plan_world_sites(&w, csv, "130606", "general,130606,,1,,,,,", 60);
	const struct plan_world_data data = { .sites = csv,
					      .inspectors = STAFF,
					      .matters = MATTERS,
					      .rules = RULE("key", "key", "{\"percent\": 10}",
							    ", \"period\": \"quarter\"") };

	plan_world_init(&w, &data);
	for (size_t i = 0; i < COUNT(names); i++) {
		plan_world_use_file(&w, names[i]);
		CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
		CHECK(w.check.draw->asks.count > 0);
		CHECK(w.check.draw->cover.met);
	}
	plan_world_release(&w);
}
