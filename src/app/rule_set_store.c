/* app/rule_set_store.c — canonical JSON in rows, sets outside. */
#include "app/rule_set_store.h"

#include "app/office_person.h"
#include "app/person.h"
#include "app/rule_set_read.h"
#include "app/scope.h"
#include "base/buf.h"
#include "base/status.h"
#include "store/rule_set.h"

#include <string.h>

enum { CELLS_MOST = 8 << 20 };

static const char *const level_words[] = { [RULE_CITY] = "city", [RULE_COUNTY] = "county" };

static struct rule_set_kept kept_of(const struct rule_set_row *row)
{
	return (struct rule_set_kept){
		.name = row->name,
		.title = row->title,
		.body = row->body,
		.level = row->level,
		.version = row->version,
		.from = row->from == RULE_ROW_OPEN ? RULE_NO_START : row->from,
		.to = row->to == RULE_ROW_OPEN ? RULE_NO_END : row->to,
		.withdrawn = row->withdrawn,
		.digest = row->digest,
		.at = row->at,
		.actor = row->actor,
		.reason = row->reason,
		.file = row->file,
	};
}

/* Inside the transaction: the row, the document and the entry. */
struct keeping {
	struct office *o;
	struct arena *a;
	const char *action;
	struct rule_set_row row;
	bool retire; /* else a set that says the same is a conflict */
	int64_t version;
};

static int keep_work(struct db *db, void *arg)
{
	struct keeping *in = arg;
	struct rule_set_row last;
	char digest[OFFICE_DIGEST];

	TRY(person_acts(in->o, PERSON_ACTORS));
	int rc = rule_set_row_get(db, in->a, in->row.name, 0, &last);
	if (rc != DB_OK && rc != NONE)
		return rc;
	if (in->retire && rc == NONE)
		return NONE;
	if (rc == DB_OK && last.withdrawn == in->retire &&
	    (in->retire || strcmp(last.digest, in->row.digest) == 0))
		return CONFLICT;
	in->row.at = office_now(in->o);
	TRY(rule_set_row_add(db, &in->row, &in->version));
	TRY(office_document(in->o, in->row.cells, strlen(in->row.cells), digest));
	return office_log(in->o, in->action, in->row.name, digest);
}

static int keep_row(struct keeping *in, struct rule_set_kept *ret)
{
	in->row.actor = in->o->actor;
	int rc = office_write(in->o, keep_work, in);
	if (rc != OK)
		return rc;
	in->row.version = in->version;
	*ret = kept_of(&in->row);
	return OK;
}

static int check_reason(const char *reason, struct plan_notes *notes)
{
	const char *wrong = office_reason_wrong(reason);

	if (!wrong)
		return OK;
	plan_note(notes, PLAN_REFUSED, "%s。", wrong);
	return INVALID;
}

static int check_set(const struct rule_set *set, const struct rule_check *about,
		     struct plan_notes *notes)
{
	struct rule_findings found;

	rule_set_check(set, about, notes->arena, &found);
	for (size_t i = 0; i < found.count; i++)
		plan_note(notes, found.list[i].kind, "%s", found.list[i].text);
	return found.refused ? INVALID : OK;
}

static bool share_a_day(const struct rule_set_row *row, const struct rule_set *set)
{
	return (row->from == RULE_ROW_OPEN || row->from <= set->to) &&
	       (row->to == RULE_ROW_OPEN || row->to >= set->from);
}

static int warn_of_others(struct office *o, const struct rule_set *set, struct plan_notes *notes)
{
	struct rule_set_rows rows;

	TRY(rule_set_row_list(o->db, notes->arena, RULE_SETS_MOST, &rows));
	for (size_t i = 0; i < rows.count; i++) {
		const struct rule_set_row *row = &rows.at[i];
		if (!row->withdrawn && strcmp(row->name, set->id) != 0 &&
		    strcmp(row->level, level_words[set->level]) == 0 && share_a_day(row, set))
			plan_note(notes, PLAN_WARNING,
				  "规则集“%s”（%s）在同样的日子也有效：排计划时要指明用哪一个，"
				  "或停用其中一个。",
				  row->name, row->title);
	}
	return OK;
}

int rule_set_keep(struct office *o, const struct rule_set_given *given, struct plan_notes *notes,
		  struct rule_set_kept *ret)
{
	CLEANUP(buf_release) struct buf cells = { 0 };
	struct rule_set set;
	char digest[RULE_DIGEST];

	TRY(scope_need_all(o));
	buf_init(&cells, CELLS_MOST);
	TRY(check_reason(given->reason, notes));
	TRY(rule_set_read(given->text, given->len, notes, &set));
	TRY(check_set(&set, given->about, notes));
	TRY(warn_of_others(o, &set, notes));
	rule_set_write(&set, &cells);
	if (cells.len > RULE_FILE_MOST) {
		/* What follows from other values is written out, so a full file grows a little. */
		plan_note(notes, PLAN_REFUSED, "规则集太大：请把长的名单分到几个规则集里。");
		return TOO_LARGE;
	}
	rule_set_digest(&set, digest);
	struct keeping in = { .o = o, .a = notes->arena, .action = "rules.import" };
	in.row = (struct rule_set_row){
		.name = set.id,
		.title = set.title,
		.body = set.body,
		.level = level_words[set.level],
		.from = set.from == RULE_NO_START ? RULE_ROW_OPEN : set.from,
		.to = set.to == RULE_NO_END ? RULE_ROW_OPEN : set.to,
		.cells = arena_mem(notes->arena, buf_text(&cells), cells.len),
		.digest = arena_str(notes->arena, digest),
		.reason = given->reason,
		.file = given->file,
	};
	int rc = keep_row(&in, ret);
	if (rc == CONFLICT)
		plan_note(notes, PLAN_REFUSED, "规则集“%s”没有变化，没有存新版本。", set.id);
	return rc;
}

int rule_set_retire(struct office *o, const char *name, const char *reason,
		    struct plan_notes *notes, struct rule_set_kept *ret)
{
	struct keeping in = { .o = o, .a = notes->arena, .action = "rules.retire", .retire = true };

	TRY(scope_need_all(o));
	TRY(check_reason(reason, notes));
	TRY(rule_set_row_get(o->db, notes->arena, name, 0, &in.row));
	in.row.withdrawn = true;
	in.row.reason = reason;
	in.row.file = "";
	int rc = keep_row(&in, ret);
	if (rc == CONFLICT)
		plan_note(notes, PLAN_REFUSED, "规则集“%s”已经停用。", name);
	return rc;
}

static int read_row(const struct rule_set_row *row, struct plan_notes *notes, struct rule_set *ret,
		    struct rule_set_kept *ret_kept)
{
	char digest[OFFICE_DIGEST];

	office_digest(row->cells, strlen(row->cells), digest);
	if (strcmp(digest, row->digest) != 0) {
		plan_note(notes, PLAN_REFUSED,
			  "规则集“%s”第 %lld 版的内容与存入时的摘要不符：数据被人绕过本程序改过，"
			  "不能使用。请用 mingqian ledger verify 核查，从备份恢复，或重新导入。",
			  row->name, (long long)row->version);
		return INVALID;
	}
	TRY(rule_set_read(row->cells, strlen(row->cells), notes, ret));
	*ret_kept = kept_of(row);
	return OK;
}

int rule_set_look(struct office *o, const char *name, int64_t version, struct plan_notes *notes,
		  struct rule_set *ret, struct rule_set_kept *ret_kept)
{
	struct rule_set_row row;

	TRY(rule_set_row_get(o->db, notes->arena, name, version, &row));
	return read_row(&row, notes, ret, ret_kept);
}

int rule_set_get(struct office *o, const char *name, int64_t version, struct plan_notes *notes,
		 struct rule_set *ret, struct rule_set_kept *ret_kept)
{
	struct rule_set_row row;

	TRY(rule_set_row_get(o->db, notes->arena, name, version, &row));
	if (version == 0 && row.withdrawn) {
		plan_note(notes, PLAN_REFUSED,
			  "规则集“%s”已经停用，不能用来排计划。请换一个（mingqian rules list），"
			  "要恢复它就重新导入。",
			  name);
		return INVALID;
	}
	return read_row(&row, notes, ret, ret_kept);
}

int rule_set_in_force(struct office *o, enum rule_level level, int64_t day,
		      struct plan_notes *notes, struct rule_set *ret,
		      struct rule_set_kept *ret_kept)
{
	struct rule_set_rows rows;

	TRY(rule_set_row_on(o->db, notes->arena, level_words[level], day, 2, &rows));
	if (rows.count == 0) {
		plan_note(notes, PLAN_REFUSED,
			  "这一天没有有效的%s规则集。请先导入：mingqian rules import 文件。",
			  level == RULE_CITY ? "市级" : "县级");
		return NONE;
	}
	if (rows.count > 1) {
		plan_note(
			notes, PLAN_REFUSED,
			"这一天有不止一个有效的规则集（“%s”“%s”等）。请指明用哪一个，或停用多余的。",
			rows.at[0].name, rows.at[1].name);
		return CONFLICT;
	}
	return read_row(&rows.at[0], notes, ret, ret_kept);
}

int rule_set_list(struct office *o, struct arena *a, const char *name, struct rule_set_list *ret)
{
	struct rule_set_rows rows;

	if (name)
		TRY(rule_set_row_versions(o->db, a, name, RULE_SETS_MOST, &rows));
	else
		TRY(rule_set_row_list(o->db, a, RULE_SETS_MOST, &rows));
	struct rule_set_list list = { arena_array(a, rows.count, sizeof(*list.at)), rows.count };
	for (size_t i = 0; i < rows.count; i++)
		list.at[i] = kept_of(&rows.at[i]);
	*ret = list;
	return OK;
}
