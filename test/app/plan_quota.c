/*
 * test/app/plan_quota.c — each legal minimum holds whatever the tickets do, and no more than it is drawn:
 * the lines are read back by core and drawn under many seeds.
 */
#include "app/plan_quota.h"
#include "base/status.h"
#include "core/rules.h"
#include "core/sha256.h"

#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

enum { CELLS_MOST = 128 };

static struct plan_rules rules_of(struct arena *a, const char *text)
{
	struct plan_notes notes;
	struct plan_rules r = { 0 };

	plan_notes_init(&notes, a);
	CHECK_INT(plan_rules_parse(text, strlen(text), &notes, &r), OK);
	return r;
}

/* Drawn units by kind under one seed. */
static void draw_kinds(const struct plan_quota *q, const struct plan_cell *cells, size_t count,
		       uint64_t seed, uint64_t drawn[PLAN_KINDS])
{
	size_t size = 4 << 20;
	struct region region = { calloc(1, size), size, 0 };
	struct rules rules;
	struct problem problem = { 0 };
	uint64_t members[CELLS_MOST] = { 0 }, quotas[CELLS_MOST];
	char text[32], hex[64];

	memset(drawn, 0, PLAN_KINDS * sizeof(*drawn));
	CHECK_INT(rules_parse((struct span){ q->rules, q->len }, &region, &rules, &problem),
		  CORE_OK);
	for (size_t i = 0; i < count; i++) {
		int64_t at = rules_find(&rules, span_of(cells[i].stratum));
		CHECK(at >= 0);
		if (at >= 0)
			members[at] = cells[i].members;
	}
	snprintf(text, sizeof(text), "%llu", (unsigned long long)seed);
	sha256_hex(span_of(text), hex);
	CHECK_INT(rules_quotas(&rules, members, (struct span){ hex, 64 }, &region, quotas),
		  CORE_OK);
	for (size_t i = 0; i < count; i++) {
		int64_t at = rules_find(&rules, span_of(cells[i].stratum));
		CHECK(quotas[at] <= members[at]);
		drawn[cells[i].kind] += quotas[at];
	}
	free(region.base);
}

static void check_minimums(const struct plan_quota *q, const struct plan_cell *cells, size_t count)
{
	for (uint64_t seed = 0; seed < (unit_long() ? 200 : 12); seed++) {
		uint64_t n[PLAN_KINDS];
		draw_kinds(q, cells, count, seed, n);
		CHECK(n[PLAN_PLAIN_KEY] + n[PLAN_SPECIAL_KEY] >= q->sums[PLAN_KEY].need);
		CHECK(n[PLAN_PLAIN_GENERAL] + n[PLAN_SPECIAL_GENERAL] >=
		      q->sums[PLAN_GENERAL].need);
		CHECK(n[PLAN_SPECIAL_KEY] + n[PLAN_SPECIAL_GENERAL] >= q->sums[PLAN_SPECIAL].need);
		CHECK(n[PLAN_PLAIN_KEY] + n[PLAN_SPECIAL_KEY] >= q->sums[PLAN_KEY].least);
		CHECK_INT(n[0] + n[1] + n[2] + n[3], q->drawn);
	}
}

static const char baoding[] =
	"班组 2 1 1\n期次 4 4\n分配 按县\n最低 重点 比例 10%\n依据 重点 a\n"
	"最低 特殊 比例 50%\n依据 特殊 b\n最低 一般 每人 5 已查 1500\n依据 一般 c\n";

TEST(city_wide_cells_give_exactly_the_law)
{
	CLEANUP(arena_release) struct arena a;
	struct plan_notes notes;
	struct plan_quota q;
	struct plan_cell cells[] = {
		{ .kind = PLAN_PLAIN_KEY, .county = "", .due = PLAN_NO_ROTATION, .members = 500 },
		{ .kind = PLAN_SPECIAL_KEY, .county = "", .due = PLAN_NO_ROTATION, .members = 73 },
		{ .kind = PLAN_SPECIAL_GENERAL,
		  .county = "",
		  .due = PLAN_NO_ROTATION,
		  .members = 90 },
		{ .kind = PLAN_PLAIN_GENERAL,
		  .county = "",
		  .due = PLAN_NO_ROTATION,
		  .members = 5000 },
	};

	arena_init(&a);
	plan_notes_init(&notes, &a);
	struct plan_rules r = rules_of(&a, baoding);
	CHECK_INT(plan_quota(&r, cells, 4, 420, &notes, &q), OK);
	/* special: ceil(163/2) = 82 = 36.72 + 45.28 -> 37 + 45; key: ceil(57.3) = 58 - 37 = 21;
	 * general: 5 * 420 - 1500 = 600 - 45 = 555 */
	CHECK_STR(q.rules, "team 2 1 1\nsplit 特殊 1/2 重点兼特殊=73 一般兼特殊=90\n"
			   "quota 重点 21\nquota 一般 555\n");
	CHECK_INT(q.sums[PLAN_KEY].need, 58);
	CHECK_INT(q.sums[PLAN_GENERAL].need, 600);
	CHECK(strstr(q.sums[PLAN_KEY].line, "重点：在册 N=573，10% → 至少 58 家"));
	CHECK(strstr(q.sums[PLAN_KEY].line, "37 家"));
	CHECK_INT(q.drawn, 82 + 21 + 555);
	check_minimums(&q, cells, 4);
}

static size_t random_cells(struct arena *a, uint64_t *state, struct plan_cell *cells)
{
	size_t count = 0, counties = 1 + unit_random(state) % 22;

	for (size_t c = 0; c < counties; c++)
		for (int k = 0; k < PLAN_KINDS; k++) {
			uint64_t most = k == PLAN_PLAIN_GENERAL ? 300
					: k == PLAN_PLAIN_KEY   ? 40
								: 6;
			cells[count++] = (struct plan_cell){
				.kind = (enum plan_kind)k,
				.county = arena_printf(a, "1306%02zu", c),
				.due = PLAN_NO_ROTATION,
				.members = unit_random(state) % most,
			};
		}
	return count;
}

TEST(minimums_hold_for_every_seed_and_any_counties)
{
	uint64_t state = 7;

	for (int round = 0; round < (unit_long() ? 500 : 40); round++) {
		CLEANUP(arena_release) struct arena a;
		struct plan_notes notes;
		struct plan_quota q;
		struct plan_cell cells[CELLS_MOST];
		arena_init(&a);
		plan_notes_init(&notes, &a);
		struct plan_rules r = rules_of(&a, baoding);
		size_t count = random_cells(&a, &state, cells);
		if (plan_quota(&r, cells, count, 320, &notes, &q) == OK)
			check_minimums(&q, cells, count);
	}
}

TEST(the_least_of_a_split_is_exact)
{
	uint64_t state = 3;

	/* Equal weights tie: 5 over 4 cells of 3: floor 1 each, one over; outside may take it. */
	const uint64_t equal[] = { 3, 3, 3, 3 };
	const bool two[] = { true, true, false, false };
	CHECK_INT(plan_split_least(5, equal, two, 4), 2);
	CHECK_INT(plan_split_least(7, equal, two, 4), 3);
	CHECK_INT(plan_split_least(0, equal, two, 4), 0);
	CHECK_INT(plan_split_least(12, equal, two, 4), 6);
	for (int round = 0; round < 300; round++) {
		uint64_t weights[6], sum = 0;
		bool inside[6], all[6] = { true, true, true, true, true, true };
		for (int i = 0; i < 6; i++) {
			weights[i] = unit_random(&state) % 5;
			inside[i] = unit_random(&state) % 2;
			sum += weights[i];
		}
		uint64_t total = sum ? unit_random(&state) % (sum + 1) : 0;
		CHECK_INT(plan_split_least(total, weights, all, 6), total);
		uint64_t in = plan_split_least(total, weights, inside, 6);
		for (int i = 0; i < 6; i++)
			inside[i] = !inside[i];
		CHECK(in + plan_split_least(total, weights, inside, 6) <= total);
	}
}

TEST(what_cannot_be_met_is_refused_with_the_rule)
{
	static const struct {
		const char *rules, *says;
		uint64_t inspectors;
	} bad[] = {
		{ "班组 2 1 1\n期次 4 4\n最低 一般 每人 5\n依据 一般 c\n", "第 3 行要求 2100 家",
		  420 },
		{ "班组 2 1 1\n最低 一般 数量 11\n依据 一般 c\n", "第 2 行要求 11 家", 1 },
		{ "班组 2 1 1\n分配 按县\n最低 一般 比例 1/2\n依据 一般 c\n县定 一般 130602 11\n",
		  "这一格只有 10 家", 1 },
		{ "班组 2 1 1\n分配 按县\n最低 一般 比例 1/2\n依据 一般 c\n县定 一般 130699 1\n",
		  "名录里没有这样的单位", 1 },
	};

	for (size_t i = 0; i < COUNT(bad); i++) {
		CLEANUP(arena_release) struct arena a;
		struct plan_notes notes;
		struct plan_quota q;
		arena_init(&a);
		plan_notes_init(&notes, &a);
		struct plan_rules r = rules_of(&a, bad[i].rules);
		struct plan_cell cell = { .kind = PLAN_PLAIN_GENERAL,
					  .county = r.by_county ? "130602" : "",
					  .due = PLAN_NO_ROTATION,
					  .members = 10 };
		CHECK_INT(plan_quota(&r, &cell, 1, bad[i].inspectors, &notes, &q), INVALID);
		bool told = false;
		for (size_t k = 0; k < notes.count; k++)
			told |= strstr(notes.list[k].text, bad[i].says) != NULL;
		CHECK(told);
	}
}

TEST(a_county_quota_of_its_own_counts_towards_the_minimum)
{
	CLEANUP(arena_release) struct arena a;
	struct plan_notes notes;
	struct plan_quota q;
	struct plan_cell cells[] = {
		{ .kind = PLAN_PLAIN_GENERAL,
		  .county = "130602",
		  .due = PLAN_NO_ROTATION,
		  .members = 100 },
		{ .kind = PLAN_PLAIN_GENERAL,
		  .county = "130606",
		  .due = PLAN_NO_ROTATION,
		  .members = 100 },
		{ .kind = PLAN_PLAIN_GENERAL,
		  .county = "130607",
		  .due = PLAN_NO_ROTATION,
		  .members = 50 },
	};

	arena_init(&a);
	plan_notes_init(&notes, &a);
	struct plan_rules r =
		rules_of(&a, "班组 2 1 1\n分配 按县\n最低 一般 比例 10%\n依据 一般 c\n"
			     "县定 一般 130602 1/5\n");
	CHECK_INT(plan_quota(&r, cells, 3, 1, &notes, &q), OK);
	CHECK_STR(q.rules, "team 2 1 1\nquota 一般.130602 20\n"
			   "split 一般 5 一般.130606=100 一般.130607=50\n");
}

TEST(rotation_takes_those_that_owe_every_period_whole)
{
	CLEANUP(arena_release) struct arena a;
	struct plan_notes notes;
	struct plan_quota q;
	struct plan_cell cells[3];

	arena_init(&a);
	plan_notes_init(&notes, &a);
	struct plan_rules r = rules_of(
		&a, "班组 2 1 1\n期次 4 3\n最低 特殊 比例 50%\n依据 特殊 b\n轮查 特殊 2\n");
	CHECK_INT(plan_due(&r, PLAN_SPECIAL_KEY, 0, 1), 2);
	CHECK_INT(plan_due(&r, PLAN_SPECIAL_KEY, 1, 1), 1);
	CHECK_INT(plan_due(&r, PLAN_SPECIAL_KEY, 3, 1), 0);
	CHECK_INT(plan_due(&r, PLAN_SPECIAL_KEY, 0, 3), 1);
	CHECK_INT(plan_due(&r, PLAN_PLAIN_KEY, 0, 1), PLAN_NO_ROTATION);
	for (uint32_t v = 0; v < 3; v++)
		cells[v] = (struct plan_cell){
			.kind = PLAN_SPECIAL_GENERAL, .county = "", .due = v, .members = 20 + v
		};
	CHECK_INT(plan_quota(&r, cells, 3, 1, &notes, &q), OK);
	/* 22 owe both periods left and are certain; 21 owe one of two: ceil(21/2) = 11; need 32. */
	CHECK_STR(q.rules, "team 2 1 1\nquota 一般兼特殊.v0 0\nquota 一般兼特殊.v2 22\n"
			   "quota 一般兼特殊.v1 11\n");
}
