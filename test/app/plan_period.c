/*
 * test/app/plan_period.c — the lists of a period are what core accepts, and under any seed every minimum is
 * met, nobody who is held is drawn, and every object has its matters.
 */
#include "app/plan_period.h"

#include "base/status.h"
#include "core/draw.h"
#include "core/sha256.h"

#include "../db/scene.h"
#include "plan_world.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#define STAFF                                                                                      \
	"id,name,certificate,certificate_until,districts,since,recusals,assistant\n"               \
	"P-1,甲,03-1,2030-12-31,,2010-01-01,130602-0001=亲属,\n"                                \
	"P-2,乙,03-2,2030-12-31,,2024-01-01,,\nP-3,丙,03-3,2030-12-31,130602,2010-01-01,,\n"     \
	"P-4,专家,,,,2010-01-01,,1\n"
#define RULES                                                                                      \
	"{\"id\": \"key\", \"title\": \"重点\", \"who\": {\"classes\": [\"key\"]},"              \
	" \"basis\": {\"percent\": 10}, \"period\": \"quarter\", \"article\": \"三（一）\"},"  \
	"{\"id\": \"special\", \"title\": \"特殊\", \"who\": {\"classes\": [\"special\"]},"      \
	" \"basis\": {\"percent\": 50}, \"period\": \"quarter\"},"                                 \
	"{\"id\": \"general\", \"title\": \"一般\", \"who\": {\"classes\": [\"general\"]},"      \
	" \"basis\": {\"per_inspector\": 5}, \"period\": \"year\"}"

static struct plan_world_data city(struct plan_world *w)
{
	const char *csv =
		plan_world_sites(w, NULL, "130602", "key,130602,130602001,,,,,,major", 33);

	csv = plan_world_sites(w, csv, "130603x", "key,130606,,1,,,,,major", 7);
	csv = plan_world_sites(w, csv, "130606", "general,130606,,1,,,,,", 9);
	csv = plan_world_sites(w, csv, "130607", "general,130607,,,,waste,,,", 80);
	return (struct plan_world_data){
		.sites = csv,
		.inspectors = STAFF,
		.matters =
			"id,name,kinds,until\nM-1,排污许可,,\nM-2,危废,waste,\nM-8,证后监管,nuclear,\n"
			"M-9,旧事项,,2025-12-31\n",
		.recusals = "id,inspector,target,kind,from,to\nR-1,乙,130607-0001,利害关系,,\n"
			    "R-2,03-3,130602-0002,曾任职,2026-06-01,\n",
		.rules = RULES,
		.lines = "编号,类别,名称,目标,范围,期次,事项\n"
			 "permit,证后监管,证后,20%,permit=major,,M-8\n"
			 "zx,专项,危废专项,10%,kind=waste,2026-Q1,M-2\n"
			 "lh,部门联合,与公安联合抽查危废,2,kind=waste,2026-Q1,M-2\n"
	};
}

struct opened {
	struct region region;
	struct draw draw;
};

static bool open_lists(const struct plan_period_lists *l, struct opened *ret)
{
	struct draw_files files = { 0 };
	struct problem problem = { 0 };

	ret->region = (struct region){ calloc(1, 64 << 20), 64 << 20, 0 };
	files.file[CORE_FILE_OBJECTS] = l->objects;
	files.file[CORE_FILE_INSPECTORS] = l->inspectors;
	files.file[CORE_FILE_CONFLICTS] = l->conflicts;
	files.file[CORE_FILE_RULES] = l->rules;
	if (CHECK(draw_open(&files, &ret->region, &ret->draw, &problem) == CORE_OK))
		return true;
	char text[512];
	struct writer out = { text, sizeof(text) - 1, 0, false };
	problem_write(&problem, &out);
	printf("# %.*s\n%s", (int)out.len, text, files.file[CORE_FILE_RULES].at);
	return false;
}

/* Drawn objects whose id begins with the prefix, under one seed. */
static uint64_t drawn(struct opened *d, uint64_t number, const char *prefix)
{
	struct draw_seed seed;
	struct draw_selection selection;
	size_t mark = region_mark(&d->region), len = strlen(prefix);
	char text[32];
	uint64_t n = 0;

	snprintf(text, sizeof(text), "%llu", (unsigned long long)number);
	sha256_hex(span_of(text), seed.hex);
	CHECK_INT(draw_select(&d->draw, &seed, &d->region, &selection), CORE_OK);
	for (uint32_t s = 0; s < d->draw.rules.stratum_count; s++)
		for (uint32_t i = 0; i < selection.strata[s].drawn_count; i++) {
			struct span id = draw_id_at(&d->draw, selection.strata[s].entries[i].where);
			n += id.len >= len && memcmp(id.at, prefix, len) == 0;
		}
	region_reset(&d->region, mark);
	return n;
}

TEST(lists_of_a_quarter_meet_every_minimum_under_any_seed)
{
	struct plan_world w = { 0 };
	struct plan_world_data data = city(&w);
	struct plan_period_lists l = { 0 };
	struct opened d = { 0 };

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &l), FORBIDDEN);
	plan_world_approve(&w);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &l), OK);
	CHECK_INT(l.object_count, 129);
	CHECK_INT(l.inspector_count, 3);
	CHECK_INT(l.absent_count, 1);
	CHECK_INT(l.conflict_count, 2); /* R-2 begins later */
	CHECK_INT(l.covered_count, 4);
	CHECK_STR(l.covered[0].rule, "key");
	CHECK_STR(l.body, "130600");
	CHECK(strstr(l.basis, "某计划三（一）"));
	if (!open_lists(&l, &d))
		return;
	for (uint64_t seed = 0; seed < 20; seed++) {
		uint64_t key = drawn(&d, seed, "130602") + drawn(&d, seed, "130603x");
		uint64_t special = drawn(&d, seed, "130603x") + drawn(&d, seed, "130606");
		uint64_t general = drawn(&d, seed, "130606-") + drawn(&d, seed, "130607");
		CHECK(key >= 8);     /* 10 % of 40 is 4, a fifth after the permit is 8 */
		CHECK(special >= 8); /* half of 16 */
		CHECK(general >= 4); /* 5 * 3 inspectors in four quarters */
		CHECK_INT(drawn(&d, seed, "13"), l.drawn);
	}
	/* 8 of the key ones (4 of them special), 8 special in all; those are the general ones too */
	CHECK(l.drawn <= 8 + 8);
	free(d.region.base);
	plan_world_release(&w);
}

TEST(every_object_has_all_its_matters_in_one_visit)
{
	struct plan_world w = { 0 };
	struct plan_world_data data = city(&w);
	struct plan_period_lists l = { 0 };

	plan_world_init(&w, &data);
	plan_world_approve(&w);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &l), OK);
	struct span file = l.matters;
	CHECK(span_equal(plan_period_matters(file, SPAN("130602-0001")), SPAN("M-1,M-8")));
	CHECK(span_equal(plan_period_matters(file, SPAN("130606-0009")), SPAN("M-1")));
	CHECK(span_equal(plan_period_matters(file, SPAN("130607-0080")), SPAN("M-1,M-2")));
	CHECK_INT(plan_period_matters(file, SPAN("130607-0081")).len, 0);
	CHECK_INT(plan_period_matters(file, SPAN("0")).len, 0);
	CHECK_INT(plan_period_matters(file, SPAN("zz")).len, 0);
	plan_world_release(&w);
}

TEST(one_certificate_is_one_person)
{
	struct plan_world w = { 0 };
	struct plan_world_data data = city(&w);
	struct plan_period_lists l = { 0 };

	data.inspectors = STAFF "P-5,戊,,,,2024-01-01,,\n";
	plan_world_init(&w, &data);
	/* An import refuses it: only a hand in the table can do this. */
	CHECK_INT(
		scene_run(w.o->db,
			  "update registry_version set cells = replace(cells, 'P-5\t戊\t\t\t\t\t',"
			  " 'P-5\t戊\t\t\t03-1\t2030-12-31\t')"),
		OK);
	plan_world_approve(&w);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &l), INVALID);
	CHECK(plan_world_noted(&w, "P-1"));
	CHECK(plan_world_noted(&w, "P-5"));
	plan_world_release(&w);
}

TEST(a_campaign_draws_from_its_own_pool)
{
	struct plan_world w = { 0 };
	struct plan_world_data data = city(&w);
	struct plan_period_lists l = { 0 };
	struct opened d = { 0 };

	plan_world_init(&w, &data);
	plan_world_approve(&w);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", "zx", &l), OK);
	CHECK_INT(l.object_count, 80);
	CHECK_INT(l.drawn, 8);
	CHECK_STR(l.covered[0].rule, "zx");
	struct span file = l.matters;
	CHECK(span_equal(plan_period_matters(file, SPAN("130607-0001")), SPAN("M-2")));
	if (open_lists(&l, &d))
		CHECK_INT(drawn(&d, 1, "130607"), 8);
	free(d.region.base);
	CHECK_INT(plan_world_lists(&w, "2026-Q2", "zx", &l), NONE);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", "permit", &l), NONE);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", "", &l), NONE);
	plan_world_release(&w);
}

/* A site of a daily visit to come is in no campaign's list; a joint draw may take it (spec/draw.md 5.2). */
TEST(a_joint_line_draws_from_its_own_pool_whatever_waits)
{
	struct plan_world w = { 0 };
	struct plan_world_data data = city(&w);
	struct plan_period_lists l = { 0 };

	plan_world_init(&w, &data);
	plan_world_approve(&w);
	plan_world_waits(&w, "130607-0001", "daily", false);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", "zx", &l), OK);
	CHECK_INT(l.object_count, 80);
	CHECK_INT(l.held, 1);
	CHECK_INT(l.waiting_count, 1);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", "lh", &l), OK);
	CHECK_INT(l.object_count, 80);
	CHECK_INT(l.held, 0);
	CHECK_INT(l.drawn, 2);
	struct span file = l.matters;
	CHECK(span_equal(plan_period_matters(file, SPAN("130607-0001")), SPAN("M-2")));
	CHECK_INT(plan_world_lists(&w, "2026-Q2", "lh", &l), NONE);
	/* only what was drawn jointly counts for it */
	plan_world_waits(&w, "130607-0002", "campaign", true);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", "lh", &l), OK);
	CHECK_INT(l.drawn, 1);
	plan_world_release(&w);
}

TEST(two_calls_write_the_same_bytes)
{
	struct plan_world w = { 0 };
	struct plan_world_data data = city(&w);
	struct plan_period_lists a = { 0 }, b = { 0 };

	plan_world_init(&w, &data);
	plan_world_approve(&w);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &a), OK);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &b), OK);
	CHECK(span_equal(a.objects, b.objects));
	CHECK(span_equal(a.rules, b.rules));
	CHECK(span_equal(a.inspectors, b.inspectors));
	CHECK(span_equal(a.matters, b.matters));
	plan_world_release(&w);
}

TEST(what_was_done_in_the_year_is_not_asked_again)
{
	struct plan_world w = { 0 };
	struct plan_world_data data = city(&w);
	struct plan_period_lists l = { 0 };
	struct plan_opening_sum sum;

	plan_world_init(&w, &data);
	plan_world_approve(&w);
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,日期,次数\n检查,130607-0001,2026-01-10,14\n"
				     "任务量,P-1,,6\n",
				     &sum),
		  OK);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &l), OK);
	CHECK_INT(l.covered[2].need, 1); /* 15 a year less 14, over four quarters */
	struct span people = l.inspectors;
	CHECK(memcmp(people.at, "P-1\tS\t99999\t6\n", strlen("P-1\tS\t99999\t6\n")) == 0);
	plan_world_release(&w);
}

TEST(a_firm_of_several_plants_shares_its_cap)
{
	struct plan_world w = { 0 };
	struct plan_period_lists l = { 0 };
	struct plan_opening_sum sum;
	const struct plan_world_data data = {
		.sites =
			"id,name,class,county,code\n"
			"A-1,一厂,key,130602,91130600MA07A1B23P\nA-2,二厂,key,130602,91130600MA07A1B23P\n"
			"B-1,乙厂,key,130602,\nB-2,丙厂,key,130602,\n",
		.inspectors = STAFF,
		.more = "\"cap\": {\"visits\": 1, \"counts\": [\"daily\", \"targeted\"],"
			" \"document\": \"文\"},",
		.rules = "{\"id\": \"key\", \"title\": \"重点\", \"who\": {\"classes\": [\"key\"]},"
			 " \"basis\": {\"number\": 2}, \"period\": \"quarter\"}"
	};
	struct opened d = { 0 };

	plan_world_init(&w, &data);
	plan_world_approve(&w);
	CHECK_INT(plan_world_opening(&w, "类别,编号,检查类型\n检查,A-1,个案\n", &sum), OK);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &l), OK);
	CHECK_INT(l.held, 2);
	CHECK_INT(l.covered[0].members, 4);
	CHECK_INT(l.drawn, 2);
	if (open_lists(&l, &d)) {
		CHECK_INT(drawn(&d, 1, "A"), 0);
		CHECK_INT(drawn(&d, 1, "B"), 2);
	}
	free(d.region.base);
	plan_world_release(&w);
}

/* Nor when the mark of somebody who joined, or of somebody of the counting day, is set back. */
static void heads_keep_who_was_marked(struct plan_world *w)
{
	struct plan_period_lists l = { 0 };
	const char *const days[] = { "2026-03-11", "2026-03-12" };
	const char *const marked[] = { "0", "" };

	for (size_t i = 0; i < COUNT(days); i++) {
		plan_world_day(w, days[i]);
		plan_world_import_people(
			w, arena_printf(w->a,
					"id,name,certificate,certificate_until,counted,since\n"
					"P-1,甲,03-1,2030-12-31,%s,2010-01-01\n"
					"P-8,新人,03-8,2030-12-31,%s,2026-03-05\n",
					marked[i], marked[i]));
		CHECK_INT(plan_world_lists(w, "2026-Q1", PLAN_POOL_DAILY, &l), OK);
		CHECK(strstr(l.covered[0].sentence, "计数 4 人"));
	}
}

static void heads_counted_on(const char *day)
{
	struct plan_world w = { 0 };
	struct plan_period_lists l = { 0 };
	struct plan_world_data data = city(&w);

	char rules[512];

	snprintf(rules, sizeof(rules),
		 "{\"id\": \"general\", \"title\": \"一般\", \"who\": {\"classes\": [\"general\"]},"
		 " \"basis\": {\"per_inspector\": 5}, \"period\": \"year\","
		 " \"heads\": {\"conditions\": [\"marked\"], \"on\": \"%s\", \"keeps\": true}}",
		 day);
	data.rules = rules;
	data.lines = NULL;
	plan_world_init(&w, &data);
	plan_world_approve(&w);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &l), OK);
	CHECK(strstr(l.covered[0].sentence, "计数 3 人"));
	plan_world_day(&w, "2026-03-10");
	plan_world_import_people(&w, "id,name,certificate,certificate_until,staff,duty,since\n"
				     "P-3,丙,03-3,2030-12-31,0,0,2010-01-01\n"
				     "P-8,新人,03-8,2030-12-31,1,1,2026-03-05\n");
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &l), OK);
	CHECK(strstr(l.covered[0].sentence, "计数 4 人"));
	heads_keep_who_was_marked(&w);
	plan_world_release(&w);
}

/* On the counting day there is a registry, or the first one came later. */
TEST(heads_never_fall_when_people_leave_and_rise_when_they_join)
{
	heads_counted_on("03-02");
	heads_counted_on("01-01");
}

TEST(a_period_that_has_ended_is_not_drawn)
{
	struct plan_world w = { 0 };
	struct plan_world_data data = city(&w);
	struct plan_period_lists l = { 0 };

	plan_world_init(&w, &data);
	plan_world_approve(&w);
	plan_world_day(&w, "2026-03-31");
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &l), OK);
	plan_world_day(&w, "2026-04-01");
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &l), INVALID);
	CHECK(plan_world_noted(&w, "已经结束"));
	plan_world_release(&w);
}
