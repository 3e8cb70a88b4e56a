/* test/app/life_approve.c — who may be the second person, and what he has agreed to. */
#include "app/life_end.h"
#include "app/life_prepare.h"

#include "base/status.h"

#include "life_world.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

#define REFUSED LIFE_REFUSED

static void edit_as(struct life_world *w, const char *actor)
{
	life_world_sql(
		w, arena_printf(w->a,
				"insert into registry_change (registry, kind, at, actor, reason,"
				" file, file_digest, result_digest, added, updated, unchanged,"
				" quarantined, kept) values ('sites', 'edit', 1772413100000,"
				" '%s', '改', '', '', '', 0, 1, 0, 0, 0)",
				actor));
}

TEST(edits_before_the_last_freeze_with_a_result_do_not_bar_an_approver)
{
	struct life_world w;

	life_world_init(&w);
	life_world_drawn(&w);
	edit_as(&w, "李四");
	CHECK_INT(life_world_prepare(&w, "campaign-1"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	life_world_release(&w);
}

TEST(an_editor_does_not_approve_under_another_spelling)
{
	struct life_world w;

	life_world_init(&w);
	edit_as(&w, "LiSi");
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	life_world_as(&w, "lisi");
	REFUSED(&w, life_approve(w.o, w.a, w.draw, "legal"), FORBIDDEN, "改过名录");
	life_world_as(&w, "Li Si");
	REFUSED(&w, life_approve(w.o, w.a, w.draw, "legal"), FORBIDDEN, "改过名录");
	life_world_release(&w);
}

/* A draw with a result; hours: when its dice fall, after the usual ones. */
static void run_of(struct life_world *w, const char *pool, const char *dice, int hours)
{
	life_world_ok(w, life_world_prepare(w, pool));
	life_world_ok(w, life_world_approve(w));
	life_world_ok(w, life_world_freeze_with(w, dice, NULL, 0));
	life_world_hold(w);
	w->o->fixed_now = LIFE_DICE_AT + (int64_t)hours * 3600000;
	life_world_ok(w, life_world_run(w));
}

TEST(a_freeze_that_came_to_nothing_forgives_no_edits)
{
	struct life_world w;

	life_world_init(&w);
	edit_as(&w, "周八");
	life_world_frozen(&w);
	CHECK_INT(life_cancel(w.o, w.a, w.draw, "名单有误", NULL), OK);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	life_world_as(&w, "周八");
	REFUSED(&w, life_approve(w.o, w.a, w.draw, "legal"), FORBIDDEN, "改过名录");
	/* Nor does one of another pool that has a result, unless it is the daily one. */
	life_world_as(&w, "张三");
	CHECK_INT(life_cancel(w.o, w.a, w.draw, "改期", NULL), OK);
	life_lists_now.prefix = "T";
	life_lists_now.rule = "campaign";
	run_of(&w, "c-1", "dice 20d10 hall 2026-03-02T12:00", 3);
	CHECK_INT(life_world_prepare(&w, "c-2"), OK);
	life_world_as(&w, "周八");
	REFUSED(&w, life_approve(w.o, w.a, w.draw, "legal"), FORBIDDEN, "改过名录");
	life_world_as(&w, "张三");
	life_lists_now.prefix = "D";
	life_lists_now.rule = "daily";
	run_of(&w, "daily", "dice 20d10 hall 2026-03-02T18:00", 9);
	CHECK_INT(life_world_prepare(&w, "c-3"), OK);
	life_world_as(&w, "周八");
	CHECK_INT(life_approve(w.o, w.a, w.draw, "legal"), OK);
	life_world_release(&w);
}

TEST(what_was_approved_is_what_is_frozen)
{
	struct life_world w;

	life_world_init(&w);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	CHECK_INT(life_world_row(&w).approved_version, 1);
	life_world_sql(&w,
		       "insert into plan_version (plan, version, state, title, authority, area,"
		       " period, rules, day_load, made_by, made_at, submitted_by, submitted_at,"
		       " decided_by, decided_at, reason) select plan, 2, state, title, authority,"
		       " area, period, rules, day_load, made_by, made_at, submitted_by,"
		       " submitted_at, decided_by, decided_at, reason from plan_version");
	REFUSED(&w, life_world_freeze(&w), CONFLICT, "批准的是计划 P-2026 第 1 版，现在是第 2 版");
	life_world_sql(&w, "update plan_version set state = 'returned' where version = 2");
	life_world_sql(&w, "update plan_version set rules = '[]' where version = 1");
	REFUSED(&w, life_world_freeze(&w), CONFLICT, "重新准备");
	life_world_release(&w);
}
