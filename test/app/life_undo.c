/* test/app/life_undo.c — what was said to be made can be taken back, by two, while nothing was reckoned with it. */
#include "app/life_undo.h"

#include "app/life_list.h"
#include "app/life_visit.h"
#include "base/status.h"

#include "life_world.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

#define REFUSED(w, in, code, words)                                                                \
	do {                                                                                       \
		CHECK_INT(life_undo((w)->o, (w)->a, (in)), (code));                                \
		if (!CHECK(strstr((w)->o->why, (words))))                                          \
			printf("# %s\n", (w)->o->why);                                             \
	} while (0)

static const char *made(struct life_world *w)
{
	struct visit_member *team;
	struct life_site site;
	const char **ids;
	size_t count;

	life_world_visits(w, &ids);
	CHECK_INT(visit_member_list(w->o->db, w->a, ids[0], false, &team, &count), OK);
	life_world_ok(w, life_world_accept(w, ids[0], team[0].inspector, &site));
	life_world_ok(w, life_done(w->o, w->a, ids[0], 0, true));
	w->o->fixed_now += 60000;
	return ids[0];
}

TEST(a_visit_said_to_be_made_is_taken_back_and_said_again)
{
	struct life_world w;
	struct life_visit_shown shown;
	struct visit_row v;

	life_world_init(&w);
	life_world_drawn(&w);
	const struct life_undo in = { made(&w), "登记到了别家的任务上", "局长" };
	life_world_ok(&w, life_undo(w.o, w.a, &in));
	CHECK_INT(visit_get(w.o->db, w.a, in.visit, &v), OK);
	CHECK_STR(v.state, "accepted");
	CHECK(v.held && v.day == 0 && !v.offsite && v.ended_at == 0 && *v.site);
	CHECK_INT(life_world_number(&w, "select count(*) from visit where held = 0"), 0);
	REFUSED(&w, &in, CONFLICT, "已经接收");
	CHECK_INT(life_visit_show(w.o, w.a, in.visit, &shown), OK);
	CHECK_INT(shown.undone_count, 1);
	CHECK(shown.undone[0].offsite && shown.undone[0].day == 20514);
	CHECK_STR(shown.undone[0].approver, "局长");
	life_world_ok(&w, life_done(w.o, w.a, in.visit, 0, false));
	CHECK_INT(visit_get(w.o->db, w.a, in.visit, &v), OK);
	CHECK(!v.offsite && !v.held);
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where action ="
					" 'visit.done'"),
		  2);
	life_world_release(&w);
}

/* The books tell what was said twice apart by its time. */
TEST(what_was_taken_back_is_not_said_again_at_the_same_time)
{
	struct life_world w;

	life_world_init(&w);
	life_world_drawn(&w);
	const struct life_undo in = { made(&w), "登记到了别家的任务上", "局长" };
	w.o->fixed_now -= 60000;
	life_world_ok(&w, life_undo(w.o, w.a, &in));
	CHECK_INT(life_done(w.o, w.a, in.visit, 0, false), CONFLICT);
	CHECK(strstr(w.o->why, "更晚的 --now"));
	w.o->fixed_now += 1;
	life_world_ok(&w, life_done(w.o, w.a, in.visit, 0, false));
	life_world_ok(&w, life_undo(w.o, w.a, &in));
	CHECK_INT(life_done(w.o, w.a, in.visit, 0, true), CONFLICT);
	w.o->fixed_now -= 1;
	CHECK_INT(life_done(w.o, w.a, in.visit, 0, true), CONFLICT);
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where action ="
					" 'visit.done'"),
		  2);
	life_world_release(&w);
}

TEST(nobody_takes_it_back_alone)
{
	struct life_world w;

	life_world_init(&w);
	life_world_everybody(&w);
	life_world_drawn(&w);
	struct life_undo in = { made(&w), "", "局长" };
	REFUSED(&w, &in, INVALID, "写明");
	in.reason = "错了";
	in.approver = w.o->actor;
	REFUSED(&w, &in, FORBIDDEN, "不能自己批准");
	in.approver = "路人";
	REFUSED(&w, &in, FORBIDDEN, "路人");
	in.approver = "局长";
	life_world_as(&w, "某人");
	REFUSED(&w, &in, FORBIDDEN, "某人");
	life_world_as(&w, "张三");
	in = (struct life_undo){ "nothing", "错了", "局长" };
	REFUSED(&w, &in, NONE, "nothing");
	CHECK_INT(life_world_number(&w, "select count(*) from visit where state = 'visited'"), 1);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_undone"), 0);
	life_world_release(&w);
}

/* A list that was frozen since has counted it, and whether that draw has the site is nobody's to know. */
TEST(what_a_later_list_has_counted_stays)
{
	struct life_world w;

	life_world_init(&w);
	life_world_drawn(&w);
	const struct life_undo in = { made(&w), "错了", "局长" };
	life_lists_now.prefix = "T";
	life_lists_now.rule = "campaign";
	life_world_ok(&w, life_world_prepare(&w, "campaign-1"));
	life_world_ok(&w, life_world_approve(&w));
	life_world_ok(&w, life_world_freeze_with(&w, "dice 20d10 hall 2026-03-02T12:00", NULL, 0));
	REFUSED(&w, &in, CONFLICT, w.draw);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_undone"), 0);
	life_world_release(&w);
}
