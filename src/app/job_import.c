/* app/job_import.c — unpacks the uploads, imports, tells in JSON what became of the rows. */
#include "app/job_import.h"

#include "app/file_store.h"
#include "app/registry_import.h"
#include "app/scope.h"
#include "app/upload.h"
#include "base/file.h"
#include "base/json.h"
#include "base/status.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static void put_given(struct json *j, const char *key, const char *text)
{
	if (text)
		json_put_text(j, key, text);
}

const char *job_import_request(struct arena *a, const struct job_import_ask *ask)
{
	CLEANUP(buf_release) struct buf out = { 0 };
	struct json j;

	buf_init(&out, JOB_REQUEST_MOST);
	json_init(&j, &out);
	json_begin_object(&j);
	json_put_bool(&j, "anyArea", ask->any_area);
	put_given(&j, "map", ask->map);
	put_given(&j, "reason", ask->reason);
	json_put_text(&j, "registry", ask->registry);
	json_put_bool(&j, "report", ask->report);
	put_given(&j, "sheet", ask->sheet);
	json_put_text(&j, "upload", ask->upload);
	json_end_object(&j);
	return arena_mem(a, out.data, out.len);
}

static void free_json(json_t **object)
{
	json_decref(*object);
}

static const char *member(struct arena *a, const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? arena_str(a, text) : NULL;
}

static int read_request(struct job_run *j, struct job_import_ask *ask)
{
	json_error_t error;
	CLEANUP(free_json) json_t *object = json_loads(j->request, 0, &error);

	*ask = (struct job_import_ask){
		.registry = member(j->arena, object, "registry"),
		.upload = member(j->arena, object, "upload"),
		.map = member(j->arena, object, "map"),
		.sheet = member(j->arena, object, "sheet"),
		.reason = member(j->arena, object, "reason"),
		.any_area = json_is_true(json_object_get(object, "anyArea")),
		.report = json_is_true(json_object_get(object, "report")),
	};
	return ask->registry && ask->upload ? OK : INVALID;
}

/* The reader tells kinds of files apart by their bytes; the name is what the report is called after. */
static int unpack(struct job_run *j, const char *upload, const char *folder, const char **ret)
{
	struct upload_row row;

	if (!upload)
		return OK;
	int rc = upload_find(j->office, j->arena, j->account->row.key, upload, &row);
	if (rc == NONE)
		j->answer = "上传的文件已经过期（保留七天）：请重新上传";
	TRY(rc);
	*ret = arena_printf(j->arena, "%s/%s", j->folder, folder);
	TRY(file_make_folder(*ret, 0700));
	*ret = arena_printf(j->arena, "%s/%s", *ret, row.name);
	return file_store_unpack(j->office, row.tag, row.size, *ret);
}

static void tell_rows(struct json *j, const struct import_summary *s)
{
	json_put_int(j, "quarantined", (int64_t)s->count[IMPORT_QUARANTINED]);
	json_put_text(j, "reasons", s->reasons);
	json_put_int(j, "rows", (int64_t)s->rows);
	json_put_int(j, "unchanged", (int64_t)s->count[IMPORT_UNCHANGED]);
}

static const char *answer(struct arena *a, const struct registry_imported *r)
{
	CLEANUP(buf_release) struct buf out = { 0 };
	const struct import_summary *s = r->summary;
	struct json j;

	buf_init(&out, JOB_ANSWER_MOST);
	json_init(&j, &out);
	json_begin_object(&j);
	json_put_int(&j, "added", r->added);
	json_put_int(&j, "change", r->change);
	json_put_text(&j, "columns", s->columns);
	json_put_text(&j, "hint", s->hint);
	json_put_int(&j, "overridden", r->overridden);
	tell_rows(&j, s);
	json_put_int(&j, "updated", r->updated);
	json_put_int(&j, "warnings", (int64_t)s->warnings);
	json_end_object(&j);
	return arena_mem(a, out.data, out.len);
}

static void keep_report(struct job_run *j, const struct registry_imported *r)
{
	const char *slash = r->report ? strrchr(r->report, '/') : NULL;

	if (!slash)
		return;
	j->file = r->report;
	j->file_name = slash + 1;
}

static int fail(struct job_run *j, int rc, const struct registry_imported *r)
{
	const struct import_summary *s = r->summary;

	if (rc == INVALID && *s->refusal)
		j->answer = arena_printf(j->arena, "没有导入：%s%s%s", s->refusal,
					 *s->reasons ? "。未收的原因：\n" : "", s->reasons);
	if (rc == CONFLICT)
		j->answer = "没有导入：别人也在改这份名录，请稍后再办一次";
	if (rc == TOO_LARGE)
		j->answer = "没有导入：管辖片区、类别等的不同写法太多，请先统一";
	return rc;
}

static int run(struct job_run *j)
{
	struct registry_import in = { .max_rows = JOB_IMPORT_ROWS_MOST,
				      .progress = job_progress,
				      .progress_arg = j };
	struct registry_imported imported;
	struct job_import_ask ask;

	TRY(scope_need_all(j->office));
	TRY(read_request(j, &ask));
	if (!registry_of(ask.registry, &in.kind))
		return INVALID;
	TRY(unpack(j, ask.upload, "file", &in.file));
	TRY(unpack(j, ask.map, "map", &in.map));
	in.sheet = ask.sheet;
	in.reason = ask.reason;
	in.any_area = ask.any_area;
	in.report = ask.report ? arena_printf(j->arena, "%s/report", j->folder) : NULL;
	int rc = registry_import(j->office, j->arena, &in, &imported);
	keep_report(j, &imported);
	if (rc != OK)
		return fail(j, rc, &imported);
	j->answer = answer(j->arena, &imported);
	return OK;
}

const struct job_kind job_import = {
	.name = "import", .permission = PERM_REGISTRY_EDIT, .changes = true, .run = run
};
