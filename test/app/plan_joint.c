/* test/app/plan_joint.c — joint actions of the year against the number that a rule asks for. */
#include "app/plan_check.h"

#include "base/status.h"

#include "plan_world.h"
#include "unit.h"

#include <string.h>

#define STAFF                                                                                      \
	"id,name,certificate,certificate_until,districts,since,skills\n"                           \
	"P-1,甲,03-1,2030-12-31,\"130602,130606\",2010-01-01,\n"                                  \
	"P-2,乙,03-2,2030-12-31,\"130602,130606\",2024-01-01,\n"                                  \
	"P-3,丙,03-3,2030-12-31,130602,2010-01-01,\n"
#define MATTERS "id,name,kinds\nM-1,排污许可,\n"
#define RULE(id, class, basis, more)                                                               \
	"{\"id\": \"" id "\", \"title\": \"" id                                                    \
	"\", \"who\": {\"classes\": [\"" class "\"]}, \"basis\": " basis more "}"

static bool has(const char *text, const char *words)
{
	return text && strstr(text, words);
}

static const struct plan_clash *clash_of(const struct plan_world *w, const char *rule)
{
	for (size_t i = 0; i < w->check.clashes.count; i++)
		if (strcmp(w->check.clashes.list[i].rules, rule) == 0)
			return &w->check.clashes.list[i];
	return NULL;
}

/* While the year lasts the plan can be mended; after it nothing can be added. */
static void check_after_the_year(struct plan_world *w)
{
	const struct plan_clash *gap = clash_of(w, "joint");
	CHECK(gap && has(gap->choices, "补上部门联合的行动") && !has(gap->choices, "不能"));
	/* after the year nothing can be added to it */
	plan_world_day(w, "2027-01-06");
	CHECK_INT(plan_world_check(w, "2026-Q4"), OK);
	gap = clash_of(w, "joint");
	CHECK(gap && has(gap->choices, "2026-Q4 已经结束") && has(gap->choices, "不能再补"));
	CHECK(gap && !has(gap->choices, "plan extend") && plan_world_rule(w, "joint")->never);
}

TEST(joint_actions_of_the_year_are_counted)
{
	struct plan_world w = { 0 };
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 10),
		.inspectors = STAFF,
		.matters = MATTERS,
		.rules = RULE(
			"key", "key", "{\"percent\": 10}",
			", \"period\": \"quarter\"") ","
						     "{\"id\": \"joint\", \"title\": \"部门联合\", \"visit\": \"joint\", \"unit\": \"actions\","
						     " \"basis\": {\"number\": 3}, \"period\": \"year\"}",
		.lines = "编号,类别,名称,目标,期次\nl1,部门联合,市场监管,1,2026-Q2\n"
			 "l2,部门联合,应急,1,2026-Q1\n"
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_check_rule *r = plan_world_rule(&w, "joint");
	CHECK(r && r->want == 3 && r->pending == 2 && r->left == 1 && !r->possible);
	CHECK(plan_world_clash(&w, CLASH_GAP, 0));
	/* what was drawn is no line that waits; by the bureau's own draws it may be more than was planned */
	plan_world_drawn_joint(&w, "2026-Q1", "l2");
	plan_world_drawn_joint(&w, "2026-Q1", "gone");
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	r = plan_world_rule(&w, "joint");
	CHECK(r && r->want == 3 && r->done == 2 && r->pending == 1 && r->left == 0 && r->possible);
	/* once its time is over nothing waits any more */
	plan_world_day(&w, "2026-07-06");
	CHECK_INT(plan_world_check(&w, "2026-Q3"), OK);
	r = plan_world_rule(&w, "joint");
	CHECK(r && r->done == 2 && r->pending == 0 && r->left == 1 && !r->possible);
	CHECK(r && has(r->sentence, "其中 1 次的时期已经过了"));
	check_after_the_year(&w);
	plan_world_release(&w);
}

TEST(joint_actions_are_made_up_for_in_an_extension_only)
{
	struct plan_world w = { 0 };
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 10),
		.inspectors = STAFF,
		.matters = MATTERS,
		.more = "\"milestones\": {\"draw_by\": 15, \"extension_days\": 20},",
		.rules =
			"{\"id\": \"joint\", \"title\": \"部门联合\", \"visit\": \"joint\", \"unit\": \"actions\","
			" \"basis\": {\"number\": 3}, \"period\": \"year\"}",
	};

	plan_world_init(&w, &data);
	plan_world_day(&w, "2027-01-20");
	CHECK_INT(plan_world_check(&w, "2026-Q4"), OK);
	const struct plan_clash *gap = clash_of(&w, "joint");
	CHECK(gap && has(gap->choices, "现在不能补") && has(gap->choices, "plan extend") &&
	      has(gap->choices, "还可延 20 天") && has(gap->choices, "期次写 2026-Q4"));
	plan_world_day(&w, "2027-01-21");
	CHECK_INT(plan_world_check(&w, "2026-Q4"), OK);
	gap = clash_of(&w, "joint");
	CHECK(gap && has(gap->choices, "不能再补") && !has(gap->choices, "plan extend"));
	plan_world_release(&w);
}

TEST(a_joint_line_of_every_period_is_an_action_in_each)
{
	struct plan_world w = { 0 };
	const struct plan_world_data data = {
		.sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 10),
		.inspectors = STAFF,
		.matters = MATTERS,
		.rules = RULE(
			"key", "key", "{\"percent\": 10}",
			", \"period\": \"quarter\"") ","
						     "{\"id\": \"joint\", \"title\": \"部门联合\", \"visit\": \"joint\", \"unit\": \"actions\","
						     " \"basis\": {\"number\": 4}, \"period\": \"year\"}",
		.lines = "编号,类别,名称,目标\nl1,部门联合,市场监管,1\n"
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	const struct plan_check_rule *r = plan_world_rule(&w, "joint");
	CHECK(r && r->pending == 4 && r->left == 0 && r->possible);
	plan_world_drawn_joint(&w, "2026-Q1", "l1");
	plan_world_day(&w, "2026-07-06");
	CHECK_INT(plan_world_check(&w, "2026-Q3"), OK);
	r = plan_world_rule(&w, "joint");
	CHECK(r && r->done == 1 && r->pending == 2 && r->left == 1 && !r->possible);
	plan_world_release(&w);
}
