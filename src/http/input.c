/* http/input.c — one value is checked in one place, wherever it came from. */
#include "http/input.h"

#include "base/clock.h"
#include "base/status.h"
#include "base/utf8.h"

#include <assert.h>
#include <jansson.h>
#include <string.h>

enum { NAME_SHOWN = 64 }; /* bytes of a name that nobody asked for */

struct reading {
	struct arena *a;
	const char *path; /* of the object that is read: "shares[1]."; "" at the top */
	struct reply_wrong *wrong;
};

static int refuse(struct reading *r, const char *name, const char *why)
{
	*r->wrong = (struct reply_wrong){ arena_printf(r->a, "%s%s", r->path, name), why };
	return INVALID;
}

static const struct input *find(const struct input *fields, const char *name)
{
	for (const struct input *f = fields; f && f->name; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

static void *place(const struct input *f, void *into)
{
	return (char *)into + f->offset;
}

/* Characters of a text; -1: a control that no text may hold. */
static int64_t characters(const char *text, size_t len)
{
	int64_t n = 0;
	uint32_t c;

	for (size_t i = 0; i < len; n++) {
		i += utf8_next(text + i, len - i, &c);
		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f || (c >= 0x80 && c < 0xa0))
			return -1;
	}
	return n;
}

static int take_text(struct reading *r, const struct input *f, const char *text, void *into)
{
	size_t len = strlen(text);
	int64_t n = characters(text, len);

	if (n < 0)
		return refuse(r, f->name, "里面有不能显示的控制字符");
	if (n < f->min || n > f->max)
		return refuse(r, f->name,
			      arena_printf(r->a, "要有 %lld 到 %lld 个字，现在是 %lld 个",
					   (long long)f->min, (long long)f->max, (long long)n));
	*(const char **)place(f, into) = arena_str(r->a, text);
	return OK;
}

static int take_word(struct reading *r, const struct input *f, const char *text, void *into)
{
	char *list = arena_str(r->a, "");

	for (const char *const *word = f->words; *word; word++) {
		if (strcmp(*word, text) == 0) {
			*(const char **)place(f, into) = *word;
			return OK;
		}
		list = arena_printf(r->a, "%s%s%s", list, *list ? "、" : "", *word);
	}
	return refuse(r, f->name, arena_printf(r->a, "要是其中之一：%s", list));
}

static int take_day(struct reading *r, const struct input *f, const char *text, void *into)
{
	int64_t day;

	if (clock_parse_day(text, &day) != OK)
		return refuse(r, f->name, "要写成 2026-11-30 这样的日期");
	*(int64_t *)place(f, into) = day;
	return OK;
}

static int take_int(struct reading *r, const struct input *f, int64_t n, void *into)
{
	if (n < f->min || n > f->max)
		return refuse(r, f->name,
			      arena_printf(r->a, "要在 %lld 到 %lld 之间", (long long)f->min,
					   (long long)f->max));
	*(int64_t *)place(f, into) = n;
	return OK;
}

static int count_items(struct reading *r, const struct input *f, size_t count)
{
	if ((int64_t)count < f->min || (int64_t)count > f->max)
		return refuse(r, f->name,
			      arena_printf(r->a, "要有 %lld 到 %lld 项，现在是 %zu 项",
					   (long long)f->min, (long long)f->max, count));
	return OK;
}

static int take_texts(struct reading *r, const struct input *f, json_t *list, void *into)
{
	size_t count = json_array_size(list);

	TRY(count_items(r, f, count));
	const char **at = arena_array(r->a, count, sizeof(*at));
	for (size_t i = 0; i < count; i++) {
		const struct input item = { .name = arena_printf(r->a, "%s[%zu]", f->name, i),
					    .min = 1,
					    .max = INPUT_ITEM_LONGEST };
		json_t *value = json_array_get(list, i);
		if (!json_is_string(value))
			return refuse(r, item.name, "要是文字");
		TRY(take_text(r, &item, json_string_value(value), &at[i]));
	}
	*(struct input_texts *)place(f, into) = (struct input_texts){ at, count };
	return OK;
}

static int read_object(struct reading *r, json_t *object, const struct input *fields, void *into);

static int take_rows(struct reading *r, const struct input *f, json_t *list, void *into)
{
	size_t count = json_array_size(list);

	TRY(count_items(r, f, count));
	char *at = arena_array(r->a, count, f->row_size);
	for (size_t i = 0; i < count; i++) {
		struct reading row = { r->a, arena_printf(r->a, "%s%s[%zu].", r->path, f->name, i),
				       r->wrong };
		json_t *value = json_array_get(list, i);
		if (!json_is_object(value))
			return refuse(r, arena_printf(r->a, "%s[%zu]", f->name, i), "要是一个对象");
		TRY(read_object(&row, value, f->row, at + i * f->row_size));
	}
	*(struct input_rows *)place(f, into) = (struct input_rows){ at, count };
	return OK;
}

static int take(struct reading *r, const struct input *f, json_t *value, void *into)
{
	switch (f->kind) {
	case INPUT_TEXT:
	case INPUT_WORD:
	case INPUT_DAY:
		if (!json_is_string(value))
			return refuse(r, f->name, "要是文字");
		return f->kind == INPUT_TEXT   ? take_text(r, f, json_string_value(value), into)
		       : f->kind == INPUT_WORD ? take_word(r, f, json_string_value(value), into)
					       : take_day(r, f, json_string_value(value), into);
	case INPUT_INT:
		return json_is_integer(value) ? take_int(r, f, json_integer_value(value), into)
					      : refuse(r, f->name, "要是整数");
	case INPUT_BOOL:
		if (!json_is_boolean(value))
			return refuse(r, f->name, "要是 true 或 false");
		*(bool *)place(f, into) = json_is_true(value);
		return OK;
	case INPUT_TEXTS:
		return json_is_array(value) ? take_texts(r, f, value, into)
					    : refuse(r, f->name, "要是一个列表");
	case INPUT_ROWS:
		return json_is_array(value) ? take_rows(r, f, value, into)
					    : refuse(r, f->name, "要是一个列表");
	default:
		assert(false);
		return INVALID;
	}
}

static int read_object(struct reading *r, json_t *object, const struct input *fields, void *into)
{
	const char *name;
	json_t *value;

	json_object_foreach(object, name, value)
	{
		const struct input *f = find(fields, name);
		if (!f)
			return refuse(r, strlen(name) <= NAME_SHOWN ? name : "…", "这里没有这一项");
		if (json_is_null(value))
			return refuse(r, f->name, "不能是 null：不填就不要写");
		TRY(take(r, f, value, into));
	}
	for (const struct input *f = fields; f && f->name; f++)
		if (f->required && !json_object_get(object, f->name))
			return refuse(r, f->name, "必须填写");
	return OK;
}

static void free_json(json_t **object)
{
	json_decref(*object);
}

int input_json(struct arena *a, const char *body, size_t len, const struct input *fields,
	       void *into, struct reply_wrong *ret_wrong)
{
	struct reading r = { a, "", ret_wrong };
	json_error_t error;
	CLEANUP(free_json) json_t *object = json_loadb(body, len, JSON_REJECT_DUPLICATES, &error);

	if (!object)
		return refuse(&r, "",
			      arena_printf(a, "不是合格的 JSON（第 %d 行第 %d 列附近）", error.line,
					   error.column));
	if (!json_is_object(object))
		return refuse(&r, "", "要是一个 JSON 对象");
	return read_object(&r, object, fields, into);
}

static int take_parameter(struct reading *r, const struct input *f, const char *text, void *into)
{
	struct span digits = span_of(text);
	uint64_t n;

	switch (f->kind) {
	case INPUT_TEXT:
		return take_text(r, f, text, into);
	case INPUT_WORD:
		return take_word(r, f, text, into);
	case INPUT_DAY:
		return take_day(r, f, text, into);
	case INPUT_INT:
		if (read_number(digits, INT64_MAX, &n) != CORE_OK)
			return refuse(r, f->name, "要是不带符号的整数");
		return take_int(r, f, (int64_t)n, into);
	case INPUT_BOOL:
		if (strcmp(text, "true") != 0 && strcmp(text, "false") != 0)
			return refuse(r, f->name, "要是 true 或 false");
		*(bool *)place(f, into) = *text == 't';
		return OK;
	case INPUT_TEXTS:
	case INPUT_ROWS:
	default:
		assert(false);
		return INVALID;
	}
}

int input_query(struct arena *a, const struct target *target, const struct input *fields,
		void *into, struct reply_wrong *ret_wrong)
{
	struct reading r = { a, "", ret_wrong };

	for (size_t i = 0; i < target->pair_count; i++) {
		const struct input *f = find(fields, target->pairs[i].name);
		if (!f)
			return refuse(&r, target->pairs[i].name, "没有这个参数");
		TRY(take_parameter(&r, f, target->pairs[i].value, into));
	}
	for (const struct input *f = fields; f && f->name; f++)
		if (f->required && !target_value(target, f->name))
			return refuse(&r, f->name, "必须填写");
	return OK;
}
