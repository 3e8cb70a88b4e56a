/* app/plan_extension.c — 延期: asked by one, agreed to by another. */
#include "app/office_person.h"
#include "app/person.h"
#include "app/plan_span.h"
#include "app/plan_year.h"
#include "app/rule_set_read.h"
#include "app/scope.h"
#include "base/status.h"

#include <string.h>

enum { EXTENSION_MOST = 60 }; /* days, as in a rule set */

struct extending {
	struct office *office;
	const char *plan;
	struct plan_extension_row *row;
	struct plan_notes *notes;
	const char *why;
};

/* Days that the rule set lets an approver add, less what was agreed for the period already. */
static int days_left(struct extending *x, struct db *db, const struct plan_version_row *version,
		     int64_t *ret)
{
	struct rule_set set;
	struct plan_extension_row *list;
	size_t count;

	TRY(rule_set_read(version->rules, strlen(version->rules), x->notes, &set));
	TRY(plan_extension_list(db, x->notes->arena, version->plan, &list, &count));
	*ret = set.milestones.extension_days -
	       plan_extension_agreed(list, count, x->row->period, x->row->what);
	return OK;
}

static int check_period(struct extending *x, const struct plan_row *plan,
			const struct plan_version_row *version)
{
	struct plan_span span;

	if (plan_span_parse(x->row->period, &span) == OK &&
	    strcmp(plan_span_word(span.kind), version->period) == 0 &&
	    (int64_t)span.year == plan->year)
		return OK;
	x->why = "期次不是这份计划的。请写成计划的期次，例如 2026-Q3。";
	return INVALID;
}

const char *plan_extension_document(struct arena *a, const char *plan,
				    const struct plan_extension_row *row)
{
	return arena_printf(a,
			    "extension %lld\nplan %s\nperiod %s\nwhat %s\ndays %lld\nreason %s\n",
			    (long long)row->id, plan, row->period, row->what, (long long)row->days,
			    row->reason);
}

/* Who asks and who decides write down the same words. */
static int log_extension(struct extending *x, const char *action, const char *plan,
			 const struct plan_extension_row *row)
{
	const char *text = plan_extension_document(x->notes->arena, plan, row);
	char digest[OFFICE_DIGEST];

	TRY(office_document(x->office, text, strlen(text), digest));
	return office_log(x->office, action, plan, digest);
}

static int add(struct db *db, void *arg)
{
	struct extending *x = arg;
	struct plan_row plan;
	struct plan_version_row version;
	int64_t left;

	x->why = NULL;
	int rc = person_acts(x->office, PERSON_ACTORS);
	if (rc == FORBIDDEN)
		x->why = x->office->why;
	TRY(rc);
	TRY(plan_get(db, x->notes->arena, x->plan, &plan));
	TRY(plan_version_approved(db, x->notes->arena, plan.key, &version));
	if (!scope_every(x->office, span_of(version.area)))
		return NONE;
	TRY(check_period(x, &plan, &version));
	TRY(days_left(x, db, &version, &left));
	if (x->row->days > left) {
		x->why = arena_printf(x->notes->arena,
				      "规则集允许这一期再延 %lld 天（milestones.extension_days，"
				      "已同意的要扣去）。",
				      (long long)(left > 0 ? left : 0));
		return INVALID;
	}
	x->row->plan = plan.key;
	x->row->asked_by = x->office->actor;
	x->row->asked_at = office_now(x->office);
	TRY(plan_extension_add(db, x->row));
	return log_extension(x, "plan.extend", plan.id, x->row);
}

static int decide(struct db *db, void *arg)
{
	struct extending *x = arg;
	struct plan_extension_row row;
	struct plan_version_row version;
	struct plan_row plan;

	x->why = NULL;
	TRY(plan_extension_get(db, x->notes->arena, x->row->id, &row));
	TRY(plan_get_key(db, x->notes->arena, row.plan, &plan));
	TRY(plan_version_approved(db, x->notes->arena, plan.key, &version));
	if (!scope_every(x->office, span_of(version.area)))
		return NONE;
	if (office_same_person(row.asked_by, x->office->actor)) {
		x->why = "申请延期的人不能自己批准，请换一个人。";
		return FORBIDDEN;
	}
	int rc = person_check(x->office, x->office->actor, PERSON_BIT(PERSON_LEADER));
	if (rc == FORBIDDEN)
		x->why = x->office->why;
	TRY(rc);
	row.agreed = x->row->agreed;
	row.decided_by = x->office->actor;
	row.decided_at = office_now(x->office);
	rc = plan_extension_decide(db, &row);
	if (rc == CONFLICT)
		x->why = "这个延期已经办过了。";
	TRY(rc);
	return log_extension(x, row.agreed ? "plan.extend-agree" : "plan.extend-refuse", plan.id,
			     &row);
}

static int run(struct extending *x, db_work *work)
{
	int rc = office_write(x->office, work, x);

	if (x->why && rc != OK)
		plan_note(x->notes, PLAN_REFUSED, "%s", x->why);
	return rc;
}

int plan_extend(struct office *o, const char *id, struct plan_extension_row *row,
		struct plan_notes *notes)
{
	struct extending x = { .office = o, .plan = id, .row = row, .notes = notes };

	if (strcmp(row->what, "draw") != 0 && strcmp(row->what, "visits") != 0)
		x.why = "延期的是 draw（抽签）还是 visits（检查）？请写其中一个。";
	else if (row->days < 1 || row->days > EXTENSION_MOST)
		x.why = "延期天数应为 1 到 60。";
	else
		x.why = office_reason_wrong(row->reason);
	if (x.why) {
		plan_note(notes, PLAN_REFUSED, "%s", x.why);
		return INVALID;
	}
	return run(&x, add);
}

int plan_extend_decide(struct office *o, int64_t extension, bool agreed, struct plan_notes *notes)
{
	struct plan_extension_row row = { .id = extension, .agreed = agreed };
	struct extending x = { .office = o, .row = &row, .notes = notes };

	return run(&x, decide);
}
