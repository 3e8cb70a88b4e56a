/* app/job_run.c — the values go sealed through the queue; the draw is made where it may take long. */
#include "app/job_run.h"

#include "app/life_run.h"
#include "base/json.h"
#include "base/status.h"

#include <jansson.h>

int job_run_request(struct arena *a, const struct job_run_ask *ask, const char **ret)
{
	CLEANUP(buf_release) struct buf out = { 0 };
	struct json j;

	buf_init(&out, JOB_REQUEST_MOST);
	json_init(&j, &out);
	json_begin_object(&j);
	json_put_text(&j, "draw", ask->draw);
	json_key(&j, "values");
	json_begin_array(&j);
	for (size_t i = 0; i < ask->count; i++) {
		json_begin_object(&j);
		if (ask->values[i].name)
			json_put_text(&j, "name", ask->values[i].name);
		json_put_text(&j, "value", ask->values[i].value);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_end_object(&j);
	TRY(buf_check(&out));
	*ret = arena_mem(a, out.data, out.len);
	return OK;
}

static void free_json(json_t **object)
{
	json_decref(*object);
}

static void put_notes(struct json *j, const struct plan_notes *notes)
{
	static const char *const kinds[] = {
		[PLAN_INFO] = "info", [PLAN_WARNING] = "warning", [PLAN_REFUSED] = "refused"
	};

	json_key(j, "notes");
	json_begin_array(j);
	for (size_t i = 0; i < notes->count; i++) {
		json_begin_object(j);
		json_put_text(j, "kind", kinds[notes->list[i].kind]);
		json_put_text(j, "text", notes->list[i].text);
		json_end_object(j);
	}
	json_end_array(j);
}

/* Drawn is drawn: notes that do not fit must not make it look otherwise. */
static const char *answer(struct arena *a, const struct draw_row *row,
			  const struct plan_notes *notes)
{
	CLEANUP(buf_release) struct buf out = { 0 };
	struct json j;

	buf_init(&out, JOB_ANSWER_MOST);
	json_init(&j, &out);
	json_begin_object(&j);
	json_put_int(&j, "drawn", row->drawn);
	put_notes(&j, notes);
	json_put_text(&j, "root", row->root);
	json_put_text(&j, "state", row->state);
	json_put_bool(&j, "teams", row->teams);
	json_end_object(&j);
	return buf_check(&out) == OK ? arena_mem(a, out.data, out.len) : "{}";
}

/* What stands in its way; NULL: what the office says. */
static const char *refusals(struct arena *a, const struct plan_notes *notes)
{
	const char *why = NULL;

	for (size_t i = 0; i < notes->count; i++)
		if (notes->list[i].kind == PLAN_REFUSED)
			why = arena_printf(a, "%s%s%s", why ? why : "", why ? "；" : "",
					   notes->list[i].text);
	return why;
}

static int read_values(struct job_run *j, const json_t *ask, struct life_run *ret)
{
	const json_t *list = json_object_get(ask, "values"), *one;
	size_t i, count = json_array_size(list);
	struct sheet_opened *values = arena_array(j->arena, count + 1, sizeof(*values));

	json_array_foreach(list, i, one)
	{
		values[i] = (struct sheet_opened){
			json_string_value(json_object_get(one, "name")),
			json_string_value(json_object_get(one, "value")),
		};
		if (!values[i].value)
			return INVALID;
	}
	ret->values = values;
	ret->value_count = count;
	ret->draw = json_string_value(json_object_get(ask, "draw"));
	return ret->draw ? OK : INVALID;
}

static int run(struct job_run *j)
{
	json_error_t error;
	CLEANUP(free_json) json_t *ask = json_loads(j->request, 0, &error);
	struct life_run in = { .progress = job_progress, .progress_arg = j };
	struct plan_notes notes;
	struct draw_row row;

	TRY(read_values(j, ask, &in));
	plan_notes_init(&notes, j->arena);
	int rc = life_run(j->office, &in, &notes, &row);
	if (rc == OK)
		j->answer = answer(j->arena, &row, &notes);
	else if (rc != CANCELLED)
		j->answer = refusals(j->arena, &notes);
	return rc;
}

const struct job_kind job_run_draw = {
	.name = "run", .permission = PERM_DRAW_PREPARE, .changes = true, .run = run
};
