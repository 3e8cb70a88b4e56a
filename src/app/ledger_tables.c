/* app/ledger_tables.c — rule sets, calendars and plans; registries, draws and what is settled have files of their own. */
#include "app/ledger_tables.h"

#include "app/ledger_accounts.h"
#include "app/ledger_draws.h"
#include "app/ledger_requests.h"
#include "app/ledger_settled.h"
#include "app/office.h"
#include "app/plan_document.h"
#include "app/plan_notes.h"
#include "app/rule_set.h"
#include "app/rule_set_read.h"
#include "base/buf.h"
#include "base/status.h"
#include "store/plan.h"
#include "store/plan_line.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { DOCUMENT_MOST = 64 << 20, NAME_ROOM = 96 };

/* ---- rule sets and calendars ---- */

/* The columns beside the canonical JSON say what it says. */
static bool columns_fit(const struct rule_set_row *row, struct arena *a)
{
	struct plan_notes notes;
	struct rule_set set;

	plan_notes_init(&notes, a);
	if (rule_set_read(row->cells, strlen(row->cells), &notes, &set) != OK)
		return false;
	int64_t from = row->from == RULE_ROW_OPEN ? RULE_NO_START : row->from;
	int64_t to = row->to == RULE_ROW_OPEN ? RULE_NO_END : row->to;
	return strcmp(set.id, row->name) == 0 && strcmp(set.title, row->title) == 0 &&
	       strcmp(set.body, row->body) == 0 && set.from == from && set.to == to &&
	       strcmp(row->level, set.level == RULE_CITY ? "city" : "county") == 0;
}

/* The same text may be kept again after another one: then each version is told by more than one entry. */
static int check_rules(struct db *db, struct arena *a, struct arena *row_arena,
		       const struct rule_set_row *row, struct ledger_table *t)
{
	char digest[OFFICE_DIGEST];
	int64_t told;

	office_digest(row->cells, strlen(row->cells), digest);
	const struct ledger_audit_act act = { row->withdrawn ? "rules.retire" : "rules.import",
					      row->name, digest, row->actor, row->at };
	TRY(ledger_audit_find(db, &act, &told));
	t->seen++;
	if (told == 0 || strcmp(digest, row->digest) != 0 || !columns_fit(row, row_arena))
		ledger_table_wrong(t, a, "规则集“%s”第 %" PRId64 " 版没有账簿条目，或与条目不同",
				   row->name, row->version);
	return OK;
}

static int check_calendar(struct db *db, struct arena *a, const struct work_calendar_row *row,
			  struct ledger_table *t)
{
	char digest[OFFICE_DIGEST], subject[NAME_ROOM];
	int64_t told;

	office_digest(row->cells, strlen(row->cells), digest);
	snprintf(subject, sizeof(subject), "calendar-%" PRId64, row->year);
	const struct ledger_audit_act act = { "calendar.import", subject, digest, row->actor,
					      row->at };
	TRY(ledger_audit_find(db, &act, &told));
	t->seen++;
	if (told == 0 || strcmp(digest, row->digest) != 0)
		ledger_table_wrong(
			t, a, "%" PRId64 " 年工作日历第 %" PRId64 " 版没有账簿条目，或与条目不同",
			row->year, row->version);
	return OK;
}

static int check_all_rules(struct db *db, struct arena *a, struct ledger_table *t)
{
	int64_t after = 0, imported, retired, kept = 0, withdrawn = 0;
	int rc;

	for (;;) {
		CLEANUP(arena_release) struct arena of_row;
		struct rule_set_row row;
		arena_init(&of_row);
		rc = ledger_audit_next_rules(db, &of_row, after, &row);
		if (rc != OK)
			break;
		after = row.id;
		*(row.withdrawn ? &withdrawn : &kept) += 1;
		TRY(check_rules(db, a, &of_row, &row, t));
	}
	if (rc != NONE)
		return rc;
	TRY(ledger_audit_count(db, "rules.import", &imported));
	TRY(ledger_audit_count(db, "rules.retire", &retired));
	if (imported != kept || retired != withdrawn)
		ledger_table_wrong(t, a,
				   "规则集存过 %" PRId64 " 版、停用 %" PRId64
				   " 次，账簿里是 %" PRId64 " 版、%" PRId64 " 次",
				   kept, withdrawn, imported, retired);
	return OK;
}

static int check_all_calendars(struct db *db, struct arena *a, struct ledger_table *t)
{
	int64_t after = 0, count = 0, imported;
	int rc;

	for (;; count++) {
		CLEANUP(arena_release) struct arena of_row;
		struct work_calendar_row row;
		arena_init(&of_row);
		rc = ledger_audit_next_calendar(db, &of_row, after, &row);
		if (rc != OK)
			break;
		after = row.id;
		TRY(check_calendar(db, a, &row, t));
	}
	if (rc != NONE)
		return rc;
	TRY(ledger_audit_count(db, "calendar.import", &imported));
	if (imported != count)
		ledger_table_wrong(t, a, "工作日历有 %" PRId64 " 个版本，账簿里有 %" PRId64 " 个",
				   count, imported);
	return OK;
}

/* ---- plans ---- */

struct plan_step {
	const char *action, *actor;
	int64_t at;
};

/* The steps that a version in this state has behind it; how many. */
static size_t steps_of(const struct plan_version_row *v, struct plan_step steps[3])
{
	size_t count = 0;

	steps[count++] = (struct plan_step){ "plan.new", v->made_by, v->made_at };
	if (strcmp(v->state, "draft") == 0)
		return count;
	if (strcmp(v->state, "dropped") == 0) {
		steps[count++] = (struct plan_step){ "plan.drop", v->decided_by, v->decided_at };
		return count;
	}
	steps[count++] = (struct plan_step){ "plan.submit", v->submitted_by, v->submitted_at };
	if (strcmp(v->state, "submitted") == 0)
		return count;
	steps[count++] = (struct plan_step){ strcmp(v->state, "approved") == 0 ? "plan.approve"
									       : "plan.return",
					     v->decided_by, v->decided_at };
	return count;
}

static int check_version(struct db *db, struct arena *a, const struct plan_row *plan,
			 const struct plan_version_row *v, struct ledger_table *t)
{
	CLEANUP(arena_release) struct arena of_lines;
	CLEANUP(buf_release) struct buf document = { 0 };
	struct plan_line_row *lines;
	struct plan_step steps[3];
	char digest[OFFICE_DIGEST];
	size_t count, step_count = steps_of(v, steps);
	int64_t told = 1;

	arena_init(&of_lines);
	TRY(plan_line_list(db, &of_lines, plan->key, v->version, &lines, &count));
	buf_init(&document, DOCUMENT_MOST);
	plan_document_write(plan, v, lines, count, &document);
	TRY(buf_check(&document));
	office_digest(document.data, document.len, digest);
	for (size_t i = 0; told == 1 && i < step_count; i++) {
		const struct ledger_audit_act act = { steps[i].action, plan->id, digest,
						      steps[i].actor, steps[i].at };
		TRY(ledger_audit_find(db, &act, &told));
	}
	if (strcmp(v->state, "approved") == 0 &&
	    (strcmp(v->decided_by, v->made_by) == 0 || strcmp(v->decided_by, v->submitted_by) == 0))
		told = 0; /* nobody approves his own */
	t->seen++;
	if (!told)
		ledger_table_wrong(t, a, "计划 %s 第 %" PRId64 " 版没有账簿条目，或与条目不同",
				   plan->id, v->version);
	return OK;
}

static int check_plan(struct db *db, struct arena *a, int64_t key, struct ledger_table *t)
{
	CLEANUP(arena_release) struct arena of_plan;
	struct plan_version_row v;
	struct plan_row plan;
	int64_t last;

	arena_init(&of_plan);
	TRY(plan_get_key(db, &of_plan, key, &plan));
	TRY(plan_version_last(db, key, &last));
	if (last == 0)
		ledger_table_wrong(t, a, "计划 %s 没有任何版本", plan.id);
	for (int64_t n = 1; n <= last; n++) {
		CLEANUP(arena_release) struct arena of_version;
		arena_init(&of_version);
		int rc = plan_version_get(db, &of_version, key, n, &v);
		if (rc == OK)
			rc = check_version(db, a, &plan, &v, t);
		else if (rc == NONE)
			ledger_table_wrong(t, a, "计划 %s 缺第 %" PRId64 " 版", plan.id, n);
		if (rc != OK && rc != NONE)
			return rc;
	}
	return OK;
}

static int check_plan_counts(struct db *db, struct arena *a, struct ledger_table *t)
{
	struct ledger_audit_plans have;
	int64_t made, submitted, approved, returned, dropped;

	TRY(ledger_audit_plans(db, &have));
	TRY(ledger_audit_count(db, "plan.new", &made));
	TRY(ledger_audit_count(db, "plan.submit", &submitted));
	TRY(ledger_audit_count(db, "plan.approve", &approved));
	TRY(ledger_audit_count(db, "plan.return", &returned));
	TRY(ledger_audit_count(db, "plan.drop", &dropped));
	if (have.versions != made || have.submitted != submitted || have.approved != approved ||
	    have.returned != returned || have.dropped != dropped)
		ledger_table_wrong(
			t, a,
			"计划的版本数、提交数、批准数、退回数或作废数与账簿不同（库中 %" PRId64
			" 版，账簿 %" PRId64 " 版）",
			have.versions, made);
	return OK;
}

static int check_all_plans(struct db *db, struct arena *a, struct ledger_table *t)
{
	int64_t key = 0;
	int rc;

	while ((rc = ledger_audit_next_plan(db, key, &key)) == OK)
		TRY(check_plan(db, a, key, t));
	return rc == NONE ? check_plan_counts(db, a, t) : rc;
}

int ledger_tables_check(const struct office *o, struct arena *a, bool now,
			struct ledger_tables *ret)
{
	struct db *db = o->db;

	*ret = (struct ledger_tables){ 0 };
	TRY(ledger_registries_check(db, a, now, &ret->registries));
	if (!now) {
		TRY(ledger_winners_check(db, a, &ret->registries.changes));
		TRY(ledger_accounts_check(o, a, &ret->accounts));
		TRY(ledger_requests_check(o, a, &ret->requests));
	}
	TRY(check_all_rules(db, a, &ret->rules));
	TRY(check_all_calendars(db, a, &ret->rules));
	TRY(ledger_draws_check(o, a, now, &ret->draws, &ret->sites));
	TRY(ledger_openings_check(db, a, &ret->plans));
	TRY(ledger_extensions_check(db, a, &ret->plans));
	return check_all_plans(db, a, &ret->plans);
}
