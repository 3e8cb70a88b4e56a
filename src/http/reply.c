/* http/reply.c — problems are written here and nowhere else, so that all of them have one form. */
#include "http/reply.h"

#include "app/office.h"
#include "base/json.h"
#include "base/status.h"

#include <stddef.h>
#include <unistd.h>

void reply_init(struct reply *r)
{
	*r = (struct reply){ .status = 200, .file = -1, .type = "application/json" };
	buf_init(&r->body, REPLY_BODY_MOST);
}

void reply_release(struct reply *r)
{
	if (r->file >= 0)
		close(r->file);
	r->file = -1;
	buf_release(&r->body);
}

void reply_clear(struct reply *r)
{
	reply_release(r);
	reply_init(r);
}

static const char *title(int status)
{
	static const struct {
		int status;
		const char *title;
	} titles[] = {
		{ 400, "请求写法不对" },   { 401, "请先登录" },           { 403, "没有权限" },
		{ 404, "没有找到" },       { 405, "不能这样请求" },       { 408, "等得太久" },
		{ 409, "与现状冲突" },     { 411, "没有写明长度" },       { 412, "已被别人改过" },
		{ 413, "内容太大" },       { 414, "网址太长" },           { 415, "内容的类型不对" },
		{ 422, "内容不符合要求" }, { 428, "要写明改的是哪一版" }, { 429, "请求太多" },
		{ 500, "服务器出错" },     { 503, "暂时不能办理" },       { 507, "磁盘已满" },
	};

	for (size_t i = 0; i < COUNT(titles); i++)
		if (titles[i].status == status)
			return titles[i].title;
	return "不能办理";
}

static void write_wrong(struct json *j, const struct reply_wrong *wrong)
{
	json_key(j, "errors");
	json_begin_array(j);
	json_begin_object(j);
	json_put_text(j, "field", wrong->field);
	json_put_text(j, "why", wrong->why);
	json_end_object(j);
	json_end_array(j);
}

void reply_problem(struct reply *r, int status, const char *code, const char *why,
		   const struct reply_wrong *wrong)
{
	struct json j;
	bool close = r->close;

	reply_clear(r);
	r->status = status;
	r->close = close;
	r->type = "application/problem+json";
	json_init(&j, &r->body);
	json_begin_object(&j);
	json_put_text(&j, "code", code);
	json_put_text(&j, "detail", why);
	if (wrong)
		write_wrong(&j, wrong);
	json_put_int(&j, "status", status);
	json_put_text(&j, "title", title(status));
	json_put_text(&j, "type", "about:blank");
	json_end_object(&j);
}

static const struct {
	int code, status;
	const char *name;
} meanings[] = {
	{ NONE, 404, "not_found" },         { INVALID, 422, "invalid" },
	{ FORBIDDEN, 403, "forbidden" },    { CONFLICT, 409, "conflict" },
	{ TOO_LARGE, 413, "too_large" },    { NO_SPACE, 507, "disk_full" },
	{ CANCELLED, 503, "cancelled" },    { UNAVAILABLE, 503, "unavailable" },
	{ DB_UNIQUE, 409, "conflict" },     { DB_BAD_TEXT, 422, "invalid" },
	{ DB_FULL, 507, "disk_full" },      { DB_BUSY, 503, "busy" },
	{ DB_LOST, 503, "unavailable" },    { DB_UNKNOWN, 503, "unknown_outcome" },
	{ DB_CANCELLED, 503, "cancelled" },
};

void reply_refused(struct reply *r, int code, const char *why)
{
	for (size_t i = 0; i < COUNT(meanings); i++)
		if (meanings[i].code == code) {
			reply_problem(r, meanings[i].status, meanings[i].name, why, NULL);
			return;
		}
	reply_problem(r, 500, "failed", why, NULL);
}
