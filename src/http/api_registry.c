/* http/api_registry.c — looking at registries: pages, rows, what became of them, what was changed. */
#include "http/api_registry.h"

#include "app/registry_diff.h"
#include "app/registry_json.h"
#include "app/registry_list.h"
#include "base/status.h"
#include "http/api.h"
#include "http/take.h"
#include "http/tell.h"

#include <string.h>

enum { SIZE = 20, SIZE_MOST = 100, CHANGES_MOST = 100 };

int registry_named(struct request *q, enum registry *ret)
{
	if (registry_of(q->values[0], ret))
		return OK;
	reply_problem(&q->reply, 404, "not_found",
		      "没有这个名录：只有 sites、inspectors、matters、recusals", NULL);
	return NONE;
}

/* ---- a page ---- */

#define TEXT_INPUT(type, member, most, words)                                                      \
	{                                                                                          \
		.name = #member, .kind = INPUT_TEXT, .offset = offsetof(type, member),             \
		.max = most, .help = words                                                         \
	}
static const struct input page_inputs[] = {
	TEXT_INPUT(struct registry_query, after, 64, "上一页的 next"),
	TEXT_INPUT(struct registry_query, class, 60,
		   "监管类别 key、general；人员为老新 S、J；事项为类别"),
	TEXT_INPUT(struct registry_query, county, 60, "县区的名称或六位代码"),
	{ .name = "kind",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct registry_query, kind_word),
	  .max = 60,
	  .help = "对象类型；人员为身份" },
	{ .name = "size",
	  .kind = INPUT_INT,
	  .offset = offsetof(struct registry_query, most),
	  .min = 1,
	  .max = SIZE_MOST,
	  .help = "一页几行，不写是 20" },
	TEXT_INPUT(struct registry_query, special, 10, "是否特殊监管；人员为是否辅助人员"),
	TEXT_INPUT(struct registry_query, state, 60, "运行状态；人员为在岗 是、否"),
	TEXT_INPUT(struct registry_query, text, 200, "编号或代码，或名称、编号、代码中的一段"),
	{ .name = NULL },
};

static void tell_row(struct json *j, enum registry kind, const struct registry_row *row)
{
	struct span cells[REGISTRY_FIELDS_MOST];

	registry_row_cells(kind, row, cells);
	json_begin_object(j);
	json_put_int(j, "change", row->change);
	json_key(j, "fields");
	registry_cells_json(j, kind, cells);
	json_put_text(j, "id", row->id);
	json_put_int(j, "version", row->version);
	json_end_object(j);
}

static int list_rows(struct request *q)
{
	struct registry_query in = { .most = SIZE };
	struct registry_page page;
	struct plan_notes notes;
	struct json j;

	if (registry_named(q, &in.kind) != OK || take_query(q, &in) != OK)
		return OK;
	plan_notes_init(&notes, &q->arena);
	if (tell_refused(q, &notes, registry_query(q->office, &q->arena, &in, &notes, &page),
			 false) != OK)
		return OK;
	tell_items(q, &j);
	for (size_t i = 0; i < page.count; i++)
		tell_row(&j, in.kind, &page.rows[i]);
	tell_items_end(&j, page.more ? page.rows[page.count - 1].id : NULL, page.total);
	return OK;
}

/* ---- one row ---- */

static int show_row(struct request *q)
{
	struct registry_single s;
	enum registry kind;
	uint32_t count;
	struct json j;

	if (registry_named(q, &kind) != OK)
		return OK;
	const struct field *f = registry_fields(kind, &count);
	TRY(registry_single(q->office, &q->arena, kind, q->values[1], &s));
	q->reply.etag = entity_tag(q, s.row.version);
	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_int(&j, "change", s.row.change);
	json_key(&j, "edited");
	json_begin_array(&j);
	for (uint32_t i = 0; i < count; i++)
		if (s.edited[i])
			json_text(&j, f[i].name);
	json_end_array(&j);
	json_key(&j, "fields");
	registry_cells_json(&j, kind, s.cells);
	json_put_text(&j, "id", s.row.id);
	json_put_int(&j, "version", s.row.version);
	json_end_object(&j);
	return OK;
}

static void tell_change(struct json *j, const struct registry_change *c)
{
	json_put_text(j, "actor", c->actor);
	json_put_int(j, "added", c->added);
	tell_time(j, "at", c->at);
	json_put_text(j, "file", c->file);
	json_put_int(j, "id", c->id);
	json_put_text(j, "kind", c->kind);
	json_put_int(j, "quarantined", c->quarantined);
	json_put_text(j, "reason", c->reason);
	json_put_int(j, "unchanged", c->unchanged);
	json_put_int(j, "undone", c->undone);
	json_put_int(j, "updated", c->updated);
}

static int show_history(struct request *q)
{
	struct registry_past *past;
	enum registry kind;
	size_t count;
	struct json j;

	if (registry_named(q, &kind) != OK)
		return OK;
	TRY(registry_past(q->office, &q->arena, kind, q->values[1], &past, &count));
	tell_items(q, &j);
	for (size_t i = 0; i < count; i++) {
		json_begin_object(&j);
		json_put_text(&j, "actor", past[i].change.actor);
		tell_time(&j, "at", past[i].change.at);
		json_put_int(&j, "change", past[i].change.id);
		json_key(&j, "fields");
		registry_cells_json(&j, kind, past[i].cells);
		json_put_text(&j, "kind", past[i].change.kind);
		json_put_text(&j, "reason", past[i].change.reason);
		json_put_int(&j, "version", past[i].version);
		json_end_object(&j);
	}
	tell_items_end(&j, NULL, (int64_t)count);
	return OK;
}

/* ---- changes ---- */

struct changes_query {
	int64_t after, size;
};

static const struct input changes_inputs[] = {
	{ .name = "after",
	  .kind = INPUT_INT,
	  .offset = offsetof(struct changes_query, after),
	  .min = 1,
	  .max = INT64_C(1) << 53,
	  .help = "上一页的 next：只列编号更小的" },
	{ .name = "size",
	  .kind = INPUT_INT,
	  .offset = offsetof(struct changes_query, size),
	  .min = 1,
	  .max = CHANGES_MOST,
	  .help = "一页几次，不写是 20" },
	{ .name = NULL },
};

struct changes {
	struct json j;
	int64_t count, last;
};

static int see_change(void *arg, const struct registry_change *c)
{
	struct changes *l = arg;

	l->count++;
	l->last = c->id;
	json_begin_object(&l->j);
	tell_change(&l->j, c);
	json_end_object(&l->j);
	return OK;
}

static int list_changes(struct request *q)
{
	struct changes_query in = { INT64_MAX, SIZE };
	struct changes l = { .count = 0 };
	enum registry kind;
	int64_t total;

	if (registry_named(q, &kind) != OK || take_query(q, &in) != OK)
		return OK;
	tell_items(q, &l.j);
	TRY(registry_changes(q->office, kind, in.after, in.size, see_change, &l));
	TRY(registry_change_head(q->office->db, registry_name(kind), &total));
	bool more = l.count == in.size && l.last > 1;
	tell_items_end(&l.j, more ? arena_printf(&q->arena, "%lld", (long long)l.last) : NULL,
		       total);
	return OK;
}

/* ---- differences ---- */

struct differences_query {
	const char *from, *to, *after;
	int64_t size;
	bool open;
};

static const struct input differences_inputs[] = {
	TEXT_INPUT(struct differences_query, after, 64, "上一页的 next"),
	{ .name = "from",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct differences_query, from),
	  .required = true,
	  .min = 1,
	  .max = 20,
	  .help = "日期（到这一天结束时）、变更的编号、0 或 now" },
	{ .name = "open",
	  .kind = INPUT_BOOL,
	  .offset = offsetof(struct differences_query, open),
	  .help = "只要可以公开的字段" },
	{ .name = "size",
	  .kind = INPUT_INT,
	  .offset = offsetof(struct differences_query, size),
	  .min = 1,
	  .max = SIZE_MOST,
	  .help = "一页几行，不写是 20" },
	{ .name = "to",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct differences_query, to),
	  .required = true,
	  .min = 1,
	  .max = 20,
	  .help = "同 from" },
	{ .name = NULL },
};

struct differences {
	struct request *q;
	const struct differences_query *in;
	enum registry kind;
	struct json j;
	int64_t count;
	const char *last;
	bool more;
};

static int see_difference(void *arg, const struct registry_diff_row *row)
{
	static const char *const kinds[] = {
		[REGISTRY_ADDED] = "added", [REGISTRY_CHANGED] = "changed", [REGISTRY_LEFT] = "left"
	};
	struct differences *d = arg;
	struct span shown[2][REGISTRY_FIELDS_MOST] = { { { NULL, 0 } } };

	d->more |= d->count == d->in->size;
	if (strcmp(row->id, d->in->after) <= 0 || d->count == d->in->size)
		return OK;
	for (size_t i = 0; i < REGISTRY_FIELDS_MOST; i++)
		if (row->differs[i]) {
			shown[0][i] = row->from ? row->from[i] : SPAN("");
			shown[1][i] = row->to[i];
		}
	d->count++;
	d->last = arena_str(&d->q->arena, row->id);
	json_begin_object(&d->j);
	json_key(&d->j, "from");
	registry_cells_json(&d->j, d->kind, shown[0]);
	json_put_text(&d->j, "id", row->id);
	json_put_text(&d->j, "kind", kinds[row->kind]);
	json_key(&d->j, "name");
	json_mem(&d->j, row->name.at, row->name.len);
	json_key(&d->j, "to");
	registry_cells_json(&d->j, d->kind, shown[1]);
	json_end_object(&d->j);
	return OK;
}

static int list_differences(struct request *q)
{
	struct differences_query in = { .after = "", .size = SIZE };
	struct differences d = { .q = q, .in = &in };
	struct registry_diff diff;
	struct registry_diff_counts counts;
	struct plan_notes notes;

	if (registry_named(q, &d.kind) != OK || take_query(q, &in) != OK)
		return OK;
	diff = (struct registry_diff){ .kind = d.kind, .open_only = in.open };
	plan_notes_init(&notes, &q->arena);
	int rc = registry_point(q->office, d.kind, in.from, &notes, &diff.from);
	if (rc == OK)
		rc = registry_point(q->office, d.kind, in.to, &notes, &diff.to);
	if (rc == OK && diff.from > diff.to) {
		plan_note(&notes, PLAN_REFUSED, "from 比 to 晚：请把较早的写在 from");
		rc = INVALID;
	}
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	tell_items(q, &d.j);
	TRY(registry_diff(q->office, &diff, see_difference, &d, &counts));
	tell_items_end(&d.j, d.more ? d.last : NULL,
		       counts.rows[REGISTRY_ADDED] + counts.rows[REGISTRY_CHANGED] +
			       counts.rows[REGISTRY_LEFT]);
	return OK;
}

/* ---- who wins ---- */

static int see_winner(void *arg, const char *field, const char *winner)
{
	struct changes *l = arg;

	l->count++;
	json_begin_object(&l->j);
	json_put_text(&l->j, "field", field);
	json_put_text(&l->j, "winner", winner);
	json_end_object(&l->j);
	return OK;
}

static int list_winners(struct request *q)
{
	struct changes l = { .count = 0 };
	enum registry kind;

	if (registry_named(q, &kind) != OK)
		return OK;
	tell_items(q, &l.j);
	TRY(registry_winners(q->office, kind, see_winner, &l));
	tell_items_end(&l.j, NULL, l.count);
	return OK;
}

static const struct shape shapes[] = {
	{ "RegistryRow", "change int, fields {text}, id id, version int",
	  "名录的一行：fields 是不空的字段，值的写法与导出的文件相同；change 是写成它的变更" },
	{ "RegistrySingle", "change int, edited [text], fields {text}, id id, version int",
	  "名录的一行；edited 是在这里改过、再导入时保留的字段" },
	{ "RegistryVersion",
	  "actor text, at time, change int, fields {text}, kind import|edit|merge|split|undo, reason text, version int",
	  "一行的一版，新的在前" },
	{ "RegistryChange",
	  "actor text, added int, at time, file text, id int, kind import|edit|merge|split|undo, quarantined int, "
	  "reason text, unchanged int, undone int, updated int",
	  "一次变更；undone 是它撤销的变更，没有是 0" },
	{ "RegistryDifference", "from {text}, id id, kind added|changed|left, name text, to {text}",
	  "两个时候之间不同的一行" },
	{ "RegistryWinner", "field text, winner file|local", "再导入时谁的值为准" },
	{ .name = NULL },
};

#define ROWS "/api/v1/registries/{registry}"
static const struct route routes[] = {
	{ GATE_GET, ROWS "/rows", list_rows, PERM_REGISTRY_READ, 0, page_inputs, NULL,
	  "名录：按条件列一页", "200 [RegistryRow]" },
	{ GATE_GET, ROWS "/rows/{id}", show_row, PERM_REGISTRY_READ, 0, NULL, NULL, "名录的一行",
	  "200 RegistrySingle etag" },
	{ GATE_GET, ROWS "/rows/{id}/history", show_history, PERM_REGISTRY_READ, 0, NULL, NULL,
	  "一行的各版", "200 [RegistryVersion]" },
	{ GATE_GET, ROWS "/changes", list_changes, PERM_REGISTRY_READ, 0, changes_inputs, NULL,
	  "名录的变更，新的在前", "200 [RegistryChange]" },
	{ GATE_GET, ROWS "/differences", list_differences, PERM_REGISTRY_READ, ROUTE_SLOW,
	  differences_inputs, NULL, "两个日期或两次变更之间有什么不同",
	  "200 [RegistryDifference]" },
	{ GATE_GET, ROWS "/winners", list_winners, PERM_REGISTRY_READ, 0, NULL, NULL,
	  "再导入时谁的值为准", "200 [RegistryWinner]" },
};

const struct api_group api_registry = { "registries", "名录", routes, COUNT(routes), shapes };
