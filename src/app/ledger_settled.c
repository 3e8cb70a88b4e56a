/* app/ledger_settled.c — imports one by one; settings by the document of their last entry. */
#include "app/ledger_settled.h"

#include "app/office.h"
#include "app/plan_opening.h"
#include "app/plan_year.h"
#include "base/status.h"
#include "store/ledger_audit_settled.h"
#include "store/ledger_document.h"

#include <inttypes.h>
#include <string.h>

enum { DOCUMENT_MOST = 1 << 20 };

static int check_opening(struct db *db, struct arena *a, struct arena *of_row,
			 const struct plan_opening_head *head, struct ledger_table *t)
{
	char digest[OFFICE_DIGEST];
	const char *text;
	int64_t told;

	TRY(plan_opening_document(db, of_row, head, &text));
	office_digest(text, strlen(text), digest);
	const struct ledger_audit_act act = { "plan.opening",
					      arena_printf(of_row, "%" PRId64, head->year), digest,
					      head->actor, head->at };
	TRY(ledger_audit_find(db, &act, &told));
	t->seen++;
	if (told != 1 || head->current != head->last)
		ledger_table_wrong(t, a, "%" PRId64 " 年的年初数据没有账簿条目，或与条目不同",
				   head->year);
	return OK;
}

int ledger_openings_check(struct db *db, struct arena *a, struct ledger_table *t)
{
	int64_t after = 0, count = 0, entries;
	int rc;

	for (;; count++) {
		CLEANUP(arena_release) struct arena of_row;
		struct plan_opening_head head;
		arena_init(&of_row);
		rc = plan_opening_next(db, &of_row, after, &head);
		if (rc != OK)
			break;
		after = head.id;
		TRY(check_opening(db, a, &of_row, &head, t));
	}
	if (rc != NONE)
		return rc;
	TRY(ledger_audit_count(db, "plan.opening", &entries));
	if (entries != count)
		ledger_table_wrong(t, a, "年初数据导入过 %" PRId64 " 次，账簿里是 %" PRId64 " 次",
				   count, entries);
	return OK;
}

/* ---- extensions ---- */

struct extensions {
	int64_t asked, decided;
};

static int check_extension(struct db *db, struct arena *a, const char *plan,
			   const struct plan_extension_row *row, struct ledger_table *t)
{
	CLEANUP(arena_release) struct arena of_row;
	char digest[OFFICE_DIGEST];
	int64_t asked, decided = 1;

	arena_init(&of_row);
	const char *text = plan_extension_document(&of_row, plan, row);
	office_digest(text, strlen(text), digest);
	const struct ledger_audit_act ask = { "plan.extend", plan, digest, row->asked_by,
					      row->asked_at };
	const struct ledger_audit_act decide = { row->agreed ? "plan.extend-agree"
							     : "plan.extend-refuse",
						 plan, digest, row->decided_by, row->decided_at };
	TRY(ledger_audit_find(db, &ask, &asked));
	if (*row->decided_by)
		TRY(ledger_audit_find(db, &decide, &decided));
	t->seen++;
	if (asked != 1 || decided != 1 || (row->agreed && !*row->decided_by))
		ledger_table_wrong(t, a, "计划 %s 的延期（%s）没有账簿条目，或与条目不同", plan,
				   row->period);
	return OK;
}

static int check_extensions_of(struct db *db, struct arena *a, int64_t key, struct extensions *sum,
			       struct ledger_table *t)
{
	CLEANUP(arena_release) struct arena of_plan;
	struct plan_extension_row *list;
	struct plan_row plan;
	size_t count;

	arena_init(&of_plan);
	TRY(plan_get_key(db, &of_plan, key, &plan));
	TRY(plan_extension_list(db, &of_plan, key, &list, &count));
	for (size_t i = 0; i < count; i++) {
		TRY(check_extension(db, a, plan.id, &list[i], t));
		sum->asked++;
		sum->decided += *list[i].decided_by != 0;
	}
	return OK;
}

int ledger_extensions_check(struct db *db, struct arena *a, struct ledger_table *t)
{
	struct extensions sum = { 0 };
	int64_t key = 0, asked, agreed, refused;
	int rc;

	while ((rc = ledger_audit_next_plan(db, key, &key)) == OK)
		TRY(check_extensions_of(db, a, key, &sum, t));
	if (rc != NONE)
		return rc;
	TRY(ledger_audit_count(db, "plan.extend", &asked));
	TRY(ledger_audit_count(db, "plan.extend-agree", &agreed));
	TRY(ledger_audit_count(db, "plan.extend-refuse", &refused));
	if (asked != sum.asked || agreed + refused != sum.decided)
		ledger_table_wrong(t, a,
				   "延期申请过 %" PRId64 " 次、决定过 %" PRId64
				   " 次，账簿里是 %" PRId64 " 次、%" PRId64 " 次",
				   sum.asked, sum.decided, asked, agreed + refused);
	return OK;
}

/* ---- who wins ---- */

struct winner {
	const char *registry, *field, *winner, *digest;
	struct winner *next;
};

struct winners {
	struct arena *a;
	struct winner *list;
};

static int keep_winner(void *arg, const struct ledger_audit_winner *row)
{
	struct winners *w = arg;
	struct winner *one = arena_alloc(w->a, sizeof(*one));

	*one = (struct winner){ arena_str(w->a, row->registry), arena_str(w->a, row->field),
				arena_str(w->a, row->winner), arena_str(w->a, row->digest),
				w->list };
	w->list = one;
	return OK;
}

/* The canonical document ends with registry and winner; a reason cannot, since its quotes are escaped. */
static int says(struct db *db, const struct winner *w, bool *ret)
{
	CLEANUP(arena_release) struct arena a;
	size_t len;
	char *text;

	arena_init(&a);
	*ret = false;
	int rc = ledger_document_get(db, &a, w->digest, DOCUMENT_MOST, &text, &len);
	if (rc == NONE || rc == TOO_LARGE)
		return OK;
	TRY(rc);
	const char *end =
		arena_printf(&a, ",\"registry\":\"%s\",\"winner\":\"%s\"}", w->registry, w->winner);
	const char *begin = arena_printf(&a, "{\"field\":\"%s\",", w->field);
	size_t tail = strlen(end), head = strlen(begin);
	*ret = len >= head + tail && memcmp(text, begin, head) == 0 &&
	       memcmp(text + len - tail, end, tail) == 0;
	return OK;
}

int ledger_winners_check(struct db *db, struct arena *a, struct ledger_table *t)
{
	CLEANUP(arena_release) struct arena of_rows;
	struct winners all = { &of_rows, NULL };

	arena_init(&of_rows);
	TRY(ledger_audit_winners(db, keep_winner, &all));
	for (const struct winner *w = all.list; w; w = w->next) {
		bool said;
		TRY(says(db, w, &said));
		if (!said)
			ledger_table_wrong(t, a, "%s/%s 以谁为准与账簿里最后一次设定的不同",
					   w->registry, w->field);
	}
	return OK;
}
