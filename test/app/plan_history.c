/* test/app/plan_history.c — whose visits are whose. */
#include "app/plan_history.h"

#include "app/registry_merge.h"
#include "base/status.h"

#include "plan_world.h"
#include "unit.h"

static void merge(struct plan_world *w, const char *survivor, const char *gone)
{
	const struct registry_act act = { w->o, w->a, REGISTRY_SITES, "同一家企业录了两次",
					  &w->notes };
	const struct registry_merge_in in = { .survivor = survivor, .gone = &gone, .count = 1 };
	int64_t change;

	CHECK_INT(registry_act_merge(&act, &in, &change), OK);
}

TEST(visits_of_a_merged_site_count_for_its_survivor)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	const char *sites = plan_world_sites(&w, NULL, "130602", "key,130602,,,,,,,", 10);
	const struct plan_world_data data = {
		.sites = sites,
		.inspectors =
			"id,name,certificate,certificate_until,since\n"
			"P-1,甲,03-1,2030-12-31,2010-01-01\nP-2,乙,03-2,2030-12-31,2025-01-01\n",
		.rules = "{\"id\": \"key\", \"title\": \"重点\", \"who\": {\"classes\": [\"key\"]},"
			 " \"basis\": {\"percent\": 50}, \"period\": \"quarter\"}",
	};

	plan_world_init(&w, &data);
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,日期\n检查,130602-0001,2026-01-15\n"
				     "检查,130602-0003,2026-01-16\n检查,130602-0004,2026-01-17\n",
				     &sum),
		  OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_world_rule(&w, "key")->done, 3);
	merge(&w, "130602-0002", "130602-0001"); /* not visited itself */
	merge(&w, "130602-0003", "130602-0004"); /* visited too */
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_world_rule(&w, "key")->members, 8);
	CHECK_INT(plan_world_rule(&w, "key")->done, 2);
	plan_world_release(&w);
}
