/* app/rule_set_edit.c — the canonical JSON as a tree, changed and written again. */
#include "app/rule_set_edit.h"

#include "app/rule_set_read.h"
#include "base/buf.h"
#include "base/status.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

struct editing {
	struct plan_notes *notes;
	const char *path; /* whole, for sentences */
};

static int wrong(struct editing *e, const char *why)
{
	plan_note(e->notes, PLAN_REFUSED, "%.200s：%s", e->path, why);
	return INVALID;
}

/* Numbers with a decimal point and plain words become texts. NULL is JSON's null. */
static json_t *value_of(const char *text)
{
	json_t *value = json_loads(text, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);

	if (json_is_real(value)) {
		json_decref(value);
		value = NULL;
	}
	if (!value)
		return json_string(text);
	if (!json_is_null(value))
		return value;
	json_decref(value);
	return NULL;
}

static bool is_word(const char *path, size_t len)
{
	return len > 0 && (path[len] == 0 || path[len] == '.');
}

/* The item of a list that the path begins with, and how long its name is; -1 if there is none. */
static int find_item(const json_t *list, const char *path, size_t *ret_len)
{
	size_t best = 0;
	int found = -1;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *id = json_string_value(json_object_get(json_array_get(list, i), "id"));
		size_t len = id ? strlen(id) : 0;
		if (len > best && strncmp(path, id, len) == 0 && is_word(path, len)) {
			best = len;
			found = (int)i;
		}
	}
	*ret_len = best ? best : strspn(path, "0123456789");
	if (found >= 0 || *ret_len > 4 || !is_word(path, *ret_len))
		return found;
	size_t index = strtoul(path, NULL, 10);
	return index < json_array_size(list) ? (int)index : -1;
}

static int set_item(struct editing *e, json_t *list, int index, json_t *value)
{
	int rc;

	if (index < 0 && !value)
		return wrong(e, "没有这一项，不能删");
	if (index < 0)
		rc = json_array_append(list, value);
	else if (value)
		rc = json_array_set(list, (size_t)index, value);
	else
		rc = json_array_remove(list, (size_t)index);
	return rc == 0 ? OK : wrong(e, "改不了");
}

static int set_key(struct editing *e, json_t *object, const char *key, json_t *value)
{
	if (value)
		return json_object_set(object, key, value) == 0 ? OK : wrong(e, "改不了");
	return json_object_del(object, key) == 0 ? OK : wrong(e, "没有这一项，不能删");
}

/* Goes one step into an object; makes what is missing. */
static json_t *into_key(json_t *object, const char *key)
{
	json_t *child = json_object_get(object, key);

	if (child)
		return child;
	json_object_set_new(object, key, json_object());
	return json_object_get(object, key);
}

static int change(struct editing *e, json_t *root, json_t *value)
{
	const char *path = e->path;
	json_t *at = root;

	for (;;) {
		size_t len = strcspn(path, ".");
		int index = -1;
		if (!*path || (!json_is_object(at) && !json_is_array(at)))
			return wrong(e, "没有这个位置");
		if (json_is_array(at))
			index = find_item(at, path, &len);
		bool last =
			path[len] == 0 || (json_is_array(at) && index < 0 && !strchr(path, '.'));
		const char *key = arena_mem(e->notes->arena, path, len);
		if (last)
			return json_is_array(at) ? set_item(e, at, index, value)
						 : set_key(e, at, key, value);
		if (json_is_array(at) && index < 0)
			return wrong(e, "列表里没有这一项");
		at = json_is_array(at) ? json_array_get(at, (size_t)index) : into_key(at, key);
		path += len + 1;
	}
}

static void free_json(json_t **j)
{
	json_decref(*j);
}

static void free_text(char **text)
{
	free(*text);
}

static int change_one(struct plan_notes *notes, json_t *root, const struct rule_set_value *v)
{
	CLEANUP(free_json) json_t *value = value_of(v->value);

	return change(&(struct editing){ notes, v->path }, root, value);
}

int rule_set_edit(const struct rule_set *set, const struct rule_set_value *values, size_t count,
		  struct plan_notes *notes, const char **ret_text, size_t *ret_len)
{
	CLEANUP(buf_release) struct buf text = { 0 };

	buf_init(&text, 8 << 20);
	rule_set_write(set, &text);
	CLEANUP(free_json) json_t *root = json_loadb(buf_text(&text), text.len, 0, NULL);
	for (size_t i = 0; i < count; i++)
		TRY(change_one(notes, root, &values[i]));
	CLEANUP(free_text) char *out = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS);
	if (!out) {
		plan_note(notes, PLAN_REFUSED,
			  "改出来的内容不能写成 JSON：请检查文字是不是 UTF-8。");
		return INVALID;
	}
	*ret_len = strlen(out);
	*ret_text = arena_mem(notes->arena, out, *ret_len);
	return OK;
}
