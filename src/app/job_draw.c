/* app/job_draw.c — exported into the job's own folder, packed, told. */
#include "app/job_draw.h"

#include "app/life_export.h"
#include "base/json.h"
#include "base/status.h"
#include "files/zip_write.h"

#include <jansson.h>

const char *job_draw_request(struct arena *a, const char *draw)
{
	CLEANUP(buf_release) struct buf out = { 0 };
	struct json j;

	buf_init(&out, JOB_REQUEST_MOST);
	json_init(&j, &out);
	json_begin_object(&j);
	json_put_text(&j, "draw", draw);
	json_end_object(&j);
	return arena_mem(a, out.data, out.len);
}

static void free_json(json_t **object)
{
	json_decref(*object);
}

static const char *answer(struct arena *a, const struct draw_row *row)
{
	CLEANUP(buf_release) struct buf out = { 0 };
	struct json j;

	buf_init(&out, JOB_ANSWER_MOST);
	json_init(&j, &out);
	json_begin_object(&j);
	json_put_text(&j, "draw", row->id);
	json_put_text(&j, "state", row->state);
	json_end_object(&j);
	return arena_mem(a, out.data, out.len);
}

static int run(struct job_run *j, enum life_form form)
{
	json_error_t error;
	CLEANUP(free_json) json_t *ask = json_loads(j->request, 0, &error);
	const char *draw = json_string_value(json_object_get(ask, "draw"));
	struct draw_row row;

	if (!draw)
		return INVALID;
	const char *folder = arena_printf(j->arena, "%s/draw", j->folder);
	TRY(life_export(j->office, j->arena, draw, form, folder, &row));
	const char *path = arena_printf(j->arena, "%s/draw.zip", j->folder);
	TRY(zip_write_folder(folder, row.id, path));
	j->file = path;
	j->file_name = arena_printf(j->arena, "%s-%s.zip", row.id,
				    form == LIFE_AUDIT ? "审计版" : "公开版");
	j->answer = answer(j->arena, &row);
	return OK;
}

static int run_public(struct job_run *j)
{
	return run(j, LIFE_PUBLIC);
}

static int run_audit(struct job_run *j)
{
	return run(j, LIFE_AUDIT);
}

const struct job_kind job_draw = { .name = "draw",
				   .permission = PERM_DRAW_READ,
				   .run = run_public };
const struct job_kind job_draw_audit = {
	.name = "draw-audit", .permission = PERM_DRAW_AUDIT, .changes = true, .run = run_audit
};
