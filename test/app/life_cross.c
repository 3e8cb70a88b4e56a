/* test/app/life_cross.c — the city's cross draw, and pressing a branch for an answer. */
#include "app/life_cross.h"

#include "app/life_list.h"
#include "app/life_open.h"
#include "app/life_prepare.h"
#include "app/life_seal.h"
#include "base/status.h"

#include "../db/scene.h"
#include "life_world.h"
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

static int prepare_cross(struct life_world *w)
{
	const struct life_prepare in = {
		.plan = "P-2026", .period = "2026-Q1", .pool = "daily", .kind = "cross"
	};
	struct draw_row row;
	int rc = life_prepare(w->o, w->a, &in, &row);

	if (rc == OK)
		w->draw = row.id;
	return rc;
}

TEST(nobody_inspects_his_own_district_in_a_cross_draw)
{
	struct life_world w;
	const char **ids;

	life_world_init(&w);
	life_lists_now.districts = 4;
	CHECK_INT(prepare_cross(&w), OK);
	CHECK_INT(life_world_approve(&w), OK);
	life_world_ok(&w, life_world_freeze(&w));
	CHECK_INT(life_world_hold_as(&w, "王五", "discipline", NULL), OK);
	CHECK_INT(life_world_hold_as(&w, "钱七", "archive", NULL), OK);
	w.o->fixed_now = LIFE_DICE_AT + 1;
	life_world_ok(&w, life_world_run(&w));
	size_t count = life_world_visits(&w, &ids);
	CHECK(count > 10);
	for (size_t i = 0; i < count; i++) {
		struct visit_row v;
		struct life_site site;
		struct visit_member *team;
		size_t members;
		CHECK_INT(visit_get(w.o->db, w.a, ids[i], &v), OK);
		CHECK_INT(life_site_open(w.o, w.a, &v, &site), OK);
		CHECK_INT(visit_member_list(w.o->db, w.a, ids[i], false, &team, &members), OK);
		CHECK_INT(members, 2);
		for (size_t k = 0; k < members; k++) {
			/* P00005 belongs to district 1000 + 5 % 4. */
			long own = 1000 + strtol(team[k].inspector + 1, NULL, 10) % 4;
			CHECK(own !=
			      strtol(arena_mem(w.a, site.scope.at, site.scope.len), NULL, 10));
		}
	}
	life_world_release(&w);
}

TEST(a_cross_draw_is_the_citys_and_takes_two_districts)
{
	struct life_world w;

	life_world_init(&w);
	life_lists_now.districts = 1;
	CHECK_INT(prepare_cross(&w), OK);
	CHECK_INT(life_world_approve(&w), OK);
	CHECK_INT(life_world_freeze(&w), INVALID);
	CHECK(strstr(w.o->why, "两个县区") != NULL);
	life_world_sql(&w, "update plan set body = '130638'");
	CHECK_INT(prepare_cross(&w), FORBIDDEN);
	CHECK(strstr(w.o->why, "市局") != NULL);
	life_world_release(&w);
}

TEST(districts_are_turned_round)
{
	struct life_world w;
	struct span objects = SPAN("A\ts\t\t1\nB\ts\t\t2\nC\ts\t\t1\nD\ts\t\t3\n");
	struct span people = SPAN("P1\tS\t9\t0\t1\nP2\tJ\t9\t0\t1,2\twater\nP3\tJ\t9\t0\n"
				  "P4\tS\t9\t0\t1,2,3\nP5\tS\t9\t0\t\tair\n");

	life_world_init(&w);
	CHECK_INT(life_cross_scopes(w.o, w.a, objects, &people), OK);
	CHECK(span_equal(people, SPAN("P1\tS\t9\t0\t2,3\nP2\tJ\t9\t0\t3\twater\nP3\tJ\t9\t0\n"
				      "P5\tS\t9\t0\t\tair\n")));
	life_world_release(&w);
}

/* Somebody of the branch. */
static int answer(struct life_world *w, struct life_press *in, struct visit_press *ret)
{
	const char *actor = w->o->actor;

	w->o->actor = "分局的人";
	int rc = life_press_answer(w->o, w->a, in, ret);
	w->o->actor = actor;
	return rc;
}

TEST(a_branch_is_pressed_and_answers)
{
	struct life_world w;
	struct life_press in = { .branch = "130638", .words = "进度落后", .answer_by = 20520 };
	struct life_draw_shown shown;
	struct visit_press said;

	life_world_init(&w);
	life_world_frozen(&w);
	in.draw = w.draw;
	CHECK_INT(life_press(w.o, w.a, &in), CONFLICT);
	w.o->fixed_now = LIFE_DICE_AT + 1;
	life_world_ok(&w, life_world_run(&w));
	in.answer_by = 20513;
	CHECK_INT(life_press(w.o, w.a, &in), INVALID);
	in.answer_by = 20520;
	in.branch = "雄县";
	CHECK_INT(life_press(w.o, w.a, &in), INVALID);
	in.branch = "130638";
	CHECK_INT(answer(&w, &in, &said), CONFLICT);
	life_world_ok(&w, life_press(w.o, w.a, &in));
	CHECK_INT(life_draw_show(w.o, w.a, w.draw, &shown), OK);
	CHECK_INT(shown.press_count, 1);
	CHECK_INT(shown.presses[0].answered_at, 0);
	in.words = "已完成九成";
	LIFE_REFUSED(&w, life_press_answer(w.o, w.a, &in, &said), FORBIDDEN, "分局的人");
	life_world_ok(&w, answer(&w, &in, &said));
	CHECK_STR(said.words, "进度落后");
	CHECK_INT(answer(&w, &in, &said), CONFLICT);
	CHECK_INT(life_draw_show(w.o, w.a, w.draw, &shown), OK);
	CHECK_STR(shown.presses[0].answer, "已完成九成");
	CHECK_STR(shown.presses[0].words, "进度落后");
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where action in"
					" ('draw.press', 'draw.answer')"),
		  2);
	life_world_release(&w);
}

TEST(two_pressings_take_two_answers_the_first_first)
{
	struct life_world w;
	struct life_press in = { .branch = "130638", .words = "第一件", .answer_by = 20520 };
	struct visit_press said;

	life_world_init(&w);
	life_world_frozen(&w);
	in.draw = w.draw;
	w.o->fixed_now = LIFE_DICE_AT + 1;
	life_world_ok(&w, life_world_run(&w));
	life_world_ok(&w, life_press(w.o, w.a, &in));
	in.words = "第二件";
	life_world_ok(&w, life_press(w.o, w.a, &in));
	life_world_ok(&w, answer(&w, &in, &said));
	CHECK_STR(said.words, "第一件");
	life_world_ok(&w, answer(&w, &in, &said));
	CHECK_STR(said.words, "第二件");
	CHECK_INT(answer(&w, &in, &said), CONFLICT);
	life_world_release(&w);
}

TEST(only_a_branch_of_the_city_that_the_draw_is_about_is_pressed)
{
	struct life_world w;
	struct life_press in = { .branch = "110105", .words = "进度落后", .answer_by = 20520 };

	life_world_init(&w);
	life_world_frozen(&w);
	in.draw = w.draw;
	w.o->fixed_now = LIFE_DICE_AT + 1;
	life_world_ok(&w, life_world_run(&w));
	LIFE_REFUSED(&w, life_press(w.o, w.a, &in), INVALID, "不是抽取单位");
	in.branch = "130600";
	LIFE_REFUSED(&w, life_press(w.o, w.a, &in), INVALID, "不是抽取单位");
	life_world_sql(&w, "update draw set area = '130602,130638'");
	in.branch = "130604";
	LIFE_REFUSED(&w, life_press(w.o, w.a, &in), INVALID, "只涉及");
	in.branch = "130638";
	life_world_ok(&w, life_press(w.o, w.a, &in));
	life_world_release(&w);
}

TEST(a_branch_is_answered_for_by_its_own_people)
{
	struct life_world w;
	struct life_press in = { .branch = "130602", .words = "进度落后", .answer_by = 20520 };
	struct visit_press said;

	life_world_init(&w);
	life_world_people(&w, "id,name,districts,certificate,certificate_until,left\n"
			      "P-1,赵一,\"130602;130624\",C1,2026-12-31,\n"
			      "P-2,钱二,130606,C2,2026-12-31,\n"
			      "P-3,孙三,,C3,2026-12-31,\n"
			      "P-4,李前,130602,C4,2026-12-31,2026-01-01\n");
	life_world_everybody(&w);
	life_world_frozen(&w);
	in.draw = w.draw;
	w.o->fixed_now = LIFE_DICE_AT + 1;
	life_world_ok(&w, life_world_run(&w));
	life_world_ok(&w, life_press(w.o, w.a, &in));
	life_world_ok(&w, life_press(w.o, w.a, &in));
	life_world_as(&w, "钱二");
	LIFE_REFUSED(&w, life_press_answer(w.o, w.a, &in, &said), FORBIDDEN,
		     "管辖片区里没有 130602");
	life_world_as(&w, "P-3");
	LIFE_REFUSED(&w, life_press_answer(w.o, w.a, &in, &said), FORBIDDEN,
		     "管辖片区里没有 130602");
	life_world_as(&w, "李前");
	LIFE_REFUSED(&w, life_press_answer(w.o, w.a, &in, &said), FORBIDDEN, "不在执法人员名录里");
	life_world_as(&w, "P-1");
	life_world_ok(&w, life_press_answer(w.o, w.a, &in, &said));
	life_world_as(&w, "王五");
	life_world_ok(&w, life_press_answer(w.o, w.a, &in, &said));
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where action ="
					" 'draw.answer'"),
		  2);
	life_world_release(&w);
}
