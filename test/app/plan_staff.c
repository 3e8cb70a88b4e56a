/* test/app/plan_staff.c — whether a draw can be staffed, exactly; and each choice, once taken, makes it so. */
#include "app/plan_staff.h"

#include "app/plan_year.h"
#include "app/registry_change.h"
#include "base/status.h"

#include "plan_world.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

#define HEAD "id,name,certificate,certificate_until,districts,since,limit,skills,leave\n"
#define HALF                                                                                                        \
	"{\"id\": \"key\", \"title\": \"重点\", \"who\": {\"classes\": [\"key\"]}, \"basis\": {\"percent\": 50}," \
	" \"period\": \"quarter\"}"

static const char *person(struct plan_world *w, const char *csv, int n, bool senior,
			  const char *districts, const char *more)
{
	return arena_printf(w->a, "%sP-%d,人%d,03-%d,2030-12-31,\"%s\",%s-01-01,%s\n", csv, n, n, n,
			    districts, senior ? "2010" : "2024", more);
}

static bool has(const char *text, const char *words)
{
	if (text && strstr(text, words))
		return true;
	printf("# %s\n", text ? text : "nothing");
	return false;
}

/* The first clash about staff, or NULL. */
static const struct plan_clash *shortage(struct plan_world *w, const char *period)
{
	CHECK_INT(plan_world_check(w, period), OK);
	for (size_t i = 0; i < w->check.clashes.count; i++) {
		const struct plan_clash *c = &w->check.clashes.list[i];
		if (c->kind == CLASH_SENIORS || c->kind == CLASH_JUNIORS ||
		    (c->kind == CLASH_CAPACITY && !strstr(c->text, "到年底")))
			return c;
	}
	return NULL;
}

/* Each county has enough people, the city too, but two counties have the same ones. */
TEST(counties_that_share_people_are_short_together)
{
	struct plan_world w = { 0 };
	const char *csv = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 20);
	csv = plan_world_sites(&w, csv, "130606", "key,130606,,,,,,,", 20);
	csv = plan_world_sites(&w, csv, "130609", "key,130609,,,,,,,", 2);
	const char *people = person(&w, HEAD, 1, true, "130602,130606", "15,,");
	people = person(&w, people, 2, false, "130602,130606", "15,,");
	people = person(&w, people, 3, true, "130609", "15,,");
	people = person(&w, people, 4, false, "130609", "15,,");
	const struct plan_world_data data = { .sites = csv, .inspectors = people, .rules = HALF };

	plan_world_init(&w, &data);
	const struct plan_clash *c = shortage(&w, "2026-Q1");
	/* 20 visits of two people each, who can go 15 times */
	CHECK(c && c->kind == CLASH_CAPACITY && !c->stops);
	CHECK(c && has(c->text, "竞秀区、莲池区：无论怎样安排都缺 10 人次") &&
	      has(c->text, "20 家要 40 人次") && has(c->text, "2 人（“老” 1 人）最多 30 人次"));
	CHECK(c && strcmp(c->county, "130602,130606") == 0);
	CHECK_INT(w.check.capacity.unmet, 10);
	CHECK(c && has(c->choices, "借调人3（P-3）：在他们的“管辖片区”里加上竞秀区（130602）、"
				   "莲池区（130606），就排得满"));
	CHECK(c &&
	      has(c->choices, "少查 5 家（竞秀区 5 家，按文件免除，或与上级商定比例），就排得满"));
	CHECK(c && has(c->choices, "把低于 20 的每人上限提高到 20，就排得满"));
	CHECK(c && !strstr(c->choices, "延期"));
	plan_world_release(&w);
}

TEST(a_loan_that_was_named_makes_it_possible)
{
	struct plan_world w = { 0 };
	const char *csv = plan_world_sites(&w, NULL, "130609", "key,130609,,,,,辐射,,", 6);
	csv = plan_world_sites(&w, csv, "130602", "key,130602,,,,,,,", 6);
	const char *people = person(&w, HEAD, 1, true, "130602", ",,");
	people = person(&w, people, 2, false, "", ",,");
	people = person(&w, people, 3, true, "130602", ",辐射,");
	people = person(&w, people, 4, true, "130609", ",,");
	const struct plan_world_data data = { .sites = csv, .inspectors = people, .rules = HALF };

	plan_world_init(&w, &data);
	const struct plan_clash *c = shortage(&w, "2026-Q1");
	CHECK(c && c->kind == CLASH_SENIORS && has(c->text, "徐水区：无论怎样安排都缺 3 人次"));
	/* neither the other senior without the speciality nor the junior helps */
	CHECK(c && has(c->choices,
		       "借调人3（P-3）：在他们的“管辖片区”里加上徐水区（130609），就排得满"));
	plan_world_import_people(&w, person(&w, HEAD, 3, true, "130602,130609", ",辐射,"));
	CHECK(!shortage(&w, "2026-Q1"));
	CHECK_INT(w.check.capacity.unmet, 0);
	plan_world_release(&w);
}

TEST(an_extension_of_so_many_days_makes_it_possible)
{
	struct plan_world w = { 0 };
	struct plan_extension_row x = { .period = "2026-Q1", .what = "visits", .reason = "应急" };
	const char *sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 36);
	const char *people = person(&w, HEAD, 1, true, "130602", ",,2026-03-09/2026-03-20");
	people = person(&w, people, 2, true, "130602", ",,");
	const struct plan_world_data data = {
		.sites = sites,
		.inspectors = people,
		.more = "\"milestones\": {\"extension_days\": 20},",
		.rules = HALF,
	};

	plan_world_init(&w, &data);
	const struct plan_clash *c = shortage(&w, "2026-Q1");
	/* 22 working days from the 2nd of March, ten of them on leave: 12 of the 18 */
	CHECK(c && has(c->text, "缺 6 人次") &&
	      has(c->choices, "检查延期 8 天（2026-Q1 还可延 20 天），就排得满"));
	plan_world_approve(&w);
	for (int64_t days = 7; days <= 8; days++) {
		x.days = days == 7 ? 7 : 1;
		plan_world_as(&w, "张三");
		CHECK_INT(plan_extend(w.o, "P-2026", &x, &w.notes), OK);
		plan_world_as(&w, "李四");
		CHECK_INT(plan_extend_decide(w.o, x.id, true, &w.notes), OK);
		CHECK_INT(shortage(&w, "2026-Q1") != NULL, days == 7);
	}
	plan_world_release(&w);
}

TEST(a_higher_limit_makes_it_possible)
{
	struct plan_world w = { 0 };
	const char *sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 20);
	const char *people = person(&w, HEAD, 1, true, "130602", ",,");
	people = person(&w, people, 2, true, "130602", "7,,");
	struct plan_world_data data = {
		.sites = sites,
		.inspectors = people,
		.more = "\"limit\": 9,",
		.rules = HALF,
	};

	plan_world_init(&w, &data);
	const struct plan_clash *c = shortage(&w, "2026-Q1");
	CHECK(c && has(c->text, "缺 4 人次") &&
	      has(c->choices, "把低于 10 的每人上限提高到 10，就排得满"));
	plan_world_import_people(&w, person(&w, person(&w, HEAD, 1, true, "130602", "10,,"), 2,
					    true, "130602", "10,,"));
	CHECK(!shortage(&w, "2026-Q1"));
	plan_world_release(&w);
}

static void juniors_only(struct plan_world *w, const char *relax)
{
	const char *sites = plan_world_sites(w, NULL, "130602", "key,130602,,,,,,,", 20);
	const char *people = person(w, HEAD, 1, true, "130602", ",,");
	people = person(w, people, 2, true, "130602", ",,");
	const struct plan_world_data data = {
		.sites = sites,
		.inspectors = people,
		.more = relax,
		.rules = HALF,
	};

	plan_world_init(w, &data);
}

struct change {
	const char *from, *to;
};

static int change_rules(struct db *db, void *arg)
{
	const struct change *c = arg;

	return db_run(db, "update plan_version set rules = replace(rules, $1, $2)", "tt", c->from,
		      c->to);
}

TEST(a_relaxation_that_was_named_makes_it_possible)
{
	static const char *const relax[] = { "", "\"relax\": [\"second\"]," };

	for (size_t i = 0; i < COUNT(relax); i++) {
		struct plan_world w = { 0 };
		juniors_only(&w, relax[i]);
		CHECK_INT(db_write(w.o->db, change_rules,
				   &(struct change){ "\"min_senior\": 1",
						     "\"min_senior\": 1, \"min_junior\": 1" }),
			  OK);
		const struct plan_clash *c = shortage(&w, "2026-Q1");
		CHECK(c && c->kind == CLASH_JUNIORS && has(c->text, "缺“新”的 10 家要 10 人次"));
		CHECK(c && has(c->choices, i ? "规则集已声明放宽到只要一名“老”"
					     : "在规则集里声明放宽到只要一名“老”"));
		CHECK(c && has(c->choices, "就排得满"));
		plan_world_release(&w);
	}
}

/* Nine sites here, nine there: five are drawn of one of them, four of the other, as chance will have it. */
TEST(a_county_that_chance_gives_one_more_is_told)
{
	struct plan_world w = { 0 };
	const char *csv = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 9);
	csv = plan_world_sites(&w, csv, "130606", "key,130606,,,,,,,", 9);
	const char *people = person(&w, HEAD, 1, true, "130602", "5,,");
	people = person(&w, people, 2, false, "130602", "5,,");
	people = person(&w, people, 3, true, "130606", "4,,");
	people = person(&w, people, 4, false, "130606", "4,,");
	const struct plan_world_data data = { .sites = csv, .inspectors = people, .rules = HALF };

	plan_world_init(&w, &data);
	const struct plan_clash *c = shortage(&w, "2026-Q1");
	CHECK_INT(w.check.capacity.unmet, 0);
	CHECK(c && has(c->text, "莲池区：零头由抽签分配，分到最多时无论怎样安排都缺 2 人次"));
	plan_world_release(&w);
}

TEST(nobody_at_all_stops)
{
	struct plan_world w = { 0 };
	const char *sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 20);
	const struct plan_world_data data = {
		.sites = sites,
		.inspectors = person(&w, HEAD, 1, false, "130609", ",,"),
		.rules = HALF,
	};

	plan_world_init(&w, &data);
	const struct plan_clash *c = shortage(&w, "2026-Q1");
	CHECK(c && c->stops && c->kind == CLASH_CAPACITY &&
	      has(c->text, "老、新都缺的 10 家要 20 人次"));
	plan_world_release(&w);
}

/* ---- what is asked of the staff ---- */

static struct plan_workload load;

static int add_site(void *arg, const struct plan_scanned *s)
{
	return plan_workload_add(&load, arg, s, s->site->text[SITE_SKILL]);
}

TEST(specialities_are_rounded_up_and_counties_by_remainders)
{
	struct plan_world w = { 0 };
	struct plan_draw draw;
	struct plan_work *works;
	size_t count;
	uint64_t sum = 0;
	const char *csv = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 55);
	csv = plan_world_sites(&w, csv, "130606", "key,130606,,,,,,,", 33);
	csv = plan_world_sites(&w, csv, "130609", "key,130609,,,,,辐射,,", 2);
	csv = plan_world_sites(&w, csv, "130607", "key,130607,,,,,固废,,", 10);
	const struct plan_world_data data = {
		.sites = csv,
		.inspectors = person(&w, HEAD, 1, true, "", ",,"),
		.rules = "{\"id\": \"key\", \"title\": \"重点\", \"basis\": {\"percent\": 10},"
			 " \"period\": \"quarter\"}",
	};

	plan_world_init(&w, &data);
	CHECK_INT(db_write(w.o->db, change_rules,
			   &(struct change){ "\"by_county\": true", "\"by_county\": false" }),
		  OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	plan_workload_init(&load, w.a);
	CHECK_INT(
		plan_draw_make(&w.scene, "2026-Q1", PLAN_POOL_DAILY, add_site, &draw.cells, &draw),
		OK);
	plan_workload_deal(&load, &draw, &works, &count);
	CHECK_INT(count, 4);
	for (size_t i = 0; i < count; i++)
		sum += works[i].visits;
	CHECK_INT(sum, 10);
	/* 0.2 of a visit for 辐射 is one; 1 for 固废; the eight others as 55 to 33 */
	CHECK(strcmp(works[0].county, "130602") == 0 && works[0].visits == 5);
	CHECK(strcmp(works[1].county, "130606") == 0 && works[1].visits == 3);
	CHECK(strcmp(works[2].skill, "固废") == 0 && works[2].visits == 1);
	CHECK(strcmp(works[3].skill, "辐射") == 0 && works[3].visits == 1);
	plan_world_release(&w);
}

TEST(a_county_is_named_once_in_what_can_be_left_out)
{
	struct plan_world w = { 0 };
	const char *csv = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 20);
	csv = plan_world_sites(&w, csv, "130607", "key,130602,,,,,辐射,,", 20);
	const char *people = person(&w, HEAD, 1, true, "130602", "2,辐射,");
	people = person(&w, people, 2, false, "130602", "2,,");
	const struct plan_world_data data = { .sites = csv, .inspectors = people, .rules = HALF };

	plan_world_init(&w, &data);
	const struct plan_clash *c = shortage(&w, "2026-Q1");
	CHECK(c && has(c->choices, "少查 18 家（竞秀区 18 家，"));
	plan_world_release(&w);
}
