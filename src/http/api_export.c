/* http/api_export.c — any list, whole, as a file. */
#include "app/account_session.h"
#include "base/status.h"
#include "http/api.h"
#include "http/api_job.h"
#include "http/job_list.h"
#include "http/take.h"

struct export_body {
	const char *format, *list;
};

static const char *const format_words[] = { "csv", "xlsx", NULL };
static const struct input export_inputs[] = {
	INPUT_ROW(struct export_body, format, INPUT_WORD, "文件的格式", .required = true,
		  .words = format_words),
	INPUT_ROW(struct export_body, list, INPUT_TEXT,
		  "列表的网址，带条件：/api/v1/registries/sites/rows?county=130602",
		  .required = true, .min = 1, .max = 2000),
	{ .name = NULL },
};

static int export_list(struct request *q)
{
	struct export_body in = { NULL, NULL };
	const char *title;
	struct job_row job;

	if (take_body(q, &in) != OK)
		return OK;
	int rc = job_list_check(&q->arena, &q->here->account, in.list, &title);
	if (rc != OK) {
		reply_problem(&q->reply, rc == NONE ? 422 : 403,
			      rc == NONE ? "bad_field" : "forbidden",
			      rc == NONE ? "没有这个列表：要是列表的网址，以 /api/v1/ 开头"
					 : "没有权限看这个列表",
			      NULL);
		return OK;
	}
	TRY(job_make(q->office, &q->arena, q->here->account.row.key, job_list.name,
		     job_list_request(&q->arena, in.list, in.format, title), &job));
	return api_job_accepted(q, &job);
}

static const struct route routes[] = {
	{ GATE_POST, "/api/v1/exports", export_list, PERM_JOB, ROUTE_CHANGES, NULL, export_inputs,
	  "把任何一个列表整个导出成文件", "202 Job" },
};

const struct api_group api_export = { "exports", "列表导出成文件", routes, COUNT(routes), NULL };
