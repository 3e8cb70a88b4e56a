/* http/gate.c — each header that decides something is a row of a table: where it goes, and that it comes once. */
#include "http/gate.h"

#include "base/status.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static const char *const method_names[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" };

static const struct {
	const char *name;
	size_t offset;
} known[] = {
	{ "host", offsetof(struct gate_request, host) },
	{ "cookie", offsetof(struct gate_request, cookie) },
	{ "authorization", offsetof(struct gate_request, authorization) },
	{ "origin", offsetof(struct gate_request, origin) },
	{ "sec-fetch-site", offsetof(struct gate_request, fetch_site) },
	{ "x-csrf-token", offsetof(struct gate_request, csrf) },
	{ "idempotency-key", offsetof(struct gate_request, idempotency) },
	{ "if-match", offsetof(struct gate_request, if_match) },
	{ "if-none-match", offsetof(struct gate_request, if_none_match) },
	{ "user-agent", offsetof(struct gate_request, agent) },
	{ "content-type", offsetof(struct gate_request, type) },
	{ "accept-encoding", offsetof(struct gate_request, accept_encoding) },
	{ "x-forwarded-for", offsetof(struct gate_request, forwarded_for) },
	{ "range", offsetof(struct gate_request, range) },
};

struct gating {
	struct arena *a;
	const struct gate_head *head;
	struct gate_request out;
	struct gate_refusal *refusal;
	bool length;
};

const char *gate_method_name(enum gate_method method)
{
	return method_names[method];
}

static int refuse(struct gating *g, int status, const char *code, const char *why)
{
	*g->refusal = (struct gate_refusal){ status, code, why };
	return INVALID;
}

static bool is(struct span name, const char *wanted)
{
	return name.len == strlen(wanted) && strncasecmp(name.at, wanted, name.len) == 0;
}

/* RFC 9110: a token. */
static bool name_valid(struct span name)
{
	static const char others[] = "!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < name.len; i++) {
		char c = name.at[i];
		bool letter =
			(c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!letter && (c == 0 || !strchr(others, c)))
			return false;
	}
	return name.len > 0;
}

static bool value_valid(struct span value)
{
	for (size_t i = 0; i < value.len; i++)
		if (((unsigned char)value.at[i] < 0x20 && value.at[i] != '\t') ||
		    value.at[i] == 0x7f)
			return false;
	return true;
}

static int read_length(struct gating *g, struct span value)
{
	enum { MOST_DIGITS = 15 };

	if (g->length)
		return refuse(g, 400, "bad_length", "Content-Length 只能有一个");
	if (value.len == 0 || value.len > MOST_DIGITS)
		return refuse(g, 400, "bad_length", "Content-Length 要是一个十进制整数");
	g->length = true;
	return read_number(value, UINT64_MAX, &g->out.length) == CORE_OK
		       ? OK
		       : refuse(g, 400, "bad_length", "Content-Length 要是一个十进制整数");
}

static int keep(struct gating *g, const struct gate_header *header)
{
	for (size_t i = 0; i < COUNT(known); i++) {
		if (!is(header->name, known[i].name))
			continue;
		const char **slot = (const char **)((char *)&g->out + known[i].offset);
		if (*slot)
			return refuse(g, 400, "double_header",
				      "有一个只能出现一次的请求头出现了两次");
		*slot = arena_mem(g->a, header->value.at, header->value.len);
		return OK;
	}
	return OK;
}

static int read_header(struct gating *g, const struct gate_header *header)
{
	if (!name_valid(header->name) || !value_valid(header->value))
		return refuse(g, 400, "bad_header", "请求头里有不允许的字符");
	if (header->value.len > GATE_VALUE_LONGEST)
		return refuse(g, 431, "header_too_large", "请求头太长");
	if (is(header->name, "transfer-encoding"))
		return refuse(g, 501, "transfer_encoding",
			      "不接受 Transfer-Encoding：请用 Content-Length");
	if (is(header->name, "expect") && !is(header->value, "100-continue"))
		return refuse(g, 417, "bad_expect", "不认识的 Expect");
	if (is(header->name, "content-length"))
		return read_length(g, header->value);
	return keep(g, header);
}

static int read_method(struct gating *g)
{
	for (size_t i = 0; i < COUNT(method_names); i++)
		if (span_equal(g->head->method, span_of(method_names[i]))) {
			g->out.method = (enum gate_method)i;
			return OK;
		}
	return refuse(g, 405, "bad_method", "不接受这种请求方法");
}

static int read_target(struct gating *g)
{
	switch (target_read(g->a, g->head->target, &g->out.target)) {
	case OK:
		return OK;
	case TOO_LARGE:
		return refuse(g, 414, "target_too_long", "网址太长");
	default:
		return refuse(g, 400, "bad_target", "网址写法不对");
	}
}

static bool is_json(const char *type)
{
	static const char json[] = "application/json";

	if (strncasecmp(type, json, sizeof(json) - 1) != 0)
		return false;
	type += sizeof(json) - 1;
	return *type == 0 || strcasecmp(type, "; charset=utf-8") == 0 ||
	       strcasecmp(type, ";charset=utf-8") == 0;
}

static int check_body(struct gating *g, uint64_t most)
{
	bool takes = g->out.method == GATE_POST || g->out.method == GATE_PUT ||
		     g->out.method == GATE_PATCH;

	if (!takes && g->out.length > 0)
		return refuse(g, 400, "no_body", "这种请求不能带内容");
	if (takes && !g->length)
		return refuse(g, 411, "length_required", "要写明 Content-Length");
	if (g->out.length > most)
		return refuse(g, 413, "body_too_large", "内容太大");
	if (g->out.length > 0 && !g->out.type)
		return refuse(g, 415, "type_required", "要写明 Content-Type");
	g->out.json = g->out.type && is_json(g->out.type);
	return OK;
}

static int check_host(struct gating *g)
{
	const char *const *host = g->head->hosts;

	if (!g->out.host || !*g->out.host)
		return refuse(g, 400, "host_required", "要有一个 Host");
	while (host && *host && strcasecmp(*host, g->out.host) != 0)
		host++;
	return host && !*host ? refuse(g, 421, "wrong_host", "这台服务器不以这个名字提供服务") : OK;
}

static int check(struct gating *g, uint64_t most)
{
	if (!span_equal(g->head->version, SPAN("HTTP/1.1")))
		return refuse(g, 505, "bad_version", "只接受 HTTP/1.1");
	TRY(read_method(g));
	if (g->head->count > GATE_MOST_HEADERS)
		return refuse(g, 431, "header_too_large", "请求头太多");
	for (size_t i = 0; i < g->head->count; i++)
		TRY(read_header(g, &g->head->headers[i]));
	TRY(check_host(g));
	TRY(read_target(g));
	return check_body(g, most);
}

int gate_check(struct arena *a, const struct gate_head *head, uint64_t body_most,
	       struct gate_request *ret, struct gate_refusal *ret_refusal)
{
	struct gating g = { .a = a, .head = head, .refusal = ret_refusal };

	TRY(check(&g, body_most));
	*ret = g.out;
	return OK;
}
