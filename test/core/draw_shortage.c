/* test/core/draw_shortage.c — the numbers of the certificate when no teams exist. */
#include "draw_kit.h"

#include <stdio.h>

TEST(shortage_counts_visits_places_and_what_everybody_gives)
{
	struct draw_shortage s;
	struct kit k;

	kit_small(&k);
	kit_set(&k, CORE_FILE_OBJECTS,
		"P1\tA\t\t1\t\t水\nP2\tA\t\t1\t\t水\nP3\tA\t\t1\t\t水\nP4\tA\t\t1\t\t水\n");
	kit_set(&k, CORE_FILE_RULES, "team 2 1 1\nrelax rotation\nquota A 4\n");
	kit_set(&k, CORE_FILE_INSPECTORS,
		"I1\tS\t2\t0\t1\t水\nI2\tS\t9\t0\t2\t水\nI3\tS\t9\t0\t1\t气\n"
		"I4\tS\t0\t0\t1\t水\nI5\tS\t9\t0\t1\t水\nI6\tJ\t9\t0\n");
	kit_set(&k, CORE_FILE_CONFLICTS, "I5\tP1\tkin\nI5\tP2\tkin\nI5\tP3\tkin\nI5\tP4\tkin\n");
	if (kit_run(&k, 'a') && CHECK(!k.teams.feasible)) {
		CHECK_INT(k.teams.result.unmet, 2);
		CHECK_INT(draw_shortage(&k.teams, &k.region, &s), CORE_OK);
		CHECK_INT(s.visits[ASSIGN_SHORT_SENIOR], 4);
		CHECK_INT(s.asked[ASSIGN_SHORT_SENIOR], 4);
		CHECK_INT(s.visits[ASSIGN_SHORT_JUNIOR] + s.visits[ASSIGN_SHORT_BOTH], 0);
		CHECK_INT(s.asked_total, 4);
		CHECK_INT(s.offered, 2);
		CHECK_INT(s.eligible[0], 4); /* I1: all, limit 2 */
		CHECK_INT(draw_shortage_offer(&k.teams, &s, 0), 2);
		CHECK_INT(s.eligible[1], 0); /* I2: another district */
		CHECK_INT(s.eligible[2], 0); /* I3: another skill */
		CHECK_INT(s.eligible[3], 4); /* I4: limit 0 */
		CHECK_INT(draw_shortage_offer(&k.teams, &s, 3), 0);
		CHECK_INT(s.eligible[4], 0); /* I5: recused from all */
		CHECK_INT(s.eligible[5], 0); /* I6: juniors are not lacking */
	}
	kit_release(&k);
}

TEST(shortage_without_anybody)
{
	struct draw_shortage s;
	struct kit k;

	kit_small(&k);
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\nP2\tA\nP3\tA\n");
	kit_set(&k, CORE_FILE_RULES, "team 2 1 1\nquota A 3\n");
	kit_set(&k, CORE_FILE_INSPECTORS, "");
	kit_set(&k, CORE_FILE_CONFLICTS, "");
	if (kit_run(&k, 'a') && CHECK(!k.teams.feasible)) {
		CHECK_INT(draw_shortage(&k.teams, &k.region, &s), CORE_OK);
		CHECK_INT(s.asked_total, 6);
		CHECK_INT(s.offered, 0);
	}
	kit_release(&k);
}

/* The difference is the number of places that stay empty, whatever the draw. */
TEST(shortage_adds_up_for_random_draws)
{
	uint64_t state = 11;
	int infeasible = 0;

	for (int round = 0; round < (unit_long() ? 3000 : 150); round++) {
		char objects[4096] = "", people[2048] = "", conflicts[4096] = "";
		struct draw_shortage s;
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
			CHECK_INT(draw_shortage(&k.teams, &k.region, &s), CORE_OK);
			CHECK_INT(s.asked_total - s.offered, k.teams.result.unmet);
		}
		kit_release(&k);
	}
	CHECK(infeasible > 20);
}

TEST(shortage_with_every_size_of_region)
{
	struct kit k;
	int full = 0;

	kit_full(&k);
	kit_set(&k, CORE_FILE_INSPECTORS,
		"I01\tJ\t1\t0\nI02\tS\t0\t0\nI06\tJ\t1\t0\nI07\tJ\t1\t0\n");
	if (kit_run(&k, 'a') && CHECK(!k.teams.feasible)) {
		size_t used = k.region.used;

		for (size_t more = 0; more < 4000; more += 8) {
			struct draw_shortage s;
			int rc;

			k.region.used = used;
			k.region.size = used + more;
			rc = draw_shortage(&k.teams, &k.region, &s);
			full += rc == CORE_FULL;
			CHECK(rc == CORE_FULL || rc == CORE_OK);
			CHECK(more < 3900 || rc == CORE_OK);
		}
	}
	CHECK(full > 2);
	kit_release(&k);
}
