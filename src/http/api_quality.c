/* http/api_quality.c — how good the registry of sites is, rows that may be one, and rows that are several. */
#include "app/account_session.h"
#include "app/import_area.h"
#include "app/job_suggest.h"
#include "app/registry_json.h"
#include "app/registry_merge.h"
#include "app/registry_quality.h"
#include "app/registry_suggest.h"
#include "app/scope.h"
#include "base/status.h"
#include "http/api.h"
#include "http/api_job.h"
#include "http/api_registry.h"
#include "http/take.h"
#include "http/tell.h"

#include <string.h>

enum { SIZE = 20, SIZE_MOST = 100, DAYS = 365, DAYS_MOST = 36500 };

/* Only sites have these. NONE: the reply says so. */
static int sites_named(struct request *q)
{
	enum registry kind;

	TRY(registry_named(q, &kind));
	if (kind == REGISTRY_SITES)
		return OK;
	reply_problem(&q->reply, 404, "not_found", "这是检查对象名录才有的：sites", NULL);
	return NONE;
}

/* ---- figures ---- */

struct quality_query {
	const char *county, *after;
	int64_t days, size;
};

#define QUALITY_INPUTS                                                                             \
	INPUT_ROW(struct quality_query, county, INPUT_TEXT, "只看一个县区，六位代码", .min = 6,    \
		  .max = 6),                                                                       \
		INPUT_ROW(struct quality_query, days, INPUT_INT,                                   \
			  "既没改过也没抽查过、超过多少天算久未更新，不写是 365", .min = 1,        \
			  .max = DAYS_MOST)
static const struct input quality_inputs[] = {
	QUALITY_INPUTS,
	{ .name = NULL },
};
static const struct input behind_inputs[] = {
	INPUT_ROW(struct quality_query, after, INPUT_TEXT, "上一页的 next", .max = 64),
	QUALITY_INPUTS,
	INPUT_ROW(struct quality_query, size, INPUT_INT, "一页几行，不写是 20", .min = 1,
		  .max = SIZE_MOST),
	{ .name = NULL },
};

static void tell_county(struct json *j, const struct quality_county *c)
{
	const int64_t *n = c->count;

	json_begin_object(j);
	json_put_int(j, "classMissing", n[QUALITY_CLASS_MISSING]);
	json_put_int(j, "codeCheck", n[QUALITY_CODE_CHECK]);
	json_put_int(j, "codeForm", n[QUALITY_CODE_FORM]);
	json_put_int(j, "codeInner", n[QUALITY_CODE_INNER]);
	json_put_int(j, "codeMissing", n[QUALITY_CODE_MISSING]);
	json_put_int(j, "codesRight", quality_codes_right(c));
	json_put_text(j, "county", c->code);
	json_put_int(j, "countyMissing", n[QUALITY_COUNTY_MISSING]);
	json_put_int(j, "double", n[QUALITY_DOUBLE]);
	json_put_int(j, "farKm", c->far_km);
	json_put_int(j, "live", n[QUALITY_LIVE]);
	json_put_text(j, "name", c->name);
	json_put_int(j, "placeFar", n[QUALITY_PLACE_FAR]);
	json_put_int(j, "placeMissing", n[QUALITY_PLACE_MISSING]);
	json_put_int(j, "placeOutside", n[QUALITY_PLACE_OUTSIDE]);
	json_put_int(j, "placesRight", quality_places_right(c));
	json_put_int(j, "rows", n[QUALITY_ROWS]);
	json_put_int(j, "stale", n[QUALITY_STALE]);
	json_end_object(j);
}

static int report(struct request *q)
{
	struct quality_query in = { .days = DAYS };
	struct quality_report r;
	struct json j;

	if (sites_named(q) != OK || take_query(q, &in) != OK)
		return OK;
	const struct quality_in ask = { in.county, in.days };
	TRY(registry_quality(q->office, &q->arena, &ask, &r));
	tell_items(q, &j);
	for (size_t i = 0; i < r.count; i++)
		tell_county(&j, &r.counties[i]);
	tell_county(&j, &r.all);
	tell_items_end(&j, NULL, (int64_t)r.count + 1);
	return OK;
}

struct behind {
	struct request *q;
	const struct quality_query *in;
	struct json j;
	int64_t count, total;
	const char *last;
	bool more;
};

static int see_row(void *arg, const struct span cells[REGISTRY_FIELDS_MOST])
{
	struct behind *b = arg;
	const char *id = arena_mem(&b->q->arena, cells[SITE_ID].at, cells[SITE_ID].len);

	b->total++;
	if (strcmp(id, b->in->after) <= 0)
		return OK;
	b->more |= b->count == b->in->size;
	if (b->count == b->in->size)
		return OK;
	b->count++;
	b->last = id;
	json_begin_object(&b->j);
	json_key(&b->j, "fields");
	registry_cells_json(&b->j, REGISTRY_SITES, cells);
	json_put_text(&b->j, "id", id);
	json_end_object(&b->j);
	return OK;
}

static int list_behind(struct request *q)
{
	struct quality_query in = { .after = "", .days = DAYS, .size = SIZE };
	struct behind b = { .q = q, .in = &in };
	enum quality_kind kind;

	if (sites_named(q) != OK || take_query(q, &in) != OK)
		return OK;
	if (!quality_of(q->values[1], &kind) || kind == QUALITY_DOUBLE)
		return NONE;
	const struct quality_in ask = { in.county, in.days };
	tell_items(q, &b.j);
	TRY(registry_quality_list(q->office, &ask, kind, see_row, &b));
	tell_items_end(&b.j, b.more ? b.last : NULL, b.total);
	return OK;
}

/* ---- rows that may be one ---- */

struct suggestion_query {
	const char *state;
	int64_t after, size;
};

static const char *const state_words[] = { "open", "confirmed", "refused", NULL };
static const struct input suggestion_inputs[] = {
	INPUT_ROW(struct suggestion_query, after, INPUT_INT, "上一页的 next", .min = 0,
		  .max = INT64_C(1) << 53),
	INPUT_ROW(struct suggestion_query, size, INPUT_INT, "一页几条，不写是 20", .min = 1,
		  .max = SIZE_MOST),
	INPUT_ROW(struct suggestion_query, state, INPUT_WORD, "待处理的、已合并的、已否定的",
		  .words = state_words),
	{ .name = NULL },
};

static void put_span(struct json *j, const char *key, struct span text)
{
	json_key(j, key);
	json_mem(j, text.at, text.len);
}

static void tell_suggestion(struct json *j, const struct registry_suggested *s)
{
	const struct registry_suggestion *d = &s->suggestion;

	json_begin_object(j);
	json_put_text(j, "actor", d->actor);
	json_put_text(j, "basis", registry_suggest_basis(d->basis));
	tell_time(j, "decidedAt", d->decided_at);
	json_put_text(j, "first", d->first);
	put_span(j, "firstAddress", s->first[SITE_ADDRESS]);
	put_span(j, "firstName", s->first[SITE_NAME]);
	json_put_int(j, "id", d->id);
	json_put_text(j, "reason", d->reason);
	json_put_text(j, "second", d->second);
	put_span(j, "secondAddress", s->second[SITE_ADDRESS]);
	put_span(j, "secondName", s->second[SITE_NAME]);
	json_put_text(j, "state", d->state);
	json_end_object(j);
}

static int list_suggestions(struct request *q)
{
	struct suggestion_query in = { .state = "open", .size = SIZE };
	struct registry_suggested_page page = { .count = 0 };
	const char *next = NULL;
	struct json j;

	if (sites_named(q) != OK || take_query(q, &in) != OK)
		return OK;
	const struct registry_suggestion_page ask = { registry_name(REGISTRY_SITES), in.state,
						      in.after, in.size };
	TRY(registry_suggest_list(q->office, &q->arena, &ask, &page));
	tell_items(q, &j);
	for (size_t i = 0; i < page.count; i++)
		tell_suggestion(&j, &page.rows[i]);
	if ((int64_t)page.count == in.size)
		next = arena_printf(&q->arena, "%lld",
				    (long long)page.rows[page.count - 1].suggestion.id);
	tell_items_end(&j, next, page.total);
	return OK;
}

static int search(struct request *q)
{
	struct job_row job;

	if (sites_named(q) != OK)
		return OK;
	TRY(scope_need_all(q->office));
	TRY(job_make(q->office, &q->arena, q->here->account.row.key, job_suggest.name, "{}", &job));
	return api_job_accepted(q, &job);
}

struct decision_body {
	bool same;
	const char *keep, *reason;
};
static const struct input decision_inputs[] = {
	INPUT_ROW(struct decision_body, keep, INPUT_TEXT, "是一个的：保留哪个编号", .min = 1,
		  .max = 64),
	INPUT_ROW(struct decision_body, reason, INPUT_TEXT, "理由", .required = true, .min = 1,
		  .max = 200),
	INPUT_ROW(struct decision_body, same, INPUT_BOOL, "是一个（合并），还是两个（以后不再提）",
		  .required = true),
	{ .name = NULL },
};

static int done(struct request *q, int64_t change, const struct plan_notes *notes)
{
	struct json j;

	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_int(&j, "change", change);
	tell_notes(&j, "notes", notes);
	json_end_object(&j);
	return OK;
}

static struct registry_act begin(struct request *q, const char *reason, struct plan_notes *notes)
{
	plan_notes_init(notes, &q->arena);
	return (struct registry_act){ q->office, &q->arena, REGISTRY_SITES, reason, notes };
}

static int decide(struct request *q)
{
	struct decision_body in = { false, NULL, "" };
	static const struct reply_wrong no_keep = { "keep", "合并的要写明保留哪个编号" };
	struct plan_notes notes;
	int64_t change = 0;
	uint64_t number;

	if (sites_named(q) != OK || take_body(q, &in) != OK)
		return OK;
	if (read_number(span_of(q->values[1]), INT64_MAX, &number) != CORE_OK)
		return NONE;
	if (in.same && !in.keep) {
		reply_problem(&q->reply, 422, "bad_field", no_keep.why, &no_keep);
		return OK;
	}
	const struct registry_act act = begin(q, in.reason, &notes);
	TRY(scope_need_all(q->office));
	int rc = in.same ? registry_suggest_confirm(&act, (int64_t)number, in.keep, &change)
			 : registry_suggest_refuse(&act, (int64_t)number);
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	return done(q, change, &notes);
}

/* ---- rows that are several ---- */

struct value_row {
	const char *field, *value;
};
struct part_row {
	struct input_rows values;
};
struct split_body {
	const char *id, *reason;
	struct input_rows parts;
	bool anyArea;
};

static const struct input value_inputs[] = {
	INPUT_ROW(struct value_row, field, INPUT_TEXT, "字段的英文名或中文表头", .required = true,
		  .min = 1, .max = 60),
	INPUT_ROW(struct value_row, value, INPUT_TEXT, "值", .required = true, .max = 2000),
	{ .name = NULL },
};
static const struct input part_inputs[] = {
	INPUT_ROW(struct part_row, values, INPUT_ROWS, "与原对象不同的内容，至少有名称或地址",
		  .required = true, .min = 1, .max = SITE_FIELDS, .row = value_inputs,
		  .row_size = sizeof(struct value_row)),
	{ .name = NULL },
};
static const struct input split_inputs[] = {
	INPUT_ROW(struct split_body, anyArea, INPUT_BOOL, "任何六位区划代码都收"),
	INPUT_ROW(struct split_body, id, INPUT_TEXT, "原对象的编号", .required = true, .min = 1,
		  .max = 64),
	INPUT_ROW(struct split_body, parts, INPUT_ROWS, "拆出的每一处", .required = true, .min = 1,
		  .max = REGISTRY_MERGE_MOST, .row = part_inputs,
		  .row_size = sizeof(struct part_row)),
	INPUT_ROW(struct split_body, reason, INPUT_TEXT, "理由", .required = true, .min = 1,
		  .max = 200),
	{ .name = NULL },
};
static const struct input parting_inputs[] = {
	INPUT_ROW(struct decision_body, reason, INPUT_TEXT, "理由", .required = true, .min = 1,
		  .max = 200),
	{ .name = NULL },
};

/* INVALID: the reply says which field there is not. */
static int take_part(struct request *q, size_t number, const struct part_row *part,
		     struct registry_part *ret)
{
	const struct value_row *given = part->values.at;
	struct registry_value *values = arena_array(&q->arena, part->values.count, sizeof(*values));

	for (size_t i = 0; i < part->values.count; i++) {
		const struct reply_wrong wrong = {
			arena_printf(&q->arena, "parts[%zu].values[%zu].field", number, i),
			arena_printf(&q->arena, "检查对象名录没有字段“%s”", given[i].field)
		};
		values[i].value = given[i].value;
		if (registry_field_of(REGISTRY_SITES, given[i].field, &values[i].field))
			continue;
		reply_problem(&q->reply, 422, "bad_field", wrong.why, &wrong);
		return INVALID;
	}
	*ret = (struct registry_part){ values, part->values.count };
	return OK;
}

static int split(struct request *q)
{
	struct split_body in = { .id = "" };
	const char *const *ids;
	struct plan_notes notes;
	int64_t change;

	if (take_body(q, &in) != OK)
		return OK;
	struct registry_part *parts = arena_array(&q->arena, in.parts.count, sizeof(*parts));
	const struct part_row *given = in.parts.at;
	for (size_t i = 0; i < in.parts.count; i++)
		if (take_part(q, i, &given[i], &parts[i]) != OK)
			return OK;
	const struct registry_act act = begin(q, in.reason, &notes);
	const struct registry_split_in ask = { in.id, parts, in.parts.count, in.anyArea };
	int rc = registry_act_split(&act, &ask, &ids, &change);
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	for (size_t i = 0; i < in.parts.count; i++)
		plan_note(&notes, PLAN_INFO, "拆出 %s", ids[i]);
	return done(q, change, &notes);
}

static int part_again(struct request *q)
{
	struct decision_body in = { false, NULL, "" };
	struct plan_notes notes;
	uint64_t number;
	int64_t change;

	if (sites_named(q) != OK || take_body(q, &in) != OK)
		return OK;
	if (read_number(span_of(q->values[1]), INT64_MAX, &number) != CORE_OK)
		return NONE;
	const struct registry_act act = begin(q, in.reason, &notes);
	int rc = registry_act_part(&act, (int64_t)number, &change);
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	return done(q, change, &notes);
}

static const struct shape shapes[] = {
	{ "Quality",
	  "classMissing int, codeCheck int, codeForm int, codeInner int, codeMissing int, codesRight int, county text, "
	  "countyMissing int, double int, farKm int, live int, name text, placeFar int, placeMissing int, "
	  "placeOutside int, placesRight int, rows int, stale int",
	  "一个县区名录的质量，最后一行是合计；codesRight、placesRight 是千分之几，没有行的是 -1" },
	{ "QualityRow", "fields {text}, id id", "一个数字背后的一行" },
	{ "Suggestion",
	  "actor text, basis text, decidedAt time?, first text, firstAddress text, firstName text, id int, reason text, "
	  "second text, secondAddress text, secondName text, state open|confirmed|refused",
	  "可能是一个的两行" },
	{ .name = NULL },
};

#define SITES "/api/v1/registries/{registry}"
static const struct route routes[] = {
	{ GATE_GET, SITES "/quality", report, PERM_REGISTRY_READ, ROUTE_SLOW, quality_inputs, NULL,
	  "名录的质量，一个县区一行", "200 [Quality]" },
	{ GATE_GET, SITES "/quality/{figure}", list_behind, PERM_REGISTRY_READ, ROUTE_SLOW,
	  behind_inputs, NULL, "一个数字（如 code-missing）背后的每一行", "200 [QualityRow]" },
	{ GATE_GET, SITES "/suggestions", list_suggestions, PERM_REGISTRY_READ, 0,
	  suggestion_inputs, NULL, "疑似重复的检查对象", "200 [Suggestion]" },
	{ GATE_POST, SITES "/suggestions", search, PERM_REGISTRY_EDIT, ROUTE_CHANGES, NULL, NULL,
	  "把名录查一遍，记下新的疑似重复", "202 Job" },
	{ GATE_POST, SITES "/suggestions/{id}/decision", decide, PERM_REGISTRY_EDIT, ROUTE_CHANGES,
	  NULL, decision_inputs, "确认是一个，合并；或否定", "200 RegistryDone" },
	{ GATE_POST, "/api/v1/splits", split, PERM_REGISTRY_EDIT, ROUTE_CHANGES, NULL, split_inputs,
	  "一个检查对象其实是几处，各自成为对象", "200 RegistryDone" },
	{ GATE_POST, SITES "/changes/{change}/parting", part_again, PERM_REGISTRY_EDIT,
	  ROUTE_CHANGES, NULL, parting_inputs, "撤销一次合并或拆分", "200 RegistryDone" },
};

const struct api_group api_quality = { "quality", "名录的质量、重复和拆分", routes, COUNT(routes),
				       shapes };
