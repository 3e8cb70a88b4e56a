/* test/app/ledger_stranger.c — who writes the database and has no keys gets nothing numbered or signed. */
#include "app/ledger_checkpoint.h"
#include "base/status.h"

#include "../db/scene.h"
#include "ledger_attack.h"
#include "unit.h"

TEST(an_entry_of_a_strangers_hand_gets_no_number)
{
	struct ledger_attack t;
	struct office *o = &t.world.office;

	ledger_attack_init(&t);
	ledger_attack_pending(&t, WORLD_START, NULL);
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_expect(&t, "pending", VERIFY_FAILED, "有 1 条不是本程序写下的");
	CHECK_INT(office_world_act(o, "test.act", "after"), OK);
	CHECK(strstr(o->why, "有 1 条不是本程序写下的") != NULL);
	CHECK_INT(scene_number(o->db, "select count(*) from ledger_entry where seq is null"), 1);
	CHECK_INT(scene_number(o->db, "select max(seq) from ledger_entry"), 300);
	ledger_attack_release(&t);
}

TEST(a_copy_of_a_pending_entry_gets_no_number)
{
	struct ledger_attack t;
	struct office *o = &t.world.office;

	ledger_attack_init(&t);
	ledger_attack_pending(&t, WORLD_START, o->keys);
	ledger_attack_sql(&t, "insert into ledger_entry (time, actor, roles, action, subject,"
			      " digest, source, mark) select time, actor, roles, action, subject,"
			      " digest, source, mark from ledger_entry where seq is null");
	ledger_attack_sql(&t, "insert into ledger_entry (time, actor, roles, action, subject,"
			      " digest, source, mark) select time, actor, roles, action, subject,"
			      " digest, source, mark from ledger_entry where seq = 7");
	CHECK_INT(office_world_act(o, "test.act", "after"), OK);
	CHECK(strstr(o->why, "有 2 条不是本程序写下的") != NULL);
	CHECK_INT(scene_number(o->db, "select max(seq) from ledger_entry"), 301);
	ledger_attack_release(&t);
}

TEST(many_strange_entries_stand_in_nobodys_way)
{
	struct ledger_attack t;
	struct office *o = &t.world.office;

	ledger_attack_init(&t);
	ledger_attack_sql(&t, "insert into ledger_entry (time, actor, roles, action, subject,"
			      " digest, source) select a.time, a.actor, a.roles, a.action,"
			      " a.subject, '', a.source from ledger_entry as a"
			      " join ledger_entry as b on b.seq < 5");
	CHECK_INT(office_world_act(o, "test.act", "after"), OK);
	CHECK(strstr(o->why, "有 1500 条") != NULL);
	CHECK_INT(scene_number(o->db, "select max(seq) from ledger_entry"), 300);
	ledger_attack_release(&t);
}

/* Leaves and tree need no key, so the next checkpoint must not make them true. */
TEST(what_a_stranger_numbered_is_never_signed)
{
	struct ledger_attack t;
	struct office *o = &t.world.office;
	const char *note;

	ledger_attack_init(&t);
	ledger_attack_insert(&t, 300);
	ledger_attack_leaves_only(&t, 300, 301, false);
	ledger_attack_tree(&t);
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_rest_ok(&t, "marks");
	ledger_attack_expect(&t, "marks", VERIFY_FAILED, "编号 300");
	CHECK_INT(ledger_checkpoint(o, &t.world.arena, &note), INVALID);
	CHECK(strstr(o->why, "不是本程序写下的") != NULL);
	ledger_attack_leaves(&t, 300, 301);
	CHECK_INT(ledger_checkpoint(o, &t.world.arena, &note), OK);
	ledger_attack_release(&t);
}

TEST(an_entry_changed_since_the_last_checkpoint_is_not_signed)
{
	struct ledger_attack t;
	struct office *o = &t.world.office;
	const char *note;

	ledger_attack_init(&t);
	CHECK_INT(office_world_act(o, "test.act", "a"), OK);
	CHECK_INT(office_world_act(o, "test.act", "b"), OK);
	ledger_attack_sql(&t, "update ledger_entry set actor = 'x' where seq = 300");
	ledger_attack_leaves_only(&t, 300, 301, false);
	ledger_attack_tree(&t);
	CHECK_INT(ledger_checkpoint(o, &t.world.arena, &note), INVALID);
	CHECK(strstr(o->why, "不是本程序写下的") != NULL);
	ledger_attack_release(&t);
}

TEST(a_tree_that_does_not_follow_from_the_entries_is_not_signed)
{
	struct ledger_attack t;
	struct office *o = &t.world.office;
	const char *note;

	ledger_attack_init(&t);
	CHECK_INT(office_world_act(o, "test.act", "a"), OK);
	ledger_attack_sql(&t, "delete from ledger_entry where seq = 300");
	CHECK_INT(ledger_checkpoint(o, &t.world.arena, &note), INVALID);
	CHECK(strstr(o->why, "对不上") != NULL);
	ledger_attack_release(&t);
}
