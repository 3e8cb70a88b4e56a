/* test/core/draw.c — selection, trips, relaxations, reasons, results and warnings of small draws. */
#include "core/draw.h"

#include "core/merkle.h"
#include "draw_kit.h"

#include <stdio.h>
#include <stdlib.h>

static void seed_of(struct kit *k, char c)
{
	memset(k->seed.hex, c, sizeof(k->seed.hex));
}

/* Opens, selects and makes teams for a seed. */
static bool run(struct kit *k, char seed)
{
	seed_of(k, seed);
	return CHECK(kit_open(k) == CORE_OK) &&
	       CHECK(draw_select(&k->draw, &k->seed, &k->region, &k->selection) == CORE_OK) &&
	       CHECK(draw_teams(&k->draw, &k->seed, &k->selection, &k->region, &k->teams) ==
		     CORE_OK);
}

TEST(one_site_and_one_inspector)
{
	struct draw_result result;
	struct kit k;

	kit_small(&k);
	if (run(&k, 'a')) {
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

		if (!run(&k, 'b'))
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
	if (run(&k, 'c')) {
		CHECK_INT(k.selection.strata[0].quota, 5);
		CHECK_INT(k.selection.strata[0].drawn_count, 1);
		CHECK_INT(k.selection.strata[0].reserve_count, 0);
		CHECK_INT(draw_warnings(&k.draw, &k.region, &warnings), CORE_OK);
		CHECK_INT(warnings.count, 2);
		k.problem = warnings.items[0];
		CHECK_STR(
			kit_sentence(&k),
			"rules.txt 第 2 行：层“A”只有 1 个对象，名额是 5，届时如数不足；请核对名录或改名额。");
		CHECK_INT(warnings.items[1].code, WARNING_STRATUM_EMPTY);
	}
	kit_release(&k);
}

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

/* Everything of a trip: one rule, scope, place and skill; at most m; named by its lowest ticket. */
TEST(trips_are_runs_of_like_objects_in_ticket_order)
{
	struct kit k;
	uint32_t size[60] = { 0 };

	kit_full(&k);
	for (char seed = 'a'; seed <= 'f'; seed++) {
		const struct draw_teams *t = &k.teams;

		if (!run(&k, seed))
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
	if (run(&k, 'a')) {
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
		if (!run(&k, seed))
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
	if (run(&k, 'a')) {
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
	if (run(&k, 'a'))
		CHECK(k.teams.feasible && k.teams.relaxed == 1);
	kit_set(&k, CORE_FILE_CONFLICTS, "I3\tP1\tkin\n");
	if (run(&k, 'a'))
		CHECK(k.teams.feasible && k.teams.relaxed == 2);
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tS\t0\t0\nI2\tS\t4294967295\t0\nI3\tJ\t1\t0\n");
	if (run(&k, 'a')) {
		CHECK(k.teams.feasible && k.teams.relaxed == 3);
		CHECK(k.teams.problem.inspectors[1].limit == UINT32_MAX);
	}
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tS\t9\t0\nI2\tJ\t9\t0\nI3\tJ\t1\t0\n");
	if (run(&k, 'a'))
		CHECK(k.teams.feasible && k.teams.relaxed == 0);
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
	if (run(&k, 'a')) {
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
	if (run(&k, 'a')) {
		CHECK(!k.teams.feasible);
		text = reasons(&k);
		CHECK(strstr(text, "等。") != NULL);
		CHECK(strstr(text, "轮换回避不计、只要求一名老队员、上限加 1") != NULL);
		CHECK(strstr(text, "I25") == NULL);
	}
	kit_set(&k, CORE_FILE_INSPECTORS, "");
	if (run(&k, 'a')) {
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
		if (run(&k, (char)('a' + round % 26)) && !k.teams.feasible) {
			infeasible++;
			sprintf(want, " = %llu。", (unsigned long long)k.teams.result.unmet);
			CHECK(strstr(reasons(&k), want) != NULL);
		}
		kit_release(&k);
	}
	CHECK(infeasible > 20);
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
	seed_of(&k, '0');
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

TEST(reasons_with_every_size_of_region)
{
	struct kit k;
	int full = 0;

	kit_full(&k);
	kit_set(&k, CORE_FILE_INSPECTORS,
		"I01\tJ\t1\t0\nI02\tS\t0\t0\nI06\tJ\t1\t0\nI07\tJ\t1\t0\n");
	if (run(&k, 'a') && CHECK(!k.teams.feasible)) {
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

TEST(people_without_the_skill_are_in_no_pool)
{
	struct kit k;

	kit_small(&k);
	kit_set(&k, CORE_FILE_OBJECTS, "P1\tA\t\t\t\t水\n");
	kit_set(&k, CORE_FILE_INSPECTORS, "I1\tS\t9\t0\t\t气\nI2\tS\t9\t0\t\t水\n");
	if (run(&k, 'a')) {
		CHECK_INT(k.teams.problem.pools[0].count, 1);
		check_pools(&k);
	}
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
	if (run(&k, 'a')) {
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
		struct span text;
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
			rc = draw_reasons(&k.draw, &k.teams, &k.region, &text);
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
