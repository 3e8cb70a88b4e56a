/* test/app/life_told.c — a row that is put into a state for the time of one act, and then back. */
#include "app/life_told.h"

#include "app/life_change.h"
#include "app/life_visit.h"
#include "base/status.h"
#include "store/visit.h"

#include "life_world.h"
#include "unit.h"

#include <stdio.h>

#define REFUSED LIFE_REFUSED

static int export(struct life_world *w, enum life_form form)
{
	struct draw_row row;

	return life_export(w->o, w->a, w->draw, form, arena_printf(w->a, "%s/out", unit_folder()),
			   &row);
}

TEST(a_draw_that_seems_revealed_is_not_opened)
{
	struct life_world w;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_sql(&w,
		       "update draw set state = 'revealed', revealed_at = 5, revealed_by = 'x'");
	REFUSED(&w, export(&w, LIFE_PUBLIC), FORBIDDEN, "“揭示抽取”在账簿里没有");
	REFUSED(&w, export(&w, LIFE_AUDIT), FORBIDDEN, "“揭示抽取”在账簿里没有");
	/* An entry that the program did not write is none. */
	life_world_sql(&w,
		       "insert into ledger_entry (time, actor, roles, action, subject, digest,"
		       " source, seq, salt, leaf) select 5, 'x', '', 'draw.reveal', subject, '',"
		       " '', 900, salt, leaf from ledger_entry where action = 'draw.run'");
	REFUSED(&w, export(&w, LIFE_PUBLIC), FORBIDDEN, "“揭示抽取”在账簿里没有");
	life_world_release(&w);
}

TEST(an_approval_that_nobody_gave_freezes_nothing)
{
	struct life_world w;

	life_world_init(&w);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	life_world_sql(&w, "update ledger_entry set action = 'draw.answer' where action ="
			   " 'draw.approve'");
	REFUSED(&w, life_world_freeze(&w), FORBIDDEN, "“批准锁定”在账簿里没有");
	life_world_release(&w);
}

TEST(holders_who_never_signed_let_nobody_draw)
{
	struct life_world w;

	life_world_init(&w);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	CHECK_INT(life_world_freeze(&w), OK);
	w.o->fixed_now = LIFE_DICE_AT + 60000;
	REFUSED(&w, life_world_run(&w), CONFLICT, "保管人都要登记");
	life_world_sql(&w, "insert into draw_holder (draw, office, holder, at, rehearsed_at) select"
			   " key, 'discipline', '王五', 5, 0 from draw union all select key,"
			   " 'archive', '钱七', 5, 0 from draw");
	REFUSED(&w, life_world_run(&w), FORBIDDEN, "“登记份额保管人”在账簿里没有");
	life_world_release(&w);
}

TEST(a_draw_is_drawn_once)
{
	struct life_world w;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_sql(&w, "delete from visit_member");
	life_world_sql(&w, "delete from visit");
	life_world_sql(&w, "delete from draw_file where name in ('record', 'seed', 'result.tsv',"
			   " 'result.root', 'values')");
	life_world_sql(&w,
		       "update draw set state = 'frozen', drawn_at = 0, drawn_by = '', root = '',"
		       " drawn = 0");
	REFUSED(&w, life_world_run(&w), FORBIDDEN, "不能再抽");
	CHECK_INT(life_world_number(&w, "select count(*) from visit"), 0);
	life_world_release(&w);
}

/* The mark of a numbered entry is over its leaf alone: its words must fit that. */
TEST(an_entry_of_another_step_is_no_approval)
{
	struct life_world w;

	life_world_init(&w);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	life_world_sql(&w, "update draw set state = 'approved', approved_by = '李四',"
			   " approved_for = 'legal', approved_at = 5, approved_version = 1");
	life_world_sql(&w, "update ledger_entry set action = 'draw.approve', actor = '李四'"
			   " where action = 'draw.prepare'");
	REFUSED(&w, life_world_freeze(&w), FORBIDDEN, "“批准锁定”在账簿里没有");
	life_world_release(&w);
}

static int altered(struct office *o, struct arena *a, int64_t year, const char **ret)
{
	(void)a;
	(void)ret;
	snprintf(o->why, sizeof(o->why), "%lld 年的名录被改过", (long long)year);
	return FORBIDDEN;
}

TEST(what_does_not_fit_the_ledger_is_not_frozen)
{
	const char *entropy = LIFE_DICE;
	struct life_frozen frozen;
	struct life_world w;

	life_world_init(&w);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	const struct life_freeze in = { .draw = w.draw,
					.entropy = &entropy,
					.entropy_count = 1,
					.escrow = arena_printf(w.a, "%s/no.pdf", unit_folder()),
					.lists = life_world_lists,
					.basis = altered };
	REFUSED(&w, life_freeze(w.o, &in, &w.notes, &frozen), FORBIDDEN, "2026 年的名录被改过");
	CHECK_STR(life_world_row(&w).state, "approved");
	CHECK_INT(life_world_freeze(&w), OK);
	life_world_release(&w);
}

/* ---- teams, for the time of an acceptance ---- */

static const char *member_of(struct life_world *w, const char *visit, size_t at)
{
	struct visit_member *team;
	size_t count;

	CHECK_INT(visit_member_list(w->o->db, w->a, visit, false, &team, &count), OK);
	return at < count ? team[at].inspector : "";
}

static int open_own(struct life_world *w, const char *visit, const char *inspector)
{
	const struct life_opening in = { .visit = visit, .inspector = inspector, .reason = "派车" };
	struct life_site site;

	life_world_as(w, inspector);
	int rc = life_name_open(w->o, w->a, &in, &site);
	life_world_as(w, "张三");
	return rc;
}

TEST(who_is_put_into_a_team_accepts_and_opens_nothing)
{
	struct life_world w;
	struct life_site site;
	const char **ids;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_visits(&w, &ids);
	const char *mine = member_of(&w, ids[0], 0);
	const char *stranger = "P-X";
	life_world_sql(&w, arena_printf(w.a,
					"update visit_member set inspector = 'P-X' where visit ="
					" '%s' and inspector = '%s'",
					ids[0], mine));
	REFUSED(&w, life_world_accept(&w, ids[0], stranger, &site), FORBIDDEN, "与账簿不符");
	REFUSED(&w, open_own(&w, ids[0], stranger), FORBIDDEN, "与账簿不符");
	life_world_sql(&w, arena_printf(w.a,
					"update visit_member set inspector = '%s' where"
					" inspector = 'P-X'",
					mine));
	life_world_sql(&w, arena_printf(w.a,
					"insert into visit_member (visit, place, inspector,"
					" grade, lead, left_at) select visit, 9, 'P-X', grade, 0,"
					" 0 from visit_member where visit = '%s' and inspector ="
					" '%s'",
					ids[0], mine));
	REFUSED(&w, life_world_accept(&w, ids[0], stranger, &site), FORBIDDEN, "与账簿不符");
	life_world_sql(&w, "delete from visit_member where inspector = 'P-X'");
	life_world_ok(&w, open_own(&w, ids[0], mine));
	life_world_ok(&w, life_world_accept(&w, ids[0], mine, &site));
	w.touched = false; /* all of it was taken back */
	life_world_release(&w);
}

TEST(who_has_left_a_team_accepts_nothing)
{
	struct life_world w;
	struct life_changed out;
	struct life_site site;
	const char **ids;

	life_world_init(&w);
	life_world_drawn(&w);
	life_world_visits(&w, &ids);
	const char *gone = member_of(&w, ids[0], 0);
	const struct life_change in = { .kind = LIFE_ILLNESS,
					.visit = ids[0],
					.member = gone,
					.approver = "局长",
					.reason = "住院" };
	life_world_ok(&w, life_change(w.o, w.a, &in, &out));
	life_world_sql(&w, arena_printf(w.a,
					"update visit_member set left_at = 0 where inspector ="
					" '%s'",
					gone));
	REFUSED(&w, life_world_accept(&w, ids[0], gone, &site), FORBIDDEN, "已离开检查组");
	/* The whole change unmade: row, member and entry. */
	life_world_sql(&w, arena_printf(w.a,
					"delete from visit_member where inspector = '%s' and"
					" place > 1",
					out.member));
	life_world_sql(&w, "delete from visit_change");
	REFUSED(&w, life_world_accept(&w, ids[0], gone, &site), FORBIDDEN, "与账簿不符");
	life_world_sql(&w, "delete from ledger_entry where action = 'visit.illness'");
	REFUSED(&w, life_world_accept(&w, ids[0], gone, &site), FORBIDDEN, "账簿里有缺");
	life_world_release(&w);
}
