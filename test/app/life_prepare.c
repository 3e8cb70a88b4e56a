/* test/app/life_prepare.c — what a plan does not offer gets no number. */
#include "app/life_prepare.h"

#include "base/status.h"

#include "life_world.h"
#include "unit.h"

static int prepare(struct life_world *w, const char *period, const char *pool)
{
	const struct life_prepare in = {
		.plan = "P-2026", .period = period, .pool = pool, .kind = "random"
	};
	struct draw_row row;

	return life_prepare(w->o, w->a, &in, &row);
}

TEST(only_periods_of_the_plan_get_a_number)
{
	static const char *const wrong[] = { "2026-Q9", "2026-13",  "abc",      "2025-Q1",
					     "2027-Q1", "2026-03",  "2026-H1",  "2026",
					     "2026-q1", "2026-Q1 ", "2026-Q01", "" };
	struct life_world w;

	life_world_init(&w);
	for (size_t i = 0; i < COUNT(wrong); i++)
		LIFE_REFUSED(&w, prepare(&w, wrong[i], "daily"), INVALID,
			     i < 10 ? "2026-Q4" : "2026-Q");
	CHECK_INT(life_world_number(&w, "select count(*) from draw"), 0);
	CHECK_INT(prepare(&w, "2026-Q2", "daily"), OK);
	life_world_sql(&w, "update plan_version set period = 'month'");
	LIFE_REFUSED(&w, prepare(&w, "2026-Q3", "daily"), INVALID, "2026-11");
	CHECK_INT(prepare(&w, "2026-07", "daily"), OK);
	life_world_release(&w);
}

TEST(only_pools_of_the_plan_get_a_number)
{
	struct life_world w;

	life_world_init(&w);
	life_world_pool(&w, "ZX-1");
	life_world_pool(&w, "ZH-1");
	life_world_sql(&w, "update plan_line set kind = 'permit' where id = 'ZH-1'");
	LIFE_REFUSED(&w, prepare(&w, "2026-Q1", "NOPE"), INVALID, "日常（daily）、ZX-1");
	LIFE_REFUSED(&w, prepare(&w, "2026-Q1", "ZH-1"), INVALID, "随日常一起抽取");
	life_world_sql(&w, "update plan_line set period = '2026-Q2' where id = 'ZX-1'");
	LIFE_REFUSED(&w, prepare(&w, "2026-Q1", "ZX-1"), INVALID, "2026-Q2");
	CHECK_INT(life_world_number(&w, "select count(*) from draw"), 0);
	CHECK_INT(prepare(&w, "2026-Q2", "ZX-1"), OK);
	life_world_sql(&w, "update plan_line set period = '2026'");
	CHECK_INT(prepare(&w, "2026-Q3", "ZX-1"), OK);
	life_world_release(&w);
}
