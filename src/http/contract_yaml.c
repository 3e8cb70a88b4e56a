/* http/contract_yaml.c — block style only; a text stands plain where no reader of YAML could take it for something else. */
#include "http/contract_yaml.h"

#include <stdlib.h>
#include <string.h>

static bool plain(const char *text)
{
	static const char first[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ/$";
	static const char inner[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/$_.{}-+";
	static const char *const taken[] = { "true", "false", "yes", "no", "on", "off",
					     "null", "y",     "n",   "Y",  "N" };

	for (size_t i = 0; i < COUNT(taken); i++)
		if (strcmp(text, taken[i]) == 0)
			return false;
	return *text && strchr(first, *text) && text[strspn(text, inner)] == 0;
}

static void add_scalar(struct buf *out, json_t *value)
{
	if (json_is_string(value) && plain(json_string_value(value))) {
		buf_str(out, json_string_value(value));
		return;
	}
	char *text = json_dumps(value, JSON_ENCODE_ANY);
	buf_str(out, text ? text : "null");
	free(text);
}

static void indent(struct buf *out, int depth)
{
	buf_printf(out, "%*s", depth * 2, "");
}

static bool nested(json_t *value)
{
	return json_object_size(value) > 0 || json_array_size(value) > 0;
}

static void add_list(struct buf *out, json_t *list, int depth);

/* began: the first member goes on in the line of its "- ". */
static void add_members(struct buf *out, json_t *object, int depth, bool began)
{
	const char *key;
	json_t *value;

	json_object_foreach(object, key, value)
	{
		if (!began)
			indent(out, depth);
		began = false;
		if (plain(key))
			buf_printf(out, "%s:", key);
		else
			buf_printf(out, "\"%s\":", key);
		buf_char(out, nested(value) ? '\n' : ' ');
		if (!nested(value)) {
			add_scalar(out, value);
			buf_char(out, '\n');
		} else if (json_is_object(value)) {
			add_members(out, value, depth + 1, false);
		} else {
			add_list(out, value, depth + 1);
		}
	}
}

static void add_list(struct buf *out, json_t *list, int depth)
{
	size_t i;
	json_t *value;

	json_array_foreach(list, i, value)
	{
		indent(out, depth);
		buf_str(out, "- ");
		if (json_object_size(value) > 0) {
			add_members(out, value, depth + 1, true);
			continue;
		}
		add_scalar(out, value);
		buf_char(out, '\n');
	}
}

void contract_yaml(struct buf *out, json_t *object)
{
	add_members(out, object, 0, false);
}
