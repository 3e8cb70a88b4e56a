/* test/app/plan_year.c — who may make, hand in, approve and extend; versions stay; openings are replaced. */
#include "app/plan_year.h"

#include "app/person.h"
#include "app/rule_set_store.h"
#include "base/status.h"

#include "plan_world.h"
#include "unit.h"

#define KEY_RULE                                                                                   \
	"{\"id\": \"key\", \"title\": \"重点\", \"who\": {\"classes\": [\"key\"]},"              \
	" \"basis\": {\"percent\": 10}, \"period\": \"quarter\"}"

static void begin(struct plan_world *w)
{
	const struct plan_world_data data = { .sites = plan_world_sites(w, NULL, "130602",
									"key,130602,,,,,,,", 20),
					      .more = "\"milestones\": {\"extension_days\": 25},",
					      .rules = KEY_RULE };

	plan_world_init(w, &data);
}

TEST(a_plan_is_approved_by_somebody_else)
{
	struct plan_world w = { 0 };
	struct plan_version_row v;

	begin(&w);
	CHECK_INT(plan_decide(w.o, "P-2026", NULL, &w.notes, &v), CONFLICT);
	CHECK_INT(plan_submit(w.o, "P-2026", &w.notes, &v), OK);
	CHECK_INT(plan_submit(w.o, "P-2026", &w.notes, &v), CONFLICT);
	CHECK_INT(plan_decide(w.o, "P-2026", NULL, &w.notes, &v), FORBIDDEN);
	CHECK(plan_world_noted(&w, "不能批准自己的计划"));
	plan_world_as(&w, "李四");
	CHECK_INT(plan_decide(w.o, "P-2026", NULL, &w.notes, &v), OK);
	CHECK_STR(v.state, "approved");
	CHECK_STR(v.decided_by, "李四");
	CHECK_INT(plan_decide(w.o, "P-2026", NULL, &w.notes, &v), CONFLICT);
	CHECK_INT(plan_submit(w.o, "P-2027", &w.notes, &v), NONE);
	CHECK_INT(plan_world_entries(&w, "plan.new"), 1);
	CHECK_INT(plan_world_entries(&w, "plan.submit"), 1);
	CHECK_INT(plan_world_entries(&w, "plan.approve"), 1);
	plan_world_release(&w);
}

TEST(who_handed_in_may_not_approve_either)
{
	struct plan_world w = { 0 };
	struct plan_version_row v;

	begin(&w);
	plan_world_as(&w, "王五");
	CHECK_INT(plan_submit(w.o, "P-2026", &w.notes, &v), OK);
	CHECK_INT(plan_decide(w.o, "P-2026", NULL, &w.notes, &v), FORBIDDEN);
	plan_world_as(&w, "张三");
	CHECK_INT(plan_decide(w.o, "P-2026", NULL, &w.notes, &v), FORBIDDEN);
	plan_world_as(&w, "张 三");
	CHECK_INT(plan_decide(w.o, "P-2026", NULL, &w.notes, &v), FORBIDDEN);
	plan_world_release(&w);
}

static void known(struct plan_world *w, const char *name, const char *role, const char *approver)
{
	CHECK_INT(person_add(w->o, w->a, &(struct person_change){ name, role, approver }), OK);
}

TEST(only_a_leader_of_the_list_approves_returns_and_extends)
{
	struct plan_world w = { 0 };
	struct plan_version_row v;
	struct plan_extension_row x = {
		.period = "2026-Q1", .what = "visits", .days = 10, .reason = "重污染天气应急"
	};

	begin(&w);
	known(&w, "局长", "leader", NULL);
	known(&w, "李四", "legal", "局长");
	CHECK_INT(plan_submit(w.o, "P-2026", &w.notes, &v), FORBIDDEN);
	CHECK(plan_world_noted(&w, "“张三”不在人员名单的负责人、双随机管理员里，不能办理这件事"));
	known(&w, "张三", "planner", "局长");
	CHECK_INT(plan_submit(w.o, "P-2026", &w.notes, &v), OK);
	plan_world_as(&w, "李四");
	CHECK_INT(plan_decide(w.o, "P-2026", NULL, &w.notes, &v), FORBIDDEN);
	CHECK(plan_world_noted(&w, "“李四”不在人员名单的负责人里"));
	plan_world_as(&w, "某人");
	CHECK_INT(plan_decide(w.o, "P-2026", "请再核对", &w.notes, &v), FORBIDDEN);
	CHECK(plan_world_noted(&w, "“某人”不在人员名单的负责人里"));
	CHECK_INT(plan_world_entries(&w, "plan.return"), 0);
	plan_world_as(&w, "局长");
	CHECK_INT(plan_decide(w.o, "P-2026", NULL, &w.notes, &v), OK);
	plan_world_as(&w, "张三");
	CHECK_INT(plan_extend(w.o, "P-2026", &x, &w.notes), OK);
	plan_world_as(&w, "李四");
	CHECK_INT(plan_extend_decide(w.o, x.id, true, &w.notes), FORBIDDEN);
	CHECK_INT(plan_extend_decide(w.o, x.id, false, &w.notes), FORBIDDEN);
	plan_world_as(&w, "局长");
	CHECK_INT(plan_extend_decide(w.o, x.id, true, &w.notes), OK);
	CHECK_INT(plan_world_entries(&w, "plan.extend-agree"), 1);
	plan_world_release(&w);
}

static int make(struct plan_world *w, const char *lines, struct plan_version_row *v)
{
	const struct plan_new in = { .id = "P-2026",
				     .year = 2026,
				     .body = "130600",
				     .area = "",
				     .authority = "局",
				     .period = "quarter",
				     .rules = "t",
				     .day_load = 10,
				     .lines = lines,
				     .lines_len = lines ? strlen(lines) : 0 };

	plan_notes_init(&w->notes, w->a);
	return plan_make(w->o, &in, &w->notes, v);
}

TEST(versions_follow_each_other_and_keep_their_lines)
{
	struct plan_world w = { 0 };
	struct plan_version_row v;
	struct plan_line_row *lines;
	size_t count;

	begin(&w);
	CHECK_INT(make(&w, NULL, &v), CONFLICT);
	CHECK(plan_world_noted(&w, "还有一版没有办完"));
	plan_world_as(&w, "张三");
	CHECK_INT(plan_submit(w.o, "P-2026", &w.notes, &v), OK);
	plan_world_as(&w, "李四");
	CHECK_INT(plan_decide(w.o, "P-2026", "比例请再核对", &w.notes, &v), OK);
	CHECK_STR(v.state, "returned");
	plan_world_as(&w, "张三");
	CHECK_INT(make(&w, "编号,类别,名称,目标\nzx,专项,专项一,10%\n", &v), OK);
	CHECK_INT(v.version, 2);
	plan_world_approve(&w);
	CHECK_INT(make(&w, NULL, &v), OK);
	CHECK_INT(v.version, 3);
	CHECK_INT(plan_line_list(w.o->db, w.a, v.plan, 3, &lines, &count), OK);
	CHECK_INT(count, 1);
	CHECK_STR(lines[0].id, "zx");
	/* the approved one is still what is drawn by */
	struct plan_version_row approved;
	CHECK_INT(plan_version_approved(w.o->db, w.a, v.plan, &approved), OK);
	CHECK_INT(approved.version, 2);
	plan_world_release(&w);
}

TEST(a_draft_is_dropped_by_who_made_it_or_a_leader)
{
	struct plan_world w = { 0 };
	struct plan_version_row v;

	begin(&w);
	known(&w, "局长", "leader", NULL);
	known(&w, "李四", "legal", "局长");
	known(&w, "张三", "planner", "局长");
	plan_world_as(&w, "李四");
	CHECK_INT(plan_drop(w.o, "P-2026", "编错了范围", &w.notes, &v), FORBIDDEN);
	CHECK(plan_world_noted(&w, "是 张三 编的"));
	CHECK_INT(plan_world_entries(&w, "plan.drop"), 0);
	plan_world_as(&w, "局长");
	CHECK_INT(plan_drop(w.o, "P-2026", "编错了范围", &w.notes, &v), OK);
	plan_world_as(&w, "张三");
	CHECK_INT(make(&w, NULL, &v), OK);
	CHECK_INT(plan_drop(w.o, "P-2026", "编错了范围", &w.notes, &v), OK);
	CHECK_INT(plan_world_entries(&w, "plan.drop"), 2);
	plan_world_release(&w);
}

TEST(a_draft_can_be_dropped_and_nothing_else)
{
	struct plan_world w = { 0 };
	struct plan_version_row v;
	struct plan_line_row *lines;
	size_t count;

	begin(&w);
	CHECK_INT(plan_drop(w.o, "P-2026", "。", &w.notes, &v), INVALID);
	CHECK_INT(plan_drop(w.o, "P-2027", "编错了年份", &w.notes, &v), NONE);
	CHECK_INT(plan_world_entries(&w, "plan.drop"), 0);
	plan_world_approve(&w);
	CHECK_INT(plan_drop(w.o, "P-2026", "编错了范围", &w.notes, &v), CONFLICT);
	CHECK(plan_world_noted(&w, "没有草稿可以作废"));
	CHECK_INT(make(&w, "编号,类别,名称,目标\nzx,专项,专项一,10%\n", &v), OK);
	CHECK_INT(plan_drop(w.o, "P-2026", "编错了范围", &w.notes, &v), OK);
	CHECK_STR(v.state, "dropped");
	CHECK_INT(plan_world_entries(&w, "plan.drop"), 1);
	CHECK_INT(plan_drop(w.o, "P-2026", "编错了范围", &w.notes, &v), CONFLICT);
	/* what was approved is the newest that counts; the dropped one is still there to be read */
	CHECK_INT(plan_version_get(w.o->db, w.a, v.plan, 0, &v), OK);
	CHECK_INT(v.version, 1);
	CHECK_INT(plan_version_get(w.o->db, w.a, v.plan, 2, &v), OK);
	CHECK_STR(v.state, "dropped");
	CHECK_STR(v.reason, "编错了范围");
	/* its number is taken, its lines are not carried on */
	CHECK_INT(make(&w, NULL, &v), OK);
	CHECK_INT(v.version, 3);
	CHECK_INT(plan_line_list(w.o->db, w.a, v.plan, 3, &lines, &count), OK);
	CHECK_INT(count, 0);
	plan_world_as(&w, "张三");
	CHECK_INT(plan_submit(w.o, "P-2026", &w.notes, &v), OK);
	CHECK_INT(plan_drop(w.o, "P-2026", "编错了范围", &w.notes, &v), CONFLICT);
	plan_world_release(&w);
}

TEST(what_is_wrong_with_a_new_plan_is_said)
{
	struct plan_world w = { 0 };
	struct plan_version_row v;
	static const struct {
		const char *lines, *words;
	} wrong[] = {
		{ "编号,类别,名称\nzx,专项,一\n", "缺少“目标”" },
		{ "编号,类别,名称,目标\nzx,随便,一,10%\n", "类别“随便”" },
		{ "编号,类别,名称,目标\nzx,专项,一,110%\n", "目标“110%”" },
		{ "编号,类别,名称,目标\nzx,专项,一,3/2\n", "目标“3/2”" },
		{ "编号,类别,名称,目标\nzx,专项,一,1\nzx,专项,二,1\n", "重复" },
		{ "编号,类别,名称,目标,期次\nzx,专项,一,1,2025-Q1\n", "期次“2025-Q1”" },
		{ "编号,类别,名称,目标,范围\nzx,专项,一,1,颜色=红\n", "范围“颜色=红”看不懂" },
		{ "编号,类别,名称,目标\ndaily,专项,一,1\n", "不叫 daily" },
		{ "编号,类别,名称,目标\nzx,专项,,1\n", "“名称”没有填" },
		{ "编号,类别,名称,目标,范围\nza,专项,一,1,\n\nzb,专项,\"二\n三\",1,\nzx,专项,一,1,颜色=红\n",
		  "第 6 行：范围“颜色=红”看不懂" },
		{ "编号,类别,名称,目标\rza,专项,一,1\rzx,专项,一,110%\r", "第 3 行：目标“110%”" },
		{ "编号,范围,类别,名称,目标\nza,class=key;county=130602;kind=project;level=city;credit=A;matter=M,专项,一,0%\n",
		  "第 2 行：目标“0%”" },
		{ "编号,类别\xff\n", "不是 UTF-8" },
	};
	static const char *const every[] = { "编号“daily”", "类别“随便”", "目标“110%”",
					     "期次“2025-Q1”", "范围“颜色=红”看不懂" };

	begin(&w);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		CHECK_INT(make(&w, wrong[i].lines, &v), INVALID);
		CHECK(plan_world_noted(&w, wrong[i].words));
	}
	/* of one row, all of it */
	CHECK_INT(
		make(&w, "编号,类别,名称,目标,期次,范围\ndaily,随便,一,110%,2025-Q1,颜色=红\n", &v),
		INVALID);
	for (size_t i = 0; i < COUNT(every); i++)
		CHECK(plan_world_noted(&w, every[i]));
	plan_world_release(&w);
}

TEST(an_extension_needs_another_person)
{
	struct plan_world w = { 0 };
	struct plan_extension_row x = {
		.period = "2026-Q1", .what = "visits", .days = 10, .reason = "重污染天气应急"
	};

	begin(&w);
	CHECK_INT(plan_extend(w.o, "P-2026", &x, &w.notes), NONE); /* nothing approved yet */
	plan_world_approve(&w);
	CHECK_INT(plan_extend(w.o, "P-2026", &x, &w.notes), OK);
	CHECK_INT(plan_extend_decide(w.o, x.id, true, &w.notes), FORBIDDEN);
	plan_world_as(&w, "张 三");
	CHECK_INT(plan_extend_decide(w.o, x.id, true, &w.notes), FORBIDDEN);
	plan_world_as(&w, "李四");
	CHECK_INT(plan_extend_decide(w.o, x.id, true, &w.notes), OK);
	CHECK_INT(plan_extend_decide(w.o, x.id, false, &w.notes), CONFLICT);
	CHECK_INT(plan_extend_decide(w.o, 99, false, &w.notes), NONE);
	CHECK_INT(plan_world_entries(&w, "plan.extend"), 1);
	x.days = 16; /* ten of 25 are taken */
	CHECK_INT(plan_extend(w.o, "P-2026", &x, &w.notes), INVALID);
	CHECK(plan_world_noted(&w, "再延 15 天"));
	CHECK_INT(plan_world_entries(&w, "plan.extend-agree"), 1);
	x.period = "2026-03";
	CHECK_INT(plan_extend(w.o, "P-2026", &x, &w.notes), INVALID);
	x.period = "2026-Q1";
	x.days = 0;
	CHECK_INT(plan_extend(w.o, "P-2026", &x, &w.notes), INVALID);
	struct plan_period_lists lists;
	w.understaffed = true;
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &lists), OK);
	CHECK_INT(lists.reveal_by, lists.to + 15); /* no extension puts off the reveal */
	CHECK_INT(lists.until, lists.to + 10);
	/* what is only drawn in the extension is not revealed before it can be visited */
	plan_world_day(&w, "2026-04-05");
	CHECK_INT(plan_world_lists(&w, "2026-Q1", PLAN_POOL_DAILY, &lists), OK);
	CHECK_INT(lists.until, lists.to + 10);
	CHECK_INT(lists.reveal_by, lists.until + 15);
	plan_world_release(&w);
}

TEST(opening_balances_are_checked_and_replaced)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;

	begin(&w);
	CHECK_INT(plan_world_opening(&w,
				     "类别,编号,日期,检查类型,次数\n"
				     "检查,130602-0001,2026-01-15,日常,2\n"
				     "检查,130602-0002,2026-02-01,日常+非现场,\n"
				     "频次,130602-0003,,,2\n案件,130602-0003,,,1\n"
				     "检查,130602-9999,2026-02-01,,1\n任务量,P-000001,,,7\n",
				     &sum),
		  OK);
	CHECK_INT(sum.visits, 3);
	CHECK_INT(sum.caps, 1);
	CHECK_INT(sum.cases, 1);
	CHECK_INT(sum.loads, 1);
	CHECK_INT(sum.unknown, 2);
	CHECK(plan_world_noted(&w, "没有编号 130602-9999"));
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_world_rule(&w, "key")->done, 2); /* sites, not visits */
	CHECK_INT(plan_world_opening(&w, "类别,编号\n检查,130602-0005\n", &sum), OK);
	CHECK_INT(plan_world_check(&w, "2026-Q1"), OK);
	CHECK_INT(plan_world_rule(&w, "key")->done, 1);
	CHECK_INT(plan_world_entries(&w, "plan.opening"), 2);
	plan_world_release(&w);
}

TEST(wrong_opening_rows_keep_nothing)
{
	struct plan_world w = { 0 };
	struct plan_opening_sum sum;
	static const char *const wrong[][2] = {
		{ "类别,编号,日期\n检查,130602-0001,2025-12-31\n", "日期“2025-12-31”" },
		{ "类别,编号,日期\n检查,130602-0001,2026-03-03\n",
		  "日期“2026-03-03”" }, /* tomorrow */
		{ "类别,编号,日期\n检查,130602-0001,2026-02-29\n", "日期“2026-02-29”" },
		{ "类别,编号,次数\n检查,130602-0001,0\n", "次数“0”" },
		{ "类别,编号,检查类型\n检查,130602-0001,抽查\n", "检查类型“抽查”" },
		{ "类别,编号\n看看,130602-0001\n", "类别“看看”" },
		{ "类别,编号\n检查,某厂\n", "编号“某厂”" },
		{ "", "文件是空的" },
	};

	begin(&w);
	for (size_t i = 0; i < COUNT(wrong); i++) {
		CHECK_INT(plan_world_opening(&w, wrong[i][0], &sum), INVALID);
		CHECK(plan_world_noted(&w, wrong[i][1]));
	}
	CHECK_INT(plan_world_entries(&w, "plan.opening"), 0);
	plan_world_release(&w);
}

TEST(a_rule_set_that_is_not_in_force_in_the_year_makes_no_plan)
{
	struct plan_world w = { 0 };
	struct plan_version_row v;
	struct rule_set_kept kept;
	struct plan_new in = { .id = "P-2027",
			       .year = 2027,
			       .body = "130600",
			       .area = "",
			       .authority = "局",
			       .period = "quarter",
			       .rules = "old",
			       .day_load = 10 };
	static const char text[] =
		"{\"format\": \"mingqian-rules-1\", \"id\": \"old\", \"title\": \"旧规则\", \"body\": \"局\","
		" \"level\": \"city\", \"document\": \"某计划\", \"from\": \"2021-01-01\","
		" \"to\": \"2027-06-30\", \"teams\": [{\"need\": 2, \"min_senior\": 1}], \"rules\":"
		" [{\"id\": \"all\", \"title\": \"全部\", \"basis\": {\"percent\": 1},"
		" \"period\": \"quarter\"}]}";
	const struct rule_set_given given = { text, strlen(text), "old.json", "试", NULL };

	begin(&w);
	CHECK_INT(rule_set_keep(w.o, &given, &w.notes, &kept), OK);
	plan_notes_init(&w.notes, w.a);
	CHECK_INT(plan_make(w.o, &in, &w.notes, &v), OK);
	CHECK(plan_world_noted(&w, "在 2027 年里只有 2027-01-01 至 2027-06-30 有效"));
	in.id = "P-2028";
	in.year = 2028;
	CHECK_INT(plan_make(w.o, &in, &w.notes, &v), INVALID);
	CHECK(plan_world_noted(&w, "“旧规则”已于 2027-06-30 失效，2028 年整年都不在有效期内"));
	plan_world_release(&w);
}
