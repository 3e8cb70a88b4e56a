/*
 * app/demo_year.c — January: the city's files become kept registries, a rule set and an approved plan. Between the
 * quarters sites close, and in October the special units' half meets the cap of two visits, as it must.
 */
#include "app/demo_year.h"

#include "app/demo_city.h"
#include "app/demo_quarter.h"
#include "app/person.h"
#include "app/plan_year.h"
#include "app/registry_change.h"
#include "app/registry_import.h"
#include "app/rule_set_edit.h"
#include "app/rule_set_shipped.h"
#include "app/rule_set_store.h"
#include "base/file.h"
#include "base/status.h"

#include <string.h>

enum { YEAR = 2026, DAY_LOAD = 10, ROWS_MOST = 100000, CLOSED = 3 };

static const char PLAN[] = "BD-2026", RULES[] = "baoding-2025", BODY[] = "130600",
		  AUTHORITY[] = "保定市生态环境局";

static const char LINES[] =
	"编号,类别,名称,范围,期次,目标,事项,依据\n"
	"LH-1,部门联合,与应急管理局联合抽查危废经营单位,kind=waste,2026-Q2,3,SX-06,部门联合抽查计划（演示）\n"
	"LH-2,部门联合,与市场监管局联合抽查重点单位,class=key,2026-Q3,5,SX-04,部门联合抽查计划（演示）\n"
	"LH-3,部门联合,与水利局联合抽查重点单位,class=key,2026-Q4,5,SX-02,部门联合抽查计划（演示）\n";

/* Special units may be visited oftener than the cap, and all of them once more. */
static const struct rule_set_value OCTOBER[] = {
	{ "cap.exemptions.special",
	  "{\"id\": \"special\", \"special\": true, \"document\": \"关于特殊监管对象抽查频次的批复（演示）\"}" },
	{ "rules.special.repeat", "{\"policy\": \"after-coverage\"}" },
};

static int import_all(struct demo_acts *d)
{
	static const enum registry kinds[] = { REGISTRY_SITES, REGISTRY_INSPECTORS,
					       REGISTRY_MATTERS, REGISTRY_RECUSALS };

	demo_act_as(d, "赵六", "2026-01-04T09:00");
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct registry_imported imported;
		const struct registry_import in = {
			.kind = kinds[i],
			.file = arena_printf(d->arena, "%s/%s.xlsx", d->in->folder,
					     registry_name(kinds[i])),
			.reason = "启用（演示）",
			.json_fd = -1,
			.max_rows = ROWS_MOST,
			.progress = d->in->progress,
			.progress_arg = d->in->progress_arg,
		};
		TRY(registry_import(d->office, d->arena, &in, &imported));
	}
	return OK;
}

static int keep_rules(struct demo_acts *d)
{
	struct rule_set_kept kept;

	for (size_t i = 0; i < rule_sets_shipped_count; i++) {
		const struct rule_set_shipped *s = &rule_sets_shipped[i];
		const struct rule_set_given given = {
			.text = s->text, .len = s->len, .file = s->name, .reason = "启用（演示）"
		};
		if (strcmp(s->name, RULES) == 0)
			return rule_set_keep(d->office, &given, d->notes, &kept);
	}
	return NONE;
}

static int change_rules(struct demo_acts *d)
{
	struct rule_set_given given = { .file = RULES, .reason = "特殊监管对象的次数（演示）" };
	struct rule_set_kept kept;
	struct rule_set set;

	TRY(rule_set_get(d->office, RULES, 0, d->notes, &set, &kept));
	TRY(rule_set_edit(&set, OCTOBER, COUNT(OCTOBER), d->notes, &given.text, &given.len));
	return rule_set_keep(d->office, &given, d->notes, &kept);
}

/* The plan, or its next version with the rules as they are now; made on one day, approved on another. */
static int make_plan(struct demo_acts *d, const char *made, const char *approved)
{
	struct plan_version_row version;
	const struct plan_new in = { .id = PLAN,
				     .year = YEAR,
				     .body = BODY,
				     .area = "",
				     .authority = AUTHORITY,
				     .period = "quarter",
				     .rules = RULES,
				     .day_load = DAY_LOAD,
				     .lines = LINES,
				     .lines_len = strlen(LINES) };

	demo_act_as(d, "张三", made);
	TRY(plan_make(d->office, &in, d->notes, &version));
	TRY(plan_submit(d->office, PLAN, d->notes, &version));
	demo_act_as(d, "局长", approved);
	return plan_decide(d->office, PLAN, NULL, d->notes, &version);
}

static int close_one(struct demo_acts *d)
{
	const struct demo_unit *unit = &demo_units[demo_below(&d->random, DEMO_UNITS)];
	const struct registry_value values[] = { { SITE_STATE, "关闭" },
						 { SITE_STATE_EVIDENCE, "现场核查记录" } };
	const struct registry_edit_in in = {
		.id = arena_printf(d->arena, "%s-%04u", unit->code,
				   1 + demo_below(&d->random, unit->sites)),
		.values = values,
		.count = COUNT(values),
	};
	struct plan_notes notes;
	const struct registry_act act = { d->office, d->arena, REGISTRY_SITES, "企业关闭（演示）",
					  &notes };
	int64_t change;

	plan_notes_init(&notes, d->arena);
	int rc = registry_act_edit(&act, &in, &change);
	return rc == INVALID ? OK : rc; /* it was closed before */
}

/* What happens before a quarter's draw. */
static int between(struct demo_acts *d, unsigned quarter)
{
	static const char *const days[DEMO_QUARTERS] = { NULL, "2026-04-02T10:00",
							 "2026-07-02T10:00", "2026-10-09T10:00" };

	if (!days[quarter])
		return OK;
	demo_act_as(d, "赵六", days[quarter]);
	for (int i = 0; i < CLOSED; i++)
		TRY(close_one(d));
	if (quarter + 1 < DEMO_QUARTERS)
		return OK;
	demo_act_as(d, "张三", "2026-10-10T09:00");
	TRY(change_rules(d));
	return make_plan(d, "2026-10-10T10:00", "2026-10-12T16:00");
}

/* Who approves, signs and holds shares in the demo. */
static int name_people(struct demo_acts *d)
{
	static const struct person_change people[] = {
		{ "局长", "leader", NULL },       { "李四", "legal", "局长" },
		{ "王五", "discipline", "局长" }, { "钱七", "archive", "局长" },
		{ "张三", "planner", "局长" },    { "赵六", "planner", "局长" }
	};

	for (size_t i = 0; i < COUNT(people); i++)
		TRY(person_add(d->office, d->arena, &people[i]));
	return OK;
}

static int work(struct demo_acts *d)
{
	TRY(import_all(d));
	TRY(name_people(d));
	demo_act_as(d, "张三", "2026-01-05T09:00");
	TRY(keep_rules(d));
	TRY(make_plan(d, "2026-01-05T10:00", "2026-01-06T16:00"));
	for (unsigned q = 0; q < DEMO_QUARTERS; q++) {
		TRY(between(d, q));
		TRY(demo_quarter(d, q));
	}
	return OK;
}

/* The last reason that a note gives, else the office's. */
static const char *why(const struct demo_acts *d, int code)
{
	for (size_t i = d->notes->count; i > 0; i--)
		if (d->notes->list[i - 1].kind == PLAN_REFUSED)
			return d->notes->list[i - 1].text;
	return arena_str(d->arena, office_sentence(d->office, code));
}

int demo_year_make(struct arena *a, const struct demo_year *in, struct demo_year_done *ret,
		   const char **ret_why)
{
	struct demo_year_done done = { .data = arena_printf(a, "%s/data", in->folder),
				       .plan = PLAN,
				       .planner = "张三",
				       .next = "2027-01-04T09:00" };
	const struct office_where where = {
		.data = done.data, .db = in->db, .make = true, .demo = true
	};
	struct plan_notes notes;
	struct office office;
	struct demo_acts acts = {
		.in = in, .done = &done, .arena = a, .office = &office, .notes = &notes
	};

	*ret_why = NULL;
	TRY(demo_write(a, in->folder, in->seed, in->force, &done.written));
	TRY(office_open(a, &where, &office, ret_why));
	plan_notes_init(&notes, a);
	demo_random_init(&acts.random, arena_printf(a, "%s/year", in->seed));
	int rc = work(&acts);
	if (rc != OK && rc != CANCELLED)
		*ret_why = why(&acts, rc);
	office_release(&office);
	*ret = done;
	return rc;
}
