/* test/app/ledger_draws.c — rows of draws and visits changed past the program no longer fit the ledger. */
#include "app/ledger_draws.h"

#include "app/life_change.h"
#include "app/life_cross.h"
#include "app/life_visit.h"
#include "base/status.h"

#include "../db/scene.h"
#include "life_world.h"
#include "unit.h"

#include <string.h>

#define EVIDENCE "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

struct checked {
	struct arena *a;
	struct ledger_table t;
};

static int check(struct db *db, void *arg)
{
	struct checked *c = arg;

	c->t = (struct ledger_table){ 0 };
	return ledger_draws_check(db, c->a, &c->t);
}

static struct ledger_table checked(struct life_world *w)
{
	struct checked c = { .a = w->a };

	CHECK_INT(db_read(w->o->db, check, &c), OK);
	return c.t;
}

/* A draw with one visit made, one accepted, one replaced, somebody ill, a branch pressed. */
static void fill(struct life_world *w)
{
	struct life_change in = { .kind = LIFE_RESERVE,
				  .reason = "关闭",
				  .approver = "局长",
				  .second = "王五",
				  .evidence = EVIDENCE };
	const struct life_press press = { .branch = "130638", .words = "进度", .answer_by = 20520 };
	struct visit_member *team;
	struct life_changed out;
	struct life_site site;
	const char **ids;
	size_t count;

	life_world_init(w);
	life_world_drawn(w);
	CHECK(life_world_visits(w, &ids) > 4);
	in.visit = ids[0];
	life_world_ok(w, life_change(w->o, w->a, &in, &out));
	CHECK_INT(visit_member_list(w->o->db, w->a, ids[1], false, &team, &count), OK);
	life_world_ok(w, life_world_accept(w, ids[1], team[0].inspector, &site));
	life_world_ok(w, life_done(w->o, w->a, ids[1], 0, false));
	CHECK_INT(visit_member_list(w->o->db, w->a, ids[2], false, &team, &count), OK);
	life_world_ok(w, life_world_accept(w, ids[2], team[1].inspector, &site));
	CHECK_INT(visit_member_list(w->o->db, w->a, ids[3], false, &team, &count), OK);
	in = (struct life_change){ .kind = LIFE_ILLNESS,
				   .reason = "住院",
				   .approver = "局长",
				   .visit = ids[3],
				   .member = team[0].inspector };
	life_world_ok(w, life_change(w->o, w->a, &in, &out));
	struct life_press said = press;
	said.draw = w->draw;
	life_world_ok(w, life_press(w->o, w->a, &said));
}

TEST(what_was_done_by_the_program_fits)
{
	struct life_world w;

	fill(&w);
	struct ledger_table t = checked(&w);
	if (t.first)
		unit_check(false, __FILE__, __LINE__, "%s", t.first);
	CHECK_INT(t.wrong, 0);
	CHECK(t.seen >= 12);
	life_world_release(&w);
}

/* What somebody does with the database's own tools, looked at and taken back. */
struct trick {
	const char *sql;
	struct checked checked;
};

static int play(struct db *db, void *arg)
{
	struct trick *t = arg;

	TRY(scene_run(db, t->sql));
	TRY(check(db, &t->checked));
	return CANCELLED;
}

TEST(whatever_is_changed_past_the_program_is_found)
{
	static const char *const tricks[] = {
		"update draw set frozen_by = '别人'",
		"update draw set drawn_at = drawn_at + 90000000",
		"update draw set approved_by = '别人'",
		"update draw set root = '" EVIDENCE "' where state = 'drawn'",
		"update draw set reveal_by = 10000",
		"update draw set pool = 'LH-9'",
		"update draw set period = '2026-Q2'",
		"update draw set sealed = 0",
		"update draw set area = '130638'",
		"insert into person (name, role, at, actor, left_at)"
		" values ('小舅子', 'legal', 1772413200000, '局长', 0)",
		"update visit set state = 'visited', day = 20520, held = 0 where state = 'accepted'",
		"update visit set state = 'ended', ended = 'closed', site = 'X', held = 0"
		" where state = 'accepted'",
		"update visit set accepted_at = 0 where state = 'accepted'",
		"update visit set day = day + 1 where state = 'visited'",
		"update visit set offsite = 1 where state = 'visited'",
		"update visit set accepted_by = 'P99999' where state = 'accepted'",
		"update visit_member set inspector = 'P99999' where place = 0 and visit ="
		" (select max(id) from visit where replaces is null and state = 'planned')",
		"delete from visit_member where place = 1 and visit = (select max(id) from visit where replaces is null and state = 'planned')",
		"delete from visit_change where kind = 'illness'",
		"update visit_change set actor = '别人' where kind = 'illness'",
		"update visit_change set approver = '别人' where kind = 'illness'",
		"delete from visit_press",
		"update visit_press set words = '好'",
		"delete from draw_holder where office = 'archive'",
		"update draw_holder set holder = '别人' where office = 'archive'",
	};
	struct life_world w;

	fill(&w);
	for (size_t i = 0; i < COUNT(tricks); i++) {
		struct trick t = { .sql = tricks[i], .checked = { .a = w.a } };
		CHECK_INT(db_write(w.o->db, play, &t), CANCELLED);
		unit_check(t.checked.t.wrong > 0, __FILE__, __LINE__, "not found: %s", tricks[i]);
	}
	CHECK_INT(checked(&w).wrong, 0);
	life_world_release(&w);
}
