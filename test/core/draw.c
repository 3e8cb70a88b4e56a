/* test/core/draw.c — selection, trips, relaxations, reasons, results and warnings of small draws. */
#include "core/draw.h"

#include "core/merkle.h"
#include "draw_kit.h"

#include <stdio.h>
#include <stdlib.h>

TEST(one_site_and_one_inspector)
{
	struct draw_result result;
	struct kit k;

	kit_small(&k);
	if (kit_run(&k, 'a')) {
		CHECK(k.teams.feasible);
		CHECK_INT(k.selection.drawn_total, 1);
		CHECK_INT(draw_result(&k.draw, &k.seed, &k.selection, &k.teams, &k.region, &result),
			  CORE_OK);
		CHECK(memcmp(result.tsv.at, "P1\tA\t1\t0.", 9) == 0);
		CHECK(memcmp(result.tsv.at + result.tsv.len - 10, "\tdrawn\tI1\n", 10) == 0);
	}
	kit_release(&k);
}

TEST(parts_of_a_scan_give_the_same_selection)
{
	struct kit k;
	uint64_t state = 3;

	kit_full(&k);
	for (int round = 0; round < 30; round++) {
		struct draw_selection parts;
		struct draw_scan scan;
		uint64_t len = k.files.file[CORE_FILE_OBJECTS].len;
		uint64_t cut = unit_random(&state) % (len + 1);

		if (!kit_run(&k, 'b'))
			break;
		CHECK_INT(draw_scan_begin(&k.draw, &k.seed, 2, &k.region, &scan), CORE_OK);
		draw_scan_part(&scan, 0, 0, cut / 2);
		draw_scan_part(&scan, 1, cut, len);
		draw_scan_part(&scan, 0, cut / 2, cut);
		CHECK_INT(draw_scan_end(&scan, &k.region, &parts), CORE_OK);
		CHECK_INT(parts.drawn_total, k.selection.drawn_total);
		for (uint32_t s = 0; s < k.draw.rules.stratum_count; s++) {
			uint32_t n = parts.strata[s].drawn_count + parts.strata[s].reserve_count;

			CHECK_INT(parts.strata[s].drawn_count, k.selection.strata[s].drawn_count);
			CHECK(memcmp(parts.strata[s].entries, k.selection.strata[s].entries,
				     n * sizeof(struct select_entry)) == 0);
		}
	}
	kit_release(&k);
}

TEST(a_quota_over_the_stratum_is_a_reported_shortfall)
{
	struct draw_warnings warnings;
	struct kit k;

	kit_small(&k);
	kit_set(&k, CORE_FILE_RULES, "team 1 1 0\nquota A 5\nquota B 0\n");
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tS\t9\t0\n");
	if (kit_run(&k, 'c')) {
		CHECK_INT(k.selection.strata[0].quota, 5);
		CHECK_INT(k.selection.strata[0].drawn_count, 1);
		CHECK_INT(k.selection.strata[0].reserve_count, 0);
		CHECK_INT(draw_warnings(&k.draw, &k.region, &warnings), CORE_OK);
		CHECK_INT(warnings.count, 3);
		k.problem = warnings.items[0];
		CHECK_STR(
			kit_sentence(&k),
			"rules.txt 第 2 行：层“A”只有 1 个对象，名额是 5，届时如数不足；请核对名录或改名额。");
		CHECK_INT(warnings.items[1].code, WARNING_STRATUM_EMPTY);
	}
	kit_release(&k);
}

/* Everything of a trip: one rule, scope, place and skill; at most m; named by its lowest ticket. */
TEST(trips_are_runs_of_like_objects_in_ticket_order)
{
	struct kit k;
	uint32_t size[60] = { 0 };

	kit_full(&k);
	for (char seed = 'a'; seed <= 'f'; seed++) {
		const struct draw_teams *t = &k.teams;

		if (!kit_run(&k, seed))
			break;
		memset(size, 0, sizeof(size));
		for (uint32_t i = 0; i < t->drawn_count; i++) {
			struct draw_object o, first;
			uint64_t where;

			draw_object_at(&k.draw, t->drawn[i], &o);
			size[t->trip_of[i]]++;
			CHECK(draw_find_object(&k.draw, t->problem.visits[t->trip_of[i]].id,
					       &where));
			draw_object_at(&k.draw, where, &first);
			CHECK(span_equal(o.scope, first.scope) &&
			      span_equal(o.place, first.place) && span_equal(o.skill, first.skill));
			CHECK((span_equal(o.stratum, SPAN("特殊"))) ==
			      (span_equal(first.stratum, SPAN("特殊"))));
		}
		for (uint32_t i = 0; i < t->problem.visit_count; i++)
			CHECK(size[i] == 1 || size[i] == 2);
	}
	kit_release(&k);
}

TEST(strata_with_equal_team_rules_share_trips)
{
	struct kit k;

	kit_small(&k);
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\nP2\tB\nP3\tC\n");
	kit_set(&k, CORE_FILE_RULES,
		"team 1 1 0\nteam 1 1 0 B\nteam 1 0 0 C\nbundle 3\nquota A 1\nquota B 1\nquota C 1\n");
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tS\t9\t0\n");
	if (kit_run(&k, 'a')) {
		CHECK_INT(k.teams.problem.visit_count, 2);
		CHECK_INT(k.teams.trip_of[0], k.teams.trip_of[1]);
		CHECK(k.teams.feasible);
	}
	kit_release(&k);
}

TEST(eligibility_by_scope_and_skill)
{
	const struct draw_object plain = { .scope = SPAN("1"), .skill = SPAN("水") };
	const struct draw_object open = { .scope = SPAN(""), .skill = SPAN("") };
	struct draw_inspector i = { .senior = true,
				    .scopes = SPAN("1,2"),
				    .skills = SPAN("气,水") };

	CHECK(draw_eligible(&i, &plain));
	CHECK(draw_eligible(&i, &open));
	i.skills = SPAN("气");
	CHECK(!draw_eligible(&i, &plain));
	i.senior = false;
	CHECK(draw_eligible(&i, &plain));
	i.scopes = SPAN("2");
	CHECK(!draw_eligible(&i, &plain));
	i.scopes = SPAN("");
	CHECK(draw_eligible(&i, &plain));
}

/* The pools must say the same as draw_eligible and the conflict lines, for every visit and person. */
static void check_pools(const struct kit *k)
{
	const struct assign_problem *p = &k->teams.problem;

	for (uint32_t v = 0; v < p->visit_count; v++) {
		const struct assign_pool *pool = &p->pools[p->visits[v].pool];
		struct draw_object o;
		uint64_t where = 0;
		uint32_t at = 0;

		CHECK(draw_find_object(&k->draw, p->visits[v].id, &where));
		draw_object_at(&k->draw, where, &o);
		for (uint32_t i = 0; i < k->draw.inspector_count; i++) {
			bool in = at < pool->count && pool->inspectors[at] == i;

			at += in;
			CHECK(in == draw_eligible(&k->draw.inspectors[i], &o));
		}
		for (uint32_t e = 1; e < p->visits[v].excluded_count; e++)
			CHECK(p->visits[v].excluded[e - 1] < p->visits[v].excluded[e]);
	}
}

TEST(pools_hold_exactly_the_eligible)
{
	struct kit k;

	kit_full(&k);
	for (char seed = 'a'; seed <= 'f'; seed++) {
		if (!kit_run(&k, seed))
			break;
		check_pools(&k);
	}
	kit_release(&k);
}

TEST(a_trip_has_the_conflicts_of_all_its_members)
{
	struct kit k;

	kit_small(&k);
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\nP2\tA\nP3\tA\n");
	kit_set(&k, CORE_FILE_RULES, "team 1 1 0\nbundle 3\nquota A 3\n");
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tS\t9\t0\nI2\tS\t9\t0\nI3\tS\t9\t0\n");
	kit_set(&k, CORE_FILE_CONFLICTS, "I1\tP1\ta\nI1\tP3\ta\nI2\tP2\ta\n");
	if (kit_run(&k, 'a')) {
		CHECK_INT(k.teams.problem.visits[0].excluded_count, 2);
		CHECK(k.teams.feasible);
		CHECK_INT(k.teams.result.members[0], 2);
	}
	kit_release(&k);
}

/* Each relaxation alone can be what makes it feasible, and only the shortest prefix is applied. */
TEST(relaxations_are_a_shortest_prefix)
{
	struct kit k;

	kit_small(&k);
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tS\t1\t0\nI2\tS\t1\t0\nI3\tJ\t1\t0\n");
	kit_set(&k, CORE_FILE_CONFLICTS, "I3\tP1\trotation\n");
	kit_set(&k, CORE_FILE_RULES,
		"team 2 1 1\nrelax rotation\nrelax second\nrelax limit\nquota A 1\n");
	if (kit_run(&k, 'a'))
		CHECK(k.teams.feasible && k.teams.relaxed == 1);
	kit_set(&k, CORE_FILE_CONFLICTS, "I3\tP1\tkin\n");
	if (kit_run(&k, 'a'))
		CHECK(k.teams.feasible && k.teams.relaxed == 2);
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tS\t0\t0\nI2\tS\t4294967295\t0\nI3\tJ\t1\t0\n");
	if (kit_run(&k, 'a')) {
		CHECK(k.teams.feasible && k.teams.relaxed == 3);
		CHECK(k.teams.problem.inspectors[1].limit == UINT32_MAX);
	}
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tS\t9\t0\nI2\tJ\t9\t0\nI3\tJ\t1\t0\n");
	if (kit_run(&k, 'a'))
		CHECK(k.teams.feasible && k.teams.relaxed == 0);
	kit_release(&k);
}

TEST(rows_are_salted_and_ordered_by_salt)
{
	struct kit k;
	uint8_t root[32];
	struct merkle tree;
	char salts[3][65] = { "", "", "" }, line[3][80], hex[65] = "", want[65] = "";
	struct writer w = { want, 64, 0, false };
	int order[3] = { 0, 1, 2 };

	kit_small(&k);
	kit_seed(&k, '0');
	for (int i = 0; i < 3; i++) {
		char id[3] = { 'P', (char)('1' + i), '\0' };

		draw_salt(&k.seed, KIT_SPAN(id), salts[i]);
		sprintf(line[i], "%.64s\t%s\tx", salts[i], id);
	}
	for (int i = 0; i < 3; i++) {
		for (int j = i + 1; j < 3; j++) {
			if (strcmp(line[order[i]], line[order[j]]) > 0) {
				int t = order[i];

				order[i] = order[j];
				order[j] = t;
			}
		}
	}
	merkle_init(&tree);
	for (int i = 0; i < 3; i++)
		merkle_add(&tree, KIT_SPAN(line[order[i]]));
	merkle_root(&tree, root);
	write_hex(&w, root, 32);
	CHECK_INT(draw_rows_root(&k.seed, SPAN("P1\tx\nP2\tx\nP3\tx\n"), &k.region, hex), CORE_OK);
	CHECK_STR(hex, want);
	/* Equal salts (the same object twice) are ordered by the line. */
	CHECK_INT(draw_rows_root(&k.seed, SPAN("P1\tx\nP1\ta\n"), &k.region, hex), CORE_OK);
	CHECK_INT(draw_rows_root(&k.seed, SPAN("P1\ta\nP1\tx\n"), &k.region, want), CORE_OK);
	CHECK_STR(hex, want);
	k.region.size = k.region.used;
	CHECK_INT(draw_rows_root(&k.seed, SPAN("P1\tx\n"), &k.region, hex), CORE_FULL);
	kit_release(&k);
}

TEST(people_without_the_skill_are_in_no_pool)
{
	struct kit k;

	kit_small(&k);
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\t\t\t\t水\n");
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tS\t9\t0\t\t气\nI2\tS\t9\t0\t\t水\n");
	if (kit_run(&k, 'a')) {
		CHECK_INT(k.teams.problem.pools[0].count, 1);
		check_pools(&k);
	}
	kit_release(&k);
}

/* Every step with every size of region: an answer or CORE_FULL. */
TEST(drawing_with_every_size_of_region)
{
	struct kit k;
	size_t whole;
	int full = 0;

	kit_full(&k);
	/* What is given back on the way was needed too. */
	whole = 2 * k.region.used + (1 << 16);
	for (size_t size = 64; size <= whole; size += unit_long() ? 16 : 80) {
		struct draw_result result;
		struct draw_warnings warnings;
		struct draw_shortage shortage;
		int rc;

		k.region.size = size;
		rc = kit_open(&k);
		if (rc == CORE_OK)
			rc = draw_warnings(&k.draw, &k.region, &warnings);
		if (rc == CORE_OK)
			rc = draw_select(&k.draw, &k.seed, &k.region, &k.selection);
		if (rc == CORE_OK)
			rc = draw_teams(&k.draw, &k.seed, &k.selection, &k.region, &k.teams);
		if (rc == CORE_OK && !k.teams.feasible)
			rc = draw_shortage(&k.teams, &k.region, &shortage);
		if (rc == CORE_OK)
			rc = draw_result(&k.draw, &k.seed, &k.selection, &k.teams, &k.region,
					 &result);
		full += rc == CORE_FULL;
		CHECK(rc == CORE_OK || rc == CORE_FULL);
	}
	CHECK(full > 5);
	k.region.size = whole;
	CHECK_INT(kit_open(&k), CORE_OK);
	CHECK_INT(draw_select(&k.draw, &k.seed, &k.region, &k.selection), CORE_OK);
	CHECK_INT(draw_teams(&k.draw, &k.seed, &k.selection, &k.region, &k.teams), CORE_OK);
	CHECK(draw_region_estimate(&k.files) >= whole);
	kit_set(&k, CORE_FILE_RESULT, NULL);
	CHECK(draw_region_estimate(&k.files) >= whole);
	kit_release(&k);
}

/* Numbers at the edge of what the lists may hold. */
TEST(largest_limits_bases_and_teams)
{
	struct kit k;

	kit_small(&k);
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\nP2\tA\nP3\tA\n");
	kit_set(&k, CORE_FILE_RULES, "team 1 1 0\nquota A 1/1\n");
	kit_set(&k, CORE_FILE_INSPECTORS,
		"I1\tS\t4294967295\t4294967295\nI2\tS\t4294967295\t4294967294\n");
	if (kit_run(&k, 'a') && CHECK(k.teams.feasible)) {
		CHECK_INT(k.teams.result.load[0], 1);
		CHECK_INT(k.teams.result.load[1], 2);
	}
	kit_set(&k, CORE_FILE_RULES, "team 1000 0 0\nrelax limit\nquota A 9007199254740991\n");
	if (kit_run(&k, 'a') && CHECK(!k.teams.feasible))
		CHECK_INT(k.teams.result.unmet, 3 * (1000 - 2));
	kit_set(&k, CORE_FILE_RULES, "team 1000 400 600\nquota A 3\n");
	if (kit_run(&k, 'a') && CHECK(!k.teams.feasible))
		CHECK_INT(k.teams.result.unmet, 3 * (1000 - 2));
	kit_release(&k);
}
