/* test/app/plan_open.c — a number of the check is opened to its rows, and a small pool's numbers tell nothing. */
#include "app/plan_open.h"

#include "base/status.h"

#include "plan_world.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

#define STAFF                                                                                      \
	"id,name,certificate,certificate_until,districts,since\n"                                  \
	"P-1,甲,03-1,2030-12-31,,2010-01-01\nP-2,乙,03-2,2030-12-31,,2024-01-01\n"
#define KEY                                                                                        \
	"{\"id\": \"key\", \"title\": \"重点\", \"who\": {\"classes\": [\"key\"]},"              \
	" \"basis\": {\"percent\": 10}, \"period\": \"quarter\"}"
#define HEAD "编号,类别,名称,目标,范围\n"

static void begin(struct plan_world *w, const char *lines)
{
	const char *csv = plan_world_sites(w, NULL, "130602", "key,130602,,,,,,,", 20);
	const struct plan_world_data data = { .sites = plan_world_sites(w, csv, "130606",
									"general,130606,,,,,,,", 2),
					      .inspectors = STAFF,
					      .rules = KEY,
					      .lines = lines };

	plan_world_init(w, &data);
}

struct rows {
	char text[400];
	size_t count;
};

static int add_row(void *arg, const struct plan_cell_row *row)
{
	struct rows *r = arg;

	if (r->count++ < 3)
		snprintf(r->text + strlen(r->text), sizeof(r->text) - strlen(r->text), "%.*s/%lld ",
			 (int)row->id.len, row->id.at,
			 row->day == INT64_MIN ? 0 : (long long)row->day);
	return OK;
}

static struct rows rows_of(struct plan_world *w, const char *cell)
{
	struct rows r = { .count = 0 };
	struct plan_cell_ask ask = { .most = 100, .each = add_row, .arg = &r };

	CHECK_INT(plan_cell_find(&w->check, cell, &ask.rule, &ask.column), OK);
	CHECK_INT(plan_cell_rows(&w->scene, &w->check, &ask), OK);
	return r;
}

static bool says(struct plan_world *w, const char *cell, const char *words)
{
	enum plan_column column;
	size_t rule;

	CHECK_INT(plan_cell_find(&w->check, cell, &rule, &column), OK);
	const char *text = plan_cell_words(&w->scene, &w->check, rule, column);
	if (strstr(text, words))
		return true;
	printf("# %s\n", text);
	return false;
}

TEST(each_number_of_the_check_opens_to_its_rows)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	enum plan_column column;
	size_t rule;

	begin(&w, NULL);
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,日期\n检查,130602-0003,2026-01-15\n"
				     "检查,130602-0003,2026-02-15\n检查,130606-0001,2026-02-15\n",
				     &sum),
		  OK);
	plan_world_waits(&w, "130602-0007", "daily", false);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(rows_of(&w, "key.members").count, 20);
	struct rows done = rows_of(&w, "key.done");
	CHECK_INT(done.count, 1); /* one site, though visited twice */
	CHECK_STR(done.text, "130602-0003/20468 ");
	CHECK_INT(rows_of(&w, "key.planned").count, 0);
	CHECK(says(&w, "key.planned", "待查 1：在检查之前是哪几家保密"));
	CHECK(says(&w, "key.left",
		   "应查 2（key.required）− 待查 1（key.planned）− 已查 1（key.done）"));
	CHECK(says(&w, "key.required", "每季度10%"));
	CHECK_INT(plan_cell_find(&w.check, "key.nothing", &rule, &column), NONE);
	CHECK_INT(plan_cell_find(&w.check, "key", &rule, &column), NONE);
	CHECK_INT(plan_cell_find(&w.check, "nobody.done", &rule, &column), NONE);
	plan_world_release(&w);
}

TEST(a_pool_of_a_few_sites_does_not_tell_which_one_waits)
{
	static const char *const waiting[] = { "130606-0001", "130602-0001" };
	const char *told[2];
	struct plan_period_lists lists;

	for (int i = 0; i < 2; i++) {
		struct plan_world w = { 0 };
		begin(&w, HEAD "zh,证后监管,证后,1,county=130606\nzx,专项,夏季,1,county=130606\n");
		plan_world_approve(&w);
		plan_world_waits(&w, waiting[i], "campaign", false);
		CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
		const struct plan_check_rule *r = plan_world_rule(&w, "zh");
		CHECK(r->hidden && strstr(r->sentence, "免得看出是哪一家"));
		CHECK(!plan_world_rule(&w, "key")->hidden);
		CHECK_INT(rows_of(&w, "zh.done").count, 0);
		CHECK(says(&w, "zh.left", "这个数不公开"));
		told[i] = arena_printf(w.a, "%s%zu", r->sentence, w.check.clashes.count);
		printf("# %s\n", told[i]);
		CHECK_INT(plan_world_lists(&w, "2026-Q1", "zx", &lists), INVALID);
		CHECK(plan_world_noted(&w, "会让人看出哪一家已经被抽中"));
		CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &lists), OK);
		CHECK(!strstr(lists.covered[1].sentence, "待查 "));
		plan_world_release(&w);
	}
}

TEST(a_draw_of_nobody_is_not_frozen)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	struct plan_period_lists lists;

	begin(&w, HEAD "zx,专项,夏季,1,class=key\n");
	CHECK_INT(plan_world_opening(&w, "类别,编号,日期\n检查,130602-0003,2026-01-15\n", &sum),
		  OK);
	plan_world_approve(&w);
	CHECK_INT(plan_world_lists(&w, "2026-Q1", "zx", &lists), INVALID);
	CHECK(plan_world_noted(&w, "一家也不用抽"));
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &lists), OK);
	plan_world_release(&w);
}

TEST(a_campaign_that_the_staff_cannot_make_is_told_before_it_is_drawn)
{
	struct plan_world w = { 0 };
	struct plan_period_lists lists;
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 20),
		.inspectors = "id,name,certificate,certificate_until,districts,since,limit\n"
			      "P-1,甲,03-1,2030-12-31,,2010-01-01,5\n"
			      "P-2,乙,03-2,2030-12-31,,2024-01-01,5\n",
		.rules = KEY,
		.lines = HEAD "zx,专项,夏季,8,class=key\n"
	};

	plan_world_init(&w, &data);
	plan_world_approve(&w);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_clash *c = plan_world_clash(&w, CLASH_CAPACITY, 0);
	CHECK(c && strcmp(c->rules, "zx") == 0 && strstr(c->text, "“夏季”单独抽取") && !c->stops);
	CHECK(c && strstr(c->text, "缺 6 人次"));
	/* nothing is frozen that would end without teams, unless that is meant */
	CHECK_INT(plan_world_lists(&w, "2026-Q1", "zx", &lists), INVALID);
	CHECK(plan_world_noted(&w, "无论怎样安排都缺 6 人次") &&
	      plan_world_noted(&w, "--understaffed"));
	w.understaffed = true;
	CHECK_INT(plan_world_lists(&w, "2026-Q1", "zx", &lists), OK);
	CHECK(plan_world_noted(&w, "缺 6 人次") && w.notes.refused == 0);
	w.understaffed = false;
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &lists), OK);
	plan_world_release(&w);
}

TEST(whose_rules_are_met_by_others_is_told_so)
{
	struct plan_world w = { 0 };
	const char *csv = plan_world_sites(&w, NULL, "130602", "key,130602,,1,,,,,", 10);
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, csv, "130606", "key,130606,,,,,,,", 20),
		.inspectors = STAFF,
		.more = "\"by_county\": false,",
		.rules = KEY ", {\"id\": \"special\", \"title\": \"特殊\", \"who\": {\"classes\":"
			     " [\"special\"]}, \"basis\": {\"percent\": 50}, \"period\":"
			     " \"quarter\", \"repeat\": {\"policy\": \"rotation\", \"visits\": 2}}"
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q4"), OK);
	CHECK_INT(w.check.sure.met, 20);
	CHECK_INT(w.check.sure.left_out, 0);
	CHECK_INT(w.check.sure.due, 10);
	const char *words = plan_sure_sentence(&w.check.sure, w.a);
	CHECK(words && strstr(words, "由别的单位满足、不再另抽 20 家（重点 20 家）"));
	CHECK(words &&
	      strstr(words, "必定抽到的 10 家，其中轮查欠的次数和剩下的期数一样多的 10 家"));
	CHECK(words && strstr(words, "plan open-balances"));
	plan_world_release(&w);
}

/* The rules came into force in July: of two visits a year one is owed, spread over two quarters (spec 6). */
TEST(rotation_begins_when_its_rules_do)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,1,,,,,", 40),
		.inspectors = STAFF,
		.more = "\"from\": \"2026-07-01\",",
		.rules = "{\"id\": \"special\", \"title\": \"特殊\", \"who\": {\"classes\":"
			 " [\"special\"]}, \"basis\": {\"percent\": 50}, \"period\": \"quarter\","
			 " \"repeat\": {\"policy\": \"rotation\", \"visits\": 2}}"
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,日期\n检查,130602-0001,2026-01-15\n"
				     "检查,130602-0002,2026-01-15\n检查,130602-0002,2026-02-15\n",
				     &sum),
		  OK);
	plan_world_day(&w, "2026-07-02");
	CHECK_INT(plan_world_check(&w, "2026-Q3"), OK);
	CHECK_INT(plan_world_rule(&w, "special")->drawn, 20);
	CHECK_INT(w.check.sure.due, 0);
	CHECK_INT(w.check.sure.turned, 1); /* visited twice this year already */
	plan_world_release(&w);
}
