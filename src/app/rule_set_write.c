/* app/rule_set_write.c — the canonical form: the tables' order of keys, and what equals its default left out. */
#include "app/rule_set_read.h"

#include "app/rule_set_basis_write.h"
#include "app/rule_set_fields.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/json.h"
#include "core/sha256.h"

#include <assert.h>
#include <string.h>

enum { CANONICAL_MOST = 8 << 20 };

static void put_object(struct json *j, const struct rule_shape *shape, const char *from);

static const char *word_of(const struct rule_word *list, unsigned value)
{
	while (list->word && list->value != value)
		list++;
	assert(list->word);
	return list->word;
}

/* The same types are read by memcpy, since a table knows only offsets. */
static uint32_t get_u32(const char *at)
{
	uint32_t n;

	memcpy(&n, at, sizeof(n));
	return n;
}

static size_t get_size(const char *at)
{
	size_t n;

	memcpy(&n, at, sizeof(n));
	return n;
}

static int64_t get_day(const char *at)
{
	int64_t n;

	memcpy(&n, at, sizeof(n));
	return n;
}

static const char *get_text(const char *at)
{
	const char *text;

	memcpy(&text, at, sizeof(text));
	return text;
}

static bool get_flag(const char *at)
{
	bool b;

	memcpy(&b, at, sizeof(b));
	return b;
}

/* Is there something to write in an object that has no flag of its own? */
static bool is_plain_default(const struct rule_field *f, const char *from);

static bool is_default_object(const struct rule_shape *shape, const char *from)
{
	for (size_t i = 0; i < shape->count; i++)
		if (!is_plain_default(&shape->fields[i], from))
			return false;
	return true;
}

static bool is_number_default(const struct rule_field *f, const char *from)
{
	if (f->flagged)
		return !get_flag(from + f->beside);
	return get_u32(from + f->offset) == f->value;
}

static bool is_plain_default(const struct rule_field *f, const char *from)
{
	const char *at = from + f->offset;

	switch (f->kind) {
	case RULE_FIELD_CONSTANT:
		return false;
	case RULE_FIELD_TEXT:
		return !get_text(at);
	case RULE_FIELD_FROM:
		return get_day(at) == RULE_NO_START;
	case RULE_FIELD_TO:
		return get_day(at) == RULE_NO_END;
	case RULE_FIELD_FLAG:
		return !get_flag(at);
	case RULE_FIELD_COUNT:
	case RULE_FIELD_BITS:
	case RULE_FIELD_CHOICE:
		return is_number_default(f, from);
	case RULE_FIELD_TEXTS:
		return get_size(at + offsetof(struct rule_texts, count)) == 0;
	case RULE_FIELD_PERCENTS:
	case RULE_FIELD_LIST:
		return get_size(from + f->beside) == 0;
	case RULE_FIELD_BASIS:
		return get_u32(at + offsetof(struct rule_basis, kind)) != f->value;
	case RULE_FIELD_OBJECT:
		break;
	}
	return f->flagged ? !get_flag(from + f->beside) : is_default_object(f->shape, at);
}

static void put_day(struct json *j, int64_t day)
{
	char text[CLOCK_DAY];

	clock_day(day * 86400000, text);
	json_text(j, text);
}

static void put_bits(struct json *j, const struct rule_word *list, unsigned bits)
{
	json_begin_array(j);
	for (; list->word; list++)
		if (bits & list->value)
			json_text(j, list->word);
	json_end_array(j);
}

static void put_texts(struct json *j, const char *at)
{
	struct rule_texts texts;

	memcpy(&texts, at, sizeof(texts));
	json_begin_array(j);
	for (size_t i = 0; i < texts.count; i++)
		json_text(j, texts.at[i]);
	json_end_array(j);
}

static void put_percents(struct json *j, const char *at, size_t count)
{
	json_begin_array(j);
	for (size_t i = 0; i < count; i++)
		json_int(j, get_u32(at + i * sizeof(uint32_t)));
	json_end_array(j);
}

static void put_list(struct json *j, const struct rule_field *f, const char *from)
{
	const char *items = get_text(from + f->offset);

	json_begin_array(j);
	for (size_t i = 0; i < get_size(from + f->beside); i++)
		put_object(j, f->shape, items + i * f->shape->size);
	json_end_array(j);
}

static void put_value(struct json *j, const struct rule_field *f, const char *from)
{
	const char *at = from + f->offset;

	switch (f->kind) {
	case RULE_FIELD_CONSTANT:
		json_text(j, f->list->word);
		return;
	case RULE_FIELD_TEXT:
		json_text(j, get_text(at));
		return;
	case RULE_FIELD_FROM:
	case RULE_FIELD_TO:
		put_day(j, get_day(at));
		return;
	case RULE_FIELD_COUNT:
		json_int(j, get_u32(at));
		return;
	case RULE_FIELD_FLAG:
		json_bool(j, true);
		return;
	case RULE_FIELD_CHOICE:
		json_text(j, word_of(f->list, get_u32(at)));
		return;
	case RULE_FIELD_BITS:
		put_bits(j, f->list, get_u32(at));
		return;
	case RULE_FIELD_TEXTS:
		put_texts(j, at);
		return;
	case RULE_FIELD_PERCENTS:
		put_percents(j, at, get_size(from + f->beside));
		return;
	case RULE_FIELD_BASIS:
		rule_basis_write(j, (const void *)at);
		return;
	case RULE_FIELD_OBJECT:
		put_object(j, f->shape, at);
		return;
	case RULE_FIELD_LIST:
		put_list(j, f, from);
		return;
	}
}

static void put_object(struct json *j, const struct rule_shape *shape, const char *from)
{
	json_begin_object(j);
	for (size_t i = 0; i < shape->count; i++) {
		const struct rule_field *f = &shape->fields[i];
		if (!f->required && is_plain_default(f, from))
			continue;
		json_key(j, f->key);
		put_value(j, f, from);
	}
	json_end_object(j);
}

void rule_set_write(const struct rule_set *set, struct buf *out)
{
	struct json j;

	json_init(&j, out);
	put_object(&j, &rule_set_shape, (const char *)set);
}

void rule_set_digest(const struct rule_set *set, char out[RULE_DIGEST])
{
	CLEANUP(buf_release) struct buf text;

	buf_init(&text, CANONICAL_MOST);
	rule_set_write(set, &text);
	sha256_hex((struct span){ buf_text(&text), text.len }, out);
	out[RULE_DIGEST - 1] = 0;
}
