/* test/app/plan_shortage.c — why there are no teams, in words: the sum, and by district names and reasons. */
#include "app/plan_trial.h"
#include "base/status.h"

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

struct shortage_case {
	struct arena arena;
	struct region region;
	struct plan_notes notes;
	struct draw draw;
	struct draw_teams teams;
};

/* Draws under a fixed seed and explains; every draw here has no teams. Release it. */
static void explain(struct shortage_case *c, const struct draw_files *files,
		    const struct plan_absent *absent, size_t absent_count)
{
	const struct plan_shortage in = { &c->draw, &c->teams, absent, absent_count, false };
	struct draw_selection selection;
	struct draw_seed seed;
	struct problem problem;

	*c = (struct shortage_case){ .region = { calloc(1, 16 << 20), 16 << 20, 0 } };
	arena_init(&c->arena);
	plan_notes_init(&c->notes, &c->arena);
	memset(seed.hex, 'a', sizeof(seed.hex));
	CHECK_INT(draw_open(files, &c->region, &c->draw, &problem), CORE_OK);
	CHECK_INT(draw_select(&c->draw, &seed, &c->region, &selection), CORE_OK);
	CHECK_INT(draw_teams(&c->draw, &seed, &selection, &c->region, &c->teams), CORE_OK);
	if (CHECK(!c->teams.feasible))
		CHECK_INT(plan_explain_shortage(&in, &c->region, &c->notes), OK);
	CHECK_INT(c->notes.refused, c->notes.count);
}

static void release(struct shortage_case *c)
{
	free(c->region.base);
	arena_release(&c->arena);
}

static bool says(const struct shortage_case *c, const char *words)
{
	for (size_t i = 0; i < c->notes.count; i++)
		if (strstr(c->notes.list[i].text, words))
			return true;
	return false;
}

TEST(a_shortage_names_visits_people_and_the_sum)
{
	const struct draw_files files = {
		{ [CORE_FILE_OBJECTS] = SPAN("P1\tA\t\t130602\t\t水\nP2\tA\t\t130602\t\t水\n"
					     "P3\tA\t\t130602\t\t水\nP4\tA\t\t130602\t\t水\n"),
		  [CORE_FILE_INSPECTORS] = SPAN("I1\tS\t2\t0\t130602\t水\nI2\tS\t9\t0\t130606\t水\n"
						"I3\tS\t9\t0\t130602\t气\nI4\tS\t0\t0\t130602\t水\n"
						"I5\tS\t9\t0\t130602\t水\nI6\tJ\t9\t0\n"),
		  [CORE_FILE_CONFLICTS] =
			  SPAN("I5\tP1\tkin\nI5\tP2\tkin\nI5\tP3\tkin\nI5\tP4\tkin\n"),
		  [CORE_FILE_RULES] = SPAN("team 2 1 1\nrelax rotation\nquota A 4\n") }
	};
	static const struct plan_absent absent[] = {
		{ "I7", "张三", "130602", "证件已过期" },
		{ "I8", "李四", "130606", "停职" },
	};
	struct shortage_case c;

	explain(&c, &files, absent, COUNT(absent));
	CHECK(says(&c, "无论怎样安排都缺 2 人次：缺“老”的 4 趟要 4 人次，共 4 人次；"));
	CHECK(says(&c, "最多补 2 人次；4 − 2 = 2。"));
	CHECK(says(&c, "竞秀区：4 趟检查排不满（P1、P2、P3、P4），"));
	CHECK(says(&c, "需要 4 人次“老”；能派的“老” 1 人（I1），最多去 2 趟"));
	CHECK(says(&c, "，须回避的 1 人（I5）"));
	CHECK(says(&c, "，没有所需资格的 1 人（I3）"));
	CHECK(says(&c, "，上限为 0 的 1 人（I4）"));
	CHECK(says(&c, "，不在辖区的 1 人"));
	CHECK(says(&c, "未列入的：张三（I7）证件已过期"));
	CHECK(!says(&c, "李四"));
	CHECK(!says(&c, "能派的“新”"));
	CHECK(says(&c, "办法："));
	release(&c);
}

/* Seniors lack in one county, both grades in another, and each county names its own people. */
TEST(a_shortage_is_told_by_district)
{
	const struct draw_files files = {
		{ [CORE_FILE_OBJECTS] = SPAN(
			  "P1\tA\t\t130602\nP2\tA\t\t130602\nP3\tA\t\t130606\nP4\tA\t\t130607\n"),
		  [CORE_FILE_INSPECTORS] = SPAN("I1\tS\t1\t0\t130602\nI2\tJ\t9\t0\t130602\n"
						"I3\tS\t9\t0\t130606\nI4\tJ\t9\t0\t130606\n"),
		  [CORE_FILE_CONFLICTS] = SPAN(""),
		  [CORE_FILE_RULES] = SPAN("team 2 1 1\nquota A 4\n") }
	};
	struct shortage_case c;

	explain(&c, &files, NULL, 0);
	CHECK_INT(c.notes.count, 4);
	CHECK_STR(
		c.notes.list[0].text,
		"无论怎样安排都缺 3 人次：缺“老”的 2 趟要 2 人次，老、新都缺的 1 趟要 2 人次，共 4 人次；"
		"能去的人各按上限与可去趟数中小的一个算，最多补 1 人次；4 − 1 = 3。");
	CHECK(says(
		&c,
		"2 趟检查排不满（P1、P2），需要 2 人次“老”；能派的“老” 1 人（I1），最多去 1 趟"));
	CHECK(says(&c, "1 趟检查排不满（P4），需要 2 人次；能派的“老” 0 人，不在辖区的 2 人；"
		       "能派的“新” 0 人，不在辖区的 2 人。"));
	CHECK(!says(&c, "P3"));
	release(&c);
}

TEST(long_lists_of_a_shortage_are_cut)
{
	static char objects[8192], people[2048];
	struct draw_files files = { { [CORE_FILE_CONFLICTS] = SPAN(""),
				      [CORE_FILE_RULES] = SPAN("team 1 1 0\nquota A 120\n") } };
	struct shortage_case c;

	for (int i = 0; i < 120; i++)
		sprintf(objects + strlen(objects), "P%03d\tA\t\t%d\n", i, 900000 + i % 60);
	for (int i = 0; i < 15; i++)
		sprintf(people + strlen(people), "I%02d\tS\t1\t0\t900000\n", i);
	files.file[CORE_FILE_OBJECTS] = span_of(objects);
	files.file[CORE_FILE_INSPECTORS] = span_of(people);
	explain(&c, &files, NULL, 0);
	/* 59 districts have nobody; the one that has is not short. */
	CHECK_INT(c.notes.count, 1 + 50 + 1 + 1);
	CHECK(says(&c, "另有 9 个县区也有检查排不满"));
	CHECK(says(&c, "118 − 0 = 118"));
	release(&c);
	files.file[CORE_FILE_RULES] = SPAN("team 1 1 0\nquota A 20\n");
	objects[0] = '\0';
	for (int i = 0; i < 20; i++)
		sprintf(objects + strlen(objects), "P%03d\tA\n", i);
	files.file[CORE_FILE_OBJECTS] = span_of(objects);
	explain(&c, &files, NULL, 0);
	CHECK(says(&c, "不限县区：20 趟检查排不满（P"));
	CHECK(says(&c,
		   "能派的“老” 15 人（I00、I01、I02、I03、I04、I05、I06、I07 等），最多去 15 趟"));
	release(&c);
}
