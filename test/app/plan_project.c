/* test/app/plan_project.c — chances of a year against figures worked out by hand; what-if. */
#include "app/plan_project.h"

#include "app/plan_whatif.h"
#include "base/status.h"

#include "plan_world.h"
#include "unit.h"

#define STAFF                                                                                      \
	"id,name,certificate,certificate_until,districts,since\n"                                  \
	"P-1,甲,03-1,2030-12-31,,2010-01-01\nP-2,乙,03-2,2030-12-31,,2024-01-01\n"               \
	"P-3,丙,03-3,2030-12-31,,2010-01-01\nP-4,丁,03-4,2030-12-31,,2024-01-01\n"

static void begin(struct plan_world *w, uint32_t sites, const char *more, const char *rule_more)
{
	const struct plan_world_data data = {
		.sites = plan_world_sites(w, NULL, "130602", "general,130602,,1,,,,,", sites),
		.inspectors = STAFF,
		.more = more,
		.rules = arena_printf(w->a,
				      "{\"id\": \"special\", \"title\": \"特殊\","
				      " \"who\": {\"classes\": [\"special\"]},"
				      " \"basis\": {\"percent\": 50}, \"period\": \"quarter\"%s}",
				      rule_more)
	};

	plan_world_init(w, &data);
}

static const struct plan_chance *chance(struct plan_world *w)
{
	CHECK_INT(plan_world_check(w, "2026-Q1"), OK);
	CHECK_INT(w->check.project.chance_count, 1);
	return &w->check.project.chances[0];
}

/* spec 6: independent draws leave 6.25 % unvisited and put 31.25 % above two */
TEST(independent_draws_are_binomial)
{
	struct plan_world w = { 0 };

	begin(&w, 400, "", "");
	const struct plan_chance *c = chance(&w);
	CHECK_INT(c->share[0], 62500);
	CHECK_INT(c->share[1], 250000);
	CHECK_INT(c->share[2], 375000);
	CHECK_INT(c->share[3], 312500);
	CHECK_INT(w.check.project.visits, 800);
	CHECK_INT(w.check.project.places, 1600);
	plan_world_release(&w);
}

/* One of two is drawn a quarter, and the first has its one already: the other is drawn in it all the same. */
TEST(who_is_certain_is_visited_and_the_others_share_what_is_left)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;

	begin(&w, 2, "", "");
	CHECK_INT(plan_world_opening(&w, "类别,编号,日期\n检查,130602-0001,2026-01-15\n", &sum),
		  OK);
	CHECK_INT(chance(&w)->share[0], 62500); /* the first quarter has its one: half of 1/8 */
	plan_world_certain(&w, "130602-0002");
	const struct plan_chance *c = chance(&w);
	CHECK_INT(c->share[0], 0);
	CHECK_INT(c->share[1], 125000);
	CHECK_INT(c->share[2], 375000);
	CHECK_INT(c->share[3], 500000);
	CHECK_INT(w.check.sure.certain, 1);
	plan_world_release(&w);
}

TEST(rotation_visits_everybody_exactly_twice)
{
	struct plan_world w = { 0 };

	begin(&w, 400, "", ", \"repeat\": {\"policy\": \"rotation\", \"visits\": 2}");
	const struct plan_chance *c = chance(&w);
	CHECK_INT(c->share[2], 1000000);
	CHECK_INT(w.check.project.visits, 800);
	CHECK(w.check.project.list[0].met && w.check.project.list[3].met);
	plan_world_release(&w);
}

/* half of 401 is rounded up in each quarter, and in the last one only 199 are left with a visit due */
TEST(rotation_of_an_odd_class_falls_short_in_the_last_quarter)
{
	struct plan_world w = { 0 };

	begin(&w, 401, "", ", \"repeat\": {\"policy\": \"rotation\", \"visits\": 2}");
	const struct plan_chance *c = chance(&w);
	CHECK_INT(c->share[2], 1000000);
	CHECK_INT(w.check.project.visits, 802);
	CHECK(w.check.project.list[2].met && !w.check.project.list[3].met);
	CHECK_INT(w.check.project.list[3].visits, 199);
	plan_world_release(&w);
}

TEST(once_a_year_runs_out_and_says_so)
{
	struct plan_world w = { 0 };

	begin(&w, 400, "", ", \"repeat\": {\"policy\": \"once-a-year\"}");
	const struct plan_chance *c = chance(&w);
	CHECK_INT(c->share[1], 1000000);
	CHECK(w.check.project.list[1].met && !w.check.project.list[2].met);
	plan_world_release(&w);
}

TEST(after_coverage_takes_who_was_not_drawn_first)
{
	struct plan_world w = { 0 };

	begin(&w, 400, "", ", \"repeat\": {\"policy\": \"after-coverage\"}");
	const struct plan_chance *c = chance(&w);
	CHECK_INT(c->share[2], 1000000);
	plan_world_release(&w);
}

TEST(a_cap_of_two_leaves_nobody_above_two)
{
	struct plan_world w = { 0 };

	begin(&w, 400,
	      "\"cap\": {\"visits\": 2, \"per\": \"site\", \"counts\": [\"daily\"], \"document\": \"文\"},",
	      "");
	const struct plan_chance *c = chance(&w);
	CHECK_INT(c->share[3], 0);
	CHECK(c->share[2] > 375000);
	CHECK_INT(c->share[0] + c->share[1] + c->share[2], 1000000);
	plan_world_release(&w);
}

TEST(visits_so_far_count_in_the_chances)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;

	begin(&w, 4, "", "");
	CHECK_INT(plan_world_opening(&w, "类别,编号,检查类型\n检查,130602-0001,个案\n", &sum), OK);
	const struct plan_chance *c = chance(&w);
	/* three of four as above; one with one visit more */
	CHECK_INT(c->share[0], 46875);
	CHECK_INT(c->share[1], 203125);
	plan_world_release(&w);
}

TEST(what_if_shows_both_and_changes_nothing)
{
	struct plan_world w = { 0 };
	struct plan_outcome o[2];
	const struct plan_change change = { "special", 25, 100 };
	struct plan_whatif what = { &change, 1, -1, -1, -1 };

	begin(&w, 400, "", "");
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_whatif_make(&w.scene, "2026-Q1", &what, o), OK);
	CHECK_INT(o[0].project.list[0].visits, 200);
	CHECK_INT(o[1].project.list[0].visits, 100);
	CHECK_INT(o[1].project.visits, 400);
	CHECK_INT(o[0].people, 4);
	CHECK_INT(o[0].load_period, 10000); /* 200 visits, two people each, for four */
	CHECK_INT(o[1].load_period, 5000);
	CHECK_INT(o[1].project.chances[0].share[0], 316406); /* (3/4)^4 */
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(w.check.draw->cover.drawn, 200);
	what = (struct plan_whatif){ NULL, 0, -1, 2, 5 };
	CHECK_INT(plan_whatif_make(&w.scene, "2026-Q1", &what, o), OK);
	CHECK_INT(o[1].project.chances[0].share[3], 0);
	CHECK(o[0].project.chances[0].share[3] > 0);
	CHECK_INT(o[1].room, 20);
	const struct plan_change unknown = { "nobody", 1, 2 };
	what = (struct plan_whatif){ &unknown, 1, -1, -1, -1 };
	CHECK_INT(plan_whatif_make(&w.scene, "2026-Q1", &what, o), INVALID);
	CHECK(plan_world_noted(&w, "规则集和计划项目里没有 nobody"));
	plan_world_release(&w);
}

#define BY_COUNTY(percent)                                                                         \
	"{\"id\": \"all\", \"title\": \"全部\", \"basis\": {\"percent\": " percent                 \
	"}, \"period\": \"quarter\"}"

/* Two of forty a quarter in four counties of ten: each county is as likely as the other to have one of them. */
TEST(equal_remainders_of_counties_are_shared_out)
{
	struct plan_world w = { 0 };
	const char *csv = plan_world_sites(&w, NULL, "130602", "general,130602,,,,,,,", 10);
	csv = plan_world_sites(&w, csv, "130606", "general,130606,,,,,,,", 10);
	csv = plan_world_sites(&w, csv, "130607", "general,130607,,,,,,,", 10);
	csv = plan_world_sites(&w, csv, "130608", "general,130608,,,,,,,", 10);
	const struct plan_world_data data = { .sites = csv,
					      .inspectors = STAFF,
					      .rules = BY_COUNTY("5") };

	plan_world_init(&w, &data);
	const struct plan_chance *c = chance(&w);
	CHECK(c->share[0] >= 814505 && c->share[0] <= 814508); /* (38/40)^4 */
	CHECK(c->share[1] >= 171473 && c->share[1] <= 171477);
	CHECK_INT(w.check.sure.left_out, 0);
	CHECK(plan_sure_sentence(&w.check.sure, w.a) == NULL);
	plan_world_release(&w);
}

static const struct plan_clash *gap_with(struct plan_world *w, const char *words)
{
	const struct plan_clash *c;

	for (size_t i = 0; (c = plan_world_clash(w, CLASH_GAP, i)); i++)
		if (strstr(c->text, words))
			return c;
	return NULL;
}

TEST(a_county_that_the_split_gives_nothing_is_named)
{
	struct plan_world w = { 0 };
	struct plan_period_lists lists;
	struct plan_opening_sum sum;
	const char *csv = plan_world_sites(&w, NULL, "130602", "general,130602,,,,,,,", 100);
	csv = plan_world_sites(&w, csv, "130606", "general,130606,,,,,,,", 100);
	csv = plan_world_sites(&w, csv, "130607", "general,130607,,,,,,,", 1);
	const struct plan_world_data data = {
		.sites = csv,
		.inspectors = STAFF,
		.more = "\"cap\": {\"visits\": 2, \"per\": \"site\", \"counts\": [\"daily\"],"
			" \"document\": \"文\"},",
		.rules = BY_COUNTY("1")
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_opening(&w, "类别,编号,次数\n频次,130602-0001,2\n", &sum), OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(w.check.sure.left_out, 1);
	CHECK_INT(w.check.sure.held, 1);
	const char *words = plan_sure_sentence(&w.check.sure, w.a);
	CHECK(words && strstr(words, "本期不可能抽到的 2 家") && strstr(words, "分不到 1 家（"));
	/* it is so in every period: a gap of the year, with the county and the ways that there are */
	const struct plan_clash *gap = gap_with(&w, "全年一次也抽不到");
	CHECK(gap && strstr(gap->text, " 1 家）") && strcmp(gap->county, "130607") == 0);
	CHECK(gap && strstr(gap->choices, "by_county") && strstr(gap->choices, "county=130607"));
	CHECK_INT(plan_world_check(&w, "2026-Q4"), OK);
	CHECK(gap_with(&w, "从 2026-Q4 到年底"));
	plan_world_approve(&w);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &lists), OK);
	CHECK(plan_world_noted(&w, "本期不可能抽到的 2 家"));
	plan_world_release(&w);
}

TEST(what_if_asks_who_may_go_to_which_county)
{
	struct plan_world w = { 0 };
	struct plan_outcome o[2];
	const struct plan_change change = { "all", 20, 100 };
	const struct plan_whatif what = { &change, 1, -1, -1, -1 };
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "general,130602,,,,,,,", 10),
		.inspectors = "id,name,certificate,certificate_until,districts,since\n"
			      "P-1,甲,03-1,2030-12-31,130602,2010-01-01\n"
			      "P-2,乙,03-2,2030-12-31,130606,2024-01-01\n"
			      "P-3,丙,03-3,2030-12-31,130606,2010-01-01\n",
		.rules = BY_COUNTY("10")
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_whatif_make(&w.scene, "2026-Q1", &what, o), OK);
	CHECK(o[1].room >= 4 && o[1].year_room >= o[1].room);
	CHECK_INT(o[0].unmet, 1); /* a second person is missing at each */
	CHECK_INT(o[1].unmet, 2);
	plan_world_release(&w);
}

/* A stratum of ten has the chances of a large one: whole sites are not what chances are made of. */
TEST(small_strata_have_exact_chances)
{
	struct plan_world w = { 0 };
	const struct plan_world_data data = {
		.sites = plan_world_sites(
			&w, plan_world_sites(&w, NULL, "130602", "general,130602,,,,,,,", 10),
			"130606", "general,130606,,,,,,,", 10),
		.inspectors = STAFF,
		.more = "\"cap\": {\"visits\": 3, \"per\": \"site\", \"counts\": [\"daily\"],"
			" \"document\": \"文\"},",
		.rules = BY_COUNTY("10")
	};

	plan_world_init(&w, &data);
	const struct plan_chance *c = chance(&w);
	CHECK(c->share[0] >= 655900 && c->share[0] <= 656200); /* 0.9^4, and the cap's little */
	CHECK(c->share[1] >= 291300 && c->share[1] <= 291800);
	CHECK(c->share[2] >= 48400 && c->share[2] <= 48800);
	plan_world_release(&w);
	/* a cap of two of twenty in one: the mean of what chance leaves, against an enumeration of all draws */
	w = (struct plan_world){ 0 };
	const struct plan_world_data capped = {
		.sites = plan_world_sites(&w, NULL, "130602", "general,130602,,,,,,,", 20),
		.inspectors = STAFF,
		.more = "\"cap\": {\"visits\": 2, \"per\": \"site\", \"counts\": [\"daily\"],"
			" \"document\": \"文\"},",
		.rules = BY_COUNTY("10")
	};
	plan_world_init(&w, &capped);
	c = chance(&w);
	CHECK(c->share[0] >= 653000 - 300 && c->share[0] <= 653000 + 300);
	CHECK(c->share[2] >= 53000 - 300 && c->share[2] <= 53000 + 300);
	CHECK_INT(c->share[3], 0);
	plan_world_release(&w);
}

/* The way that the gap offers is one. */
TEST(a_line_for_a_county_that_the_split_gives_nothing_reaches_it)
{
	struct plan_world w = { 0 };
	const char *csv = plan_world_sites(&w, NULL, "130602", "general,130602,,,,,,,", 100);
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, csv, "130607", "general,130607,,,,,,,", 1),
		.inspectors = STAFF,
		.rules = BY_COUNTY("1"),
		.lines = "编号,类别,名称,目标,范围\nyx,证后监管,县,1,county=130607\n"
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK(!gap_with(&w, "全年一次也抽不到"));
	CHECK(w.check.project.never == 0);
	plan_world_release(&w);
}
