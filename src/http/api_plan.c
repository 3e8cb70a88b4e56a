/* http/api_plan.c — annual plans: looked at, checked, made, handed in and decided by another person. */
#include "app/plan_check.h"
#include "app/plan_year.h"
#include "base/status.h"
#include "http/api.h"
#include "http/take.h"
#include "http/tell.h"

#include <string.h>

enum { DAY_MS = 24 * 3600 * 1000, ZONE_MS = 8 * 3600 * 1000, LINES_MOST = 300000 };

struct plan_body {
	const char *id, *body, *area, *title, *authority, *period, *rules, *lines, *reason, *what;
	int64_t year, load, days;
	bool agree;
};

#define TEXT(member, needed, most, words)                                                          \
	INPUT_ROW(struct plan_body, member, INPUT_TEXT, words, .required = needed,                 \
		  .min = needed ? 1 : 0, .max = most)
static const char *const period_words[] = { "month", "quarter", "half", "year", NULL };
static const struct input new_inputs[] = {
	TEXT(area, false, 700, "只抽这些县区，六位代码用逗号隔开；不写是全市"),
	TEXT(authority, true, 200, "抽查机关的名称"),
	TEXT(body, true, 6, "抽查机关的六位代码"),
	TEXT(id, true, 64, "计划的编号，例如 BD-2026；同一编号就是下一版"),
	TEXT(lines, false, LINES_MOST, "规则之外的项目，CSV，见 docs/plans.md；不写沿用上一版的"),
	INPUT_ROW(struct plan_body, load, INPUT_INT, "一个人十个工作日能查几家，不写是 10",
		  .min = 1, .max = 1000),
	INPUT_ROW(struct plan_body, period, INPUT_WORD, "一年分成什么", .required = true,
		  .words = period_words),
	TEXT(rules, false, 64, "规则集的名称；不写是 1 月 1 日生效的"),
	TEXT(title, false, 200, "标题"),
	INPUT_ROW(struct plan_body, year, INPUT_INT, "哪一年", .required = true, .min = 2000,
		  .max = 9999),
	{ .name = NULL },
};
static const struct input decision_inputs[] = {
	INPUT_ROW(struct plan_body, agree, INPUT_BOOL, "批准还是退回", .required = true),
	TEXT(reason, false, 200, "退回的理由"),
	{ .name = NULL },
};
static const struct input drop_inputs[] = {
	TEXT(reason, true, 200, "理由"),
	{ .name = NULL },
};
static const char *const extension_words[] = { "draw", "visits", NULL };
static const struct input extend_inputs[] = {
	INPUT_ROW(struct plan_body, days, INPUT_INT, "延几天", .required = true, .min = 1,
		  .max = 60),
	TEXT(period, true, 10, "哪一期，例如 2026-Q3"),
	TEXT(reason, true, 200, "理由"),
	INPUT_ROW(struct plan_body, what, INPUT_WORD, "抽签延期还是检查延期", .required = true,
		  .words = extension_words),
	{ .name = NULL },
};
static const struct input agree_inputs[] = {
	INPUT_ROW(struct plan_body, agree, INPUT_BOOL, "同意还是不同意", .required = true),
	{ .name = NULL },
};

static int list_plans(struct request *q)
{
	struct plan_listed *list;
	size_t count;
	struct json j;

	TRY(plan_list(q->office, &q->arena, &list, &count));
	tell_items(q, &j);
	for (size_t i = 0; i < count; i++) {
		json_begin_object(&j);
		json_put_text(&j, "area", list[i].version.area);
		json_put_text(&j, "body", list[i].plan.body);
		json_put_text(&j, "id", list[i].plan.id);
		json_put_text(&j, "state", list[i].version.state);
		json_put_text(&j, "title", list[i].version.title);
		json_put_int(&j, "version", list[i].version.version);
		json_put_int(&j, "year", list[i].plan.year);
		json_end_object(&j);
	}
	tell_items_end(&j, NULL, (int64_t)count);
	return OK;
}

static int64_t today(const struct request *q)
{
	return (office_now(q->office) + ZONE_MS) / DAY_MS;
}

static void tell_lines(struct json *j, const struct plan_scene *s)
{
	json_key(j, "lines");
	json_begin_array(j);
	for (size_t i = 0; i < s->line_count; i++) {
		const struct plan_line_row *l = &s->lines[i];
		json_begin_object(j);
		json_put_text(j, "id", l->id);
		json_put_text(j, "kind", l->kind);
		json_put_text(j, "period", l->period);
		json_put_text(j, "pool", l->pool);
		json_put_text(j, "title", l->title);
		json_end_object(j);
	}
	json_end_array(j);
}

static void tell_extensions(struct json *j, const struct plan_scene *s)
{
	json_key(j, "extensions");
	json_begin_array(j);
	for (size_t i = 0; i < s->extension_count; i++) {
		const struct plan_extension_row *x = &s->extensions[i];
		json_begin_object(j);
		json_put_bool(j, "agreed", x->agreed);
		json_put_text(j, "askedBy", x->asked_by);
		json_put_int(j, "days", x->days);
		json_put_text(j, "decidedBy", x->decided_by);
		json_put_int(j, "id", x->id);
		json_put_text(j, "period", x->period);
		json_put_text(j, "reason", x->reason);
		json_put_text(j, "what", x->what);
		json_end_object(j);
	}
	json_end_array(j);
}

static int show_plan(struct request *q)
{
	CLEANUP(plan_scene_release) struct plan_scene s = { .notes = NULL };
	const struct plan_scene_ask ask = { q->values[0], PLAN_NEWEST, today(q), false };
	struct plan_notes notes;
	struct json j;

	plan_notes_init(&notes, &q->arena);
	int rc = plan_scene_open(q->office, &ask, &notes, &s);
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_text(&j, "area", s.version.area);
	json_put_text(&j, "authority", s.version.authority);
	json_put_text(&j, "body", s.plan.body);
	json_put_text(&j, "decidedBy", s.version.decided_by);
	tell_extensions(&j, &s);
	json_put_text(&j, "id", s.plan.id);
	tell_lines(&j, &s);
	json_put_text(&j, "madeBy", s.version.made_by);
	json_put_text(&j, "period", s.version.period);
	json_put_text(&j, "reason", s.version.reason);
	json_put_text(&j, "rules", s.set.id);
	json_put_text(&j, "state", s.version.state);
	json_put_text(&j, "submittedBy", s.version.submitted_by);
	json_put_text(&j, "title", s.version.title);
	json_put_int(&j, "version", s.version.version);
	json_put_int(&j, "year", s.plan.year);
	json_end_object(&j);
	return OK;
}

/* ---- checking ---- */

struct check_query {
	const char *period;
};
static const struct input check_inputs[] = {
	INPUT_ROW(struct check_query, period, INPUT_TEXT, "哪一期，例如 2026-Q3", .required = true,
		  .min = 1, .max = 10),
	{ .name = NULL },
};

static void tell_rules(struct json *j, const struct plan_check *c)
{
	json_key(j, "rules");
	json_begin_array(j);
	for (size_t i = 0; i < c->rule_count; i++) {
		const struct plan_check_rule *r = &c->rules[i];
		json_begin_object(j);
		json_put_int(j, "done", (int64_t)r->done);
		json_put_int(j, "drawn", (int64_t)r->drawn);
		json_put_text(j, "id", r->id);
		json_put_int(j, "left", (int64_t)r->left);
		json_put_int(j, "members", (int64_t)r->members);
		json_put_int(j, "missing", (int64_t)r->missing);
		json_put_int(j, "need", (int64_t)r->need);
		json_put_int(j, "planned", (int64_t)r->pending);
		json_put_bool(j, "possible", r->possible);
		json_put_int(j, "required", (int64_t)r->want);
		json_put_text(j, "sentence", r->sentence);
		json_put_text(j, "title", r->title);
		json_end_object(j);
	}
	json_end_array(j);
}

static int check_plan(struct request *q)
{
	CLEANUP(plan_scene_release) struct plan_scene s = { .notes = NULL };
	struct plan_check *c = arena_alloc(&q->arena, sizeof(*c));
	const struct plan_scene_ask ask = { q->values[0], PLAN_NEWEST, today(q), false };
	struct check_query in = { "" };
	struct plan_notes notes;
	struct json j;

	if (take_query(q, &in) != OK)
		return OK;
	plan_notes_init(&notes, &q->arena);
	int rc = plan_scene_open(q->office, &ask, &notes, &s);
	if (rc == OK)
		rc = plan_check_make(&s, in.period, c);
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	plan_clashes_json(&j, &c->clashes);
	json_put_int(&j, "drawn", c->ended ? 0 : (int64_t)c->draw->cover.drawn);
	json_put_bool(&j, "ended", c->ended);
	tell_notes(&j, "notes", &notes);
	json_put_text(&j, "period", c->draw->asks.period_text);
	tell_rules(&j, c);
	json_put_int(&j, "sites", (int64_t)c->draw->sum.live);
	json_put_int(&j, "stops", (int64_t)c->clashes.stops);
	json_end_object(&j);
	return OK;
}

/* ---- acts ---- */

static int done(struct request *q, int rc, const struct plan_version_row *v,
		const struct plan_notes *notes)
{
	struct json j;

	if (tell_refused(q, notes, rc, false) != OK)
		return OK;
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	tell_notes(&j, "notes", notes);
	json_put_text(&j, "state", v->state);
	json_put_int(&j, "version", v->version);
	json_end_object(&j);
	return OK;
}

static int new_plan(struct request *q)
{
	struct plan_body in = { .area = "", .load = 10 };
	struct plan_version_row v;
	struct plan_notes notes;

	if (take_body(q, &in) != OK)
		return OK;
	const struct plan_new made = { .id = in.id,
				       .year = (uint32_t)in.year,
				       .body = in.body,
				       .area = in.area,
				       .title = in.title,
				       .authority = in.authority,
				       .period = in.period,
				       .rules = in.rules,
				       .day_load = in.load,
				       .lines = in.lines,
				       .lines_len = in.lines ? strlen(in.lines) : 0 };
	plan_notes_init(&notes, &q->arena);
	q->reply.status = 201;
	return done(q, plan_make(q->office, &made, &notes, &v), &v, &notes);
}

static int submit(struct request *q)
{
	struct plan_version_row v;
	struct plan_notes notes;

	plan_notes_init(&notes, &q->arena);
	return done(q, plan_submit(q->office, q->values[0], &notes, &v), &v, &notes);
}

static int decide(struct request *q)
{
	struct plan_body in = { .reason = "" };
	struct plan_version_row v;
	struct plan_notes notes;

	if (take_body(q, &in) != OK)
		return OK;
	plan_notes_init(&notes, &q->arena);
	int rc = in.agree ? OK : office_reason(q->office, in.reason);
	if (rc == OK)
		rc = plan_decide(q->office, q->values[0], in.agree ? NULL : in.reason, &notes, &v);
	return done(q, rc, &v, &notes);
}

static int drop(struct request *q)
{
	struct plan_body in = { .reason = "" };
	struct plan_version_row v;
	struct plan_notes notes;

	if (take_body(q, &in) != OK)
		return OK;
	plan_notes_init(&notes, &q->arena);
	return done(q, plan_drop(q->office, q->values[0], in.reason, &notes, &v), &v, &notes);
}

static int extend(struct request *q)
{
	struct plan_body in = { .reason = "" };
	struct plan_notes notes;
	struct json j;

	if (take_body(q, &in) != OK)
		return OK;
	struct plan_extension_row row = {
		.period = in.period, .what = in.what, .days = in.days, .reason = in.reason
	};
	plan_notes_init(&notes, &q->arena);
	int rc = plan_extend(q->office, q->values[0], &row, &notes);
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	q->reply.status = 201;
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_int(&j, "id", row.id);
	json_end_object(&j);
	return OK;
}

static int decide_extension(struct request *q)
{
	struct plan_body in = { .reason = "" };
	struct plan_notes notes;
	uint64_t id;

	if (take_body(q, &in) != OK)
		return OK;
	if (read_number(span_of(q->values[0]), INT64_MAX, &id) != CORE_OK)
		return NONE;
	plan_notes_init(&notes, &q->arena);
	int rc = plan_extend_decide(q->office, (int64_t)id, in.agree, &notes);
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	q->reply.status = 204;
	return OK;
}

#define STATES "draft|submitted|approved|returned|dropped"
static const struct shape shapes[] = {
	{ "Plan",
	  "area text, body text, id id, state " STATES ", title text, version int, year int",
	  "年度计划和它最新的一版" },
	{ "PlanShown",
	  "area text, authority text, body text, decidedBy text, extensions [PlanExtension], id id, lines [PlanLine], "
	  "madeBy text, period month|quarter|half|year, reason text, rules text, state " STATES
	  ", submittedBy text, title text, version int, year int",
	  "年度计划最新的一版" },
	{ "PlanLine",
	  "id text, kind campaign|permit|project|joint, period text, pool text, title text",
	  "规则之外的项目；period 空的是每期" },
	{ "PlanExtension",
	  "agreed bool, askedBy text, days int, decidedBy text, id int, period text, reason text, what draw|visits",
	  "延期；decidedBy 空的是还没有办" },
	{ "PlanCheck",
	  "clashes [PlanClash], drawn int, ended bool, notes [Note], period text, rules [PlanCheckRule], sites int, stops int",
	  "核对一期：stops 是不解决就不能锁定的冲突" },
	{ "PlanClash",
	  "choices text?, county text, kind text, number int, rules text?, sites int, stops bool, text text",
	  "一处冲突和可以怎么办" },
	{ "PlanCheckRule",
	  "done int, drawn int, id text, left int, members int, missing int, need int, planned int, possible bool, "
	  "required int, sentence text?, title text?",
	  "一条规则：应查、待查、已查、还差" },
	{ "PlanDone", "notes [Note], state " STATES ", version int", "办成以后的一版" },
	{ "ExtensionMade", "id int", "提出的延期" },
	{ .name = NULL },
};

static const struct route routes[] = {
	{ GATE_GET, "/api/v1/plans", list_plans, PERM_PLAN_READ, 0, NULL, NULL, "年度计划",
	  "200 [Plan]" },
	{ GATE_POST, "/api/v1/plans", new_plan, PERM_PLAN_EDIT, ROUTE_CHANGES | ROUTE_SLOW, NULL,
	  new_inputs, "编制年度计划（草稿），或它的下一版", "201 PlanDone" },
	{ GATE_GET, "/api/v1/plans/{id}", show_plan, PERM_PLAN_READ, ROUTE_SLOW, NULL, NULL,
	  "一份计划", "200 PlanShown" },
	{ GATE_GET, "/api/v1/plans/{id}/check", check_plan, PERM_PLAN_READ, ROUTE_SLOW,
	  check_inputs, NULL, "核对一期", "200 PlanCheck" },
	{ GATE_POST, "/api/v1/plans/{id}/submission", submit, PERM_PLAN_EDIT, ROUTE_CHANGES, NULL,
	  NULL, "提交草稿", "200 PlanDone" },
	{ GATE_POST, "/api/v1/plans/{id}/decision", decide, PERM_PLAN_APPROVE, ROUTE_CHANGES, NULL,
	  decision_inputs, "批准或退回：编制、提交的人不能", "200 PlanDone" },
	{ GATE_POST, "/api/v1/plans/{id}/dropping", drop, PERM_PLAN_EDIT, ROUTE_CHANGES, NULL,
	  drop_inputs, "作废草稿", "200 PlanDone" },
	{ GATE_POST, "/api/v1/plans/{id}/extensions", extend, PERM_PLAN_EDIT, ROUTE_CHANGES, NULL,
	  extend_inputs, "申请延期", "201 ExtensionMade" },
	{ GATE_POST, "/api/v1/extensions/{id}/decision", decide_extension, PERM_PLAN_APPROVE,
	  ROUTE_CHANGES, NULL, agree_inputs, "同意或不同意延期：申请的人不能", "204" },
};

const struct api_group api_plan = { "plans", "年度计划", routes, COUNT(routes), shapes };
