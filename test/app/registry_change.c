/* test/app/registry_change.c — edits, evidence, leaving, undo, history, differences and pages by words. */
#include "app/registry_diff.h"
#include "base/buf.h"
#include "base/status.h"
#include "store/registry_change.h"

#include "registry_world.h"
#include "scene.h"
#include "unit.h"

#include <stdio.h>

static const char first[] = "编号,单位名称,统一社会信用代码,所属县区,详细地址,监管类别,备注\n"
			    "A-1,甲厂,,竞秀区,东风路1号,重点,内部\n"
			    "A-2,乙厂,,莲池区,东风路2号,一般,\n"
			    "A-3,丙塑料厂,,莲池区,东风路3号,一般,\n";

static void start(struct registry_world *w)
{
	registry_world_init(w);
	CHECK_INT(registry_world_import(w, first), OK);
}

TEST(an_edit_is_checked_like_an_import)
{
	struct registry_world w;

	start(&w);
	int64_t entries = registry_world_entries(&w);
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_CLASS, "一般", false), OK);
	CHECK(strstr(registry_world_notes(&w), "「监管类别」：重点 → 一般"));
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_CLASS), "general");
	CHECK_INT(registry_world_entries(&w), entries + 1);
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_CLASS, "乱写", false), INVALID);
	CHECK(strstr(registry_world_notes(&w), "乱写"));
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_NAME, "", false), INVALID);
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_COUNTY, "海淀区", false), INVALID);
	/* An import would leave it empty and warn; a person is told. */
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_PERMIT_UNTIL, "明年", false), INVALID);
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_ID, "A-9", false), INVALID);
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_CLASS, "一般", false), INVALID);
	CHECK(strstr(registry_world_notes(&w), "没有变化"));
	CHECK_INT(registry_world_edit(&w, "A-9", SITE_CLASS, "一般", false), NONE);
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_NOTE, "", false), OK);
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_NOTE), "");
	CHECK_INT(registry_world_entries(&w), entries + 2);
	registry_world_check(&w);
	registry_world_release(&w);
}

TEST(every_field_of_a_row_survives_the_edit_of_another)
{
	struct registry_world w;
	const char *before, *after;

	registry_world_init(&w);
	CHECK_INT(
		registry_world_import(
			&w,
			"编号,单位名称,统一社会信用代码,所属县区,经度,纬度,行业类别,污染源类型,监管类别,"
			"是否特殊监管,特殊监管原因,特殊监管起始日,对象类型,在线监控,信用等级,许可证有效期至\n"
			"A-1,\"甲,\"\"厂\",91130602MA07XXXX11,竞秀区,115.4600001,38.87,C2614,\"废水,废气\",重点,"
			"是,去年处罚,2026-01-01,机动车检验机构,是,C,2027-05-01\n"),
		OK);
	CHECK_INT(w.imported.added, 1);
	before = registry_world_text(&w, 0);
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_NOTE, "x", false), OK);
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_NOTE, "", false), OK);
	after = registry_world_text(&w, 0);
	CHECK_STR(after, before);
	registry_world_release(&w);
}

TEST(a_state_changes_only_with_evidence_and_leaving_keeps_the_reason)
{
	struct registry_world w;
	struct registry_change c;

	start(&w);
	CHECK_INT(registry_world_edit(&w, "A-2", SITE_STATE, "停产", false), INVALID);
	CHECK(strstr(registry_world_notes(&w), "证据"));
	CHECK_INT(registry_world_edit(&w, "A-2", SITE_STATE, "合并", true), INVALID);
	CHECK_INT(registry_world_edit(&w, "A-2", SITE_STATE, "merged", true), INVALID);
	CHECK_INT(registry_world_edit(&w, "A-2", SITE_STATE, "停产", true), OK);
	CHECK_STR(registry_world_cell(&w, "A-2", SITE_STATE), "stopped");
	CHECK_STR(registry_world_cell(&w, "A-2", SITE_STATE_DAY), "2026-03-02");
	CHECK_STR(registry_world_cell(&w, "A-2", SITE_LEAVE_REASON), "");
	/* The evidence as a file is kept by its digest. */
	struct registry_value value = { SITE_STATE, "关停" };
	struct registry_edit_in in = { .id = "A-2", .values = &value, .count = 1 };
	struct registry_act act = { &w.office.office, &w.office.arena, REGISTRY_SITES, "拆除",
				    &w.notes };
	int64_t change;
	in.evidence = registry_world_file(&w, "现场照片");
	plan_notes_init(&w.notes, &w.office.arena);
	CHECK_INT(registry_act_edit(&act, &in, &change), OK);
	CHECK_STR(registry_world_cell(&w, "A-2", SITE_STATE), "closed");
	CHECK_STR(registry_world_cell(&w, "A-2", SITE_LEAVE_REASON), "拆除");
	CHECK_INT(registry_change_get(w.office.office.db, &w.office.arena, "sites", change, &c),
		  OK);
	CHECK_INT(scene_number(w.office.office.db,
			       "select count(*) from ledger_document as d join registry_change as c"
			       " on c.file_digest = d.digest where c.kind = 'edit'"),
		  1);
	in.evidence = "/nowhere/x";
	CHECK_INT(registry_act_edit(&act, &in, &change), INVALID);
	/* Nothing is deleted: the row is there with all its versions. */
	CHECK_STR(registry_world_cell(&w, "A-2", SITE_NAME), "乙厂");
	CHECK(strstr(registry_world_text(&w, 1), "A-2\t乙厂"));
	registry_world_check(&w);
	registry_world_release(&w);
}

static int make_special(struct registry_world *w, const struct registry_value *values, size_t count)
{
	struct registry_edit_in in = { .id = "A-1", .values = values, .count = count };
	struct registry_act act = { &w->office.office, &w->office.arena, REGISTRY_SITES, "列入",
				    &w->notes };
	int64_t change;

	plan_notes_init(&w->notes, &w->office.arena);
	return registry_act_edit(&act, &in, &change);
}

TEST(who_is_listed_as_special_is_so_for_a_reason_and_from_a_day)
{
	struct registry_world w;
	struct registry_value values[] = { { SITE_SPECIAL, "是" },
					   { SITE_SPECIAL_REASON, "挂牌督办" },
					   { SITE_SPECIAL_FROM, "2026-03-01" },
					   { SITE_SPECIAL_TO, "2026-12-31" } };
	const struct registry_value later[] = { { SITE_SPECIAL_TO, "2027-12-31" } };

	start(&w);
	CHECK_INT(make_special(&w, values, 1), INVALID);
	CHECK(strstr(registry_world_notes(&w), "special_reason="));
	CHECK_INT(make_special(&w, values, 2), INVALID);
	values[1].value = "。";
	CHECK_INT(make_special(&w, values, 3), INVALID);
	values[1].value = "挂牌督办";
	values[2].value = "";
	CHECK_INT(make_special(&w, values, 3), INVALID);
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_SPECIAL), "0");
	values[2].value = "2026-03-01";
	CHECK_INT(make_special(&w, values, 4), OK);
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_SPECIAL_TO), "2026-12-31");
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_SPECIAL_REASON, "", false), INVALID);
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_SPECIAL_FROM, "", false), INVALID);
	CHECK_INT(make_special(&w, later, 1), OK);
	/* What ended is listed again for a reason of its own. */
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_SPECIAL_TO, "2026-03-01", false), OK);
	CHECK_INT(make_special(&w, later, 1), INVALID);
	registry_world_release(&w);
}

TEST(a_reason_and_an_evidence_say_something_and_name_no_identity_number)
{
	struct registry_world w;
	const struct registry_value values[] = { { SITE_STATE, "关闭" },
						 { SITE_STATE_EVIDENCE, "." } };
	struct registry_edit_in in = { .id = "A-1", .values = values, .count = 2 };
	int64_t change = 0;

	start(&w);
	struct registry_act act = { &w.office.office, &w.office.arena, REGISTRY_SITES, "核实",
				    &w.notes };
	plan_notes_init(&w.notes, &w.office.arena);
	CHECK_INT(registry_act_edit(&act, &in, &change), INVALID);
	in.count = 1;
	in.evidence = registry_world_file(&w, "");
	plan_notes_init(&w.notes, &w.office.arena);
	CHECK_INT(registry_act_edit(&act, &in, &change), INVALID);
	CHECK(strstr(registry_world_notes(&w), "是空的"));
	in.evidence = registry_world_file(&w, "照片");
	act.reason = "  ";
	plan_notes_init(&w.notes, &w.office.arena);
	CHECK_INT(registry_act_edit(&act, &in, &change), INVALID);
	CHECK_INT(registry_act_undo(&act, 1, &change), INVALID);
	act.reason = "业主11010519491231002X说的";
	plan_notes_init(&w.notes, &w.office.arena);
	CHECK_INT(registry_act_edit(&act, &in, &change), INVALID);
	CHECK(strstr(registry_world_notes(&w), "身份证号"));
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_STATE), "live");
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_NOTE, "业主11010519491231002X", false), OK);
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_NOTE), "业主******************");
	CHECK(!strstr(registry_world_notes(&w), "11010519491231002X"));
	registry_world_release(&w);
}

TEST(a_recusal_of_nobody_is_warned_of)
{
	struct registry_world w;

	start(&w);
	w.kind = REGISTRY_INSPECTORS;
	CHECK_INT(registry_world_import(&w, "工号,姓名,执法证号,单位\nP1,王强,0306001,支队\n"), OK);
	w.kind = REGISTRY_RECUSALS;
	CHECK_INT(registry_world_import(&w, "编号,工号,回避单位\nR1,P1,甲厂\n"), OK);
	CHECK_INT(registry_world_edit(&w, "R1", RECUSAL_INSPECTOR, "NOPE", false), OK);
	CHECK(strstr(registry_world_notes(&w), "检查人员名录里没有"));
	CHECK_INT(registry_world_edit(&w, "R1", RECUSAL_TARGET, "某", false), OK);
	CHECK(strstr(registry_world_notes(&w), "“某”"));
	CHECK_INT(registry_world_edit(&w, "R1", RECUSAL_TARGET, "A-2", false), OK);
	CHECK(!strstr(registry_world_notes(&w), "不起作用"));
	CHECK_INT(registry_world_edit(&w, "R1", RECUSAL_INSPECTOR, "0306001", false), OK);
	CHECK(!strstr(registry_world_notes(&w), "不起作用"));
	registry_world_release(&w);
}

TEST(an_expert_who_becomes_an_officer_assists_no_more)
{
	struct registry_world w;

	registry_world_init(&w);
	w.kind = REGISTRY_INSPECTORS;
	CHECK_INT(registry_world_import(&w,
					"工号,姓名,执法证号,单位,人员身份\nP1,王强,A1,支队,专家\n"
					"P2,李强,A2,支队,专家\n"),
		  OK);
	CHECK_STR(registry_world_cell(&w, "P1", INSPECTOR_ASSISTANT), "1");
	CHECK_INT(registry_world_edit(&w, "P1", INSPECTOR_ROLE, "执法人员", false), OK);
	CHECK_STR(registry_world_cell(&w, "P1", INSPECTOR_ASSISTANT), "0");
	CHECK(strstr(registry_world_notes(&w), "「是否专家或辅助人员」：是 → 否"));
	CHECK_INT(registry_world_import(&w, "工号,姓名,单位,人员身份\nP2,李强,支队,执法人员\n"),
		  OK);
	CHECK_STR(registry_world_cell(&w, "P2", INSPECTOR_ASSISTANT), "0");
	registry_world_release(&w);
}

TEST(an_inspector_leaves_with_a_reason)
{
	struct registry_world w;

	registry_world_init(&w);
	w.kind = REGISTRY_INSPECTORS;
	CHECK_INT(registry_world_import(&w, "工号,姓名,执法证号,单位\nP1,王强,0306001,支队\n"), OK);
	CHECK_INT(registry_world_edit(&w, "P1", INSPECTOR_LEFT, "2026-03-01", false), OK);
	CHECK_STR(registry_world_cell(&w, "P1", INSPECTOR_LEAVE_REASON), "核实");
	registry_world_release(&w);
}

TEST(an_inspector_gets_no_certificate_of_somebody_else)
{
	struct registry_world w;

	registry_world_init(&w);
	w.kind = REGISTRY_INSPECTORS;
	CHECK_INT(registry_world_import(
			  &w, "工号,姓名,执法证号,单位\nP1,王强,A1,支队\nP2,王强,A2,支队\n"),
		  OK);
	CHECK_INT(registry_world_edit(&w, "P2", INSPECTOR_CERTIFICATE, "A1", false), INVALID);
	CHECK(strstr(registry_world_notes(&w), "工号 P1"));
	CHECK_INT(registry_world_edit(&w, "P1", INSPECTOR_LEFT, "2026-03-01", false), OK);
	CHECK_INT(registry_world_edit(&w, "P2", INSPECTOR_CERTIFICATE, "A1", false), OK);
	CHECK_INT(registry_world_edit(&w, "P1", INSPECTOR_LEFT, "", false), INVALID);
	registry_world_release(&w);
}

TEST(a_second_certificate_is_nobody_elses_either)
{
	struct registry_world w;

	registry_world_init(&w);
	w.kind = REGISTRY_INSPECTORS;
	CHECK_INT(registry_world_import(&w, "工号,姓名,执法证号,第二执法证号,单位\n"
					    "P1,王强,A1,B1,支队\nP2,李刚,A2,,支队\n"),
		  OK);
	CHECK_INT(registry_world_edit(&w, "P2", INSPECTOR_CERTIFICATE2, "B1", false), INVALID);
	CHECK(strstr(registry_world_notes(&w), "B1 是工号 P1 的"));
	CHECK_INT(registry_world_edit(&w, "P2", INSPECTOR_CERTIFICATE2, "A1", false), INVALID);
	CHECK(strstr(registry_world_notes(&w), "A1 是工号 P1 的"));
	CHECK_INT(registry_world_edit(&w, "P2", INSPECTOR_CERTIFICATE, "B1", false), INVALID);
	CHECK_INT(registry_world_edit(&w, "P2", INSPECTOR_CERTIFICATE2, "B2", false), OK);
	registry_world_release(&w);
}

TEST(an_undo_gives_back_what_was_and_lets_leave_what_was_added)
{
	struct registry_world w;

	start(&w);
	CHECK_INT(registry_world_import(&w, "编号,单位名称,所属县区,备注\nA-1,错名,竞秀区,\n"
					    "A-3,错名,莲池区,\nX-1,误导入,竞秀区,\n"),
		  OK);
	int64_t wrong = w.imported.change;
	CHECK_INT(registry_world_edit(&w, "A-3", SITE_NOTE, "后改", false), OK);
	int64_t entries = registry_world_entries(&w);
	CHECK_INT(registry_world_undo(&w, wrong), OK);
	CHECK(strstr(registry_world_notes(&w), "其中 1 行以后又改过"));
	CHECK_INT(registry_world_entries(&w), entries + 1);
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_NAME), "甲厂");
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_NOTE), "内部");
	CHECK_STR(registry_world_cell(&w, "A-3", SITE_NAME), "错名");
	CHECK_STR(registry_world_cell(&w, "X-1", SITE_STATE), "closed");
	CHECK(strstr(registry_world_cell(&w, "X-1", SITE_LEAVE_REASON), "撤销第 2 号变更"));
	CHECK_INT(registry_world_undo(&w, wrong), INVALID);
	CHECK_INT(registry_world_undo(&w, 99), NONE);
	/* An undo is a change like others: it can be undone. */
	CHECK_INT(registry_world_undo(&w, wrong + 2), OK);
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_NAME), "错名");
	registry_world_check(&w);
	registry_world_release(&w);
}

TEST(an_undone_edit_no_longer_stands_against_imports)
{
	struct registry_world w;

	start(&w);
	CHECK_INT(registry_world_edit(&w, "A-2", SITE_ADDRESS, "别处", false), OK);
	CHECK_INT(registry_world_undo(&w, 2), OK);
	CHECK_STR(registry_world_cell(&w, "A-2", SITE_ADDRESS), "东风路2号");
	CHECK_INT(registry_world_import(&w,
					"编号,单位名称,所属县区,详细地址\nA-2,乙厂,莲池区,西路\n"),
		  OK);
	CHECK_INT(w.imported.overridden, 0);
	CHECK_STR(registry_world_cell(&w, "A-2", SITE_ADDRESS), "西路");
	registry_world_release(&w);
}

TEST(two_who_edit_at_once_do_not_lose_each_other)
{
	struct registry_world w;
	struct office other;
	struct registry_single before;

	start(&w);
	office_world_again(&w.office, &other);
	CHECK_INT(registry_single(&other, &w.office.arena, REGISTRY_SITES, "A-1", &before), OK);
	struct registry_value value = { SITE_NOTE, "甲说" };
	struct registry_edit_in in = { .id = "A-1", .values = &value, .count = 1 };
	struct registry_act act = { &other, &w.office.arena, REGISTRY_SITES, "x", &w.notes };
	int64_t change;
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_ADDRESS, "乙说", false), OK);
	plan_notes_init(&w.notes, &w.office.arena);
	CHECK_INT(registry_act_edit(&act, &in, &change), OK);
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_ADDRESS), "乙说");
	CHECK_STR(registry_world_cell(&w, "A-1", SITE_NOTE), "甲说");
	office_release(&other);
	registry_world_release(&w);
}

/* ---- history and differences ---- */

TEST(a_row_tells_who_changed_it_when_why_and_from_which_file)
{
	struct registry_world w;
	struct registry_past *past;
	size_t count;

	start(&w);
	w.office.office.actor = "李四";
	w.office.office.fixed_now = WORLD_START + 86400000;
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_NOTE, "新", false), OK);
	CHECK_INT(registry_past(&w.office.office, &w.office.arena, REGISTRY_SITES, "A-1", &past,
				&count),
		  OK);
	CHECK_INT(count, 2);
	CHECK_STR(past[0].change.actor, "李四");
	CHECK_STR(past[0].change.reason, "核实");
	CHECK_INT(past[0].change.at, WORLD_START + 86400000);
	CHECK(span_equal(past[0].cells[SITE_NOTE], SPAN("新")));
	CHECK_STR(past[1].change.file, "in-0.csv");
	CHECK(span_equal(past[1].cells[SITE_NOTE], SPAN("内部")));
	CHECK_INT(registry_past(&w.office.office, &w.office.arena, REGISTRY_SITES, "A-9", &past,
				&count),
		  NONE);
	registry_world_release(&w);
}

struct telling {
	enum registry kind;
	struct buf text, lines, json;
};

static int tell(void *arg, const struct registry_diff_row *row)
{
	struct telling *t = arg;

	registry_diff_sentence(&t->text, t->kind, row);
	registry_diff_lines(&t->lines, t->kind, row);
	registry_diff_json(&t->json, t->kind, row);
	return OK;
}

static void tell_all(struct registry_world *w, int64_t from, int64_t to, bool open,
		     struct telling *t, struct registry_diff_counts *counts)
{
	struct registry_diff d = { w->kind, from, to, open };

	t->kind = w->kind;
	buf_init(&t->text, 1 << 20);
	buf_init(&t->lines, 1 << 20);
	buf_init(&t->json, 1 << 20);
	CHECK_INT(registry_diff(&w->office.office, &d, tell, t, counts), OK);
}

static void telling_release(struct telling *t)
{
	buf_release(&t->text);
	buf_release(&t->lines);
	buf_release(&t->json);
}

TEST(the_difference_of_two_changes_is_told_whole_or_as_it_may_be_published)
{
	struct registry_world w;
	struct telling t;
	struct registry_diff_counts n;

	start(&w);
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_CLASS, "一般", false), OK);
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_NOTE, "绝不外传", false), OK);
	CHECK_INT(registry_world_edit(&w, "A-2", SITE_NOTE, "绝不外传", false), OK);
	CHECK_INT(registry_world_edit(&w, "A-3", SITE_STATE, "关闭", true), OK);
	CHECK_INT(registry_world_import(&w, "编号,单位名称,所属县区\nA-4,丁厂,清苑区\n"), OK);
	tell_all(&w, 1, 6, false, &t, &n);
	CHECK_INT(n.rows[REGISTRY_ADDED], 1);
	CHECK_INT(n.rows[REGISTRY_CHANGED], 2);
	CHECK_INT(n.rows[REGISTRY_LEFT], 1);
	CHECK(strstr(buf_text(&t.text),
		     "变更 A-1 甲厂：监管类别 重点 → 一般；备注 内部 → 绝不外传\n"));
	CHECK(strstr(buf_text(&t.text), "新增 A-4 丁厂\n"));
	CHECK(strstr(buf_text(&t.text), "退出 A-3 丙塑料厂："));
	CHECK(strstr(buf_text(&t.lines), "A-1\t甲厂\t变更\t监管类别\t重点\t一般\n"));
	CHECK(strstr(buf_text(&t.json),
		     "{\"field\":\"class\",\"from\":\"key\",\"to\":\"general\"}"));
	telling_release(&t);
	tell_all(&w, 1, 6, true, &t, &n);
	CHECK_INT(n.withheld, 1);
	CHECK_INT(n.rows[REGISTRY_CHANGED], 1);
	CHECK(!strstr(buf_text(&t.text), "绝不外传") && !strstr(buf_text(&t.lines), "绝不外传") &&
	      !strstr(buf_text(&t.json), "绝不外传"));
	CHECK(strstr(buf_text(&t.lines), "A-1\t甲厂\t变更\t监管类别\t重点\t一般\n"));
	telling_release(&t);
	/* Nothing between equal points; back and forth is no difference. */
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_CLASS, "重点", false), OK);
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_NOTE, "内部", false), OK);
	tell_all(&w, 8, 8, false, &t, &n);
	CHECK_STR(buf_text(&t.text), "");
	telling_release(&t);
	tell_all(&w, 1, 8, false, &t, &n);
	CHECK(!strstr(buf_text(&t.text), "A-1 "));
	telling_release(&t);
	registry_world_release(&w);
}

TEST(people_and_recusals_are_not_published_by_name)
{
	struct registry_world w;
	struct telling t;
	struct registry_diff_counts n;

	registry_world_init(&w);
	w.kind = REGISTRY_INSPECTORS;
	CHECK_INT(registry_world_import(&w, "工号,姓名,执法证号,单位\nP1,王强,0306001,支队\n"), OK);
	tell_all(&w, 0, 1, true, &t, &n);
	CHECK_INT(n.rows[REGISTRY_ADDED], 1);
	CHECK(!strstr(buf_text(&t.text), "王强") && !strstr(buf_text(&t.lines), "王强"));
	CHECK(!strstr(buf_text(&t.json), "0306001"));
	telling_release(&t);
	w.kind = REGISTRY_RECUSALS;
	CHECK_INT(registry_world_import(&w, "回避编号,回避人员,回避对象\nH-1,P1,A-1\n"), OK);
	tell_all(&w, 0, 2, true, &t, &n);
	CHECK_STR(buf_text(&t.lines), "");
	CHECK_INT(n.withheld, 1);
	telling_release(&t);
	registry_world_release(&w);
}

TEST(points_in_time_are_changes_or_ends_of_days)
{
	struct registry_world w;
	int64_t point = -1;

	start(&w);                                                           /* 2026-03-02 09:00 */
	w.office.office.fixed_now = WORLD_START + INT64_C(15) * 3600000 - 1; /* 23:59:59.999 */
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_NOTE, "a", false), OK);
	w.office.office.fixed_now++; /* 2026-03-03 00:00 */
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_NOTE, "b", false), OK);
	plan_notes_init(&w.notes, &w.office.arena);
	struct office *o = &w.office.office;
	CHECK_INT(registry_point(o, REGISTRY_SITES, "2026-03-01", &w.notes, &point), OK);
	CHECK_INT(point, 0);
	CHECK_INT(registry_point(o, REGISTRY_SITES, "2026-03-02", &w.notes, &point), OK);
	CHECK_INT(point, 2);
	CHECK_INT(registry_point(o, REGISTRY_SITES, "2026-03-03", &w.notes, &point), OK);
	CHECK_INT(point, 3);
	CHECK_INT(registry_point(o, REGISTRY_SITES, "now", &w.notes, &point), OK);
	CHECK_INT(point, 3);
	CHECK_INT(registry_point(o, REGISTRY_SITES, "1", &w.notes, &point), OK);
	CHECK_INT(point, 1);
	CHECK_INT(registry_point(o, REGISTRY_SITES, "0", &w.notes, &point), OK);
	CHECK_INT(point, 0);
	CHECK_INT(registry_point(o, REGISTRY_SITES, "9", &w.notes, &point), INVALID);
	CHECK_INT(registry_point(o, REGISTRY_MATTERS, "1", &w.notes, &point), INVALID);
	CHECK_INT(registry_point(o, REGISTRY_SITES, "2026-02-30", &w.notes, &point), INVALID);
	registry_world_release(&w);
}

/* ---- pages by words ---- */

static int64_t total(struct registry_world *w, struct registry_query q)
{
	struct registry_page page;

	q.kind = w->kind;
	q.most = 2;
	plan_notes_init(&w->notes, &w->office.arena);
	int rc = registry_query(&w->office.office, &w->office.arena, &q, &w->notes, &page);
	return rc == OK ? page.total : rc;
}

TEST(pages_are_asked_for_in_words)
{
	struct registry_world w;

	start(&w);
	CHECK_INT(total(&w, (struct registry_query){ 0 }), 3);
	CHECK_INT(total(&w, (struct registry_query){ .county = "莲池区" }), 2);
	CHECK_INT(total(&w, (struct registry_query){ .county = "130606" }), 2);
	CHECK_INT(total(&w, (struct registry_query){ .class = "重点" }), 1);
	CHECK_INT(total(&w, (struct registry_query){ .state = "正常生产" }), 3);
	CHECK_INT(total(&w, (struct registry_query){ .kind_word = "排污单位" }), 3);
	CHECK_INT(total(&w, (struct registry_query){ .special = "否" }), 3);
	CHECK_INT(total(&w, (struct registry_query){ .special = "是" }), 0);
	CHECK_INT(total(&w, (struct registry_query){ .text = "塑料", .class = "一般" }), 1);
	CHECK_INT(total(&w, (struct registry_query){ .class = "中等" }), INVALID);
	CHECK(strstr(registry_world_notes(&w), "中等"));
	CHECK_INT(total(&w, (struct registry_query){ .county = "不知道" }), INVALID);
	/* The counts follow the edits. */
	CHECK_INT(registry_world_edit(&w, "A-1", SITE_STATE, "停产", true), OK);
	CHECK_INT(total(&w, (struct registry_query){ .state = "在产" }), 2);
	w.kind = REGISTRY_INSPECTORS;
	CHECK_INT(registry_world_import(
			  &w,
			  "工号,姓名,执法证号,单位,管辖片区\n"
			  "P1,王强,0306001,支队,\"竞秀区,莲池区\"\nP2,李明,0306002,支队,莲池区\n"),
		  OK);
	CHECK_INT(total(&w, (struct registry_query){ .county = "莲池区" }), 2);
	CHECK_INT(total(&w, (struct registry_query){ .county = "竞秀区" }), 1);
	w.kind = REGISTRY_RECUSALS;
	CHECK_INT(total(&w, (struct registry_query){ .class = "重点" }), INVALID);
	registry_world_release(&w);
}
