/* test/core/draw_warnings.c — what is said before the freeze. */
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
	CHECK_INT(w.count, 1);
	CHECK_INT(w.items[0].code, WARNING_TEAM_ONE);
	CHECK_INT(w.certain_count, 0);
	kit_set(&k, CORE_FILE_RULES, "team 2 1 1\nquota A 0\n");
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
	CHECK_INT(w.more, 54);
	CHECK_INT(w.certain_count, 3);
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

static bool certain(struct kit *k, const char *rules, const char *people, enum problem_code code)
{
	struct draw_warnings w;

	kit_set(k, CORE_FILE_RULES, rules);
	kit_set(k, CORE_FILE_INSPECTORS, people);
	warn(k, &w);
	for (uint32_t i = 0; i < w.certain_count; i++) {
		if (w.certain[i].code == code)
			return true;
	}
	return false;
}

/* What no relaxation mends is known before the freeze; what one may mend is not certain. */
TEST(what_cannot_be_whatever_r_is)
{
	static const char two[] = "I1\tS\t1\t0\nI2\tJ\t1\t0\n";
	struct kit k;

	kit_small(&k);
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\nP2\tA\nP3\tA\n");
	CHECK(certain(&k, "team 2 1 1\nquota A 5\n", two, WARNING_SHORTFALL));
	CHECK(certain(&k, "team 2 1 1\nquota A 2\n", two, WARNING_NO_ROOM));
	CHECK(!certain(&k, "team 2 1 1\nrelax limit\nquota A 2\n", two, WARNING_NO_ROOM));
	CHECK(certain(&k, "team 2 1 1\nrelax limit\nquota A 3\n", two, WARNING_NO_ROOM));
	CHECK(certain(&k, "team 2 2 0\nquota A 1\n", "I1\tJ\t9\t0\nI2\tJ\t9\t0\n",
		      WARNING_NO_SENIOR));
	CHECK(certain(&k, "team 2 1 1\nquota A 1\n", "I1\tS\t9\t0\nI2\tS\t9\t0\n",
		      WARNING_NO_JUNIOR));
	CHECK(!certain(&k, "team 2 1 1\nrelax second\nquota A 1\n", "I1\tS\t9\t0\nI2\tS\t9\t0\n",
		       WARNING_NO_JUNIOR));
	CHECK(certain(&k, "team 2 1 1\nquota A 1\n", "", WARNING_NO_INSPECTORS));
	CHECK(!certain(&k, "team 2 1 1\nquota A 0\n", "", WARNING_NO_INSPECTORS));
	CHECK(certain(&k, "team 3 1 1\nquota A 1\n", two, WARNING_FEW_PEOPLE));
	kit_release(&k);
}

/* The conflicts of everybody with P1, P2 and so on. */
static void recuse(struct kit *k, uint32_t objects, const char *reason)
{
	char text[1024] = "";

	for (uint32_t who = 1; who <= 2; who++)
		for (uint32_t i = 1; i <= objects; i++)
			sprintf(text + strlen(text), "I%u\tP%u\t%s\n", who, i, reason);
	kit_set(k, CORE_FILE_CONFLICTS, text);
}

TEST(everybody_in_recusal_is_certain)
{
	static const char two[] = "I1\tS\t9\t0\t130602\nI2\tJ\t9\t0\t130602\n";
	static const char rules[] = "team 2 1 1\nquota A 2\n";
	struct kit k;

	kit_small(&k);
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\nP2\tA\nP3\tA\n");
	recuse(&k, 3, "kin");
	CHECK(certain(&k, rules, two, WARNING_UNSTAFFED));
	recuse(&k, 2, "kin");
	CHECK(certain(&k, rules, two, WARNING_UNSTAFFED));
	recuse(&k, 1, "kin");
	CHECK(!certain(&k, rules, two, WARNING_UNSTAFFED));
	recuse(&k, 3, "rotation");
	CHECK(certain(&k, rules, two, WARNING_UNSTAFFED));
	CHECK(!certain(&k, "team 2 1 1\nrelax rotation\nquota A 2\n", two, WARNING_UNSTAFFED));
	kit_set(&k, CORE_FILE_CONFLICTS, "");
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\t\t130606\nP2\tA\t\t130606\nP3\tA\t\t130602\n");
	CHECK(certain(&k, rules, two, WARNING_UNSTAFFED));
	CHECK(!certain(&k, "team 2 1 1\nquota A 1\n", two, WARNING_UNSTAFFED));
	kit_release(&k);
}

TEST(control_characters_are_told)
{
	struct draw_warnings w;
	struct kit k;

	kit_small(&k);
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\tx\x1b[2Jy\nP2\tA\tplain\nP3\tA\n");
	kit_set(&k, CORE_FILE_CONFLICTS, "");
	warn(&k, &w);
	CHECK_INT(count_code(&w, WARNING_CONTROL), 1);
	kit_release(&k);
}
