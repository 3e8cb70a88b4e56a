/* app/plan_year.c — each act reads what it decides on inside the transaction that decides. */
#include "app/plan_year.h"

#include "app/import_area.h"
#include "app/ledger_told.h"
#include "app/office_person.h"
#include "app/person.h"
#include "app/plan_document.h"
#include "app/plan_lines_check.h"
#include "app/plan_span.h"
#include "app/registry.h"
#include "app/rule_set_read.h"
#include "app/rule_set_store.h"
#include "app/scope.h"
#include "base/buf.h"
#include "base/status.h"

#include <string.h>

enum { DOCUMENT_MOST = 4 << 20 };

struct making {
	struct office *office;
	const struct plan_new *in;
	struct plan_notes *notes;
	const char *rules; /* canonical JSON */
	enum rule_level level;
	struct plan_line_row *lines;
	size_t line_count;
	bool own_lines;
	struct plan_version_row version;
	const char *why; /* the sentence of a CONFLICT */
};

static int refuse(struct plan_notes *notes, const char *sentence)
{
	plan_note(notes, PLAN_REFUSED, "%s", sentence);
	return INVALID;
}

static bool six_digits(const char *text)
{
	return strlen(text) == 6 && strspn(text, "0123456789") == 6;
}

static bool area_valid(const char *area)
{
	struct span list = span_of(area), item;
	const struct area *found;

	while (registry_item(&list, &item))
		if (item.len != 6 || area_find(item, &found) == AREA_UNKNOWN)
			return false;
	return true;
}

/* The city's bureau or a branch: draws are numbered by it, and nobody would answer for another one's. */
static int check_body(const char *body, struct plan_notes *notes)
{
	const char *known = "130600（市局）";
	const struct area *found, *list;
	uint32_t count;

	if (strcmp(body, "130600") == 0 ||
	    (six_digits(body) && area_find(span_of(body), &found) == AREA_OURS))
		return OK;
	list = area_list(&count);
	for (uint32_t i = 0; i < count; i++)
		if (list[i].ours)
			known = arena_printf(notes->arena, "%s、%s（%s）", known, list[i].code,
					     list[i].name);
	plan_note(notes, PLAN_REFUSED, "没有代码是“%s”的抽查机关，应为其中一个：%s。", body, known);
	return INVALID;
}

static int check_new(const struct plan_new *in, struct plan_notes *notes)
{
	enum rule_period period;

	if (!registry_id_valid(span_of(in->id)))
		return refuse(notes, "计划编号应为 1 到 64 个字母、数字或 . _ : -，例如 BD-2026。");
	if (in->year < 2000 || in->year > 9999)
		return refuse(notes, "年份应写四位数字，例如 2026。");
	TRY(check_body(in->body, notes));
	if (!area_valid(in->area))
		return refuse(notes, "区域应为六位县区代码，用英文逗号隔开；全市不填。");
	if (plan_span_kind(in->period, &period) != OK)
		return refuse(notes, "期次应为 month、quarter、half 或 year。");
	if (in->day_load < 1 || in->day_load > 1000)
		return refuse(notes, "每人十个工作日能查的家数应为 1 到 1000。");
	if (strlen(in->authority) == 0 || strlen(in->authority) > PLAN_TEXT_MOST ||
	    (in->title && strlen(in->title) > PLAN_TEXT_MOST))
		return refuse(notes, "请写抽查机关的名称；名称和标题最多 200 个汉字。");
	return OK;
}

/* A set that is not in force at all in the year is refused, one that is for a part of it is told. */
static int check_force(const struct making *m, const struct rule_set *set,
		       const struct plan_span *year)
{
	char from[PLAN_DAY_TEXT], to[PLAN_DAY_TEXT];
	struct plan_notes *notes = m->notes;

	plan_day_text(set->from < year->from ? year->from : set->from, from);
	plan_day_text(set->to > year->to ? year->to : set->to, to);
	if (set->to < year->from || set->from > year->to) {
		plan_day_text(set->to < year->from ? set->to : set->from, to);
		plan_note(notes, PLAN_REFUSED,
			  "规则集“%s”%s %s %s，%u 年整年都不在有效期内。请换用当年有效的规则集"
			  "（mingqian rules list 查看），或导入新的一版。",
			  set->title, set->to < year->from ? "已于" : "从", to,
			  set->to < year->from ? "失效" : "起施行", m->in->year);
		return INVALID;
	}
	if (set->from > year->from || set->to < year->to)
		plan_note(
			notes, PLAN_WARNING,
			"规则集“%s”在 %u 年里只有 %s 至 %s 有效，其余的时期没有规则可用：到时请导入接续"
			"的规则集，再编一版计划。",
			set->title, m->in->year, from, to);
	return OK;
}

static int load_rules(struct making *m)
{
	struct rule_set set;
	struct rule_set_kept kept;
	CLEANUP(buf_release) struct buf text = { 0 };
	struct plan_span year = plan_span_make(RULE_YEAR, m->in->year, 1);
	enum rule_level level = strcmp(m->in->body + 4, "00") == 0 ? RULE_CITY : RULE_COUNTY;
	int rc = m->in->rules
			 ? rule_set_get(m->office, m->in->rules, 0, m->notes, &set, &kept)
			 : rule_set_in_force(m->office, level, year.from, m->notes, &set, &kept);

	if (rc == NONE && m->in->rules)
		plan_note(
			m->notes, PLAN_REFUSED,
			"没有叫“%s”的规则集。用 mingqian rules list 查看，或用 rules import 导入。",
			m->in->rules);
	TRY(rc);
	TRY(check_force(m, &set, &year));
	buf_init(&text, DOCUMENT_MOST);
	rule_set_write(&set, &text);
	TRY(buf_check(&text));
	m->rules = arena_mem(m->notes->arena, text.data, text.len);
	m->level = set.level;
	return OK;
}

/* What is approved, as one canonical document whose digest the ledger keeps. */
static int document(struct office *o, const struct plan_row *plan, const struct plan_version_row *v,
		    const struct plan_line_row *lines, size_t count, char digest[OFFICE_DIGEST])
{
	CLEANUP(buf_release) struct buf out;

	buf_init(&out, DOCUMENT_MOST);
	plan_document_write(plan, v, lines, count, &out);
	TRY(buf_check(&out));
	return office_document(o, out.data, out.len, digest);
}

/* The lines that the next version takes over; none if there is no version to take them from. */
static int load_lines(struct making *m, struct db *db, const struct plan_row *plan)
{
	struct plan_version_row last;
	int rc = plan_version_get(db, m->notes->arena, plan->key, 0, &last);

	if (rc != OK || strcmp(last.state, "dropped") == 0)
		return rc == NONE ? OK : rc;
	return plan_line_list(db, m->notes->arena, plan->key, last.version, &m->lines,
			      &m->line_count);
}

/* The version that comes next; CONFLICT if one waits to be decided. */
static int next_version(struct making *m, struct db *db, const struct plan_row *plan, int64_t *ret)
{
	struct plan_version_row last;
	int64_t number;

	TRY(plan_version_last(db, plan->key, &number));
	*ret = number + 1;
	if (number == 0)
		return OK;
	TRY(plan_version_get(db, m->notes->arena, plan->key, 0, &last));
	if (!scope_every(m->office, span_of(last.area)))
		return NONE;
	if (strcmp(last.state, "draft") == 0 || strcmp(last.state, "submitted") == 0) {
		m->why = "这份计划还有一版没有办完（草稿或待批）。请先提交并由他人批准或退回；"
			 "草稿不要了的，用 plan drop 作废。";
		return CONFLICT;
	}
	return m->own_lines ? OK : load_lines(m, db, plan);
}

static int find_or_add(struct making *m, struct db *db, struct plan_row *plan)
{
	const struct plan_new *in = m->in;
	int rc = plan_get(db, m->notes->arena, in->id, plan);

	if (rc == NONE) {
		*plan = (struct plan_row){ .id = in->id, .body = in->body, .year = in->year };
		return plan_add(db, plan, office_now(m->office));
	}
	TRY(rc);
	if (plan->year == (int64_t)in->year && strcmp(plan->body, in->body) == 0)
		return OK;
	m->why = "已有同号的计划，年份或抽查机关不同。请换一个编号。";
	return CONFLICT;
}

static int add_version(struct db *db, void *arg)
{
	struct making *m = arg;
	const struct plan_new *in = m->in;
	struct plan_row plan;
	struct plan_version_row *v = &m->version;
	char digest[OFFICE_DIGEST];

	m->why = NULL;
	int rc = person_acts(m->office, PERSON_ACTORS);
	if (rc == FORBIDDEN)
		m->why = m->office->why;
	TRY(rc);
	TRY(find_or_add(m, db, &plan));
	*v = (struct plan_version_row){
		.plan = plan.key,
		.state = "draft",
		.title = in->title ? in->title
				   : arena_printf(m->notes->arena, "%s%u年双随机抽查计划",
						  in->authority, in->year),
		.authority = in->authority,
		.area = in->area,
		.period = in->period,
		.rules = m->rules,
		.day_load = in->day_load,
		.made_by = m->office->actor,
		.submitted_by = "",
		.decided_by = "",
		.made_at = office_now(m->office),
		.reason = "",
	};
	TRY(next_version(m, db, &plan, &v->version));
	TRY(plan_version_add(db, v));
	for (size_t i = 0; i < m->line_count; i++)
		TRY(plan_line_add(db, plan.key, v->version, &m->lines[i]));
	TRY(document(m->office, &plan, v, m->lines, m->line_count, digest));
	return office_log(m->office, "plan.new", in->id, digest);
}

/* Registries and lists of matters have changed since the version before: its lines are asked again. */
static int check_taken_over(struct making *m, const struct plan_lines_of *of)
{
	struct plan_row plan;
	int rc = plan_get(m->office->db, m->notes->arena, m->in->id, &plan);

	if (rc != OK)
		return rc == NONE ? OK : rc;
	TRY(load_lines(m, m->office->db, &plan));
	if (m->line_count == 0)
		return OK;
	rc = plan_lines_check(m->office, of, m->lines, m->line_count, m->notes);
	if (rc == INVALID)
		plan_note(m->notes, PLAN_REFUSED,
			  "以上是上一版沿用下来的项目：改好以后用 --lines 一起交来。");
	return rc;
}

static bool same_line(const struct plan_line_row *a, const struct plan_line_row *b)
{
	return strcmp(a->id, b->id) == 0 && strcmp(a->period, b->period) == 0;
}

/* The last day on which the visits of a line's time may be made: of its last period, with what was agreed to. */
static int last_day(struct making *m, int64_t plan, const struct plan_span *span, int64_t *ret)
{
	struct plan_extension_row *list;
	char text[PLAN_SPAN_TEXT];
	enum rule_period kind;
	size_t count;

	*ret = span->to;
	if (plan == 0)
		return OK;
	TRY(plan_span_kind(m->in->period, &kind));
	const struct plan_span last = plan_span_at(kind, span->to);
	plan_span_text(&last, text);
	TRY(plan_extension_list(m->office->db, m->notes->arena, plan, &list, &count));
	*ret += plan_extension_agreed(list, count, text, "visits");
	return OK;
}

/* A new line for a time that is over could never be drawn; those of the version before stay as they were. */
static int check_past(struct making *m)
{
	struct making old = *m;
	struct plan_row plan = { .key = 0 };
	int64_t day = plan_day_of(office_now(m->office)), last;
	size_t refused = m->notes->refused;
	int rc = plan_get(m->office->db, m->notes->arena, m->in->id, &plan);

	old.line_count = 0;
	if (rc == OK)
		rc = load_lines(&old, m->office->db, &plan);
	if (rc != OK && rc != NONE)
		return rc;
	for (size_t i = 0; i < m->line_count; i++) {
		const struct plan_line_row *line = &m->lines[i];
		struct plan_span span;
		bool known = false;
		for (size_t k = 0; k < old.line_count; k++)
			known |= same_line(line, &old.lines[k]);
		if (known || *line->period == 0 || plan_span_parse(line->period, &span) != OK)
			continue;
		TRY(last_day(m, plan.key, &span, &last));
		if (last >= day)
			continue;
		plan_note(
			m->notes, PLAN_REFUSED,
			"计划项目 %s（%s）：%s 已经过去，抽不了了。请改成本期或以后的期次，或删去这一项；"
			"要补抽的，先用 plan extend 延长这一期的检查，由另一名负责人批准。",
			line->id, line->title, line->period);
	}
	return m->notes->refused > refused ? INVALID : OK;
}

int plan_make(struct office *o, const struct plan_new *in, struct plan_notes *notes,
	      struct plan_version_row *ret)
{
	struct making m = { .office = o, .in = in, .notes = notes };

	TRY(check_new(in, notes));
	if (!scope_every(o, span_of(in->area)))
		return refuse(notes, "区域要写明，而且都是您负责的县区。");
	TRY(load_rules(&m));
	const struct plan_lines_of of = { in->year, in->area, in->period, m.level };
	if (in->lines) {
		m.own_lines = true;
		TRY(plan_lines_read(in->lines, in->lines_len, in->year, notes, &m.lines,
				    &m.line_count));
		TRY(plan_lines_check(o, &of, m.lines, m.line_count, notes));
		TRY(check_past(&m));
	} else {
		TRY(check_taken_over(&m, &of));
	}
	int rc = office_write(o, add_version, &m);
	if (m.why && (rc == CONFLICT || rc == FORBIDDEN))
		plan_note(notes, PLAN_REFUSED, "%s", m.why);
	if (rc == OK)
		*ret = m.version;
	return rc;
}

/* ---- submitting and deciding ---- */

struct deciding {
	struct office *office;
	const char *id, *reason;
	struct plan_notes *notes;
	struct plan_version_row version;
	const char *why;
	bool submit; /* a draft is asked for, to hand it in or to drop it */
};

static int load_waiting(struct deciding *d, struct db *db, struct plan_row *plan)
{
	TRY(plan_get(db, d->notes->arena, d->id, plan));
	TRY(plan_version_get(db, d->notes->arena, plan->key, 0, &d->version));
	if (!scope_every(d->office, span_of(d->version.area)))
		return NONE;
	if (strcmp(d->version.state, d->submit ? "draft" : "submitted") == 0)
		return OK;
	bool approved = strcmp(d->version.state, "approved") == 0;
	d->why = !d->submit && approved
			 ? arena_printf(d->notes->arena, "第 %lld 版已经批准，不用再批。",
					(long long)d->version.version)
		 : !d->submit ? "没有待批的版本。请先由编制人提交。"
		 : d->reason ? "没有草稿可以作废：提交以后的由批准人退回，批准过的不能作废。"
			     : "没有待提交的草稿。请先用 plan new 编制。";
	return CONFLICT;
}

static int log_version(struct deciding *d, struct db *db, const struct plan_row *plan,
		       const char *action)
{
	struct plan_line_row *lines;
	size_t count;
	char digest[OFFICE_DIGEST];

	TRY(plan_line_list(db, d->notes->arena, plan->key, d->version.version, &lines, &count));
	TRY(document(d->office, plan, &d->version, lines, count, digest));
	return office_log(d->office, action, d->id, digest);
}

static int submit(struct db *db, void *arg)
{
	struct deciding *d = arg;
	struct plan_row plan;

	d->why = NULL;
	TRY(load_waiting(d, db, &plan));
	int rc = person_acts(d->office, PERSON_ACTORS);
	if (rc == FORBIDDEN)
		d->why = d->office->why;
	TRY(rc);
	d->version.submitted_by = d->office->actor;
	d->version.submitted_at = office_now(d->office);
	d->version.state = "submitted";
	TRY(plan_version_submit(db, &d->version));
	return log_version(d, db, &plan, "plan.submit");
}

/* The actor is on the list of people, in one of these roles. */
static int check_person(struct deciding *d, unsigned roles)
{
	int rc = person_check(d->office, d->office->actor, roles);

	if (rc == FORBIDDEN)
		d->why = d->office->why;
	return rc;
}

/* Whoever did that does not decide: by the row, and by the ledger, since a row can be altered for a moment. */
static int check_other(struct deciding *d, const char *action, const char *actor)
{
	const char *told;
	int rc = ledger_told_actor(d->office, d->notes->arena, d->id, action, &told);

	if (rc == NONE) {
		d->why =
			"账簿里没有编制或提交这份计划的条目：数据库被直接改过，请停办并核验（mingqian ledger "
			"verify）。";
		return FORBIDDEN;
	}
	TRY(rc);
	if (!office_same_person(d->office->actor, actor) &&
	    !office_same_person(d->office->actor, told))
		return OK;
	d->why = "编制或提交的人不能批准自己的计划，请换一个人。";
	return FORBIDDEN;
}

static int decide(struct db *db, void *arg)
{
	struct deciding *d = arg;
	struct plan_version_row *v = &d->version;
	struct plan_row plan;

	d->why = NULL;
	TRY(load_waiting(d, db, &plan));
	TRY(check_other(d, "plan.new", v->made_by));
	TRY(check_other(d, "plan.submit", v->submitted_by));
	TRY(check_person(d, PERSON_BIT(PERSON_LEADER)));
	v->state = d->reason ? "returned" : "approved";
	v->decided_by = d->office->actor;
	v->decided_at = office_now(d->office);
	v->reason = d->reason ? d->reason : "";
	TRY(plan_version_decide(db, v));
	return log_version(d, db, &plan, d->reason ? "plan.return" : "plan.approve");
}

static int drop(struct db *db, void *arg)
{
	struct deciding *d = arg;
	struct plan_version_row *v = &d->version;
	struct plan_row plan;

	d->why = NULL;
	TRY(load_waiting(d, db, &plan));
	if (!office_same_person(d->office->actor, v->made_by)) {
		int rc = check_person(d, PERSON_BIT(PERSON_LEADER));
		if (rc == FORBIDDEN)
			d->why = arena_printf(d->notes->arena,
					      "这份草稿是 %s 编的：只有本人，或人员名单里的负责人，"
					      "能作废它。",
					      v->made_by);
		TRY(rc);
	}
	v->decided_by = d->office->actor;
	v->decided_at = office_now(d->office);
	v->reason = d->reason;
	v->state = "dropped";
	TRY(plan_version_drop(db, v));
	return log_version(d, db, &plan, "plan.drop");
}

static int run(struct deciding *d, db_work *work, struct plan_version_row *ret)
{
	int rc = office_write(d->office, work, d);

	if (d->why && (rc == CONFLICT || rc == FORBIDDEN))
		plan_note(d->notes, PLAN_REFUSED, "%s", d->why);
	if (rc == OK)
		*ret = d->version;
	return rc;
}

int plan_submit(struct office *o, const char *id, struct plan_notes *notes,
		struct plan_version_row *ret)
{
	struct deciding d = { .office = o, .id = id, .notes = notes, .submit = true };

	return run(&d, submit, ret);
}

int plan_drop(struct office *o, const char *id, const char *reason, struct plan_notes *notes,
	      struct plan_version_row *ret)
{
	struct deciding d = {
		.office = o, .id = id, .reason = reason, .notes = notes, .submit = true
	};

	const char *wrong = office_reason_wrong(reason);
	if (wrong)
		return refuse(notes, arena_printf(notes->arena, "%s。", wrong));
	return run(&d, drop, ret);
}

int plan_decide(struct office *o, const char *id, const char *reason, struct plan_notes *notes,
		struct plan_version_row *ret)
{
	struct deciding d = { .office = o, .id = id, .reason = reason, .notes = notes };

	const char *wrong = reason ? office_reason_wrong(reason) : NULL;
	if (wrong)
		return refuse(notes, arena_printf(notes->arena, "%s。", wrong));
	return run(&d, decide, ret);
}

/* ---- listing ---- */

struct listing {
	struct arena *arena;
	struct plan_listed *list;
	size_t count, size;
};

static int add_listed(void *arg, const struct plan_row *row)
{
	struct listing *l = arg;

	if (l->count == l->size) {
		l->size = l->size ? l->size * 2 : 16;
		struct plan_listed *list = arena_array(l->arena, l->size, sizeof(*list));
		if (l->count)
			memcpy(list, l->list, l->count * sizeof(*list));
		l->list = list;
	}
	l->list[l->count++].plan = (struct plan_row){ row->key, arena_str(l->arena, row->id),
						      arena_str(l->arena, row->body), row->year };
	return OK;
}

int plan_list(struct office *o, struct arena *a, struct plan_listed **ret, size_t *ret_count)
{
	struct listing l = { .arena = a };

	TRY(plan_walk(o->db, add_listed, &l));
	*ret_count = 0;
	for (size_t i = 0; i < l.count; i++) {
		struct plan_listed *kept = &l.list[*ret_count];
		kept->plan = l.list[i].plan;
		TRY(plan_version_get(o->db, a, kept->plan.key, 0, &kept->version));
		*ret_count += scope_every(o, span_of(kept->version.area));
	}
	*ret = l.list;
	return OK;
}
