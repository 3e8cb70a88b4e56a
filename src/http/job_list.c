/* http/job_list.c — page after page of the list's own handler into a file. */
#include "http/job_list.h"

#include "app/account_session.h"
#include "app/ledger_words.h"
#include "app/list_file.h"
#include "app/registry_list.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/status.h"
#include "http/api.h"
#include "http/titles.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { PAGE = 100, ZONE_MS = 8 * 3600 * 1000, COLUMNS_MOST = 128 };

/* ---- which list ---- */

struct listed {
	struct target target;
	const struct route *route;
	const char *values[REQUEST_MOST_VALUES];
	const struct shape *shape; /* of an item */
};

static const struct shape *shape_named(struct span name)
{
	size_t count;
	const struct api_group *const *groups = api_lists(&count);

	for (size_t i = 0; i < count; i++)
		for (const struct shape *s = groups[i]->shapes; s && s->name; s++)
			if (span_equal(name, span_of(s->name)))
				return s;
	return NULL;
}

/* "200 [Visit]" */
static const struct shape *items_of(const struct route *route)
{
	static const char begin[] = "200 [";
	size_t len = sizeof(begin) - 1;

	if (strncmp(route->answer, begin, len) != 0)
		return NULL;
	const char *name = route->answer + len;
	return shape_named((struct span){ name, strcspn(name, "]") });
}

static int find_list(struct arena *a, const char *target, struct listed *ret)
{
	const char *allow;

	*ret = (struct listed){ .route = NULL };
	if (target_read(a, span_of(target), &ret->target) != OK)
		return NONE;
	struct routes *routes = api_routes_of(api_lists);
	int rc = routes_find(routes, a, GATE_GET, &ret->target, ret->values, &ret->route, &allow);
	routes_free(routes);
	if (rc != OK || ret->route->permission == PERM_SELF)
		return NONE;
	ret->shape = items_of(ret->route);
	return ret->shape ? OK : NONE;
}

/* What stands before the first comma or colon of the help. */
static const char *title_in(struct arena *a, const char *help)
{
	static const char *const ends[] = { "：", "，" };
	size_t len = strlen(help);

	for (size_t i = 0; i < COUNT(ends); i++) {
		const char *end = strstr(help, ends[i]);
		if (end && (size_t)(end - help) < len)
			len = (size_t)(end - help);
	}
	return arena_mem(a, help, len);
}

int job_list_check(struct arena *a, const struct account *account, const char *target,
		   const char **ret_title)
{
	struct listed list;

	TRY(find_list(a, target, &list));
	if (!permission_has(account->may, list.route->permission))
		return FORBIDDEN;
	*ret_title = title_in(a, list.route->help);
	return OK;
}

const char *job_list_request(struct arena *a, const char *target, const char *format,
			     const char *title)
{
	CLEANUP(buf_release) struct buf out = { 0 };
	struct json j;

	buf_init(&out, JOB_REQUEST_MOST);
	json_init(&j, &out);
	json_begin_object(&j);
	json_put_text(&j, "format", format);
	json_put_text(&j, "list", target);
	json_put_text(&j, "title", title);
	json_end_object(&j);
	return arena_mem(a, out.data, out.len);
}

/* ---- columns ---- */

struct column {
	const char *member, *title;
	const struct field *field; /* of a registry's row, inside `fields`; else NULL */
};

struct exporting {
	struct job_run *j;
	struct listed list;
	struct column columns[COLUMNS_MOST];
	size_t count;
	struct list_file *file;
	int64_t rows, most;
	const char *next; /* of the page to come; NULL: the first one */
};

static void add_column(struct exporting *e, const char *member, const char *title,
		       const struct field *field)
{
	if (e->count < COLUMNS_MOST)
		e->columns[e->count++] = (struct column){ member, title ? title : member, field };
}

static void add_fields(struct exporting *e)
{
	enum registry kind;
	uint32_t count;

	if (!registry_of(e->list.values[0], &kind))
		return;
	const struct field *fields = registry_fields(kind, &count);
	for (uint32_t i = 0; i < count; i++)
		add_column(e, "fields", fields[i].header, &fields[i]);
}

/* The members of the shape in their order; a registry's row by its fields, in theirs. */
static void find_columns(struct exporting *e)
{
	struct span rest = span_of(e->list.shape->members), one, name;
	bool row = strcmp(e->list.shape->name, "RegistryRow") == 0;

	if (row)
		add_fields(e);
	while (rest.len) {
		(void)span_cut(&rest, ',', &one);
		while (one.len && one.at[0] == ' ')
			one = (struct span){ one.at + 1, one.len - 1 };
		(void)span_cut(&one, ' ', &name);
		name.len -= name.len && name.at[name.len - 1] == '?';
		const char *member = arena_mem(e->j->arena, name.at, name.len);
		if (!row || (strcmp(member, "fields") != 0 && strcmp(member, "id") != 0))
			add_column(e, member, title_of(member), NULL);
	}
}

/* ---- cells ---- */

/* "2026-11-30T16:05:09.000Z" as 2026-12-01 00:05 of Beijing. */
static const char *shown_time(struct arena *a, const char *text)
{
	enum { DAY = 10, HOUR = 11, MINUTE = 14, LONG = 24, DAY_MS = 24 * 3600 * 1000 };
	char day[DAY + 1], local[CLOCK_TEXT];
	uint64_t hour, minute;
	int64_t days;

	if (strlen(text) != LONG || text[DAY] != 'T' || text[LONG - 1] != 'Z' ||
	    read_number((struct span){ text + HOUR, 2 }, 23, &hour) != CORE_OK ||
	    read_number((struct span){ text + MINUTE, 2 }, 59, &minute) != CORE_OK)
		return text;
	snprintf(day, sizeof(day), "%s", text);
	if (clock_parse_day(day, &days) != OK)
		return text;
	clock_text(days * DAY_MS + (int64_t)(hour * 60 + minute) * 60000 + ZONE_MS, local);
	return arena_printf(a, "%.10s %.5s", local, local + CLOCK_DAY);
}

static const char *shown_text(struct arena *a, const char *member, const char *text)
{
	const char *word = title_word(member, text);

	if (strcmp(member, "action") == 0)
		return ledger_words(text);
	return word ? word : shown_time(a, text);
}

/* A list by its texts, joined; an object in it by the first of its texts. */
static const char *shown_list(struct arena *a, const char *member, const json_t *list)
{
	const char *all = "", *key;
	json_t *item, *part;
	size_t i;

	json_array_foreach(list, i, item)
	{
		const char *text = json_string_value(item);
		json_object_foreach(item, key, part)
		{
			if (!text)
				text = json_string_value(part);
		}
		if (text)
			all = arena_printf(a, "%s%s%s", all, *all ? "、" : "",
					   shown_text(a, member, text));
	}
	return all;
}

/* Fields of a row that are not columns of their own: "name=value；…". */
static const char *shown_object(struct arena *a, json_t *object)
{
	const char *all = "", *key;
	json_t *part;

	json_object_foreach(object, key, part)
	{
		const char *text = json_string_value(part);
		if (text)
			all = arena_printf(a, "%s%s%s=%s", all, *all ? "；" : "", key, text);
	}
	return all;
}

static const char *shown_field(struct arena *a, const struct field *f, const json_t *fields)
{
	const char *text = json_string_value(json_object_get(fields, f->name));

	if (!text)
		return "";
	struct span shown = registry_shown(a, f, span_of(text));
	return arena_mem(a, shown.at, shown.len);
}

static struct xlsx_value cell(struct arena *a, const struct column *c, const json_t *item)
{
	json_t *value = json_object_get(item, c->member);

	if (c->field)
		return (struct xlsx_value){ .text = shown_field(a, c->field, value) };
	if (json_is_integer(value))
		return (struct xlsx_value){ .number = json_integer_value(value),
					    .look = XLSX_NUMERIC };
	if (json_is_boolean(value))
		return (struct xlsx_value){ .text = json_is_true(value) ? "是" : "否" };
	if (json_is_array(value))
		return (struct xlsx_value){ .text = shown_list(a, c->member, value) };
	if (json_is_object(value))
		return (struct xlsx_value){ .text = shown_object(a, value) };
	const char *text = json_string_value(value);
	return (struct xlsx_value){ .text = text ? shown_text(a, c->member, text) : "" };
}

static int write_item(struct exporting *e, const json_t *item)
{
	CLEANUP(arena_release) struct arena a;
	struct xlsx_value cells[COLUMNS_MOST];

	arena_init(&a);
	if (++e->rows > e->most) {
		e->j->answer = "太多行：请缩小范围，或改成 CSV";
		return TOO_LARGE;
	}
	for (size_t i = 0; i < e->count; i++)
		cells[i] = cell(&a, &e->columns[i], item);
	return list_file_row(e->file, cells);
}

/* ---- pages ---- */

static bool takes(const struct route *route, const char *name)
{
	for (const struct input *f = route->query; f && f->name; f++)
		if (strcmp(f->name, name) == 0)
			return true;
	return false;
}

static void set_pair(struct target *t, const char *name, const char *value)
{
	size_t i = 0;

	while (i < t->pair_count && strcmp(t->pairs[i].name, name) != 0)
		i++;
	if (i == t->pair_count && i == TARGET_MOST_PAIRS)
		return;
	t->pair_count += i == t->pair_count;
	t->pairs[i] = (struct target_pair){ name, value };
}

static void free_json(json_t **object)
{
	json_decref(*object);
}

/* The page that the reply holds; or what the handler had against it. */
static int take_page(struct exporting *e, const struct request *q)
{
	json_error_t error;
	CLEANUP(free_json)
	json_t *page = json_loadb(buf_text(&q->reply.body), q->reply.body.len, 0, &error);
	json_t *item;
	size_t i;

	if (q->reply.status != 200) {
		const char *why = json_string_value(json_object_get(page, "detail"));
		e->j->answer = why ? arena_str(e->j->arena, why) : NULL;
		return INVALID;
	}
	json_array_foreach(json_object_get(page, "items"), i, item)
	{
		TRY(write_item(e, item));
	}
	const char *next = json_string_value(json_object_get(page, "next"));
	e->next = next ? arena_str(e->j->arena, next) : NULL;
	int64_t total = json_integer_value(json_object_get(page, "total"));
	return job_progress(e->j, "写出", (uint64_t)e->rows, (uint64_t)total) ? OK : CANCELLED;
}

static int write_page(struct exporting *e)
{
	CLEANUP(arena_release) struct arena arena;
	struct account_here here = { .account = *e->j->account };
	struct request q = { .route = e->list.route,
			     .address = "",
			     .office = e->j->office,
			     .here = &here,
			     .file = -1 };

	arena_init(&q.arena);
	arena_init(&arena);
	memcpy(q.values, e->list.values, sizeof(q.values));
	q.head = (struct gate_request){ .method = GATE_GET, .target = e->list.target };
	if (takes(q.route, "size"))
		set_pair(&q.head.target, "size", arena_printf(&arena, "%d", PAGE));
	if (e->next)
		set_pair(&q.head.target, "after", e->next);
	reply_init(&q.reply);
	int rc = q.route->run(&q);
	if (rc == OK)
		rc = take_page(e, &q);
	reply_release(&q.reply);
	arena_release(&q.arena);
	return rc;
}

static int write_pages(struct exporting *e)
{
	do
		TRY(write_page(e));
	while (e->next);
	return OK;
}

static int export(struct exporting *e, const char *path, bool workbook, const char *title)
{
	const char *titles[COLUMNS_MOST];

	find_columns(e);
	for (size_t i = 0; i < e->count; i++)
		titles[i] = e->columns[i].title;
	e->most = workbook ? JOB_LIST_XLSX_ROWS : JOB_LIST_CSV_ROWS;
	TRY(list_file_open(e->j->arena, path, workbook, title, titles, e->count, &e->file));
	int rc = write_pages(e), ended = list_file_end(e->file, rc == OK);
	return rc == OK ? ended : rc;
}

static int run(struct job_run *j)
{
	struct exporting e = { .j = j };
	json_error_t error;
	CLEANUP(free_json) json_t *ask = json_loads(j->request, 0, &error);
	const char *target = json_string_value(json_object_get(ask, "list"));
	const char *format = json_string_value(json_object_get(ask, "format"));
	const char *title = json_string_value(json_object_get(ask, "title"));

	if (!target || !format || !title || find_list(j->arena, target, &e.list) != OK)
		return INVALID;
	if (!permission_has(j->account->may, e.list.route->permission)) {
		j->answer = "交办的人现在没有这项权限";
		return FORBIDDEN;
	}
	const char *path = arena_printf(j->arena, "%s/list.%s", j->folder, format);
	TRY(export(&e, path, strcmp(format, "xlsx") == 0, title));
	j->file = path;
	j->file_name = arena_printf(j->arena, "%s.%s", title, format);
	j->answer = arena_printf(j->arena, "{\"rows\":%lld}", (long long)e.rows);
	return OK;
}

const struct job_kind job_list = { .name = "list", .permission = PERM_JOB, .run = run };
