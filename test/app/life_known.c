/* test/app/life_known.c — whoever approves, signs or holds a share is on the list of known people. */
#include "app/life_change.h"
#include "app/life_end.h"
#include "app/life_open.h"
#include "app/life_prepare.h"
#include "app/life_reveal.h"
#include "app/life_visit.h"
#include "app/person.h"
#include "base/file.h"
#include "base/status.h"

#include "life_world.h"
#include "unit.h"

#include <string.h>

#define REFUSED(w, call, code, words) LIFE_REFUSED((w), (call), (code), (words))

static int add(struct life_world *w, const char *name, const char *role, const char *approver)
{
	return person_add(w->o, w->a, &(struct person_change){ name, role, approver });
}

static int leave(struct life_world *w, const char *name, const char *role, const char *approver)
{
	return person_leave(w->o, w->a, &(struct person_change){ name, role, approver });
}

TEST(the_list_begins_with_one_and_changes_when_another_of_it_agrees)
{
	struct life_world w;
	struct person_shown *list;
	size_t count;

	life_world_init(&w);
	REFUSED(&w, add(&w, "局 长 ", "leader", NULL), INVALID, "姓名");
	REFUSED(&w, add(&w, "局长", "king", NULL), INVALID, "king");
	REFUSED(&w, leave(&w, "局长", "leader", "李四"), FORBIDDEN, "李四");
	life_world_ok(&w, add(&w, "局长", "leader", NULL));
	REFUSED(&w, add(&w, "李四", "legal", NULL), FORBIDDEN, "另一人同意");
	REFUSED(&w, add(&w, "李四", "legal", "王五"), FORBIDDEN, "不在人员名单");
	REFUSED(&w, add(&w, "李四", "legal", "李四"), FORBIDDEN, "自己的变动");
	REFUSED(&w, add(&w, "李四", "legal", w.o->actor), FORBIDDEN, "不能自己批准");
	life_world_ok(&w, add(&w, "李四", "legal", "局长"));
	REFUSED(&w, add(&w, "李四", "legal", "局长"), CONFLICT, "已经在名单里");
	REFUSED(&w, add(&w, "李 四", "discipline", "局长"), INVALID, "另一种写法");
	REFUSED(&w, leave(&w, "李四", "archive", "局长"), NONE, "archive");
	life_world_ok(&w, leave(&w, "李四", "legal", "局长"));
	REFUSED(&w, leave(&w, "局长", "leader", "李四"), CONFLICT, "最后一人");
	life_world_ok(&w, person_list(w.o, w.a, &list, &count));
	CHECK_INT(count, 2);
	CHECK(list[0].left_at == 0 && list[1].left_at != 0 && list[1].role == PERSON_LEGAL);
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where action in"
					" ('person.add', 'person.leave')"),
		  3);
	life_world_release(&w);
}

TEST(a_draw_is_approved_and_its_shares_held_by_known_people)
{
	struct life_world w;

	life_world_init(&w);
	life_world_everybody(&w);
	life_world_ok(&w, life_world_prepare(&w, "daily"));
	const char *actor = w.o->actor;
	life_world_as(&w, "某人");
	REFUSED(&w, life_approve(w.o, w.a, w.draw, "legal"), FORBIDDEN, "不在人员名单的法制");
	life_world_as(&w, "王五");
	REFUSED(&w, life_approve(w.o, w.a, w.draw, "legal"), FORBIDDEN, "不在人员名单的法制");
	life_world_as(&w, actor);
	life_world_ok(&w, life_world_approve(&w));
	life_world_ok(&w, life_world_freeze(&w));
	REFUSED(&w, life_world_hold_as(&w, "某人", "discipline", NULL), FORBIDDEN, "纪检");
	REFUSED(&w, life_world_hold_as(&w, "王五", "archive", NULL), FORBIDDEN, "档案");
	REFUSED(&w, life_hold(w.o, w.a, w.draw, "archive", NULL), FORBIDDEN, "“张三”不在人员名单");
	const char *wrong = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
	REFUSED(&w, life_world_hold_as(&w, "钱七", "archive", wrong), INVALID, "打不开");
	CHECK_INT(life_world_number(&w, "select count(*) from draw_holder"), 0);
	const char *share = life_world_secret(&w, LIFE_SHARE);
	life_world_ok(&w, life_world_hold_as(&w, "钱七", "archive", share));
	CHECK_INT(life_world_number(&w, arena_printf(w.a,
						     "select count(*) from draw_share where opened"
						     " = '%s'",
						     share)),
		  0);
	life_world_ok(&w, life_world_hold_as(&w, "王五", "discipline", NULL));
	life_world_release(&w);
}

TEST(later_changes_and_the_annulment_are_agreed_to_by_known_people)
{
	struct life_world w;
	struct life_changed out;
	struct life_site site;
	struct visit_member *team;
	const char **ids;
	size_t count;

	life_world_init(&w);
	life_world_everybody(&w);
	life_world_drawn(&w);
	life_world_visits(&w, &ids);
	CHECK_INT(visit_member_list(w.o->db, w.a, ids[0], false, &team, &count), OK);
	struct life_change ill = { LIFE_ILLNESS, ids[0], team[0].inspector, NULL, "某人",
				   NULL,         "住院" };
	REFUSED(&w, life_change(w.o, w.a, &ill, &out), FORBIDDEN, "某人");
	ill.approver = "钱七";
	REFUSED(&w, life_change(w.o, w.a, &ill, &out), FORBIDDEN, "钱七");
	ill.approver = "李四";
	life_world_ok(&w, life_change(w.o, w.a, &ill, &out));
	const struct life_opening look = { ids[1], "派车", NULL, "某人" };
	REFUSED(&w, life_name_open(w.o, w.a, &look, &site), FORBIDDEN, "某人");
	life_world_ok(&w, add(&w, "周九", "leader", "局长"));
	const struct life_annul no = { w.draw, "缺陷", "某人", "王五" };
	REFUSED(&w, life_annul(w.o, w.a, &no), FORBIDDEN, "某人");
	const struct life_annul turned = { w.draw, "缺陷", "王五", "周九" };
	REFUSED(&w, life_annul(w.o, w.a, &turned), FORBIDDEN, "王五");
	const struct life_annul yes = { w.draw, "缺陷", "周九", "王五" };
	life_world_ok(&w, life_annul(w.o, w.a, &yes));
	life_world_release(&w);
}

TEST(the_auditors_form_and_the_escrow_are_for_known_people)
{
	struct life_world w;
	struct draw_row row;

	life_world_init(&w);
	life_world_everybody(&w);
	life_world_drawn(&w);
	const char *share = life_world_secret(&w, LIFE_SHARE);
	const char *out = arena_printf(w.a, "%s/audit", unit_folder());
	life_world_finish(&w);
	REFUSED(&w, life_reveal(w.o, w.a, w.draw, share, &row), FORBIDDEN, "档案");
	life_world_as(&w, "钱七");
	life_world_ok(&w, life_reveal(w.o, w.a, w.draw, share, &row));
	REFUSED(&w, life_export(w.o, w.a, w.draw, LIFE_AUDIT, out, &row), FORBIDDEN, "钱七");
	CHECK(!file_exists(out));
	life_world_as(&w, "王五");
	life_world_ok(&w, life_export(w.o, w.a, w.draw, LIFE_AUDIT, out, &row));
	life_world_release(&w);
}

TEST(real_data_know_nobody_before_the_list_begins)
{
	struct life_world w;

	life_world_init(&w);
	life_world_ok(&w, life_world_prepare(&w, "daily"));
	w.o->demo = false;
	REFUSED(&w, life_world_approve(&w), FORBIDDEN, "不在人员名单");
	w.o->demo = true;
	life_world_ok(&w, life_world_approve(&w));
	life_world_ok(&w, life_world_freeze(&w));
	life_world_ok(&w, add(&w, "王五", "discipline", NULL));
	w.o->demo = false;
	REFUSED(&w, life_world_hold_as(&w, "王五", "discipline", NULL), INVALID, "--share-file");
	w.o->demo = true;
	life_world_release(&w);
}

TEST(an_empty_file_is_no_evidence)
{
	struct life_world w;
	char digest[OFFICE_DIGEST];

	life_world_init(&w);
	const char *path = arena_printf(w.a, "%s/photo", unit_folder());
	CHECK_INT(file_write(path, "", 0, 0600), OK);
	CHECK_INT(life_evidence(path, digest), INVALID);
	CHECK_INT(file_write(path, "x", 1, 0600), OK);
	CHECK_INT(life_evidence(path, digest), OK);
	life_world_release(&w);
}

TEST(who_acts_in_a_draw_is_known_and_has_the_role)
{
	struct life_world w;
	struct draw_row row;
	struct life_changed out;
	struct visit_member *team;
	const char **ids;
	size_t count;

	life_world_init(&w);
	life_world_everybody(&w);
	life_world_ok(&w, life_world_prepare(&w, "daily"));
	life_world_as(&w, "某人");
	REFUSED(&w, life_cancel(w.o, w.a, w.draw, "写错了", NULL), FORBIDDEN,
		"“某人”不在人员名单的负责人、双随机管理员里，不能办理这件事");
	life_world_as(&w, "李四");
	REFUSED(&w, life_cancel(w.o, w.a, w.draw, "写错了", NULL), FORBIDDEN, "“李四”不在");
	life_world_as(&w, "张三");
	life_world_ok(&w, life_cancel(w.o, w.a, w.draw, "写错了", NULL));
	life_world_frozen(&w);
	w.o->fixed_now = LIFE_DICE_AT + 60000;
	life_world_as(&w, "某人");
	REFUSED(&w, life_world_run(&w), FORBIDDEN, "“某人”不在");
	life_world_as(&w, "张三");
	life_world_ok(&w, life_world_run(&w));
	life_world_visits(&w, &ids);
	CHECK_INT(visit_member_list(w.o->db, w.a, ids[0], false, &team, &count), OK);
	const struct life_change ill = { LIFE_ILLNESS, ids[0], team[0].inspector, NULL, "李四",
					 NULL,         "住院" };
	life_world_as(&w, "某人");
	REFUSED(&w, life_change(w.o, w.a, &ill, &out), FORBIDDEN, "“某人”不在");
	REFUSED(&w, life_reveal(w.o, w.a, w.draw, NULL, &row), CONFLICT, "");
	life_world_as(&w, "张三");
	life_world_finish(&w);
	life_world_as(&w, "某人");
	REFUSED(&w, life_reveal(w.o, w.a, w.draw, NULL, &row), FORBIDDEN, "“某人”不在");
	/* a session's permission was asked for before */
	w.o->source = "192.0.2.7";
	life_world_ok(&w, life_reveal(w.o, w.a, w.draw, NULL, &row));
	w.o->source = OFFICE_LOCAL;
	life_world_release(&w);
}

TEST(a_visit_is_told_of_by_its_team_or_the_planner)
{
	struct life_world w;
	struct life_site site;
	struct visit_member *team;
	const char **ids;
	size_t count;

	life_world_init(&w);
	life_world_everybody(&w);
	life_world_drawn(&w);
	life_world_visits(&w, &ids);
	CHECK_INT(visit_member_list(w.o->db, w.a, ids[0], false, &team, &count), OK);
	life_world_ok(&w, life_world_accept(&w, ids[0], team[0].inspector, &site));
	life_world_as(&w, "某人");
	REFUSED(&w, life_done(w.o, w.a, ids[0], 0, false), FORBIDDEN, "不在检查任务");
	life_world_as(&w, team[1].inspector);
	life_world_ok(&w, life_done(w.o, w.a, ids[0], 0, false));
	life_world_as(&w, "张三");
	life_world_release(&w);
}
