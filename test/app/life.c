/* test/app/life.c — a draw from its preparation to its export, and every step out of turn. */
#include "app/life_change.h"
#include "app/life_drop.h"
#include "app/life_end.h"
#include "app/life_export.h"
#include "app/life_list.h"
#include "app/life_open.h"
#include "app/life_prepare.h"
#include "app/life_reveal.h"
#include "app/life_seal.h"
#include "app/life_visit.h"

#include "app/draw_audit.h"
#include "base/file.h"
#include "base/status.h"
#include "files/sign.h"
#include "store/draw_share.h"

#include "../db/scene.h"
#include "life_world.h"
#include "unit.h"

#include <stdio.h>

enum { DAY_MS = 86400000, HOUR_MS = 3600000 };

#define OTHER "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100"
#define SHARE "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

#define REFUSED LIFE_REFUSED

/* Before the draw the announced source, after it the value too. */
TEST(what_was_declared_is_shown)
{
	struct life_world w;
	struct life_draw_shown s;
	char digest[OFFICE_DIGEST];

	life_world_init(&w);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_draw_show(w.o, w.a, w.draw, &s), OK);
	CHECK_STR(s.declared, "");
	CHECK_STR(s.entropy, "");
	life_world_release(&w);

	life_world_init(&w);
	life_world_frozen(&w);
	CHECK_INT(life_draw_show(w.o, w.a, w.draw, &s), OK);
	office_digest(s.row.declaration, strlen(s.row.declaration), digest);
	CHECK_STR(s.declared, digest);
	CHECK(strstr(s.row.declaration, s.entropy) != NULL);
	CHECK(memcmp(s.entropy, "entropy dice 20d10 ", 19) == 0);
	size_t announced = strlen(s.entropy);
	w.o->fixed_now = LIFE_DICE_AT + 1;
	life_world_ok(&w, life_world_run(&w));
	CHECK_INT(life_draw_show(w.o, w.a, w.draw, &s), OK);
	CHECK_INT(strlen(s.entropy), announced + 21);
	life_world_release(&w);
}

/* spec/draw.md 5.5: no share keeps it back, so whoever must go knows where at once. */
TEST(an_open_draw_dispatches_when_it_is_drawn)
{
	struct life_world w;
	const struct life_prepare in = { .plan = "P-2026",
					 .period = "2026-Q1",
					 .pool = "daily",
					 .kind = "random",
					 .open_mode = true };
	struct draw_row row;

	life_world_init(&w);
	CHECK_INT(life_prepare(w.o, w.a, &in, &row), OK);
	w.draw = row.id;
	CHECK_INT(life_world_approve(&w), OK);
	life_world_ok(&w, life_world_freeze(&w));
	w.o->fixed_now = LIFE_DICE_AT + 1;
	life_world_ok(&w, life_world_run(&w));
	row = life_world_row(&w);
	CHECK(!row.sealed && row.drawn > 0);
	CHECK_INT(life_world_number(&w, "select count(*) from visit where site <> ''"), row.drawn);
	life_world_finish(&w);
	CHECK_INT(life_reveal(w.o, w.a, w.draw, NULL, &row), OK);
	life_world_exported(&w, LIFE_AUDIT, true);
	life_world_release(&w);
}

TEST(a_draw_goes_from_its_plan_to_its_publication)
{
	struct life_world w;
	struct draw_row row;
	char *escrow;
	size_t len;

	life_world_init(&w);
	life_world_drawn(&w);
	row = life_world_row(&w);
	CHECK_STR(row.id, "130600-2026-0001");
	CHECK_STR(row.state, "drawn");
	CHECK(row.teams && strlen(row.root) == 64);
	CHECK_INT(row.objects, 200);
	CHECK_INT(life_world_number(&w, "select count(*) from visit"), row.drawn);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_member"), 2 * row.drawn);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_member where lead = 1"),
		  row.drawn);
	CHECK_INT(file_read(w.a, w.escrow, 1 << 22, &escrow, &len), OK);
	life_world_finish(&w);
	CHECK_INT(life_reveal(w.o, w.a, w.draw, NULL, &row), OK);
	CHECK_STR(life_world_row(&w).state, "revealed");
	life_world_exported(&w, LIFE_PUBLIC, false);
	life_world_exported(&w, LIFE_AUDIT, true);
	CHECK_INT(life_world_number(&w, "select count(*) from draw_file where sealed = 1"), 1);
	CHECK_INT(life_world_number(&w,
				    "select count(*) from ledger_entry where action in"
				    " ('draw.prepare', 'draw.approve', 'draw.freeze', 'draw.run',"
				    " 'draw.reveal', 'draw.export')"),
		  6);
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry where seq is null"), 0);
	life_world_release(&w);
}

TEST(before_the_reveal_only_declaration_and_root_go_out)
{
	struct life_world w;
	struct draw_row row;
	const char *out;

	life_world_init(&w);
	life_world_drawn(&w);
	out = arena_printf(w.a, "%s/out", unit_folder());
	REFUSED(&w, life_export(w.o, w.a, w.draw, LIFE_AUDIT, out, &row), FORBIDDEN, "还没有揭示");
	CHECK_INT(life_export(w.o, w.a, w.draw, LIFE_PUBLIC, out, &row), OK);
	static const char *const here[] = { "declaration", "result.root", "SHA256SUMS" };
	static const char *const not_here[] = { "objects.tsv", "inspectors.tsv", "conflicts.tsv",
						"rules.txt",   "record",         "seed",
						"result.tsv" };
	for (size_t i = 0; i < COUNT(here); i++)
		CHECK(file_exists(arena_printf(w.a, "%s/%s", out, here[i])));
	for (size_t i = 0; i < COUNT(not_here); i++)
		CHECK(!file_exists(arena_printf(w.a, "%s/%s", out, not_here[i])));
	REFUSED(&w, life_export(w.o, w.a, w.draw, LIFE_PUBLIC, out, &row), CONFLICT, "已经存在");
	life_world_release(&w);
}

TEST(numbers_run_without_gap_also_over_cancelled_draws)
{
	struct life_world w;

	life_world_init(&w);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	REFUSED(&w, life_world_prepare(&w, "daily"), CONFLICT, "130600-2026-0001");
	CHECK_INT(life_cancel(w.o, w.a, w.draw, "名单有误", NULL), OK);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_STR(w.draw, "130600-2026-0002");
	CHECK_INT(life_world_prepare(&w, "campaign-1"), OK);
	CHECK_STR(w.draw, "130600-2026-0003");
	life_world_release(&w);
}

TEST(a_plan_that_is_not_approved_draws_nothing)
{
	struct life_world w;

	life_world_init(&w);
	life_world_sql(&w, "update plan_version set state = 'submitted'");
	REFUSED(&w, life_world_prepare(&w, "daily"), FORBIDDEN, "还没有批准");
	life_world_sql(&w, "update plan set id = 'other'");
	REFUSED(&w, life_world_prepare(&w, "daily"), NONE, "P-2026");
	life_world_release(&w);
}

TEST(a_second_person_who_did_not_touch_the_lists_approves)
{
	struct life_world w;

	life_world_init(&w);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	REFUSED(&w, life_world_freeze(&w), CONFLICT, "批准");
	REFUSED(&w, life_approve(w.o, w.a, w.draw, "legal"), FORBIDDEN, "另一个人");
	life_world_as(&w, "李四");
	REFUSED(&w, life_approve(w.o, w.a, w.draw, "planning"), INVALID, "planning");
	w.o->roles = "planner,discipline";
	REFUSED(&w, life_approve(w.o, w.a, w.draw, "legal"), FORBIDDEN, "不是法制部门");
	life_world_sql(&w,
		       "insert into registry_change (registry, kind, at, actor, reason, file,"
		       " file_digest, result_digest, added, updated, unchanged, quarantined, kept)"
		       " values ('sites', 'edit', 1772413100000, '李四', '改', '', '', '', 0, 1, 0,"
		       " 0, 0)");
	REFUSED(&w, life_approve(w.o, w.a, w.draw, "discipline"), FORBIDDEN, "改过名录");
	life_world_as(&w, "周八");
	CHECK_INT(life_approve(w.o, w.a, w.draw, "discipline"), OK);
	REFUSED(&w, life_approve(w.o, w.a, w.draw, "discipline"), CONFLICT, "已批准");
	/* Whoever edits after having approved has not approved what is frozen. */
	life_world_sql(&w, "update registry_change set actor = '周八'");
	life_world_as(&w, "张三");
	REFUSED(&w, life_world_freeze(&w), FORBIDDEN, "改过名录");
	CHECK(!file_exists(w.escrow));
	life_world_release(&w);
}

TEST(a_freeze_is_refused_for_each_reason)
{
	struct life_world w;
	const char *late = "dice 20d10 hall 2026-03-02T09:05",
		   *poor = "dice 10d10 hall 2026-03-02T10:00";

	life_world_init(&w);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	REFUSED(&w, life_world_freeze_with(&w, late, NULL, 0), INVALID, "10 分钟");
	REFUSED(&w, life_world_freeze_with(&w, "dice 20d10 hall soon", NULL, 0), INVALID, "骰子");
	REFUSED(&w, life_world_freeze_with(&w, poor, NULL, 0), INVALID, "份额");
	life_lists_now.code = FORBIDDEN;
	CHECK_INT(life_world_freeze(&w), FORBIDDEN);
	life_lists_now.code = OK;
	life_lists_now.rules = "team 2 1 1\nquota s0 1/10\n";
	REFUSED(&w, life_world_freeze(&w), INVALID, "s1");
	life_lists_now.rules = NULL;
	w.o->demo = false;
	w.o->fixed_now = 0;
	REFUSED(&w, life_world_freeze_with(&w, "demo made-up", NULL, 0), INVALID, "演示");
	w.o->demo = true;
	w.o->fixed_now = WORLD_START;
	CHECK_INT(life_world_number(&w, "select count(*) from draw_file"), 0);
	CHECK_INT(life_world_number(&w, "select count(*) from ledger_entry"), 2);
	CHECK_INT(life_world_freeze(&w), OK);
	REFUSED(&w, life_world_freeze(&w), CONFLICT, "已锁定");
	life_world_release(&w);
}

TEST(an_escrow_file_is_never_overwritten_and_has_one_reader)
{
	struct life_world w;
	struct life_frozen frozen;
	const char *entropy = LIFE_DICE;
	struct life_freeze in = { .entropy = &entropy,
				  .entropy_count = 1,
				  .lists = life_world_lists,
				  .basis = life_world_basis };

	life_world_init(&w);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	in.draw = w.draw;
	REFUSED(&w, life_freeze(w.o, &in, &w.notes, &frozen), INVALID, "--escrow");
	in.escrow = arena_printf(w.a, "%s/slip.pdf", unit_folder());
	CHECK_INT(file_write(in.escrow, "x", 1, 0600), OK);
	REFUSED(&w, life_freeze(w.o, &in, &w.notes, &frozen), CONFLICT, "另一次抽取的秘密");
	life_world_release(&w);
}

/* Two parties with keys of 31 days, or of 29. */
static void add_parties(struct life_world *w, int days, const char *second,
			struct sheet_share shares[2])
{
	static const char *const names[2] = { "notary", "press" };
	int64_t now = w->o->fixed_now;

	w->o->fixed_now = WORLD_START - (int64_t)days * DAY_MS;
	for (int i = 0; i < 2; i++) {
		unsigned char seed[32] = { (unsigned char)(i + 1) };
		char key[65], signature[129], commitment[65] = "";
		declare_commitment(span_of("130600-2026-0001"), span_of(names[i]),
				   span_of(i ? second : SHARE), commitment);
		const char *message =
			arena_printf(w->a, "130600-2026-0001\n%s\n%s\n", names[i], commitment);
		CHECK(sign_make(seed, message, strlen(message), key, signature));
		CHECK_INT(life_party(w->o, names[i], key), OK);
		REFUSED(w, life_party(w->o, names[i], key), CONFLICT, "已经登记");
		shares[i] = (struct sheet_share){ names[i], arena_str(w->a, commitment),
						  arena_printf(w->a, "%s:%s", key, signature) };
	}
	w->o->fixed_now = now;
}

TEST(shares_of_outside_parties_count_by_keys_of_thirty_days)
{
	struct life_world w;
	struct sheet_share shares[2];
	const char *poor = "dice 10d10 hall 2026-03-02T10:00";

	life_world_init(&w);
	add_parties(&w, 29, OTHER, shares);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	REFUSED(&w, life_world_freeze_with(&w, poor, shares, 2), INVALID, "30 天");
	life_world_sql(&w, "update draw_party set since = since - 172800000");
	struct sheet_share other = shares[0];
	other.commitment = shares[1].commitment;
	REFUSED(&w, life_world_freeze_with(&w, poor, &other, 1), INVALID, "签名不对");
	CHECK_INT(life_world_freeze_with(&w, poor, shares, 2), OK);
	life_world_release(&w);
}

TEST(outside_shares_open_before_the_value_and_in_order)
{
	struct life_world w;
	struct sheet_share shares[2];
	struct draw_row row;
	static const char wrong[] =
		"ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

	life_world_init(&w);
	add_parties(&w, 31, OTHER, shares);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	REFUSED(&w, life_open(w.o, w.a, w.draw, "notary", SHARE, &row), CONFLICT, "先锁定");
	CHECK_INT(life_world_freeze_with(&w, LIFE_DICE, shares, 2), OK);
	CHECK_INT(life_world_hold_as(&w, "王五", "discipline", NULL), OK);
	CHECK_INT(life_world_hold_as(&w, "钱七", "archive", NULL), OK);
	REFUSED(&w, life_open(w.o, w.a, w.draw, "operator", SHARE, &row), INVALID, "揭示");
	REFUSED(&w, life_open(w.o, w.a, w.draw, "nobody", SHARE, &row), NONE, "nobody");
	REFUSED(&w, life_open(w.o, w.a, w.draw, "notary", wrong, &row), INVALID, "打不开");
	REFUSED(&w, life_open(w.o, w.a, w.draw, "notary", "12", &row), INVALID, "64 位");
	CHECK_INT(life_open(w.o, w.a, w.draw, "notary", SHARE, &row), OK);
	CHECK_STR(life_world_row(&w).state, "frozen");
	REFUSED(&w, life_open(w.o, w.a, w.draw, "notary", SHARE, &row), CONFLICT, "已经公开");
	w.o->fixed_now = LIFE_DICE_AT + 1;
	REFUSED(&w, life_open(w.o, w.a, w.draw, "press", SHARE, &row), INVALID, "太晚");
	REFUSED(&w, life_world_run(&w), CONFLICT, "公开份额");
	w.o->fixed_now = WORLD_START + 1;
	CHECK_INT(life_open(w.o, w.a, w.draw, "press", OTHER, &row), OK);
	CHECK_STR(row.state, "opened");
	w.o->fixed_now = LIFE_DICE_AT + 1;
	life_world_ok(&w, life_world_run(&w));
	life_world_release(&w);
}

TEST(two_parties_with_one_share_are_found_before_the_value)
{
	struct life_world w;
	struct sheet_share shares[2];
	struct draw_row row;

	life_world_init(&w);
	add_parties(&w, 31, SHARE, shares);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	CHECK_INT(life_world_freeze_with(&w, LIFE_DICE, shares, 2), OK);
	CHECK_INT(life_open(w.o, w.a, w.draw, "notary", SHARE, &row), OK);
	REFUSED(&w, life_open(w.o, w.a, w.draw, "press", SHARE, &row), INVALID, "notary");
	life_world_release(&w);
}

TEST(a_party_that_refuses_to_open_is_named)
{
	struct life_world w;
	struct sheet_share shares[2];

	life_world_init(&w);
	add_parties(&w, 31, OTHER, shares);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	CHECK_INT(life_world_freeze_with(&w, LIFE_DICE, shares, 2), OK);
	REFUSED(&w, life_cancel(w.o, w.a, w.draw, "", NULL), INVALID, "原因");
	REFUSED(&w, life_cancel(w.o, w.a, w.draw, "拒开", "nobody"), INVALID, "nobody");
	CHECK_INT(life_cancel(w.o, w.a, w.draw, "拒不到场", "press"), OK);
	CHECK(strstr(life_world_row(&w).reason, "press") != NULL);
	CHECK_STR(life_world_row(&w).state, "cancelled");
	REFUSED(&w, life_cancel(w.o, w.a, w.draw, "再来", NULL), CONFLICT, "已取消");
	life_world_release(&w);
}

TEST(a_draw_is_refused_out_of_its_time_order)
{
	struct life_world w;
	const struct sheet_opened wrong = { "dice 20d10 yard 2026-03-02T10:00", LIFE_VALUE };
	struct life_run in = { .values = &wrong, .value_count = 1 };
	struct draw_row row;

	life_world_init(&w);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	REFUSED(&w, life_world_run(&w), CONFLICT, "已准备");
	CHECK_INT(life_world_approve(&w), OK);
	REFUSED(&w, life_world_run(&w), CONFLICT, "已批准");
	CHECK_INT(life_world_freeze(&w), OK);
	w.o->fixed_now = LIFE_DICE_AT + 1;
	REFUSED(&w, life_world_run(&w), CONFLICT, "保管人");
	w.o->fixed_now = WORLD_START + 1;
	CHECK_INT(life_world_hold_as(&w, "王五", "discipline", NULL), OK);
	REFUSED(&w, life_world_hold_as(&w, "王五", "discipline", NULL), CONFLICT, "已经登记");
	REFUSED(&w, life_world_hold_as(&w, "王五", "police", NULL), INVALID, "police");
	w.o->fixed_now = LIFE_DICE_AT + 1;
	REFUSED(&w, life_world_hold_as(&w, "钱七", "archive", NULL), INVALID, "太晚");
	w.o->fixed_now = WORLD_START + 2;
	CHECK_INT(life_world_hold_as(&w, "钱七", "archive", NULL), OK);
	REFUSED(&w, life_world_run(&w), INVALID, "10 分钟");
	w.o->fixed_now = WORLD_START + 660000;
	REFUSED(&w, life_world_run(&w), INVALID, "还没有到产生的时间");
	w.o->fixed_now = LIFE_DICE_AT;
	in.draw = w.draw;
	REFUSED(&w, life_run(w.o, &in, &w.notes, &row), INVALID, "yard");
	CHECK_INT(life_world_number(&w, "select count(*) from visit"), 0);
	life_world_ok(&w, life_world_run(&w));
	REFUSED(&w, life_world_run(&w), CONFLICT, "只有一次");
	REFUSED(&w, life_cancel(w.o, w.a, w.draw, "不满意", NULL), CONFLICT, "作废");
	life_world_release(&w);
}

TEST(nothing_is_cancelled_once_the_value_exists)
{
	struct life_world w;

	life_world_init(&w);
	life_world_frozen(&w);
	w.o->fixed_now = LIFE_DICE_AT;
	REFUSED(&w, life_cancel(w.o, w.a, w.draw, "不想抽", NULL), CONFLICT, "已经产生");
	life_world_release(&w);
}

TEST(the_reveal_waits_for_the_last_visit_or_the_hard_day)
{
	struct life_world w;
	struct draw_row row;

	life_world_init(&w);
	life_world_drawn(&w);
	REFUSED(&w, life_reveal(w.o, w.a, w.draw, NULL, &row), CONFLICT, "2026-04-15");
	w.o->fixed_now = INT64_C(20558) * DAY_MS - 8 * HOUR_MS - 1; /* last ms of 2026-04-14 */
	REFUSED(&w, life_reveal(w.o, w.a, w.draw, NULL, &row), CONFLICT, "2026-04-15");
	w.o->fixed_now++;
	CHECK_INT(life_reveal(w.o, w.a, w.draw, NULL, &row), OK);
	CHECK_INT(life_world_number(&w, "select count(*) from visit where site = ''"), 0);
	REFUSED(&w, life_reveal(w.o, w.a, w.draw, NULL, &row), CONFLICT, "已揭示");
	life_world_release(&w);
}

TEST(escrow_opens_without_the_operator)
{
	struct life_world w;
	struct draw_row row;
	const char *share, *record;

	life_world_init(&w);
	life_world_drawn(&w);
	share = life_world_secret(&w, LIFE_SHARE);
	record = life_world_secret(&w, "record");
	REFUSED(&w, life_rehearse(w.o, w.a, w.draw, "archive", SHARE), INVALID, "打不开");
	CHECK_INT(life_rehearse(w.o, w.a, w.draw, "archive", share), OK);
	CHECK_INT(life_world_number(&w, "select count(*) from draw_holder where rehearsed_at > 0"),
		  1);
	life_world_finish(&w);
	/* The operator's copy is lost, and what was made from it. */
	life_world_sql(
		&w,
		"update draw_file set bytes = (select bytes from draw_file where name = 'result.root')"
		" where name in"
		" ('operator-share', 'record', 'seed')");
	CHECK(life_reveal(w.o, w.a, w.draw, NULL, &row) != OK);
	REFUSED(&w, life_reveal(w.o, w.a, w.draw, SHARE, &row), INVALID, "打不开");
	CHECK_INT(life_reveal(w.o, w.a, w.draw, share, &row), OK);
	CHECK_STR(life_world_secret(&w, "record"), record);
	life_world_exported(&w, LIFE_AUDIT, true);
	life_world_release(&w);
}

TEST(any_number_of_draws_may_wait_for_their_values)
{
	struct life_world w;

	life_world_init(&w);
	life_lists_now.objects = 4;
	life_lists_now.inspectors = 2;
	life_lists_now.districts = 1;
	for (int i = 0; i < 70; i++) {
		life_lists_now.prefix = life_lists_now.rule = arena_printf(w.a, "A%d-", i);
		CHECK_INT(life_world_prepare(&w, arena_printf(w.a, "pool-%d", i)), OK);
		CHECK_INT(life_world_approve(&w), OK);
		CHECK_INT(life_world_freeze(&w), OK);
	}
	CHECK_INT(life_world_number(&w, "select count(*) from draw where state = 'frozen'"), 70);
	life_world_release(&w);
}

TEST(one_live_draw_serves_a_minimum)
{
	struct life_world w;

	life_world_init(&w);
	life_world_frozen(&w);
	life_lists_now.prefix = "T";
	CHECK_INT(life_world_prepare(&w, "campaign-1"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	life_world_sql(&w, "update draw_cover set pool = 'campaign-1'");
	REFUSED(&w, life_world_freeze(&w), CONFLICT, "覆盖同一规则");
	life_world_release(&w);
}

TEST(a_draw_without_teams_keeps_its_objects_and_says_why)
{
	struct life_world w;

	life_world_init(&w);
	life_lists_now.limit = 1;
	life_world_frozen(&w);
	w.o->fixed_now = LIFE_DICE_AT + 60000;
	REFUSED(&w, life_world_run(&w), OK, "排不出检查组");
	bool named = false;
	for (size_t i = 0; i < w.notes.count; i++)
		named |= strstr(w.notes.list[i].text, "执法证已于 2026-01-31 到期") != NULL;
	CHECK(named);
	/* Districts, grades and numbers: no site, and nobody whose recusal or skill tells of one. */
	for (size_t i = 0; i < w.notes.count; i++)
		CHECK(!strstr(w.notes.list[i].text, "S00") && !strstr(w.notes.list[i].text, "P00"));
	struct draw_row row = life_world_row(&w);
	CHECK(!row.teams && row.unmet > 0 && row.drawn > 0);
	CHECK_INT(life_world_number(&w, "select count(*) from visit"), row.drawn);
	CHECK_INT(life_world_number(&w, "select count(*) from visit_member"), 0);
	life_world_release(&w);
}

TEST(visits_go_from_planned_to_done)
{
	struct life_world w;
	const char **ids;
	struct visit_member *team;
	struct visit_row v;
	struct life_site site;
	size_t count;

	life_world_init(&w);
	life_world_drawn(&w);
	CHECK(life_world_visits(&w, &ids) > 2);
	CHECK_INT(visit_member_list(w.o->db, w.a, ids[0], false, &team, &count), OK);
	CHECK_INT(count, 2);
	REFUSED(&w, life_done(w.o, w.a, ids[0], 0, false), CONFLICT, "还没有接收");
	REFUSED(&w, life_world_accept(&w, ids[0], "P99999", &site), FORBIDDEN, "不在检查任务");
	REFUSED(&w, life_world_accept(&w, "nothing", "P99999", &site), NONE, "nothing");
	CHECK_INT(life_world_accept(&w, ids[0], team[0].inspector, &site), OK);
	CHECK_INT(site.matters.len, 7);
	REFUSED(&w, life_world_accept(&w, ids[0], team[0].inspector, &site), CONFLICT, "已经接收");
	CHECK_INT(visit_get(w.o->db, w.a, ids[0], &v), OK);
	CHECK_INT(strncmp(v.site, site.id.at, site.id.len), 0);
	REFUSED(&w, life_done(w.o, w.a, ids[0], 20514 + 1, false), INVALID, "检查日期");
	REFUSED(&w, life_done(w.o, w.a, ids[0], 20514 - 1, false), INVALID, "检查日期");
	CHECK_INT(life_done(w.o, w.a, ids[0], 20514, true), OK);
	CHECK_INT(visit_get(w.o->db, w.a, ids[0], &v), OK);
	CHECK(v.offsite && v.day == 20514 && !v.held);
	struct life_drop drop = { .visit = ids[0], .why = "gone", .reason = "关了" };
	REFUSED(&w, life_drop(w.o, w.a, &drop), INVALID, "gone");
	drop.why = "closed";
	REFUSED(&w, life_drop(w.o, w.a, &drop), CONFLICT, "已经检查");
	drop.reason = "";
	REFUSED(&w, life_drop(w.o, w.a, &drop), INVALID, "写明");
	life_world_release(&w);
}

TEST(who_repeats_an_act_is_told_what_comes_next)
{
	struct life_world w;

	life_world_init(&w);
	CHECK_INT(life_world_prepare(&w, "daily"), OK);
	CHECK_INT(life_world_approve(&w), OK);
	REFUSED(&w, life_world_approve(&w), CONFLICT, "不用再批准。下一步：锁定名单");
	CHECK_INT(life_world_freeze(&w), OK);
	REFUSED(&w, life_world_freeze(&w), CONFLICT, "不用再锁定。下一步：保管人登记");
	REFUSED(&w, life_world_approve(&w), CONFLICT, "不用再批准。下一步：保管人登记");
	life_world_release(&w);
}

TEST(a_period_that_is_over_gets_no_number)
{
	struct life_world w;

	life_world_init(&w);
	w.o->fixed_now = (int64_t)20544 * 86400000; /* 2026-04-01 */
	REFUSED(&w, life_world_prepare(&w, "daily"), INVALID, "2026-Q1 已经结束");
	CHECK_INT(life_world_number(&w, "select count(*) from draw"), 0);
	life_world_release(&w);
}
