/* test/app/ledger_tables.c — a table changed past the program no longer fits the ledger, whatever is changed. */
#include "app/ledger_tables.h"

#include "app/calendar_store.h"
#include "app/ledger_basis.h"
#include "app/ledger_verify.h"
#include "app/plan_opening.h"
#include "app/plan_year.h"
#include "app/registry_merge.h"
#include "app/rule_set_store.h"
#include "base/status.h"

#include "registry_world.h"
#include "scene.h"
#include "unit.h"

#include <stdio.h>
#include <string.h>

static const char rules[] =
	"{\"format\": \"mingqian-rules-1\", \"id\": \"t\", \"title\": \"试\", \"body\": \"局\","
	" \"level\": \"city\", \"document\": \"某计划\", \"by_county\": true, \"senior_years\": 5,"
	" \"teams\": [{\"need\": 2, \"min_senior\": 1}], \"rules\": [{\"id\": \"all\","
	" \"title\": \"全部\", \"article\": \"一\", \"basis\": {\"percent\": 1}, \"period\": \"quarter\"}],"
	" \"milestones\": {\"extension_days\": 10}}";
static const char calendar[] = "date,working,name\n2026-01-01,0,元旦\n2026-01-04,1,班\n";
static const char lines[] = "id,kind,title,pool,period,target,matters,document\n"
			    "l-2,campaign,专项二,class=key,2026-Q2,1/2,,文\n"
			    "l-1,campaign,专项一,class=key,2026-Q1,1/2,,文\n";

static struct registry_act act_of(struct registry_world *w)
{
	plan_notes_init(&w->notes, &w->office.arena);
	return (struct registry_act){ &w->office.office, &w->office.arena, w->kind, "核实",
				      &w->notes };
}

/* Every kind of change: 1 import, 2 edit, 3 import, 4 undo of it, 5 merge, 6 its undo, 7 split, 8 inspectors. */
static void change_registries(struct registry_world *w)
{
	static const char head[] = "编号,单位名称,所属县区,监管类别,运行状态\n";
	const char *const gone[] = { "A-2" };
	const struct registry_merge_in merge = { "A-1", gone, 1 };
	const struct registry_value values[] = { { SITE_NAME, "丙厂东区" } };
	const struct registry_part part = { values, 1 };
	const struct registry_split_in split = { .id = "A-3", .parts = &part, .count = 1 };
	struct arena *a = &w->office.arena;
	const char *const *ids;
	int64_t change;

	CHECK_INT(registry_world_import(w, arena_printf(a,
							"%sA-1,甲厂,竞秀区,重点,在产\n"
							"A-2,乙厂,竞秀区,一般,在产\n"
							"A-3,丙厂,莲池区,重点,在产\n",
							head)),
		  OK);
	CHECK_INT(registry_world_edit(w, "A-1", SITE_NOTE, "核实过", false), OK);
	CHECK_INT(registry_world_import(w, arena_printf(a,
							"%sA-0,零厂,竞秀区,重点,在产\n"
							"A-2,乙厂二,竞秀区,重点,在产\n"
							"A-9,壬厂,莲池区,一般,在产\n",
							head)),
		  OK);
	CHECK_INT(registry_world_undo(w, 3), OK);
	struct registry_act act = act_of(w);
	CHECK_INT(registry_act_merge(&act, &merge, &change), OK);
	CHECK_INT(registry_act_part(&act, change, &change), OK);
	CHECK_INT(registry_act_split(&act, &split, &ids, &change), OK);
	CHECK_INT(change, 7);
	w->kind = REGISTRY_INSPECTORS;
	CHECK_INT(registry_world_import(w, "编号,姓名,执法证号,入岗日期\n"
					   "I-1,赵一,03060001,2010-01-01\n"),
		  OK);
	w->kind = REGISTRY_SITES;
}

static void keep_rules(struct registry_world *w)
{
	const struct rule_set_given given = { rules, strlen(rules), "t.json", "试", NULL };
	struct plan_notes *notes = &w->notes;
	struct calendar_kept year;
	struct rule_set_kept kept;

	plan_notes_init(notes, &w->office.arena);
	CHECK_INT(rule_set_keep(&w->office.office, &given, notes, &kept), OK);
	CHECK_INT(calendar_keep(&w->office.office, calendar, strlen(calendar),
				(const char *const[]){ "c.csv", "通知" }, notes, &year),
		  OK);
}

static void make_plan(struct registry_world *w)
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
				     .lines_len = strlen(lines) };
	struct office *o = &w->office.office;
	struct plan_version_row v;

	if (!CHECK(plan_make(o, &in, &w->notes, &v) == OK))
		printf("# %s\n", registry_world_notes(w));
	CHECK_INT(plan_submit(o, "P-2026", &w->notes, &v), OK);
	o->actor = "李四";
	CHECK_INT(plan_decide(o, "P-2026", "改一改", &w->notes, &v), OK);
	o->actor = "张三";
	CHECK_INT(plan_make(o, &in, &w->notes, &v), OK);
	CHECK_INT(plan_drop(o, "P-2026", "编错了", &w->notes, &v), OK);
	CHECK_INT(plan_make(o, &in, &w->notes, &v), OK);
	CHECK_INT(plan_submit(o, "P-2026", &w->notes, &v), OK);
	o->actor = "李四";
	CHECK_INT(plan_decide(o, "P-2026", NULL, &w->notes, &v), OK);
	o->actor = "张三";
}

/* What the year had seen before, and a field in which the file wins at last. */
static void settle(struct registry_world *w)
{
	static const char csv[] = "kind,subject,day,visits,n\nvisit,A-1,2026-02-05,daily,3\n";
	struct plan_opening_sum sum;
	struct registry_act act = act_of(w);

	const struct plan_opening_ask ask = {
		.year = 2026, .file_name = "o.csv", .file = span_of(csv), .reason = "试"
	};
	CHECK_INT(plan_opening_import(&w->office.office, &ask, &w->notes, &sum), OK);
	CHECK_INT(registry_act_winner(&act, SITE_NOTE, false), OK);
	w->office.office.fixed_now += 1000;
	CHECK_INT(registry_act_winner(&act, SITE_NOTE, true), OK);
}

static void begin(struct registry_world *w)
{
	struct plan_notes *notes = &w->notes;
	struct rule_set_kept kept;

	registry_world_init(w);
	w->office.office.actor = "张三";
	change_registries(w);
	keep_rules(w);
	make_plan(w);
	settle(w);
	CHECK_INT(rule_set_retire(&w->office.office, "t", "旧了", notes, &kept), OK);
}

static const struct ledger_step *look(struct registry_world *w, struct ledger_report *r,
				      const char *name)
{
	struct ledger_check check = { 0 };

	*r = (struct ledger_report){ 0 };
	if (!CHECK(ledger_verify(&w->office.office, &w->office.arena, &check, r) == OK))
		printf("# %s\n", db_error_text(w->office.office.db));
	for (size_t i = 0; i < r->count; i++)
		if (strcmp(r->steps[i].name, name) == 0)
			return &r->steps[i];
	return NULL;
}

static const char *const steps[] = { "changes", "rows", "facets", "rules", "plans" };

TEST(tables_that_nobody_touched_fit)
{
	struct registry_world w;
	struct ledger_report r;

	begin(&w);
	for (size_t i = 0; i < COUNT(steps); i++) {
		const struct ledger_step *s = look(&w, &r, steps[i]);
		if (CHECK(s != NULL))
			unit_check(s->mark == VERIFY_OK, __FILE__, __LINE__, "%s: %s", s->name,
				   s->text);
	}
	CHECK_INT(r.failed, 0);
	CHECK(strstr(look(&w, &r, "changes")->text, "8 项") != NULL);
	CHECK(strstr(look(&w, &r, "rows")->text, "8 项") != NULL);
	CHECK(strstr(look(&w, &r, "plans")->text, "4 项") != NULL);
	CHECK(strstr(look(&w, &r, "rules")->text, "3 项") != NULL);
	registry_world_release(&w);
}

TEST(an_office_without_tables_fits)
{
	struct registry_world w;
	struct ledger_report r;

	registry_world_init(&w);
	for (size_t i = 0; i < COUNT(steps); i++)
		CHECK_INT(look(&w, &r, steps[i])->mark, VERIFY_OK);
	registry_world_release(&w);
}

struct attack {
	const char *step, *sql;
	struct registry_world *w;
};

static int attack_and_look(struct db *db, void *arg)
{
	const struct attack *in = arg;
	struct ledger_report r;

	if (!CHECK(scene_run(db, in->sql) == OK))
		printf("# %s: %s\n", in->sql, db_error_text(db));
	const struct ledger_step *s = look(in->w, &r, in->step);
	unit_check(s && s->mark == VERIFY_FAILED && s->how, __FILE__, __LINE__, "found in %s: %s",
		   in->step, in->sql);
	return CANCELLED;
}

static const struct attack attacks[] = {
	{ "rows", "delete from registry_row where id = 'A-0'", NULL },
	{ "rows", "delete from registry_row where id = 'I-1'", NULL },
	{ "rows",
	  "update registry_version set cells = replace(cells, 'key', 'general')"
	  " where version = (select max(x.version) from registry_version as x"
	  " where x.row = registry_version.row)",
	  NULL },
	{ "rows",
	  "update registry_version set cells = replace(cells, 'live', 'closed')"
	  " where row = (select key from registry_row where id = 'A-3')",
	  NULL },
	{ "rows", "update registry_version set cells = replace(cells, '乙', '己')", NULL },
	{ "rows", "delete from registry_version where change = 3", NULL },
	{ "rows", "delete from registry_version where change = 1 and version = 1", NULL },
	{ "rows", "delete from registry_version where change = 7", NULL },
	{ "rows", "update registry_version set change = change + 1 where change = 3", NULL },
	{ "rows", "update registry_version set change = 2 where change = 1", NULL },
	{ "rows", "update registry_version set version = version + 10 where change = 4", NULL },
	{ "rows",
	  "insert into registry_version (row, version, change, cells)"
	  " select row, max(version) + 1, max(change), '' from registry_version"
	  " where row = (select key from registry_row where id = 'A-9') group by row",
	  NULL },
	{ "rows",
	  "insert into registry_version (row, version, change, cells) values (999, 1, 1, '')",
	  NULL },
	{ "rows",
	  "delete from registry_version where version > 1"
	  " and row = (select key from registry_row where id = 'A-2')",
	  NULL },
	{ "rows",
	  "update registry_version set version = version + 9"
	  " where row = (select key from registry_row where id = 'A-9')",
	  NULL },
	{ "rows",
	  "insert into registry_row (registry, id, name, code, facet)"
	  " select registry, 'A-X', name, code, facet from registry_row where id = 'A-3'",
	  NULL },
	{ "rows", "update registry_change set result_digest = file_digest where id = 1", NULL },
	{ "rows", "update registry_head set change = 1 where registry = 'sites'", NULL },
	{ "facets", "update registry_row set name = '别名' where id = 'A-1'", NULL },
	{ "facets", "update registry_row set code = 'X' where id = 'I-1'", NULL },
	{ "facets", "update registry_row set id = 'A-4' where id = 'A-3'", NULL },
	{ "facets", "update registry_facet set rows = rows + 1 where state = 'closed'", NULL },
	{ "facets",
	  "update registry_facet set class = 'general' where state = 'closed'"
	  " and class = 'key'",
	  NULL },
	{ "facets", "update registry_row set facet = 999 where id = 'A-3'", NULL },
	{ "facets",
	  "update registry_version set cells = replace(cells, 'key', 'general')"
	  " where row = (select key from registry_row where id = 'A-3')",
	  NULL },
	{ "changes", "update registry_change set actor = '李四' where id = 2", NULL },
	{ "changes", "update registry_change set reason = '别的' where id = 2", NULL },
	{ "changes", "update registry_change set at = at - 86400000 where id = 3", NULL },
	{ "changes", "update registry_change set kind = 'import' where id = 2", NULL },
	{ "changes", "update registry_change set kept = kept + 1 where id = 1", NULL },
	{ "changes", "update registry_change set file = 'x' where id = 1", NULL },
	{ "changes",
	  "insert into registry_change (registry, kind, at, actor, reason, file,"
	  " file_digest, result_digest, added, updated, unchanged, quarantined, kept)"
	  " select registry, kind, at, actor, reason, file, file_digest,"
	  " result_digest, added, updated, unchanged, quarantined, kept"
	  " from registry_change where id = 2",
	  NULL },
	{ "changes", "delete from ledger_entry where subject = 'sites/2'", NULL },
	{ "changes", "update ledger_entry set subject = 'sites/99' where subject = 'sites/2'",
	  NULL },
	{ "changes",
	  "insert into ledger_entry (time, actor, roles, action, subject, digest,"
	  " source) select time, actor, roles, action, 'sites/77', digest, source"
	  " from ledger_entry where subject = 'sites/2'",
	  NULL },
	{ "changes", "update registry_winner set winner = 'local'", NULL },
	{ "changes", "update registry_winner set field = 'code'", NULL },
	{ "changes", "delete from registry_winner", NULL },
	{ "changes", "insert into registry_winner values ('sites', 'code', 'file')", NULL },
	{ "rules", "update rule_set set cells = replace(cells, '1', '2')", NULL },
	{ "rules", "update rule_set set title = '别的'", NULL },
	{ "rules", "update rule_set set valid_to = 1 where version = 1", NULL },
	{ "rules", "update rule_set set level = 'county' where version = 2", NULL },
	{ "rules", "update rule_set set withdrawn = 0", NULL },
	{ "rules", "update rule_set set actor = '王' where version = 1", NULL },
	{ "rules", "delete from rule_set where version = 2", NULL },
	{ "rules", "update work_calendar set cells = replace(cells, '2026-01-04', '2026-01-05')",
	  NULL },
	{ "rules", "delete from work_calendar", NULL },
	{ "plans", "update plan_version set rules = replace(rules, '1', '2')", NULL },
	{ "plans", "update plan_version set title = 'x' where version = 1", NULL },
	{ "plans", "update plan_version set decided_by = '王'", NULL },
	{ "plans", "update plan_version set made_by = '王' where version = 2", NULL },
	{ "plans", "update plan_version set state = 'approved' where version = 1", NULL },
	{ "plans", "update plan_version set state = 'returned' where version = 3", NULL },
	{ "plans", "update plan_version set state = 'draft' where version = 2", NULL },
	{ "plans",
	  "update plan_version set submitted_by = '王', submitted_at = 1 where version = 2", NULL },
	{ "plans", "delete from ledger_entry where action = 'plan.drop'", NULL },
	{ "plans", "update plan_opening_row set n = n + 1", NULL },
	{ "plans", "update plan_opening_row set day = day + 1", NULL },
	{ "plans", "update plan_opening_row set visits = 2", NULL },
	{ "plans", "update plan_opening_row set subject = 'A-9'", NULL },
	{ "plans", "update plan_opening_row set kind = 'cap'", NULL },
	{ "plans", "delete from plan_opening_row", NULL },
	{ "plans",
	  "insert into plan_opening_row select opening, 'cap', subject, day, 0, n"
	  " from plan_opening_row",
	  NULL },
	{ "plans", "update plan_opening set current = 0", NULL },
	{ "plans", "update plan_opening set year = 2025", NULL },
	{ "plans", "update plan_opening set file = 'x'", NULL },
	{ "plans", "update plan_opening set actor = '王'", NULL },
	{ "plans", "update plan_line set a = 1, b = 100 where id = 'l-1'", NULL },
	{ "plans", "delete from plan_line where id = 'l-2' and version = 2", NULL },
	{ "plans", "update plan set year = 2027", NULL },
	{ "plans", "delete from ledger_entry where action = 'plan.return'", NULL },
	{ "plans",
	  "insert into plan (id, body, year, created_at) values"
	  " ('P-1', '130600', 2026, 0)",
	  NULL },
};

TEST(whatever_is_changed_by_hand_is_found)
{
	struct registry_world w;
	struct ledger_report r;

	begin(&w);
	for (size_t i = 0; i < COUNT(attacks); i++) {
		struct attack in = attacks[i];
		in.w = &w;
		CHECK_INT(db_write(w.office.office.db, attack_and_look, &in), CANCELLED);
	}
	CHECK_INT(look(&w, &r, "rows")->mark, VERIFY_OK);
	registry_world_release(&w);
}

/* ---- what lists are made from: altered for the time of a freeze ---- */

static int basis(struct db *db, void *arg)
{
	struct registry_world *w = arg;
	const char *read;

	(void)db;
	return ledger_basis(&w->office.office, &w->office.arena, 2026, &read);
}

static int alter_and_ask(struct db *db, void *arg)
{
	const struct attack *in = arg;
	struct office *o = &in->w->office.office;

	if (!CHECK(scene_run(db, in->sql) == OK))
		printf("# %s: %s\n", in->sql, db_error_text(db));
	int rc = basis(db, in->w);
	unit_check(rc == FORBIDDEN && strstr(o->why, in->step) != NULL, __FILE__, __LINE__,
		   "%d %s: %s", rc, o->why, in->sql);
	return CANCELLED;
}

/* Here step is what is told. */
static const struct attack alterations[] = {
	{ "名录", "delete from registry_row where id = 'A-0'", NULL },
	{ "名录", "delete from registry_row where id = 'I-1'", NULL },
	{ "名录", "update registry_version set cells = replace(cells, '03060001', '03060002')",
	  NULL },
	{ "名录", "update registry_row set registry = 'sites' where id = 'I-1'", NULL },
	{ "名录",
	  "insert into registry_version (row, version, change, cells)"
	  " select row, max(version) + 1, max(change), 'A-9' from registry_version"
	  " where row = (select key from registry_row where id = 'A-9') group by row",
	  NULL },
	{ "名录",
	  "insert into registry_version (row, version, change, cells)"
	  " select row, max(version) + 1, 99, 'A-9' from registry_version"
	  " where row = (select key from registry_row where id = 'A-9') group by row",
	  NULL },
	{ "名录", "delete from registry_version where change = 7", NULL },
	{ "名录", "update registry_head set change = 1 where registry = 'sites'", NULL },
	{ "名录", "update registry_change set kind = 'import' where id = 7", NULL },
	{ "名录", "update registry_change set actor = '李四' where id = 7", NULL },
	{ "账簿里有缺", "delete from ledger_entry where subject = 'sites/7'", NULL },
	{ "账簿里有缺", "update ledger_entry set actor = '李四' where subject = 'sites/7'", NULL },
	{ "账簿里有缺", "update ledger_entry set seq = seq + 1000 where subject = 'sites/7'",
	  NULL },
	{ "账簿里有缺",
	  "insert into ledger_entry (time, actor, roles, action, subject, digest, source)"
	  " select time, actor, roles, action, subject, digest, source from ledger_entry"
	  " where subject = 'sites/7'",
	  NULL },
	{ "账簿里有缺", "update ledger_tree set size = size + 1", NULL },
	{ "规则集", "update rule_set set cells = replace(cells, '1', '2')", NULL },
	{ "工作日历", "update work_calendar set cells = replace(cells, '2026-01-04', '2026-01-05')",
	  NULL },
	{ "计划", "update plan_version set rules = replace(rules, '1', '2')", NULL },
	{ "计划", "update plan_line set a = 1, b = 100 where id = 'l-1'", NULL },
	{ "年初数据", "update plan_opening_row set n = n + 1", NULL },
	{ "年初数据", "delete from plan_opening_row", NULL },
	{ "延期", "update plan_extension set days = 9", NULL },
	{ "延期", "update plan_extension set agreed = 0", NULL },
	{ "延期", "update plan_extension set period = '2026-Q2'", NULL },
	{ "延期", "delete from plan_extension", NULL },
	{ "延期",
	  "insert into plan_extension (plan, period, what, days, reason, asked_by, asked_at,"
	  " decided_by, decided_at, agreed) select plan, period, 'draw', 30, reason, asked_by,"
	  " asked_at, decided_by, decided_at, agreed from plan_extension",
	  NULL },
};

/* A period is extended, which the rule set allows by ten days. */
static void extend(struct registry_world *w)
{
	struct plan_extension_row row = {
		.period = "2026-Q1", .what = "visits", .days = 5, .reason = "大雪封路"
	};
	struct office *o = &w->office.office;

	if (!CHECK(plan_extend(o, "P-2026", &row, &w->notes) == OK))
		printf("# %s\n", registry_world_notes(w));
	o->actor = "李四";
	CHECK_INT(plan_extend_decide(o, row.id, true, &w->notes), OK);
	o->actor = "张三";
}

TEST(what_is_altered_for_the_time_of_a_freeze_is_found_by_it)
{
	struct registry_world w;
	struct ledger_report r;
	const char *read = NULL;

	begin(&w);
	extend(&w);
	CHECK_INT(look(&w, &r, "plans")->mark, VERIFY_OK);
	if (!CHECK(ledger_basis(&w.office.office, &w.office.arena, 2026, &read) == OK))
		printf("# %s\n", w.office.office.why);
	CHECK(read && strstr(read, "read sites/7 ") && strstr(read, "read inspectors/8 ") &&
	      strstr(read, "read 2026 ") && strstr(read, "read calendar-2026 "));
	for (size_t i = 0; i < COUNT(alterations); i++) {
		struct attack in = alterations[i];
		in.w = &w;
		CHECK_INT(db_write(w.office.office.db, alter_and_ask, &in), CANCELLED);
	}
	CHECK_INT(db_read(w.office.office.db, basis, &w), OK);
	registry_world_release(&w);
}
