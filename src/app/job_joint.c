/* app/job_joint.c — the list is read where a worker may read what strangers wrote. */
#include "app/job_joint.h"

#include "app/file_store.h"
#include "app/life_prepare.h"
#include "app/upload.h"
#include "base/json.h"
#include "base/status.h"

#include <jansson.h>

const char *job_joint_request(struct arena *a, const struct job_joint_ask *ask)
{
	CLEANUP(buf_release) struct buf out = { 0 };
	struct json j;

	buf_init(&out, JOB_REQUEST_MOST);
	json_init(&j, &out);
	json_begin_object(&j);
	json_put_text(&j, "department", ask->department);
	json_put_text(&j, "lead", ask->lead);
	if (ask->replaces)
		json_put_text(&j, "replaces", ask->replaces);
	json_put_text(&j, "upload", ask->upload);
	json_end_object(&j);
	return arena_mem(a, out.data, out.len);
}

static void free_json(json_t **object)
{
	json_decref(*object);
}

static int unpack(struct job_run *j, const char *upload, const char **ret)
{
	struct upload_row row;
	int rc = upload_find(j->office, j->arena, j->account->row.key, upload, &row);

	if (rc == NONE)
		j->answer = "上传的文件已经过期（保留七天）：请重新上传";
	TRY(rc);
	*ret = arena_printf(j->arena, "%s/%s", j->folder, row.name);
	return file_store_unpack(j->office, row.tag, row.size, *ret);
}

static int run(struct job_run *j)
{
	json_error_t error;
	CLEANUP(free_json) json_t *ask = json_loads(j->request, 0, &error);
	const char *upload = json_string_value(json_object_get(ask, "upload"));
	struct life_prepare in = {
		.kind = "joint",
		.pool = "daily",
		.parent = json_string_value(json_object_get(ask, "lead")),
		.department = json_string_value(json_object_get(ask, "department")),
		.replaces = json_string_value(json_object_get(ask, "replaces")),
	};
	struct draw_row lead, row;

	if (!in.parent || !in.department || !upload)
		return INVALID;
	TRY(life_find(j->office, j->arena, in.parent, &lead));
	in.plan = lead.plan;
	in.period = lead.period;
	TRY(unpack(j, upload, &in.people));
	TRY(life_prepare(j->office, j->arena, &in, &row));
	j->answer = arena_printf(j->arena, "{\"id\":\"%s\"}", row.id);
	return OK;
}

const struct job_kind job_joint = {
	.name = "joint", .permission = PERM_DRAW_PREPARE, .changes = true, .run = run
};
