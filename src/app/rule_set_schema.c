/* app/rule_set_schema.c — rules/schema.json from the tables, so that the two cannot differ. */
#include "app/rule_set_read.h"

#include "app/rule_set_basis_write.h"
#include "app/rule_set_fields.h"
#include "base/json.h"

static void schema_of(struct json *j, const struct rule_shape *shape, const char *says);

/* Called with the keys before "enum" written. */
static void put_words(struct json *j, const struct rule_word *list)
{
	json_key(j, "enum");
	json_begin_array(j);
	for (; list->word; list++)
		json_text(j, list->word);
	json_end_array(j);
}

static void text_schema(struct json *j, const struct rule_field *f, const char *says)
{
	json_begin_object(j);
	if (says)
		json_put_text(j, "description", says);
	if (f->list)
		put_words(j, f->list);
	/* The schema counts characters, the reader bytes: this only catches the worst. */
	json_put_int(j, "maxLength", RULE_TEXT_MOST);
	json_put_int(j, "minLength", 1);
	if (f->pattern)
		json_put_text(j, "pattern", f->pattern->regex);
	json_put_text(j, "type", "string");
	json_end_object(j);
}

static void number_schema(struct json *j, const char *says, uint32_t least, uint32_t most)
{
	json_begin_object(j);
	if (says)
		json_put_text(j, "description", says);
	json_put_int(j, "maximum", most);
	json_put_int(j, "minimum", least);
	json_put_text(j, "type", "integer");
	json_end_object(j);
}

static void word_schema(struct json *j, const struct rule_word *list, const char *says)
{
	json_begin_object(j);
	if (says)
		json_put_text(j, "description", says);
	put_words(j, list);
	json_end_object(j);
}

static void item_schema(struct json *j, const struct rule_field *f)
{
	if (f->kind == RULE_FIELD_LIST)
		schema_of(j, f->shape, f->shape->says);
	else if (f->kind == RULE_FIELD_BITS)
		word_schema(j, f->list, NULL);
	else if (f->kind == RULE_FIELD_PERCENTS)
		number_schema(j, NULL, 0, 100);
	else
		text_schema(j, f, NULL);
}

static void array_schema(struct json *j, const struct rule_field *f)
{
	json_begin_object(j);
	json_put_text(j, "description", f->says);
	json_key(j, "items");
	item_schema(j, f);
	json_put_int(j, "maxItems", f->kind == RULE_FIELD_BITS ? 32 : f->max);
	json_put_int(j, "minItems", f->kind == RULE_FIELD_LIST ? f->min : 1);
	json_put_text(j, "type", "array");
	if (f->kind == RULE_FIELD_BITS || f->kind == RULE_FIELD_TEXTS)
		json_put_bool(j, "uniqueItems", true);
	json_end_object(j);
}

static void day_schema(struct json *j, const char *says)
{
	json_begin_object(j);
	json_put_text(j, "description", says);
	json_put_text(j, "format", "date");
	json_put_text(j, "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
	json_put_text(j, "type", "string");
	json_end_object(j);
}

static void flag_schema(struct json *j, const char *says)
{
	json_begin_object(j);
	json_put_text(j, "description", says);
	json_put_text(j, "type", "boolean");
	json_end_object(j);
}

static void field_schema(struct json *j, const struct rule_field *f)
{
	switch (f->kind) {
	case RULE_FIELD_CONSTANT:
	case RULE_FIELD_CHOICE:
		word_schema(j, f->list, f->says);
		return;
	case RULE_FIELD_TEXT:
		text_schema(j, f, f->says);
		return;
	case RULE_FIELD_FROM:
	case RULE_FIELD_TO:
		day_schema(j, f->says);
		return;
	case RULE_FIELD_COUNT:
		number_schema(j, f->says, f->min, f->max);
		return;
	case RULE_FIELD_FLAG:
		flag_schema(j, f->says);
		return;
	case RULE_FIELD_BASIS:
		rule_basis_schema(j, f->value, f->says);
		return;
	case RULE_FIELD_OBJECT:
		schema_of(j, f->shape, f->says);
		return;
	case RULE_FIELD_BITS:
	case RULE_FIELD_TEXTS:
	case RULE_FIELD_PERCENTS:
	case RULE_FIELD_LIST:
		array_schema(j, f);
		return;
	}
}

static void put_one_of(struct json *j, const struct rule_shape *shape)
{
	if (!shape->one_of)
		return;
	json_key(j, "oneOf");
	json_begin_array(j);
	for (const char *const *key = shape->one_of; *key; key++) {
		json_begin_object(j);
		json_key(j, "required");
		json_begin_array(j);
		json_text(j, *key);
		json_end_array(j);
		json_end_object(j);
	}
	json_end_array(j);
}

static void put_required(struct json *j, const struct rule_shape *shape)
{
	bool any = false;

	for (size_t i = 0; i < shape->count; i++)
		any |= shape->fields[i].required;
	if (!any)
		return;
	json_key(j, "required");
	json_begin_array(j);
	for (size_t i = 0; i < shape->count; i++)
		if (shape->fields[i].required)
			json_text(j, shape->fields[i].key);
	json_end_array(j);
}

static void put_shape(struct json *j, const struct rule_shape *shape, const char *says)
{
	json_put_bool(j, "additionalProperties", false);
	json_put_text(j, "description", says);
	put_one_of(j, shape);
	json_key(j, "properties");
	json_begin_object(j);
	for (size_t i = 0; i < shape->count; i++) {
		json_key(j, shape->fields[i].key);
		field_schema(j, &shape->fields[i]);
	}
	json_end_object(j);
	put_required(j, shape);
	json_put_text(j, "type", "object");
}

static void schema_of(struct json *j, const struct rule_shape *shape, const char *says)
{
	json_begin_object(j);
	put_shape(j, shape, says);
	json_end_object(j);
}

void rule_set_schema(struct buf *out)
{
	struct json j;

	json_init(&j, out);
	json_begin_object(&j);
	json_put_text(&j, "$schema", "https://json-schema.org/draft/2020-12/schema");
	put_shape(&j, &rule_set_shape, rule_set_shape.says);
	json_end_object(&j);
}
