/* test/core/draw_reasons.c — what is said before the freeze (warnings) and when no teams exist (reasons). */
#include "draw_kit.h"

#include <stdio.h>
#include <stdlib.h>

static uint32_t count_code(const struct draw_warnings *w, enum problem_code code)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < w->count; i++)
		count += w->items[i].code == code;
	return count;
}

static void warn(struct kit *k, struct draw_warnings *w)
{
	CHECK_INT(kit_open(k), CORE_OK);
	CHECK_INT(draw_warnings(&k->draw, &k->region, w), CORE_OK);
}

TEST(warnings_before_the_freeze)
{
	struct draw_warnings w;
	struct kit k;

	kit_small(&k);
	warn(&k, &w);
	CHECK_INT(w.count, 0);
	kit_set(&k, CORE_FILE_RULES, "team 3 1 1\nquota A 2\n");
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\t\t130602\nP2\tA\t\t130602\nP3\tA\t\t130606\n");
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tJ\t2\t0\t130606\nI2\tJ\t0\t0\t130606\n");
	kit_set(&k, CORE_FILE_CONFLICTS, "I1\tP3\tkin\n");
	warn(&k, &w);
	CHECK_INT(count_code(&w, WARNING_NO_SENIOR), 1);
	CHECK_INT(count_code(&w, WARNING_NO_JUNIOR), 0);
	CHECK_INT(count_code(&w, WARNING_LIMIT_ZERO), 1);
	CHECK_INT(count_code(&w, WARNING_FEW_PEOPLE), 1);
	CHECK_INT(count_code(&w, WARNING_NO_ROOM), 1);
	CHECK_INT(count_code(&w, WARNING_SCOPE_NOBODY), 1);
	CHECK_INT(count_code(&w, WARNING_RECUSED_ALL), 1);
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tS\t2\t0\n");
	warn(&k, &w);
	CHECK_INT(count_code(&w, WARNING_NO_JUNIOR), 1);
	CHECK_INT(count_code(&w, WARNING_SCOPE_NOBODY), 0);
	kit_set(&k, CORE_FILE_CONFLICTS, "");
	kit_set(&k, CORE_FILE_INSPECTORS, "");
	kit_set(&k, CORE_FILE_OBJECTS, "");
	warn(&k, &w);
	CHECK_INT(count_code(&w, WARNING_NO_OBJECTS), 1);
	CHECK_INT(count_code(&w, WARNING_NO_INSPECTORS), 1);
	kit_release(&k);
}

TEST(warnings_are_counted_beyond_a_hundred)
{
	char text[8192] = "";
	struct draw_warnings w;
	struct kit k;

	kit_small(&k);
	for (int i = 0; i < 150; i++)
		sprintf(text + strlen(text), "I%03d\tS\t0\t0\n", i);
	kit_set(&k, CORE_FILE_INSPECTORS, text);
	warn(&k, &w);
	CHECK_INT(w.count, DRAW_MOST_WARNINGS);
	CHECK_INT(w.more, 53);
	kit_release(&k);
}

TEST(recusals_of_one_object_by_grade)
{
	struct draw_warnings w;
	struct kit k;

	kit_small(&k);
	kit_set(&k, CORE_FILE_RULES, "team 2 1 1\nquota A 1\n");
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\nP2\tA\n");
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tS\t9\t0\nI2\tJ\t9\t0\nI3\tS\t9\t0\nI4\tJ\t9\t0\n");
	kit_set(&k, CORE_FILE_CONFLICTS, "I1\tP1\ta\nI1\tP2\ta\nI2\tP2\ta\nI3\tP1\ta\nI4\tP2\ta\n");
	warn(&k, &w);
	CHECK_INT(count_code(&w, WARNING_RECUSED_ALL), 2);
	CHECK_INT(w.items[0].line, 4);
	CHECK_INT(w.items[1].line, 5);
	kit_release(&k);
}

static const char *reasons(struct kit *k)
{
	static char text[40000];
	struct span out = { 0 };

	CHECK_INT(draw_reasons(&k->draw, &k->teams, &k->region, &out), CORE_OK);
	memcpy(text, out.at, out.len);
	text[out.len] = '\0';
	return text;
}

TEST(reasons_name_visits_people_and_the_sum)
{
	struct kit k;
	const char *text;

	kit_small(&k);
	kit_set(&k, CORE_FILE_OBJECTS,
		"P1\tA\t\t1\t\t水\nP2\tA\t\t1\t\t水\nP3\tA\t\t1\t\t水\nP4\tA\t\t1\t\t水\n");
	kit_set(&k, CORE_FILE_RULES, "team 2 1 1\nrelax rotation\nquota A 4\n");
	kit_set(&k, CORE_FILE_INSPECTORS,
		"I1\tS\t2\t0\t1\t水\nI2\tS\t9\t0\t2\t水\nI3\tS\t9\t0\t1\t气\n"
		"I4\tS\t0\t0\t1\t水\nI5\tS\t9\t0\t1\t水\nI6\tJ\t9\t0\n");
	kit_set(&k, CORE_FILE_CONFLICTS, "I5\tP1\tkin\nI5\tP2\tkin\nI5\tP3\tkin\nI5\tP4\tkin\n");
	if (kit_run(&k, 'a')) {
		CHECK(!k.teams.feasible);
		CHECK_INT(k.teams.result.unmet, 2);
		text = reasons(&k);
		CHECK(strstr(text, "4 次检查中，共有 2 个名额") != NULL);
		CHECK(strstr(text, "已依次放宽：轮换回避不计，仍然不够") != NULL);
		CHECK(strstr(text, "以下 4 次检查共要 4 个老队员名额") != NULL);
		CHECK(strstr(text, "老队员 1 人，最多补 2 个：I1（可去 4 次，上限 2）") != NULL);
		CHECK(strstr(text, "不在辖区不能参加：I2，共 1 人") != NULL);
		CHECK(strstr(text, "没有所需资格不能参加：I3，共 1 人") != NULL);
		CHECK(strstr(text, "须回避不能参加：I5，共 1 人") != NULL);
		CHECK(strstr(text, "上限为 0不能参加：I4，共 1 人") != NULL);
		CHECK(strstr(text, "合计 2 = 2。") != NULL);
		CHECK(!strstr(text, "新队员 "));
	}
	kit_release(&k);
}

TEST(reasons_cut_long_lists_with_their_total)
{
	char objects[1024] = "", people[1024] = "";
	struct kit k;
	const char *text;

	kit_small(&k);
	for (int i = 10; i < 40; i++)
		sprintf(objects + strlen(objects), "P%d\tA\n", i);
	for (int i = 10; i < 25; i++)
		sprintf(people + strlen(people), "I%d\tJ\t1\t0\n", i);
	kit_set(&k, CORE_FILE_OBJECTS, objects);
	kit_set(&k, CORE_FILE_INSPECTORS, people);
	kit_set(&k, CORE_FILE_RULES,
		"team 2 1 1\nrelax rotation\nrelax second\nrelax limit\nquota A 30\n");
	if (kit_run(&k, 'a')) {
		CHECK(!k.teams.feasible);
		text = reasons(&k);
		CHECK(strstr(text, "等。") != NULL);
		CHECK(strstr(text, "轮换回避不计、只要求一名老队员、上限加 1") != NULL);
		CHECK(strstr(text, "I25") == NULL);
	}
	kit_set(&k, CORE_FILE_INSPECTORS, "");
	if (kit_run(&k, 'a')) {
		CHECK_INT(k.teams.result.unmet, 60);
		CHECK(strstr(reasons(&k), " = 60。") != NULL);
	}
	kit_release(&k);
}

/* The sum printed is the number of places that stay empty, whatever the draw. */
TEST(reasons_add_up_for_random_draws)
{
	uint64_t state = 11;
	int infeasible = 0;

	for (int round = 0; round < (unit_long() ? 3000 : 150); round++) {
		char objects[4096] = "", people[2048] = "", conflicts[4096] = "", want[64];
		struct kit k;

		kit_small(&k);
		for (int i = 0; i < 12; i++)
			sprintf(objects + strlen(objects), "P%02d\tA\t\t%d\t\t%s\n", i,
				(int)(unit_random(&state) % 3) + 1,
				unit_random(&state) % 2 ? "水" : "气");
		for (int i = 0; i < 6; i++) {
			sprintf(people + strlen(people), "I%d\t%c\t%d\t0\t%d,%d\t水\n", i,
				"SJ"[unit_random(&state) % 2], (int)(unit_random(&state) % 8),
				(int)(unit_random(&state) % 2) + 1, 3);
			for (int o = 0; o < 12; o++) {
				if (unit_random(&state) % 5 == 0)
					sprintf(conflicts + strlen(conflicts), "I%d\tP%02d\tkin\n",
						i, o);
			}
		}
		kit_set(&k, CORE_FILE_OBJECTS, objects);
		kit_set(&k, CORE_FILE_INSPECTORS, people);
		kit_set(&k, CORE_FILE_CONFLICTS, conflicts);
		kit_set(&k, CORE_FILE_RULES, "team 2 1 1\nbundle 2\nquota A 6\n");
		if (kit_run(&k, (char)('a' + round % 26)) && !k.teams.feasible) {
			infeasible++;
			sprintf(want, " = %llu。", (unsigned long long)k.teams.result.unmet);
			CHECK(strstr(reasons(&k), want) != NULL);
		}
		kit_release(&k);
	}
	CHECK(infeasible > 20);
}

TEST(reasons_with_every_size_of_region)
{
	struct kit k;
	int full = 0;

	kit_full(&k);
	kit_set(&k, CORE_FILE_INSPECTORS,
		"I01\tJ\t1\t0\nI02\tS\t0\t0\nI06\tJ\t1\t0\nI07\tJ\t1\t0\n");
	if (kit_run(&k, 'a') && CHECK(!k.teams.feasible)) {
		size_t used = k.region.used;

		for (size_t more = 0; more < 50000; more += 16) {
			struct span text;
			int rc;

			k.region.used = used;
			k.region.size = used + more;
			rc = draw_reasons(&k.draw, &k.teams, &k.region, &text);
			full += rc == CORE_FULL;
			CHECK(rc == CORE_FULL || rc == CORE_OK);
		}
	}
	CHECK(full > 2000 && full < 3000);
	kit_release(&k);
}

TEST(reasons_show_ten_helpers_and_the_rest_by_number)
{
	char people[1024] = "", objects[1024] = "";
	struct kit k;

	kit_small(&k);
	for (int i = 10; i < 50; i++)
		sprintf(objects + strlen(objects), "P%d\tA\n", i);
	for (int i = 10; i < 25; i++)
		sprintf(people + strlen(people), "I%d\tS\t1\t0\n", i);
	kit_set(&k, CORE_FILE_OBJECTS, objects);
	kit_set(&k, CORE_FILE_INSPECTORS, people);
	kit_set(&k, CORE_FILE_RULES, "team 1 1 0\nquota A 40\n");
	if (kit_run(&k, 'a')) {
		const char *text = reasons(&k);

		CHECK(strstr(text, "老队员 15 人，最多补 15 个") != NULL);
		CHECK(strstr(text, "I19（可去 40 次，上限 1）等。") != NULL);
	}
	kit_release(&k);
}

TEST(warnings_of_juniors_alone_and_of_many_recusals)
{
	static char people[100000], barred[300000];
	struct draw_warnings w;
	struct kit k;
	size_t len = 0;

	kit_small(&k);
	kit_set(&k, CORE_FILE_RULES, "team 2 0 1\nquota A 1\n");
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\nP2\tA\n");
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tJ\t9\t0\nI2\tJ\t9\t0\nI3\tJ\t0\t0\n");
	kit_set(&k, CORE_FILE_CONFLICTS, "I1\tP1\ta\nI2\tP1\ta\n");
	warn(&k, &w);
	CHECK_INT(count_code(&w, WARNING_NO_SENIOR), 0);
	CHECK_INT(count_code(&w, WARNING_RECUSED_ALL), 1);
	kit_set(&k, CORE_FILE_INSPECTORS,
		"I1\tJ\t9\t0\nI2\tS\t9\t0\nI3\tS\t9\t0\nI4\tS\t9\t0\t1\n");
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\t\t2\nP2\tA\n");
	kit_set(&k, CORE_FILE_CONFLICTS, "I1\tP1\ta\n");
	warn(&k, &w);
	CHECK_INT(count_code(&w, WARNING_RECUSED_ALL), 1);
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\nP2\tA\n");
	/* Beyond a sum of work the question is left to the draw itself. */
	for (int i = 0; i < 5001; i++) {
		sprintf(people + strlen(people), "I%04d\tJ\t9\t0\n", i);
		len += (size_t)sprintf(barred + len, "I%04d\tP1\ta\nI%04d\tP2\ta\n", i, i);
	}
	kit_set(&k, CORE_FILE_INSPECTORS, people);
	kit_set(&k, CORE_FILE_CONFLICTS, barred);
	warn(&k, &w);
	CHECK_INT(count_code(&w, WARNING_RECUSED_ALL), 0);
	kit_release(&k);
}
