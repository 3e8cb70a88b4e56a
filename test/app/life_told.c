/* test/app/life_told.c — a row that is put into a state for the time of one act, and then back. */
#include "app/life_told.h"
#include "base/status.h"

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
	REFUSED(&w, export(&w, LIFE_PUBLIC), FORBIDDEN, "“公开抽取”在账簿里没有");
	REFUSED(&w, export(&w, LIFE_AUDIT), FORBIDDEN, "“公开抽取”在账簿里没有");
	/* An entry that the program did not write is none. */
	life_world_sql(&w,
		       "insert into ledger_entry (time, actor, roles, action, subject, digest,"
		       " source, seq, salt, leaf) select 5, 'x', '', 'draw.reveal', subject, '',"
		       " '', 900, salt, leaf from ledger_entry where action = 'draw.run'");
	REFUSED(&w, export(&w, LIFE_PUBLIC), FORBIDDEN, "“公开抽取”在账簿里没有");
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
