/* test/core/draw_staff.c — teams where no assignment exists: what the rules allow first, then circle by circle. */
#include "core/draw_staff.h"

#include "draw_kit.h"

#include <stdio.h>

static const char *const sites = "P1\tA\t\t1\nP2\tA\t\t1\nP3\tA\t\t2\nP4\tA\t\t2\n";

/* A draw of all of these sites without teams, staffed; the text, or "" after a failed check. */
static const char *staffed(struct kit *k, const char *objects, const char *people,
			   const char *conflicts, struct draw_staffed *ret)
{
	struct span text = { 0 };

	kit_small(k);
	kit_set(k, CORE_FILE_OBJECTS, objects);
	kit_set(k, CORE_FILE_RULES, "team 2 1 1\nquota A 1/1\n");
	kit_set(k, CORE_FILE_INSPECTORS, people);
	kit_set(k, CORE_FILE_CONFLICTS, conflicts);
	if (!kit_run(k, 'a') || !CHECK(!k->teams.feasible) ||
	    !CHECK(draw_staff(&k->draw, &k->seed, &k->selection, &k->teams, &k->region, ret) ==
		   CORE_OK) ||
	    !CHECK(draw_staff_text(&k->draw, &k->teams, ret, &k->region, &text) == CORE_OK))
		return "";
	char *out = region_take(&k->region, text.len + 1, 1);
	memcpy(out, text.at, text.len);
	return out;
}

TEST(staff_keeps_what_the_rules_allow_and_lends_from_other_scopes)
{
	struct draw_staffed n = { 0 };
	struct kit k;
	const char *text =
		staffed(&k, sites,
			"I1\tS\t2\t0\t1\nI2\tJ\t2\t0\t1\nI3\tS\t4\t0\t2\nI4\tJ\t1\t0\t2\n"
			"I5\tJ\t3\t0\t3\n",
			"", &n);

	CHECK_INT(n.trips, 4);
	CHECK_INT(n.declared, 3);
	CHECK_INT(n.places, 8);
	CHECK_INT(n.exceptions, 1);
	CHECK_INT(n.scope, 1);
	CHECK_INT(n.limit + n.grade, 0);
	CHECK(strstr(text, "P1\tI1,I2\n") || strstr(text, "P1\tI2,I1\n"));
	CHECK(strstr(text, "I5:scope\n") != NULL);
	kit_release(&k);
}

TEST(staff_goes_above_the_limit_when_nobody_is_left_below)
{
	struct draw_staffed n = { 0 };
	struct kit k;
	const char *text = staffed(&k, sites, "I1\tS\t9\t0\nI2\tJ\t1\t0\nI3\tJ\t0\t7\n", "", &n);

	CHECK_INT(n.trips, 4);
	CHECK_INT(n.declared, 1);
	CHECK_INT(n.limit, 3);
	CHECK_INT(n.exceptions, 3);
	/* The least T goes: I3 has done seven before. */
	CHECK(strstr(text, "I3") == NULL);
	CHECK(strstr(text, "I2:limit\n") != NULL);
	kit_release(&k);
}

TEST(staff_gives_up_the_grades_last_and_recusal_and_two_persons_never)
{
	struct draw_staffed n = { 0 };
	struct kit k;
	const char *text = staffed(&k, sites, "I1\tS\t9\t0\t1\nI2\tS\t9\t0\t2\nI3\tS\t9\t0\t3\n",
				   "I1\tP1\tkin\nI2\tP2\tkin\nI3\tP2\tkin\n", &n);

	CHECK_INT(n.trips, 3);
	CHECK_INT(n.declared, 0);
	CHECK_INT(n.grade, 3);
	CHECK(strstr(text, "P1\tI2,I3\t") || strstr(text, "P1\tI3,I2\t"));
	/* Only I1 may go to P2. */
	CHECK(strstr(text, "\nP2\nP3\t") != NULL);
	CHECK(strstr(text, ":scope+grade") || strstr(text, ":grade"));
	kit_release(&k);
}

TEST(staff_of_an_empty_list_is_nobody)
{
	struct draw_staffed n = { 0 };
	struct kit k;
	const char *text = staffed(&k, sites, "", "", &n);

	CHECK(strcmp(text, "P1\nP2\nP3\nP4\n") == 0);
	CHECK_INT(n.trips + n.places + n.exceptions, 0);
	kit_release(&k);
}

TEST(staff_of_a_trip_is_that_of_all_its_objects)
{
	struct draw_staffed n = { 0 };
	struct span text = { 0 };
	struct kit k;

	kit_small(&k);
	kit_set(&k, CORE_FILE_OBJECTS, sites);
	kit_set(&k, CORE_FILE_RULES, "team 2 1 1\nbundle 2\nquota A 1/1\n");
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tS\t1\t0\t1\nI2\tJ\t1\t0\t1\n");
	kit_set(&k, CORE_FILE_CONFLICTS, "");
	if (kit_run(&k, 'a') && CHECK(!k.teams.feasible)) {
		CHECK_INT(draw_staff(&k.draw, &k.seed, &k.selection, &k.teams, &k.region, &n),
			  CORE_OK);
		CHECK_INT(draw_staff_text(&k.draw, &k.teams, &n, &k.region, &text), CORE_OK);
		CHECK_INT(n.trips, 2);
		CHECK_INT(n.declared, 1);
		CHECK_INT(n.places, 4);
		CHECK_INT(n.scope, 2);
		CHECK_INT(n.limit, 2);
	}
	kit_release(&k);
}

/* Every rule that is never given up holds, and the flags say what is true, whatever the draw. */
static void check_team(const struct kit *k, const struct draw_staffed *n, uint32_t trip)
{
	const struct assign_problem *p = &k->teams.problem;
	const uint32_t *team = n->members + n->start[trip];
	struct draw_object o;
	uint64_t at = 0;

	CHECK(n->count[trip] == p->visits[trip].need);
	CHECK(draw_find_object(&k->draw, p->visits[trip].id, &at));
	draw_object_at(&k->draw, at, &o);
	for (uint32_t i = 0; i < n->count[trip]; i++) {
		const struct draw_inspector *who = &k->draw.inspectors[team[i]];

		for (uint32_t j = 0; j < i; j++)
			CHECK(team[j] != team[i]);
		for (uint32_t c = 0; c < k->draw.conflict_count; c++)
			CHECK(k->draw.conflicts[c].who != team[i] ||
			      !span_equal(k->draw.conflicts[c].object, o.id));
		CHECK(o.skill.len == 0 || !who->senior || list_has(who->skills, o.skill));
		CHECK(((n->beyond[n->start[trip] + i] & STAFF_SCOPE) != 0) ==
		      !draw_eligible(who, &o));
	}
}

TEST(staff_of_random_draws_is_lawful_and_says_what_it_went_beyond)
{
	uint64_t state = 5;
	int staffed_draws = 0;

	for (int round = 0; round < (unit_long() ? 3000 : 150); round++) {
		char objects[4096] = "", people[2048] = "", conflicts[4096] = "";
		struct draw_staffed n = { 0 };
		struct kit k;

		kit_small(&k);
		for (int i = 0; i < 12; i++)
			sprintf(objects + strlen(objects), "P%02d\tA\t\t%d\t\t%s\n", i,
				(int)(unit_random(&state) % 3) + 1,
				unit_random(&state) % 2 ? "水" : "气");
		for (int i = 0; i < 6; i++) {
			sprintf(people + strlen(people), "I%d\t%c\t%d\t0\t%d,%d\t水\n", i,
				"SJ"[unit_random(&state) % 2], (int)(unit_random(&state) % 4),
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
		kit_set(&k, CORE_FILE_RULES, "team 2 1 1\nquota A 6\n");
		if (kit_run(&k, (char)('a' + round % 26)) && !k.teams.feasible &&
		    CHECK(draw_staff(&k.draw, &k.seed, &k.selection, &k.teams, &k.region, &n) ==
			  CORE_OK)) {
			staffed_draws += n.trips > 0;
			for (uint32_t t = 0; t < k.teams.problem.visit_count; t++)
				if (n.count[t] > 0)
					check_team(&k, &n, t);
		}
		kit_release(&k);
	}
	CHECK(staffed_draws > 20);
}

TEST(staff_with_every_size_of_region)
{
	struct kit k;
	int full = 0;

	kit_full(&k);
	kit_set(&k, CORE_FILE_INSPECTORS,
		"I01\tJ\t1\t0\nI02\tS\t1\t0\nI06\tJ\t1\t0\nI07\tJ\t1\t0\n");
	if (kit_run(&k, 'a') && CHECK(!k.teams.feasible)) {
		size_t used = k.region.used, whole = k.region.size;
		int rc = CORE_FULL;

		for (size_t more = 0; rc == CORE_FULL && used + more < whole; more += 64) {
			struct draw_staffed n;
			struct span text;

			k.region.used = used;
			k.region.size = used + more;
			rc = draw_staff(&k.draw, &k.seed, &k.selection, &k.teams, &k.region, &n);
			if (rc == CORE_OK)
				rc = draw_staff_text(&k.draw, &k.teams, &n, &k.region, &text);
			full += rc == CORE_FULL;
		}
		CHECK_INT(rc, CORE_OK);
		k.region.size = whole;
	}
	CHECK(full > 10);
	kit_release(&k);
}
