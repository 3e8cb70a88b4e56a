/* http/api_registry_change.c — changing registries: rows, undoing, who wins, merging and splitting. */
#include "app/registry_change.h"
#include "app/registry_merge.h"
#include "base/status.h"
#include "http/api.h"
#include "http/api_registry.h"
#include "http/take.h"
#include "http/tell.h"

#include <string.h>

enum { VALUES_MOST = 60 };

struct value_row {
	const char *field, *value;
};

static const struct input value_inputs[] = {
	{ .name = "field",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct value_row, field),
	  .required = true,
	  .min = 1,
	  .max = 60,
	  .help = "字段的英文名或中文表头" },
	{ .name = "value",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct value_row, value),
	  .required = true,
	  .max = 2000,
	  .help = "值；空的是清空" },
	{ .name = NULL },
};

struct change_body {
	const char *reason, *field, *winner, *survivor;
	int64_t leaving;
	struct input_rows values;
	struct input_texts gone;
};

#define REASON_INPUT                                                                               \
	{                                                                                          \
		.name = "reason", .kind = INPUT_TEXT,                                              \
		.offset = offsetof(struct change_body, reason), .required = true, .min = 1,        \
		.max = 200, .help = "理由"                                                       \
	}
#define VALUES_INPUT                                                                               \
	{                                                                                          \
		.name = "values", .kind = INPUT_ROWS,                                              \
		.offset = offsetof(struct change_body, values), .required = true, .min = 1,        \
		.max = VALUES_MOST, .row = value_inputs, .row_size = sizeof(struct value_row),     \
		.help = "改哪些字段"                                                          \
	}

static const struct input edit_inputs[] = {
	REASON_INPUT,
	VALUES_INPUT,
	{ .name = NULL },
};

static const struct input undo_inputs[] = {
	{ .name = "leaving",
	  .kind = INPUT_INT,
	  .offset = offsetof(struct change_body, leaving),
	  .min = 0,
	  .max = INT64_C(1) << 53,
	  .help = "退出名录的在产单位有几家；不少于 5 家时要写，先核对" },
	REASON_INPUT,
	{ .name = NULL },
};

static const char *const winner_words[] = { "file", "local", NULL };
static const struct input winner_inputs[] = {
	REASON_INPUT,
	{ .name = "winner",
	  .kind = INPUT_WORD,
	  .offset = offsetof(struct change_body, winner),
	  .required = true,
	  .words = winner_words,
	  .help = "再导入时以文件的值为准，还是以这里改过的为准" },
	{ .name = NULL },
};

static const struct input merge_inputs[] = {
	{ .name = "gone",
	  .kind = INPUT_TEXTS,
	  .offset = offsetof(struct change_body, gone),
	  .required = true,
	  .min = 1,
	  .max = REGISTRY_MERGE_MOST,
	  .help = "并入它的编号" },
	REASON_INPUT,
	{ .name = "survivor",
	  .kind = INPUT_TEXT,
	  .offset = offsetof(struct change_body, survivor),
	  .required = true,
	  .min = 1,
	  .max = 64,
	  .help = "留下来的编号" },
	{ .name = NULL },
};

/* The values of a body as fields of the registry. INVALID: the reply says which field there is not. */
static int take_values(struct request *q, enum registry kind, const struct input_rows *rows,
		       struct registry_value **ret)
{
	struct registry_value *values = arena_array(&q->arena, rows->count + 1, sizeof(*values));
	const struct value_row *given = rows->at;

	for (size_t i = 0; i < rows->count; i++) {
		const struct reply_wrong wrong = { arena_printf(&q->arena, "values[%zu].field", i),
						   arena_printf(&q->arena, "%s没有字段“%s”",
								registry_title(kind),
								given[i].field) };
		values[i].value = given[i].value;
		if (registry_field_of(kind, given[i].field, &values[i].field))
			continue;
		reply_problem(&q->reply, 422, "bad_field", wrong.why, &wrong);
		return INVALID;
	}
	*ret = values;
	return OK;
}

/* What was done: the number of the change, and what is worth telling. */
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

static struct registry_act begin(struct request *q, enum registry kind, const char *reason,
				 struct plan_notes *notes)
{
	plan_notes_init(notes, &q->arena);
	return (struct registry_act){ q->office, &q->arena, kind, reason, notes };
}

static int edit_row(struct request *q)
{
	struct change_body in = { .reason = "" };
	struct registry_value *values;
	struct plan_notes notes;
	enum registry kind;
	int64_t version, change;

	if (registry_named(q, &kind) != OK || take_version(q, &version) != OK ||
	    take_body(q, &in) != OK || take_values(q, kind, &in.values, &values) != OK)
		return OK;
	struct registry_act act = begin(q, kind, in.reason, &notes);
	const struct registry_edit_in edit = {
		.id = q->values[1], .values = values, .count = in.values.count, .version = version
	};
	if (tell_refused(q, &notes, registry_act_edit(&act, &edit, &change), true) != OK)
		return OK;
	return done(q, change, &notes);
}

static int undo_change(struct request *q)
{
	struct change_body in = { .reason = "" };
	struct plan_notes notes;
	enum registry kind;
	uint64_t number;
	int64_t change;

	if (registry_named(q, &kind) != OK || take_body(q, &in) != OK)
		return OK;
	if (read_number(span_of(q->values[1]), INT64_MAX, &number) != CORE_OK)
		return NONE;
	struct registry_act act = begin(q, kind, in.reason, &notes);
	int rc = registry_act_undo_counted(&act, (int64_t)number, in.leaving, &change);
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	return done(q, change, &notes);
}

static int set_winner(struct request *q)
{
	struct change_body in = { .reason = "" };
	struct plan_notes notes;
	enum registry kind;
	uint32_t field;

	if (registry_named(q, &kind) != OK || take_body(q, &in) != OK)
		return OK;
	if (!registry_field_of(kind, q->values[1], &field))
		return NONE;
	struct registry_act act = begin(q, kind, in.reason, &notes);
	int rc = registry_act_winner(&act, field, strcmp(in.winner, "file") == 0);
	if (tell_refused(q, &notes, rc, false) != OK)
		return OK;
	q->reply.status = 204;
	return OK;
}

static int merge(struct request *q)
{
	struct change_body in = { .reason = "" };
	struct plan_notes notes;
	int64_t change;

	if (take_body(q, &in) != OK)
		return OK;
	struct registry_act act = begin(q, REGISTRY_SITES, in.reason, &notes);
	const struct registry_merge_in ask = { in.survivor, in.gone.at, in.gone.count };
	if (tell_refused(q, &notes, registry_act_merge(&act, &ask, &change), false) != OK)
		return OK;
	return done(q, change, &notes);
}

static const struct shape shapes[] = {
	{ "RegistryDone", "change int, notes [Note]", "办成的变更" },
	{ "Note", "kind info|warning|refused, text text", "要告诉办理人的一句话" },
	{ .name = NULL },
};

#define ROWS "/api/v1/registries/{registry}"
static const struct route routes[] = {
	{ GATE_PATCH, ROWS "/rows/{id}", edit_row, PERM_REGISTRY_EDIT,
	  ROUTE_CHANGES | ROUTE_VERSION | ROUTE_SMALL, NULL, edit_inputs,
	  "改名录的一行，核对规则与导入相同", "200 RegistryDone" },
	{ GATE_POST, ROWS "/changes/{change}/undo", undo_change, PERM_REGISTRY_EDIT,
	  ROUTE_CHANGES | ROUTE_SLOW, NULL, undo_inputs, "撤销一次变更", "200 RegistryDone" },
	{ GATE_PUT, ROWS "/winners/{field}", set_winner, PERM_REGISTRY_EDIT, ROUTE_CHANGES, NULL,
	  winner_inputs, "再导入时谁的值为准", "204" },
	{ GATE_POST, "/api/v1/merges", merge, PERM_REGISTRY_EDIT, ROUTE_CHANGES, NULL, merge_inputs,
	  "把几个检查对象并成一个", "200 RegistryDone" },
};

const struct api_group api_registry_change = { "changes", "名录的变更", routes, COUNT(routes),
					       shapes };
