/* http/contract.c — every row of the tables of routes becomes one operation. */
#include "http/contract.h"

#include "http/api.h"
#include "http/contract_shape.h"
#include "http/contract_yaml.h"

#include <assert.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWER_WORDS = 3, ANSWER_LONGEST = 80, NAME_LONGEST = 120 };

static const char head[] =
	"# The contract of the server, made by: build/mingqian openapi > api/openapi.yaml\n"
	"# A test holds this file, and every answer of the other tests, against it.\n";

static void put(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

static void put_text(json_t *object, const char *key, const char *value)
{
	put(object, key, json_string(value));
}

static json_t *reference(const char *kind, const char *name)
{
	json_t *object = json_object();

	put(object, "$ref", json_sprintf("#/components/%s/%s", kind, name));
	return object;
}

static json_t *list_of_one(json_t *item)
{
	json_t *list = json_array();

	json_array_append_new(list, item);
	return list;
}

static json_t *content(const char *type, json_t *schema)
{
	json_t *of_type = json_object(), *object = json_object();

	put(of_type, "schema", schema);
	put(object, type, of_type);
	return object;
}

/* ---- what comes out ---- */

/* A page: {items, next, total}. */
static json_t *page_of(const char *shape)
{
	json_t *schema = contract_shape(&(struct shape){ "", "next text?, total int", "一页" });
	json_t *needed = json_object_get(schema, "required");
	json_t *items = contract_type(shape);

	json_array_insert_new(needed, 0, json_string("items"));
	put(json_object_get(schema, "properties"), "items", items);
	return schema;
}

static json_t *answer_content(const char *what)
{
	if (strcmp(what, "file") == 0)
		return content("application/octet-stream", json_object());
	if (strcmp(what, "plain") == 0)
		return content("text/plain", contract_type("text"));
	return content("application/json", *what == '[' ? page_of(what) : contract_type(what));
}

static json_t *tag_header(void)
{
	json_t *headers = json_object(), *header = json_object();

	put_text(header, "description", "这一版；改的时候写在 If-Match 里");
	put(header, "schema", contract_type("text"));
	put(headers, "ETag", header);
	return headers;
}

static json_t *answers_of(const struct route *route)
{
	json_t *all = json_object(), *good = json_object();
	struct span rest = span_of(route->answer), word[ANSWER_WORDS] = { { NULL, 0 } };
	char status[4], what[ANSWER_LONGEST] = "";

	for (size_t i = 0; i < ANSWER_WORDS && rest.len; i++)
		(void)span_cut(&rest, ' ', &word[i]);
	assert(word[0].len == 3 && word[1].len < sizeof(what) && !rest.len);
	snprintf(status, sizeof(status), "%.3s", word[0].at);
	put_text(good, "description", "办成了");
	if (word[1].len) {
		memcpy(what, word[1].at, word[1].len);
		put(good, "content", answer_content(what));
	}
	if (span_equal(word[2], SPAN("etag")))
		put(good, "headers", tag_header());
	put(all, status, good);
	put(all, "4XX", reference("responses", "Problem"));
	put(all, "5XX", reference("responses", "Problem"));
	return all;
}

/* ---- what goes in ---- */

static json_t *parameter(const char *in, const char *name, bool required, const char *help,
			 json_t *schema)
{
	json_t *object = json_object();

	put_text(object, "name", name);
	put_text(object, "in", in);
	if (required)
		put(object, "required", json_true());
	if (help)
		put_text(object, "description", help);
	put(object, "schema", schema);
	return object;
}

static void add_path_parameters(json_t *list, const char *path)
{
	char name[NAME_LONGEST];

	while ((path = strchr(path, '{'))) {
		size_t len = strcspn(++path, "}");
		assert(len < sizeof(name));
		memcpy(name, path, len);
		name[len] = 0;
		json_array_append_new(list,
				      parameter("path", name, true, NULL, contract_type("text")));
	}
}

static json_t *parameters_of(const struct route *route)
{
	json_t *list = json_array();

	add_path_parameters(list, route->path);
	for (const struct input *f = route->query; f && f->name; f++) {
		json_t *schema = contract_input(f);
		json_object_del(schema, "description");
		json_array_append_new(list,
				      parameter("query", f->name, f->required, f->help, schema));
	}
	if (route->flags & ROUTE_VERSION)
		json_array_append_new(list, reference("parameters", "IfMatch"));
	if ((route->flags & ROUTE_CHANGES) && !(route->flags & (ROUTE_OPEN | ROUTE_UPLOAD)))
		json_array_append_new(list, reference("parameters", "IdempotencyKey"));
	return list;
}

static json_t *body_of(const struct route *route)
{
	json_t *body = json_object();

	put(body, "required", json_true());
	put(body, "content",
	    route->flags & ROUTE_UPLOAD
		    ? content("application/octet-stream", json_object())
		    : content("application/json", contract_inputs(route->body)));
	return body;
}

static json_t *security_of(const struct route *route)
{
	json_t *cookie = json_object(), *bearer = json_object(), *list = json_array();

	if (!(route->flags & ROUTE_OPEN)) {
		put(cookie, "cookie", json_array());
		if (route->flags & ROUTE_CHANGES)
			put(cookie, "csrf", json_array());
		put(bearer, "bearer", json_array());
		json_array_append(list, cookie);
		json_array_append(list, bearer);
	}
	json_decref(cookie);
	json_decref(bearer);
	return list;
}

/* ---- operations ---- */

static void lower(const char *word, char *out, size_t size)
{
	size_t i = 0;

	for (; word[i] && i + 1 < size; i++)
		out[i] = (char)tolower((unsigned char)word[i]);
	out[i] = 0;
}

/* "post/api/v1/grants/{id}/decision" as "postGrantsIdDecision". */
static json_t *operation_id(const char *method, const char *path)
{
	char name[NAME_LONGEST];
	size_t len = strlen(method);
	bool up = true;

	if (strncmp(path, "/api/v1", 7) == 0)
		path += 7;
	assert(len + strlen(path) < sizeof(name));
	memcpy(name, method, len);
	for (; *path; path++) {
		if (!isalnum((unsigned char)*path)) {
			up = true;
			continue;
		}
		name[len++] = up ? (char)toupper((unsigned char)*path) : *path;
		up = false;
	}
	return json_stringn(name, len);
}

static void add_operation(json_t *paths, const struct api_group *group, const struct route *route)
{
	json_t *of_path = json_object_get(paths, route->path), *op = json_object();
	char method[8];

	if (!of_path) {
		of_path = json_object();
		put(paths, route->path, of_path);
	}
	lower(gate_method_name(route->method), method, sizeof(method));
	put(op, "operationId", operation_id(method, route->path));
	put_text(op, "summary", route->help);
	put(op, "tags", list_of_one(json_string(group->name)));
	if (!(route->flags & ROUTE_OPEN))
		put_text(op, "x-permission", permission_word(route->permission));
	put(op, "security", security_of(route));
	json_t *parameters = parameters_of(route);
	if (json_array_size(parameters))
		json_object_set(op, "parameters", parameters);
	json_decref(parameters);
	if (route->body || route->flags & ROUTE_UPLOAD)
		put(op, "requestBody", body_of(route));
	put(op, "responses", answers_of(route));
	put(of_path, method, op);
}

/* ---- what all share ---- */

static const struct shape problem_shapes[] = {
	{ "Problem",
	  "code text, detail text, errors? [FieldProblem], status int, title text, type text",
	  "没有办成（RFC 9457）：code 是固定的名字，detail 说明怎么办" },
	{ "FieldProblem", "field text, why text", "哪一项不对，为什么" },
	{ .name = NULL },
};

static void add_shapes(json_t *schemas, const struct shape *shapes)
{
	for (; shapes && shapes->name; shapes++) {
		assert(!json_object_get(schemas, shapes->name));
		put(schemas, shapes->name, contract_shape(shapes));
	}
}

static json_t *key_scheme(const char *in, const char *name, const char *help)
{
	json_t *scheme = json_object();

	put_text(scheme, "type", "apiKey");
	put_text(scheme, "in", in);
	put_text(scheme, "name", name);
	put_text(scheme, "description", help);
	return scheme;
}

static json_t *schemes(void)
{
	json_t *all = json_object(), *bearer = json_object();

	put(all, "cookie",
	    key_scheme("cookie", "mingqian", "浏览器的会话；用 https 时叫 __Host-mingqian"));
	put(all, "csrf", key_scheme("header", "X-CSRF-Token", "登录时得到的 csrf，改动时带上"));
	put_text(bearer, "type", "http");
	put_text(bearer, "scheme", "bearer");
	put_text(bearer, "description", "程序的会话：登录时写 bearer 得到的 token");
	put(all, "bearer", bearer);
	return all;
}

static json_t *components(void)
{
	json_t *all = json_object(), *schemas = json_object(), *answers = json_object();
	json_t *problem = json_object(), *parameters = json_object();
	size_t count;
	const struct api_group *const *groups = api_groups(&count);

	add_shapes(schemas, problem_shapes);
	for (size_t i = 0; i < count; i++)
		add_shapes(schemas, groups[i]->shapes);
	put_text(problem, "description", "没有办成");
	put(problem, "content", content("application/problem+json", contract_type("Problem")));
	put(answers, "Problem", problem);
	put(parameters, "IfMatch",
	    parameter("header", "If-Match", true, "改的是哪一版：查看时的 ETag。已被别人改过是 412",
		      contract_type("text")));
	put(parameters, "IdempotencyKey",
	    parameter("header", "Idempotency-Key", false,
		      "自己给这次改动的 UUID：没有收到答复时原样再发，不会办两次，七天内答复相同",
		      contract_type("text")));
	put(all, "securitySchemes", schemes());
	put(all, "parameters", parameters);
	put(all, "responses", answers);
	put(all, "schemas", schemas);
	return all;
}

static json_t *info(void)
{
	json_t *all = json_object(), *license = json_object();

	put_text(all, "title", "明签 mingqian");
	put_text(all, "version", "1");
	put_text(
		all, "description",
		"约定见 docs/server.md。列表是 {items, next, total}，next 是下一页的 after，没有了是 null。"
		"时间是 UTC，日期是北京时间的日期。");
	put_text(license, "name", "Apache-2.0");
	put_text(license, "identifier", "Apache-2.0");
	put(all, "license", license);
	return all;
}

static json_t *make(void)
{
	json_t *all = json_object(), *paths = json_object(), *server = json_object();
	json_t *tags = json_array();
	size_t count;
	const struct api_group *const *groups = api_groups(&count);

	for (size_t i = 0; i < count; i++) {
		json_t *tag = json_object();
		put_text(tag, "name", groups[i]->name);
		put_text(tag, "description", groups[i]->help);
		json_array_append_new(tags, tag);
		for (size_t k = 0; k < groups[i]->count; k++)
			add_operation(paths, groups[i], &groups[i]->routes[k]);
	}
	put_text(server, "url", "/");
	put_text(all, "openapi", "3.1.0");
	put(all, "info", info());
	put(all, "servers", list_of_one(server));
	put(all, "tags", tags);
	put(all, "paths", paths);
	put(all, "components", components());
	return all;
}

void contract_write(struct buf *out, bool json)
{
	json_t *all = make();

	if (json) {
		char *text = json_dumps(all, JSON_COMPACT);
		buf_str(out, text ? text : "");
		buf_char(out, '\n');
		free(text);
	} else {
		buf_str(out, head);
		contract_yaml(out, all);
	}
	json_decref(all);
}
