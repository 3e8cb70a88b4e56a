/* app/plan_extension.c — 延期: asked by one, agreed to by another. */
#include "app/plan_span.h"
#include "app/plan_year.h"
#include "base/status.h"

#include <string.h>

struct extending {
	struct office *office;
	const char *plan;
	struct plan_extension_row *row;
	struct plan_notes *notes;
	const char *why;
};

static int add(struct db *db, void *arg)
{
	struct extending *x = arg;
	struct plan_row plan;
	struct plan_version_row version;
	struct plan_span span;

	x->why = NULL;
	TRY(plan_get(db, x->notes->arena, x->plan, &plan));
	TRY(plan_version_approved(db, x->notes->arena, plan.key, &version));
	if (plan_span_parse(x->row->period, &span) != OK ||
	    strcmp(plan_span_word(span.kind), version.period) != 0 ||
	    (int64_t)span.year != plan.year) {
		x->why = "期次不是这份计划的。请写成计划的期次，例如 2026-Q3。";
		return INVALID;
	}
	x->row->plan = plan.key;
	x->row->asked_by = x->office->actor;
	x->row->asked_at = office_now(x->office);
	TRY(plan_extension_add(db, x->row));
	return office_log(x->office, "plan.extend", x->plan, "");
}

static int decide(struct db *db, void *arg)
{
	struct extending *x = arg;
	struct plan_extension_row row;
	struct plan_row plan;

	x->why = NULL;
	TRY(plan_extension_get(db, x->notes->arena, x->row->id, &row));
	TRY(plan_get_key(db, x->notes->arena, row.plan, &plan));
	if (strcmp(row.asked_by, x->office->actor) == 0) {
		x->why = "申请延期的人不能自己批准，请换一个人。";
		return FORBIDDEN;
	}
	row.agreed = x->row->agreed;
	row.decided_by = x->office->actor;
	row.decided_at = office_now(x->office);
	int rc = plan_extension_decide(db, &row);
	if (rc == CONFLICT)
		x->why = "这个延期已经办过了。";
	TRY(rc);
	return office_log(x->office, row.agreed ? "plan.extend-agree" : "plan.extend-refuse",
			  plan.id, "");
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
	else if (row->days < 1 || row->days > 366)
		x.why = "延期天数应为 1 到 366。";
	else if (*row->reason == 0 || strlen(row->reason) > PLAN_TEXT_MOST)
		x.why = "请写延期的原因，最多 200 个汉字。";
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
