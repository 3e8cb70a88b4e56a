/* http/api_job.c — files that people send, and the long work that is done with them. */
#include "http/api_job.h"

#include "app/account_session.h"
#include "app/file_store.h"
#include "app/job_import.h"
#include "app/scope.h"
#include "app/upload.h"
#include "base/status.h"
#include "http/api.h"
#include "http/api_registry.h"
#include "http/take.h"
#include "http/tell.h"

#include <stdio.h>
#include <string.h>

enum { SIZE = 20, SIZE_MOST = 100 };

static int64_t asker(const struct request *q)
{
	return q->here->account.row.key;
}

/* ---- files out ---- */

/* RFC 6266: the name as UTF-8, each byte that could mean something written as %XX; saved, never shown by the browser. */
static const char *saved_as(struct request *q, const char *name)
{
	static const char plain[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_~";
	char *out = arena_alloc(&q->arena, strlen(name) * 3 + 1);
	size_t len = 0;

	for (; *name; name++) {
		if (strchr(plain, *name))
			out[len++] = *name;
		else
			len += (size_t)snprintf(out + len, 4, "%%%02X", (unsigned char)*name);
	}
	out[len] = 0;
	return arena_printf(&q->arena, "attachment; filename*=UTF-8''%s", out);
}

int api_job_file(struct request *q, const char *tag, int64_t size, const char *name)
{
	TRY(file_store_open(q->office, tag, size, &q->reply.file));
	q->reply.file_size = (uint64_t)size;
	q->reply.type = "application/octet-stream";
	q->reply.disposition = saved_as(q, name);
	return OK;
}

/* ---- uploads ---- */

struct upload_query {
	const char *name;
};

static const struct input upload_query[] = {
	INPUT_ROW(struct upload_query, name, INPUT_TEXT, "文件名，不带文件夹", .required = true,
		  .min = 1, .max = UPLOAD_NAME_LONGEST),
	{ .name = NULL },
};

static void tell_upload(struct request *q, const struct upload_row *row)
{
	struct json j;

	json_init(&j, &q->reply.body);
	json_begin_object(&j);
	json_put_text(&j, "digest", row->digest);
	json_put_text(&j, "id", row->id);
	json_put_text(&j, "name", row->name);
	json_put_int(&j, "size", row->size);
	json_put_text(&j, "type", row->type);
	tell_time(&j, "until", row->until);
	json_end_object(&j);
}

static int add_upload(struct request *q)
{
	struct upload_query in = { NULL };
	struct upload_row row;

	if (take_query(q, &in) != OK)
		return OK;
	TRY(upload_add(q->office, &q->arena, asker(q), q->file, in.name, &row));
	q->reply.status = 201;
	tell_upload(q, &row);
	return OK;
}

static int show_upload(struct request *q)
{
	struct upload_row row;

	TRY(upload_find(q->office, &q->arena, asker(q), q->values[0], &row));
	tell_upload(q, &row);
	return OK;
}

static int get_upload(struct request *q)
{
	struct upload_row row;

	TRY(upload_find(q->office, &q->arena, asker(q), q->values[0], &row));
	return api_job_file(q, row.tag, row.size, row.name);
}

/* ---- jobs ---- */

static void tell_file(struct json *j, const struct job_row *row)
{
	json_key(j, "file");
	if (!*row->file_tag) {
		json_write_null(j);
		return;
	}
	json_begin_object(j);
	json_put_text(j, "name", row->file_name);
	json_put_int(j, "size", row->file_size);
	json_end_object(j);
}

/* answer: see job_answer; NULL: not told here. */
static void tell_job(struct json *j, const struct job_row *row, const char *answer)
{
	bool done = strcmp(row->state, "done") == 0, ended = row->ended_at != 0;

	json_begin_object(j);
	json_put_int(j, "done", row->done);
	tell_time(j, "endedAt", row->ended_at);
	tell_file(j, row);
	json_put_text(j, "id", row->id);
	json_put_text(j, "kind", row->kind);
	tell_time(j, "madeAt", row->made_at);
	if (answer)
		json_put_text(j, "problem", ended && !done ? answer : NULL);
	if (answer) {
		json_key(j, "result");
		if (done)
			json_raw(j, answer);
		else
			json_write_null(j);
	}
	tell_time(j, "startedAt", row->started_at);
	json_put_text(j, "state", row->state);
	json_put_text(j, "step", row->step);
	json_put_bool(j, "stopping", row->stop && !ended);
	json_put_int(j, "total", row->total);
	json_end_object(j);
}

struct list_query {
	int64_t after, size;
};

static const struct input list_inputs[] = {
	INPUT_ROW(struct list_query, after, INPUT_INT, "上一页的 next：只列更早的", .min = 0,
		  .max = INT64_C(1) << 53),
	INPUT_ROW(struct list_query, size, INPUT_INT, "一页几件，不写是 20", .min = 1,
		  .max = SIZE_MOST),
	{ .name = NULL },
};

static int list_jobs(struct request *q)
{
	struct list_query in = { .after = INT64_MAX, .size = SIZE };
	struct job_row rows[SIZE_MOST];
	const char *next = NULL;
	int64_t total;
	size_t count;
	struct json j;

	if (take_query(q, &in) != OK)
		return OK;
	TRY(job_row_newest(q->office->db, &q->arena, asker(q), in.after, (size_t)in.size, rows,
			   &count));
	TRY(job_row_count(q->office->db, asker(q), &total));
	tell_items(q, &j);
	for (size_t i = 0; i < count; i++)
		tell_job(&j, &rows[i], NULL);
	if ((int64_t)count == in.size)
		next = arena_printf(&q->arena, "%lld", (long long)rows[count - 1].key);
	tell_items_end(&j, next, total);
	return OK;
}

static int show_job(struct request *q)
{
	const char *answer;
	struct job_row row;
	struct json j;

	TRY(job_find(q->office, &q->arena, asker(q), q->values[0], &row));
	TRY(job_answer(q->office, &q->arena, &row, &answer));
	json_init(&j, &q->reply.body);
	tell_job(&j, &row, answer);
	return OK;
}

static int get_file(struct request *q)
{
	struct job_row row;

	TRY(job_find(q->office, &q->arena, asker(q), q->values[0], &row));
	if (!*row.file_tag || !row.answer) /* the answer says whose the file is */
		return NONE;
	return api_job_file(q, row.file_tag, row.file_size, row.file_name);
}

static int stop_job(struct request *q)
{
	TRY(job_stop(q->office, &q->arena, asker(q), q->values[0]));
	q->reply.status = 204;
	return OK;
}

static int job_once_more(struct request *q)
{
	TRY(job_again(q->office, &q->arena, asker(q), q->values[0]));
	q->reply.status = 204;
	return OK;
}

int api_job_accepted(struct request *q, const struct job_row *row)
{
	struct json j;

	q->reply.status = 202;
	q->reply.location = arena_printf(&q->arena, "/api/v1/jobs/%s", row->id);
	json_init(&j, &q->reply.body);
	tell_job(&j, row, "");
	return OK;
}

/* ---- imports ---- */

#define IMPORT_INPUT(key, of_kind, member, words, ...)                                             \
	{                                                                                          \
		.name = key, .kind = of_kind, .offset = offsetof(struct job_import_ask, member),   \
		.help = words, __VA_ARGS__                                                         \
	}
static const struct input import_inputs[] = {
	IMPORT_INPUT("anyArea", INPUT_BOOL, any_area, "任何六位区划代码都收，不只保定的 22 个单位",
		     .max = 0),
	IMPORT_INPUT("map", INPUT_TEXT, map, "对照文件：上传的编号", .min = 1, .max = UPLOAD_ID),
	IMPORT_INPUT("reason", INPUT_TEXT, reason, "为什么导入；不写时记“导入”", .min = 1,
		     .max = 200),
	IMPORT_INPUT("report", INPUT_BOOL, report, "要不要带错误信息的核对表，不写是要", .max = 0),
	IMPORT_INPUT("sheet", INPUT_TEXT, sheet, "工作表名；不写则读第一张看得见的", .min = 1,
		     .max = 31),
	IMPORT_INPUT("upload", INPUT_TEXT, upload, "表格：上传的编号", .required = true, .min = 1,
		     .max = UPLOAD_ID),
	{ .name = NULL },
};

static int import(struct request *q)
{
	struct job_import_ask ask = { .report = true };
	enum registry kind;
	struct upload_row row;
	struct job_row job;

	if (registry_named(q, &kind) != OK || take_body(q, &ask) != OK)
		return OK;
	TRY(scope_need_all(q->office));
	TRY(upload_find(q->office, &q->arena, asker(q), ask.upload, &row));
	if (ask.map)
		TRY(upload_find(q->office, &q->arena, asker(q), ask.map, &row));
	ask.registry = registry_name(kind);
	TRY(job_make(q->office, &q->arena, asker(q), job_import.name,
		     job_import_request(&q->arena, &ask), &job));
	return api_job_accepted(q, &job);
}

static const struct shape shapes[] = {
	{ "Upload", "digest digest, id id, name text, size int, type text, until time",
	  "上传的文件：digest 是 SHA-256，until 以后删去" },
	{ "Job",
	  "done int, endedAt time?, file JobFile?, id id, kind text, madeAt time, problem? text?, result? any,"
	  " startedAt time?, state queued|running|done|failed|cancelled, step text, stopping bool, total int",
	  "一件工作：problem 是没办成的原因，result 是办成的结果（都只在单件里有）" },
	{ "JobFile", "name text, size int", "工作做出的文件" },
	{ .name = NULL },
};

#define JOB "/api/v1/jobs/{id}"
static const struct route routes[] = {
	{ GATE_POST, "/api/v1/uploads", add_upload, PERM_UPLOAD,
	  ROUTE_CHANGES | ROUTE_UPLOAD | ROUTE_SLOW, upload_query, NULL,
	  "上传一个文件（请求的内容就是文件），保留七天", "201 Upload" },
	{ GATE_GET, "/api/v1/uploads/{id}", show_upload, PERM_UPLOAD, 0, NULL, NULL,
	  "自己上传的文件", "200 Upload" },
	{ GATE_GET, "/api/v1/uploads/{id}/file", get_upload, PERM_UPLOAD, ROUTE_SLOW, NULL, NULL,
	  "取回自己上传的文件", "200 file" },
	{ GATE_POST, "/api/v1/registries/{registry}/imports", import, PERM_REGISTRY_EDIT,
	  ROUTE_CHANGES, NULL, import_inputs, "导入上传的表格", "202 Job" },
	{ GATE_GET, "/api/v1/jobs", list_jobs, PERM_JOB, 0, list_inputs, NULL,
	  "自己交办的工作，新的在前", "200 [Job]" },
	{ GATE_GET, JOB, show_job, PERM_JOB, 0, NULL, NULL, "一件工作", "200 Job" },
	{ GATE_GET, JOB "/file", get_file, PERM_JOB, ROUTE_SLOW, NULL, NULL, "工作做出的文件",
	  "200 file" },
	{ GATE_POST, JOB "/cancellation", stop_job, PERM_JOB, ROUTE_CHANGES, NULL, NULL,
	  "取消一件工作", "204" },
	{ GATE_POST, JOB "/retry", job_once_more, PERM_JOB, ROUTE_CHANGES, NULL, NULL,
	  "没办成的、取消了的再办一次", "204" },
};

const struct api_group api_job = { "jobs", "上传的文件和长时间的工作", routes, COUNT(routes),
				   shapes };
