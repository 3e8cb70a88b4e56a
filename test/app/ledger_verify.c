/* test/app/ledger_verify.c — whatever is done to the database directly is found, and named. */
#include "app/ledger_verify.h"

#include "app/ledger_checkpoint.h"
#include "app/ledger_prove.h"
#include "base/status.h"

#include "../db/scene.h"
#include "ledger_attack.h"
#include "unit.h"

#include <stdio.h>

static const char deleted_checkpoints[] = "delete from ledger_checkpoint";

TEST(a_whole_ledger_passes)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_rest_ok(&t, "");
	ledger_attack_expect(&t, "numbers", VERIFY_OK, "300 条，编号 0 到 299");
	ledger_attack_expect(&t, "checkpoints", VERIFY_OK, "3 个");
	ledger_attack_expect(&t, "outside", VERIFY_OK, "2 个");
	ledger_attack_expect(&t, "documents", VERIFY_OK, "2 份");
	CHECK_INT(t.report.size, 300);
	CHECK_INT(strlen(t.report.root), 64);
	ledger_attack_verify(&t, NULL, NULL);
	ledger_attack_rest_ok(&t, "outside");
	ledger_attack_expect(&t, "outside", VERIFY_UNKNOWN, "没有与库外保存的检查点核对");
	CHECK_INT(t.report.unknown, 1);
	ledger_attack_release(&t);
}

TEST(an_empty_ledger_says_that_it_is_empty)
{
	struct ledger_attack t = { 0 };

	office_world_init(&t.world);
	ledger_attack_verify(&t, NULL, NULL);
	CHECK_INT(t.report.failed, 0);
	ledger_attack_expect(&t, "numbers", VERIFY_OK, "空的");
	ledger_attack_expect(&t, "checkpoints", VERIFY_UNKNOWN, "没有签过名的检查点");
	CHECK_INT(ledger_checkpoint(&t.world.office, &t.world.arena, &t.early), OK);
	CHECK_INT(office_world_act(&t.world.office, "test.act", "first"), OK);
	ledger_attack_verify(&t, t.early, NULL);
	CHECK_INT(t.report.failed, 0);
	ledger_attack_release(&t);
}

TEST(an_altered_entry_is_found)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	ledger_attack_sql(&t, "update ledger_entry set actor = '李四' where seq = 7");
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_expect(&t, "leaves", VERIFY_FAILED, "编号 7");
	ledger_attack_rest_ok(&t, "leaves");
	/* With its leaf. */
	ledger_attack_leaves(&t, 7, 8);
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_expect(&t, "leaves", VERIFY_OK, "");
	ledger_attack_expect(&t, "tree", VERIFY_FAILED, "不同");
	ledger_attack_expect(&t, "nodes", VERIFY_FAILED, "1 处");
	ledger_attack_expect(&t, "checkpoints", VERIFY_FAILED, "编号 0 到 99 之间");
	/* With the whole tree. */
	ledger_attack_tree(&t);
	ledger_attack_verify(&t, NULL, NULL);
	ledger_attack_expect(&t, "checkpoints", VERIFY_FAILED, "编号 0 到 99 之间");
	ledger_attack_rest_ok(&t, "checkpoints outside");
	/* With the checkpoints: only who keeps one outside sees it. */
	ledger_attack_sql(&t, deleted_checkpoints);
	ledger_attack_verify(&t, NULL, NULL);
	CHECK_INT(t.report.failed, 0);
	ledger_attack_expect(&t, "checkpoints", VERIFY_UNKNOWN, "");
	ledger_attack_expect(&t, "outside", VERIFY_UNKNOWN, "");
	ledger_attack_verify(&t, t.early, NULL);
	ledger_attack_expect(&t, "outside", VERIFY_FAILED, "甲文件与现在的账簿对不上");
	ledger_attack_release(&t);
}

TEST(an_alteration_between_checkpoints_is_placed)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	ledger_attack_sql(&t, "update ledger_entry set time = time + 1 where seq = 150");
	ledger_attack_leaves(&t, 150, 151);
	ledger_attack_tree(&t);
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_expect(&t, "checkpoints", VERIFY_FAILED, "编号 100 到 289 之间");
	ledger_attack_expect(&t, "outside", VERIFY_FAILED,
			     "乙文件与现在的账簿对不上：编号 100 到 289");
	ledger_attack_release(&t);
}

TEST(a_dropped_entry_is_found)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	ledger_attack_sql(&t, "delete from ledger_entry where seq = 50");
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_expect(&t, "numbers", VERIFY_FAILED, "从 50 起缺");
	ledger_attack_expect(&t, "tree", VERIFY_UNKNOWN, "缺条目");
	ledger_attack_expect(&t, "outside", VERIFY_FAILED, "没有这么多连续的条目");
	/* The others moved up. */
	ledger_attack_sql(&t, "update ledger_entry set seq = seq + 999 where seq > 50");
	ledger_attack_sql(&t, "update ledger_entry set seq = seq - 1000 where seq > 50");
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_expect(&t, "numbers", VERIFY_OK, "299 条");
	ledger_attack_expect(&t, "leaves", VERIFY_FAILED, "50、51、52、53、54 等 249 处");
	ledger_attack_expect(&t, "tree", VERIFY_FAILED, "树记有 300 条，实际到编号 298");
	/* With leaves and tree. */
	ledger_attack_leaves(&t, 50, 299);
	ledger_attack_tree(&t);
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_rest_ok(&t, "checkpoints outside");
	ledger_attack_expect(&t, "checkpoints", VERIFY_FAILED, "编号 0 到 99 之间");
	ledger_attack_expect(&t, "outside", VERIFY_FAILED, "甲文件与现在的账簿对不上");
	ledger_attack_release(&t);
}

TEST(an_inserted_entry_is_found)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	ledger_attack_sql(&t, "update ledger_entry set seq = seq + 1001 where seq >= 120");
	ledger_attack_sql(&t, "update ledger_entry set seq = seq - 1000 where seq >= 120");
	ledger_attack_insert(&t, 120);
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_expect(&t, "leaves", VERIFY_FAILED, "编号 120、121");
	ledger_attack_expect(&t, "tree", VERIFY_FAILED, "树记有 300 条，实际到编号 300");
	ledger_attack_leaves(&t, 120, 301);
	ledger_attack_tree(&t);
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_rest_ok(&t, "checkpoints outside");
	ledger_attack_expect(&t, "checkpoints", VERIFY_FAILED, "编号 100 到 289 之间");
	ledger_attack_expect(&t, "outside", VERIFY_FAILED, "乙文件");
	ledger_attack_release(&t);
}

TEST(an_entry_put_at_the_end_past_the_sequencer_is_found)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	ledger_attack_insert(&t, 300);
	ledger_attack_leaves(&t, 300, 301);
	ledger_attack_verify(&t, NULL, NULL);
	ledger_attack_expect(&t, "tree", VERIFY_FAILED, "树记有 300 条，实际到编号 300");
	ledger_attack_release(&t);
}

TEST(swapped_entries_are_found)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	ledger_attack_sql(&t, "update ledger_entry set seq = 1000 where seq = 30");
	ledger_attack_sql(&t, "update ledger_entry set seq = 30 where seq = 31");
	ledger_attack_sql(&t, "update ledger_entry set seq = 31 where seq = 1000");
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_expect(&t, "leaves", VERIFY_FAILED, "编号 30、31");
	ledger_attack_expect(&t, "tree", VERIFY_FAILED, "不同");
	ledger_attack_leaves(&t, 30, 32);
	ledger_attack_tree(&t);
	ledger_attack_verify(&t, t.early, NULL);
	ledger_attack_rest_ok(&t, "checkpoints outside");
	ledger_attack_expect(&t, "checkpoints", VERIFY_FAILED, "编号 0 到 99 之间");
	ledger_attack_expect(&t, "outside", VERIFY_FAILED, "甲文件");
	ledger_attack_release(&t);
}

TEST(a_truncated_tail_is_found)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	ledger_attack_sql(&t, "delete from ledger_entry where seq >= 280");
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_expect(&t, "tree", VERIFY_FAILED, "树记有 300 条，实际到编号 279");
	ledger_attack_expect(&t, "checkpoints", VERIFY_FAILED, "写明有 290 条");
	ledger_attack_tree_only(&t);
	ledger_attack_verify(&t, NULL, NULL);
	ledger_attack_expect(&t, "checkpoints", VERIFY_FAILED, "写明有 290 条");
	ledger_attack_sql(&t, "delete from ledger_checkpoint where size > 280");
	ledger_attack_verify(&t, NULL, NULL);
	ledger_attack_expect(&t, "head", VERIFY_FAILED, "300 条");
	CHECK_INT(t.report.failed, 1);
	/* With what is beside the keys. */
	ledger_attack_tree(&t);
	ledger_attack_verify(&t, NULL, NULL);
	CHECK_INT(t.report.failed, 0);
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_rest_ok(&t, "outside");
	ledger_attack_expect(&t, "outside", VERIFY_FAILED, "乙文件写明有 290 条");
	ledger_attack_release(&t);
}

/* Somebody with database and key cuts the tail, goes on and signs again: two ledgers under one name. */
TEST(two_checkpoints_that_cannot_both_be_true_are_found)
{
	struct ledger_attack t;
	const char *note;

	ledger_attack_init(&t);
	ledger_attack_sql(&t, "delete from ledger_entry where seq >= 289");
	ledger_attack_tree(&t);
	ledger_attack_sql(&t, "delete from ledger_checkpoint where size > 280");
	CHECK_INT(office_world_act(&t.world.office, "test.act", "instead"), OK);
	CHECK_INT(ledger_checkpoint(&t.world.office, &t.world.arena, &note), OK);
	ledger_attack_verify(&t, NULL, NULL);
	CHECK_INT(t.report.failed, 0);
	ledger_attack_verify(&t, t.late, NULL); /* the same size, another root */
	ledger_attack_expect(&t, "agreement", VERIFY_FAILED, "不能同时为真");
	ledger_attack_expect(&t, "outside", VERIFY_FAILED, "编号 100 到 289");
	CHECK_INT(office_world_act(&t.world.office, "test.act", "and on"), OK);
	CHECK_INT(ledger_checkpoint(&t.world.office, &t.world.arena, &note), OK);
	ledger_attack_sql(&t, "delete from ledger_checkpoint where size = 290");
	ledger_attack_verify(&t, t.late,
			     NULL); /* a smaller one that the larger does not continue */
	ledger_attack_expect(&t, "agreement", VERIFY_FAILED, "不能同时为真");
	ledger_attack_rest_ok(&t, "agreement outside");
	ledger_attack_release(&t);
}

TEST(changed_documents_are_found)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	ledger_attack_sql(&t, "update ledger_document_part set bytes ="
			      " (select salt from ledger_entry where seq = 1)"
			      " where digest = (select digest from ledger_entry where seq = 20)");
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_expect(&t, "documents", VERIFY_FAILED, "1 份文件与摘要不符");
	ledger_attack_rest_ok(&t, "documents");
	ledger_attack_sql(&t, "delete from ledger_document_part");
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_expect(&t, "documents", VERIFY_FAILED, "2 份文件与摘要不符");
	ledger_attack_sql(&t, "delete from ledger_document");
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_expect(&t, "documents", VERIFY_FAILED, "有 2 条的文件应在库中而不在");
	ledger_attack_release(&t);
}

static int name_a_file_kept_elsewhere(struct db *db, void *arg)
{
	char digest[OFFICE_DIGEST];

	(void)db;
	office_digest("x", 1, digest);
	return office_log(arg, "visit.opinion", "v-1", digest);
}

TEST(a_file_that_others_keep_is_not_missed)
{
	struct ledger_attack t;
	struct office *o = &t.world.office;

	ledger_attack_init(&t);
	CHECK_INT(office_write(o, name_a_file_kept_elsewhere, o), OK);
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_expect(&t, "documents", VERIFY_UNKNOWN, "另有 1 条的文件不在库中");
	ledger_attack_release(&t);
}

TEST(checkpoints_that_were_all_deleted_are_missed)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	t.world.office.fixed_now += INT64_C(86400000);
	CHECK_INT(office_world_act(&t.world.office, "test.act", "the next day"), OK);
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_rest_ok(&t, "");
	ledger_attack_sql(&t, deleted_checkpoints);
	ledger_attack_verify(&t, NULL, NULL);
	ledger_attack_expect(&t, "checkpoints", VERIFY_FAILED, "一个检查点也没有");
	ledger_attack_release(&t);
}

static void act_next_day(struct ledger_attack *t)
{
	t->world.office.fixed_now += INT64_C(86400000);
	CHECK_INT(office_world_act(&t->world.office, "test.act", "the next day"), OK);
}

TEST(a_deleted_checkpoint_of_one_day_is_missed)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	for (int day = 0; day < 3; day++)
		act_next_day(&t);
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_rest_ok(&t, "");
	ledger_attack_sql(&t, "delete from ledger_checkpoint where size = 301");
	ledger_attack_verify(&t, NULL, NULL);
	ledger_attack_expect(&t, "checkpoints", VERIFY_FAILED, "从编号 300 开始");
	ledger_attack_release(&t);
}

/* As a process leaves it that is killed between its act and the day's checkpoint. */
TEST(a_day_that_ended_without_a_checkpoint_gets_one)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	act_next_day(&t);
	ledger_attack_sql(&t, "delete from ledger_checkpoint where size = 301");
	act_next_day(&t);
	act_next_day(&t);
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_rest_ok(&t, "");
	ledger_attack_release(&t);
}

/* By it a clock that was set back is refused. */
TEST(a_changed_time_of_the_tree_is_found)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	ledger_attack_sql(&t, "update ledger_tree set time = time - 86400000");
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_expect(&t, "tree", VERIFY_FAILED, "最晚时间");
	ledger_attack_rest_ok(&t, "tree");
	ledger_attack_release(&t);
}

TEST(changed_checkpoints_are_found)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	ledger_attack_sql(&t, "update ledger_checkpoint set note = replace(note, '290', '291')"
			      " where size = 290");
	ledger_attack_verify(&t, NULL, NULL);
	ledger_attack_expect(&t, "checkpoints", VERIFY_FAILED, "不是本账簿的密钥签的");
	ledger_attack_sql(&t, "delete from ledger_checkpoint where size = 290");
	ledger_attack_sql(&t, "update ledger_checkpoint set size = 299 where size = 100");
	ledger_attack_verify(&t, NULL, NULL);
	ledger_attack_expect(&t, "checkpoints", VERIFY_FAILED, "实际是 100 条时的");
	ledger_attack_sql(&t, "update ledger_checkpoint set note = 'x'");
	ledger_attack_verify(&t, NULL, NULL);
	ledger_attack_expect(&t, "checkpoints", VERIFY_FAILED, "不是检查点");
	ledger_attack_release(&t);
}

TEST(a_changed_tree_is_found)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	ledger_attack_sql(
		&t, "update ledger_node set hash = (select salt from ledger_entry where seq = 0)");
	ledger_attack_verify(&t, t.early, NULL);
	ledger_attack_expect(&t, "nodes", VERIFY_FAILED, "1 处");
	ledger_attack_rest_ok(&t, "nodes");
	ledger_attack_sql(&t, "delete from ledger_node");
	ledger_attack_verify(&t, t.early, NULL);
	ledger_attack_expect(&t, "nodes", VERIFY_FAILED, "1 处");
	ledger_attack_tree(&t);
	ledger_attack_sql(&t, "insert into ledger_node (level, position, hash)"
			      " select 1, 1, hash from ledger_node");
	ledger_attack_verify(&t, t.early, NULL);
	ledger_attack_expect(&t, "nodes", VERIFY_FAILED, "1 处");
	ledger_attack_tree(&t);
	ledger_attack_sql(&t, "update ledger_tree set size = 299");
	ledger_attack_verify(&t, t.early, NULL);
	ledger_attack_expect(&t, "tree", VERIFY_FAILED, "没有完整的树根记录");
	CHECK_INT(office_world_act(&t.world.office, "test.act", "x"), INVALID);
	CHECK(strstr(office_sentence(&t.world.office, INVALID), "树已损坏") != NULL);
	ledger_attack_release(&t);
}

struct change {
	struct ledger_attack *t;
	const char *change, *where, *seq;
};

/* Makes one change, verifies, and undoes it. */
static int change_and_look(struct db *db, void *arg)
{
	const struct change *in = arg;
	char sql[200];

	(void)db;
	snprintf(sql, sizeof(sql), "%s%s%s", in->change, in->where, in->seq);
	ledger_attack_sql(in->t, sql);
	ledger_attack_verify(in->t, NULL, NULL);
	unit_check(in->t->report.failed > 0, __FILE__, __LINE__, "found: %s", sql);
	return CANCELLED;
}

TEST(any_changed_field_is_found)
{
	static const char *const changes[] = {
		"update ledger_entry set actor = actor || ' '",
		"update ledger_entry set roles = 'x'",
		"update ledger_entry set action = 'test.art'",
		"update ledger_entry set subject = subject || '0'",
		"update ledger_entry set source = ''",
		"update ledger_entry set time = time - 1",
		"update ledger_entry set digest = leaf",
		"update ledger_entry set leaf = replace(leaf, substr(leaf, 1, 1), 'g')",
		"update ledger_entry set seq = 400 + seq",
		"delete from ledger_entry",
	};
	static const char *const places[] = { "0", "1", "99", "100", "255", "256", "298", "299" };
	struct ledger_attack t;

	ledger_attack_init(&t);
	for (size_t i = 0; i < COUNT(changes); i++)
		for (size_t k = 0; k < COUNT(places); k++) {
			struct change in = { &t, changes[i], " where seq = ", places[k] };
			CHECK_INT(db_write(t.world.office.db, change_and_look, &in), CANCELLED);
		}
	ledger_attack_verify(&t, t.early, t.late);
	ledger_attack_rest_ok(&t, "");
	ledger_attack_release(&t);
}

TEST(another_key_trusts_no_checkpoint)
{
	struct ledger_attack t, other;
	struct ledger_check check = { 0 };

	ledger_attack_init(&t);
	ledger_attack_init(&other);
	check.key = other.world.office.verifier_key;
	CHECK_INT(ledger_verify(&t.world.office, &t.world.arena, &check, &t.report), OK);
	ledger_attack_expect(&t, "checkpoints", VERIFY_FAILED, "不是本账簿的密钥签的");
	ledger_attack_verify(&t, other.early, NULL);
	ledger_attack_expect(&t, "outside", VERIFY_FAILED, "不是本账簿的密钥签的");
	check.key = "a key";
	CHECK_INT(ledger_verify(&t.world.office, &t.world.arena, &check, &t.report), INVALID);
	CHECK(strstr(t.world.office.why, "不是验证密钥") != NULL);
	ledger_attack_release(&t);
	ledger_attack_release(&other);
}

TEST(what_is_no_checkpoint_is_refused)
{
	static const char *const texts[] = { "", "\n", "hello\n",
					     "c2sp.org/tlog-proof@v1\nindex 1\n\n" };
	struct ledger_attack t;

	ledger_attack_init(&t);
	for (size_t i = 0; i < COUNT(texts); i++) {
		ledger_attack_verify(&t, texts[i], NULL);
		ledger_attack_expect(&t, "outside", VERIFY_FAILED, "甲文件不是检查点，也不是");
	}
	ledger_attack_release(&t);
}

TEST(a_receipt_holds_until_its_entry_changes)
{
	struct ledger_attack t;
	struct ledger_proved p;

	ledger_attack_init(&t);
	CHECK_INT(ledger_prove(&t.world.office, &t.world.arena, -1, "s-150", &p), OK);
	CHECK_INT(p.entry.seq, 150);
	CHECK_INT(p.size, 300);
	ledger_attack_verify(&t, p.proof, NULL);
	ledger_attack_rest_ok(&t, "");
	CHECK_INT(ledger_prove(&t.world.office, &t.world.arena, 300, NULL, &p), NONE);
	CHECK_INT(ledger_prove(&t.world.office, &t.world.arena, -1, "nothing", &p), NONE);
	ledger_attack_sql(&t, "update ledger_entry set actor = 'x' where seq = 150");
	CHECK_INT(ledger_prove(&t.world.office, &t.world.arena, 150, NULL, &p), INVALID);
	ledger_attack_leaves(&t, 150, 151);
	CHECK_INT(ledger_prove(&t.world.office, &t.world.arena, 150, NULL, &p), INVALID);
	ledger_attack_release(&t);
}

TEST(nothing_is_signed_over_a_changed_past)
{
	struct ledger_attack t;
	const char *note;

	ledger_attack_init(&t);
	CHECK_INT(ledger_checkpoint(&t.world.office, &t.world.arena, &note), OK);
	CHECK_INT(scene_number(t.world.office.db, "select count(*) from ledger_checkpoint"), 3);
	ledger_attack_sql(&t, "update ledger_entry set actor = 'x' where seq = 299");
	ledger_attack_leaves(&t, 299, 300);
	ledger_attack_tree(&t);
	CHECK_INT(office_world_act(&t.world.office, "test.act", "x"), OK);
	CHECK_INT(ledger_checkpoint(&t.world.office, &t.world.arena, &note), INVALID);
	CHECK(strstr(t.world.office.why, "对不上") != NULL);
	ledger_attack_sql(&t, "delete from ledger_entry where seq > 200");
	ledger_attack_tree(&t);
	CHECK_INT(ledger_checkpoint(&t.world.office, &t.world.arena, &note), INVALID);
	CHECK(strstr(t.world.office.why, "还短") != NULL);
	ledger_attack_release(&t);
}

static int64_t checkpoints(struct ledger_attack *t)
{
	return scene_number(t->world.office.db, "select count(*) from ledger_checkpoint");
}

/* Days turn at midnight of +08:00, which is 16:00 UTC: WORLD_START is 09:00. */
TEST(the_first_act_of_a_day_signs_a_checkpoint)
{
	struct ledger_attack t = { 0 };
	struct office *o = &t.world.office;

	office_world_init(&t.world);
	CHECK_INT(office_world_act(o, "test.act", "a"), OK);
	CHECK_INT(checkpoints(&t), 1);
	o->fixed_now = WORLD_START + 15 * INT64_C(3600000) - 1;
	CHECK_INT(office_world_act(o, "test.act", "b"), OK);
	CHECK_INT(checkpoints(&t), 1);
	o->fixed_now++;
	CHECK_INT(office_world_act(o, "test.act", "c"), OK);
	CHECK_INT(checkpoints(&t), 2);
	CHECK_INT(scene_number(o->db, "select max(size) from ledger_checkpoint"), 3);
	/* A changed past stops the signing, not the work, and is told. */
	ledger_attack_sql(&t, "update ledger_entry set actor = 'x' where seq = 0");
	ledger_attack_leaves(&t, 0, 1);
	o->fixed_now += INT64_C(86400000);
	CHECK_INT(office_world_act(o, "test.act", "d"), OK);
	CHECK(strstr(o->why, "检查点没有签成") != NULL && strstr(o->why, "对不上") != NULL);
	CHECK_INT(checkpoints(&t), 2);
	ledger_attack_release(&t);
}

TEST(times_that_go_back_are_shown)
{
	struct ledger_attack t;

	ledger_attack_init(&t);
	t.world.office.fixed_now = WORLD_START - OFFICE_CLOCK_BACK_MS;
	CHECK_INT(office_world_act(&t.world.office, "test.act", "a little"), OK);
	ledger_attack_verify(&t, t.early, NULL);
	ledger_attack_rest_ok(&t, "");
	ledger_attack_pending(&t, 1000, t.world.office.keys);
	ledger_attack_verify(&t, t.early, NULL);
	ledger_attack_expect(&t, "pending", VERIFY_UNKNOWN, "还有 1 条没有编号");
	t.world.office.fixed_now = WORLD_START;
	CHECK_INT(office_world_act(&t.world.office, "test.act", "after"), OK);
	ledger_attack_verify(&t, t.early, NULL);
	ledger_attack_rest_ok(&t, "times");
	ledger_attack_expect(&t, "times", VERIFY_UNKNOWN, "编号 301");
	ledger_attack_release(&t);
}
