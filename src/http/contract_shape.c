/* http/contract_shape.c — the two little languages of fields and shapes as JSON schemas. */
#include "http/contract_shape.h"

#include "core/mem.h"

#include <assert.h>
#include <string.h>

enum { TYPE_LONGEST = 600 };

static void put(json_t *object, const char *key, json_t *value)
{
	json_object_set_new(object, key, value);
}

static void put_text(json_t *object, const char *key, const char *value)
{
	put(object, key, json_string(value));
}

static json_t *typed(const char *type)
{
	json_t *schema = json_object();

	put_text(schema, "type", type);
	return schema;
}

static json_t *closed_object(void)
{
	json_t *schema = typed("object");

	put(schema, "additionalProperties", json_false());
	return schema;
}

static json_t *words_of(const char *const *words)
{
	json_t *list = json_array();

	for (; *words; words++)
		json_array_append_new(list, json_string(*words));
	return list;
}

static json_t *text_between(int64_t min, int64_t max)
{
	json_t *schema = typed("string");

	if (min)
		put(schema, "minLength", json_integer(min));
	put(schema, "maxLength", json_integer(max));
	return schema;
}

static json_t *list_of(const struct input *f, json_t *item)
{
	json_t *schema = typed("array");

	if (f->min)
		put(schema, "minItems", json_integer(f->min));
	put(schema, "maxItems", json_integer(f->max));
	put(schema, "items", item);
	return schema;
}

static json_t *field_schema(const struct input *f)
{
	json_t *schema;

	switch (f->kind) {
	case INPUT_WORD:
		schema = typed("string");
		put(schema, "enum", words_of(f->words));
		return schema;
	case INPUT_INT:
		schema = typed("integer");
		put(schema, "minimum", json_integer(f->min));
		put(schema, "maximum", json_integer(f->max));
		return schema;
	case INPUT_BOOL:
		return typed("boolean");
	case INPUT_DAY:
		schema = typed("string");
		put_text(schema, "format", "date");
		return schema;
	case INPUT_TEXTS:
		return list_of(f, text_between(1, INPUT_ITEM_LONGEST));
	case INPUT_ROWS:
		return list_of(f, contract_inputs(f->row));
	case INPUT_TEXT:
	default:
		return text_between(f->min, f->max);
	}
}

json_t *contract_input(const struct input *f)
{
	json_t *schema = field_schema(f);

	put_text(schema, "description", f->help);
	return schema;
}

json_t *contract_inputs(const struct input *fields)
{
	json_t *schema = closed_object(), *needed = json_array(), *members = json_object();

	for (; fields->name; fields++) {
		put(members, fields->name, contract_input(fields));
		if (fields->required)
			json_array_append_new(needed, json_string(fields->name));
	}
	put(schema, "required", needed);
	put(schema, "properties", members);
	return schema;
}

static const struct {
	const char *word, *type, *format, *pattern;
} simple[] = {
	{ "text", "string", NULL, NULL },
	{ "id", "string", NULL, "^.{1,64}$" },
	{ "int", "integer", NULL, NULL },
	{ "bool", "boolean", NULL, NULL },
	{ "day", "string", "date", NULL },
	{ "time", "string", "date-time", NULL },
	{ "digest", "string", NULL, "^[0-9a-f]{64}$" },
};

static json_t *reference(const char *shape)
{
	json_t *schema = json_object();

	put(schema, "$ref", json_sprintf("#/components/schemas/%s", shape));
	return schema;
}

static json_t *one_of_words(struct span words)
{
	json_t *schema = typed("string"), *list = json_array();
	struct span word;
	bool more = true;

	while (more) {
		more = span_cut(&words, '|', &word);
		if (word.len)
			json_array_append_new(list, json_stringn(word.at, word.len));
	}
	put(schema, "enum", list);
	return schema;
}

/* What stands inside brackets. */
static json_t *inner(const char *type)
{
	char text[TYPE_LONGEST];
	size_t len = strlen(type);

	assert(len > 2 && len < sizeof(text));
	memcpy(text, type + 1, len - 2);
	text[len - 2] = 0;
	return contract_type(text);
}

static json_t *certain_type(const char *type)
{
	json_t *schema;

	if (*type == '[') {
		schema = typed("array");
		put(schema, "items", inner(type));
		return schema;
	}
	if (*type == '{') {
		schema = typed("object");
		put(schema, "additionalProperties", inner(type));
		return schema;
	}
	if (*type >= 'A' && *type <= 'Z')
		return reference(type);
	if (strchr(type, '|'))
		return one_of_words(span_of(type));
	for (size_t i = 0; i < COUNT(simple); i++)
		if (strcmp(type, simple[i].word) == 0) {
			schema = typed(simple[i].type);
			if (simple[i].format)
				put_text(schema, "format", simple[i].format);
			if (simple[i].pattern)
				put_text(schema, "pattern", simple[i].pattern);
			return schema;
		}
	assert(strcmp(type, "any") == 0);
	return json_object();
}

/* Null too. */
static json_t *or_null(json_t *schema)
{
	json_t *all = json_object(), *list = json_array();

	json_array_append_new(list, schema);
	json_array_append_new(list, typed("null"));
	put(all, "anyOf", list);
	return all;
}

json_t *contract_type(const char *type)
{
	char text[TYPE_LONGEST];
	size_t len = strlen(type);

	assert(len > 0 && len < sizeof(text));
	if (type[len - 1] != '?')
		return certain_type(type);
	memcpy(text, type, len - 1);
	text[len - 1] = 0;
	return or_null(certain_type(text));
}

/* "name type", "name? type" */
static void add_member(struct span member, json_t *members, json_t *needed)
{
	char name[64], type[TYPE_LONGEST];
	struct span key, rest = member;

	while (rest.len && rest.at[0] == ' ')
		rest = (struct span){ rest.at + 1, rest.len - 1 };
	bool two = span_cut(&rest, ' ', &key);
	assert(two && key.len > 0 && key.len < sizeof(name) && rest.len < sizeof(type));
	memcpy(type, rest.at, rest.len);
	type[rest.len] = 0;
	bool always = key.at[key.len - 1] != '?';
	memcpy(name, key.at, key.len);
	name[key.len - !always] = 0;
	assert(two && !json_object_get(members, name));
	put(members, name, contract_type(type));
	if (always)
		json_array_append_new(needed, json_string(name));
}

json_t *contract_shape(const struct shape *shape)
{
	json_t *schema = closed_object(), *needed = json_array(), *members = json_object();
	struct span rest = span_of(shape->members), member;
	bool more = true;

	put_text(schema, "description", shape->help);
	while (more) {
		more = span_cut(&rest, ',', &member);
		add_member(member, members, needed);
	}
	put(schema, "required", needed);
	put(schema, "properties", members);
	return schema;
}
