/* test/app/life_joint.c — joint draws: the lead's from a line of the plan, and the departments' for its sites. */
#include "app/life_change.h"
#include "app/life_prepare.h"
#include "app/life_visit.h"
#include "base/status.h"

#include "life_world.h"
#include "unit.h"

#include <string.h>

#define EVIDENCE "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static void add_line(struct life_world *w, const char *id)
{
	life_world_sql(w,
		       arena_printf(w->a,
				    "insert into plan_line (plan, version, id, kind, title, pool,"
				    " period, a, b, matters, document) values (1, 1, '%s', 'joint',"
				    " '联合', '', '', 1, 0, '', '')",
				    id));
}

/* The lead's draw from the joint line LH-1, up to its dice. */
static void lead_drawn(struct life_world *w)
{
	add_line(w, "LH-1");
	life_lists_now.rule = "LH-1";
	life_world_ok(w, life_world_prepare(w, "LH-1"));
	life_world_ok(w, life_world_approve(w));
	life_world_ok(w, life_world_freeze(w));
	life_world_hold(w);
	w->o->fixed_now = LIFE_DICE_AT + 60000;
	life_world_ok(w, life_world_run(w));
}

TEST(a_joint_line_is_a_pool_whose_visits_hold_no_site)
{
	struct life_world w;
	const char **visits;

	life_world_init(&w);
	life_world_frozen(&w);
	const char *daily = w.draw;
	lead_drawn(&w); /* the same sites are in the daily list, which waits */
	CHECK_STR(life_world_row(&w).kind, "joint");
	CHECK_INT(life_world_number(&w, "select count(*) from visit where joint = 1 and held = 0"
					" and kind = 'campaign'"),
		  life_world_row(&w).drawn);
	size_t count = life_world_visits(&w, &visits);
	CHECK(count > 0);
	w.draw = daily;
	life_world_ok(&w,
		      life_world_run(&w)); /* and it may draw sites that wait for a joint visit */
	life_world_release(&w);
}

TEST(a_reserve_of_a_joint_draw_holds_no_site)
{
	struct life_world w;
	struct life_changed out;
	const char **visits;

	life_world_init(&w);
	lead_drawn(&w);
	CHECK(life_world_visits(&w, &visits) > 0);
	const struct life_change in = { .kind = LIFE_RESERVE,
					.visit = visits[0],
					.evidence = EVIDENCE,
					.approver = "局长",
					.second = "王五",
					.reason = "厂房已拆除" };
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	CHECK_INT(life_world_number(&w, "select count(*) from visit where held = 1 or joint = 0"),
		  0);
	life_world_release(&w);
}

TEST(a_joint_line_is_no_cross_draw)
{
	struct life_world w;
	struct draw_row row;
	struct life_prepare in = {
		.plan = "P-2026", .period = "2026-Q1", .pool = "LH-1", .kind = "cross"
	};

	life_world_init(&w);
	add_line(&w, "LH-1");
	LIFE_REFUSED(&w, life_prepare(w.o, w.a, &in, &row), INVALID, "联合检查");
	life_world_release(&w);
}
