/* app/rule_set_read.c — walks JSON and the tables together; what cannot be said in a table is in
 * rule_set_whole.c. */
#include "app/rule_set_read.h"

#include "app/rule_set_basis_read.h"
#include "app/rule_set_fields.h"
#include "app/rule_set_reading.h"
#include "app/rule_set_whole.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/status.h"

#include <jansson.h>
#include <string.h>

static void read_object(struct rule_reading *r, const struct rule_shape *shape, json_t *from,
			void *to);

static const struct rule_word *find_word(const struct rule_word *list, const char *word)
{
	for (; list->word; list++)
		if (strcmp(list->word, word) == 0)
			return list;
	return NULL;
}

static void wrong_word(struct rule_reading *r, const struct rule_word *list)
{
	CLEANUP(buf_release) struct buf words;

	buf_init(&words, 1024);
	for (; list->word; list++)
		buf_printf(&words, "%s%s（%s）", words.len ? "、" : "", list->word, list->says);
	rule_wrong(r, "应为其中之一：%s", buf_text(&words));
}

/* A text of 1 to max bytes; NULL after telling what is wrong. */
static const char *read_text(struct rule_reading *r, const struct rule_field *f, const json_t *from)
{
	size_t max = f->kind == RULE_FIELD_TEXT && f->max ? f->max : RULE_TEXT_MOST;

	if (!json_is_string(from)) {
		rule_wrong(r, "应为文字，两边加英文引号");
		return NULL;
	}
	const char *text = json_string_value(from);
	size_t len = json_string_length(from);
	if (len == 0) {
		rule_wrong(r, "不能是空的；没有就删掉这一项");
		return NULL;
	}
	if (len > max) {
		rule_wrong(r, "太长：最多 %zu 个字节（约 %zu 个汉字），现在 %zu 个", max, max / 3,
			   len);
		return NULL;
	}
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < 0x20 || text[i] == 0x7f) {
			rule_wrong(r, "不能有换行、制表符等控制字符");
			return NULL;
		}
	if (f->pattern && !f->pattern->fits(text)) {
		rule_wrong(r, "应为%s", f->pattern->says);
		return NULL;
	}
	if (f->kind == RULE_FIELD_TEXTS && f->list && !find_word(f->list, text)) {
		wrong_word(r, f->list);
		return NULL;
	}
	return arena_mem(r->arena, text, len);
}

static void read_day(struct rule_reading *r, const json_t *from, int64_t *to)
{
	int64_t day;

	if (!json_is_string(from) || clock_parse_day(json_string_value(from), &day) != OK ||
	    day < 0)
		rule_wrong(r, "应为 1970 年以后的日期，如 \"2026-01-01\"");
	else
		*to = day;
}

static void read_count(struct rule_reading *r, const struct rule_field *f, const json_t *from,
		       uint32_t *to)
{
	json_int_t n = json_is_integer(from) ? json_integer_value(from) : -1;

	if (n < (json_int_t)f->min || n > (json_int_t)f->max)
		rule_wrong(r, "应为 %u 到 %u 的整数", (unsigned)f->min, (unsigned)f->max);
	else
		*to = (uint32_t)n;
}

static void read_flag(struct rule_reading *r, const json_t *from, bool *to)
{
	if (!json_is_boolean(from))
		rule_wrong(r, "应为 true 或 false，不加引号");
	else
		*to = json_is_true(from);
}

static void read_choice(struct rule_reading *r, const struct rule_field *f, const json_t *from,
			unsigned *to)
{
	const struct rule_word *w =
		json_is_string(from) ? find_word(f->list, json_string_value(from)) : NULL;

	if (!w)
		wrong_word(r, f->list);
	else
		*to = w->value;
}

/* An array of least to most items. */
static bool is_list(struct rule_reading *r, const json_t *from, size_t least, size_t most)
{
	if (!json_is_array(from)) {
		rule_wrong(r, "应为方括号里的一列，如 [\"甲\", \"乙\"]");
		return false;
	}
	size_t count = json_array_size(from);
	if (count < least || count > most) {
		rule_wrong(r, "应有 %zu 到 %zu 项，现在 %zu 项", least, most, count);
		return false;
	}
	return true;
}

static void read_bits(struct rule_reading *r, const struct rule_field *f, const json_t *from,
		      unsigned *to)
{
	unsigned bits = 0;

	if (!is_list(r, from, 1, 32))
		return;
	for (size_t i = 0; i < json_array_size(from); i++) {
		size_t mark = rule_into_item(r, i);
		unsigned bit = 0;
		read_choice(r, f, json_array_get(from, i), &bit);
		if (bits & bit)
			rule_wrong(r, "写了两次，删掉一个");
		bits |= bit;
		rule_back(r, mark);
	}
	*to = bits;
}

static bool has(const char *const *list, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i], text) == 0)
			return true;
	return false;
}

static void read_texts(struct rule_reading *r, const struct rule_field *f, const json_t *from,
		       struct rule_texts *to)
{
	if (!is_list(r, from, 1, f->max))
		return;
	const char **at = arena_array(r->arena, json_array_size(from), sizeof(*at));
	size_t count = 0;
	for (size_t i = 0; i < json_array_size(from) && !rule_enough(r); i++) {
		size_t mark = rule_into_item(r, i);
		const char *text = read_text(r, f, json_array_get(from, i));
		if (text && has(at, count, text))
			rule_wrong(r, "“%s”写了两次，删掉一个", text);
		else if (text)
			at[count++] = text;
		rule_back(r, mark);
	}
	*to = (struct rule_texts){ at, count };
}

static void read_percents(struct rule_reading *r, const struct rule_field *f, const json_t *from,
			  char *to)
{
	uint32_t percents[12];
	uint32_t before = 0;

	if (!is_list(r, from, 1, COUNT(percents)))
		return;
	size_t count = json_array_size(from);
	for (size_t i = 0; i < count; i++) {
		const json_t *item = json_array_get(from, i);
		json_int_t n = json_is_integer(item) ? json_integer_value(item) : -1;
		if (n < (json_int_t)before || n > 100) {
			rule_wrong(r, "应为 0 到 100 的整数，从小到大，如 [35, 70, 100]");
			return;
		}
		percents[i] = before = (uint32_t)n;
	}
	memcpy(to + f->offset, percents, count * sizeof(*percents));
	memcpy(to + f->beside, &count, sizeof(count));
}

static void read_list(struct rule_reading *r, const struct rule_field *f, const json_t *from,
		      char *to)
{
	if (!is_list(r, from, f->min, f->max))
		return;
	size_t count = json_array_size(from), size = f->shape->size;
	char *items = arena_array(r->arena, count, size);
	for (size_t i = 0; i < count && !rule_enough(r); i++) {
		size_t mark = rule_into_item(r, i);
		read_object(r, f->shape, json_array_get(from, i), items + i * size);
		rule_back(r, mark);
	}
	memcpy(to + f->offset, &items, sizeof(items));
	memcpy(to + f->beside, &count, sizeof(count));
}

static void read_constant(struct rule_reading *r, const struct rule_field *f, const json_t *from)
{
	if (!json_is_string(from) || !find_word(f->list, json_string_value(from)))
		rule_wrong(r, "应写 \"%s\"", f->list->word);
}

static void read_one_text(struct rule_reading *r, const struct rule_field *f, const json_t *from,
			  void *at)
{
	const char *text = read_text(r, f, from);

	memcpy(at, &text, sizeof(text));
}

static void read_field(struct rule_reading *r, const struct rule_field *f, json_t *from, char *to)
{
	void *at = to + f->offset;

	if (f->flagged)
		memcpy(to + f->beside, &(bool){ true }, sizeof(bool));
	switch (f->kind) {
	case RULE_FIELD_CONSTANT:
		read_constant(r, f, from);
		return;
	case RULE_FIELD_TEXT:
		read_one_text(r, f, from, at);
		return;
	case RULE_FIELD_FROM:
	case RULE_FIELD_TO:
		read_day(r, from, at);
		return;
	case RULE_FIELD_COUNT:
		read_count(r, f, from, at);
		return;
	case RULE_FIELD_FLAG:
		read_flag(r, from, at);
		return;
	case RULE_FIELD_CHOICE:
		read_choice(r, f, from, at);
		return;
	case RULE_FIELD_BITS:
		read_bits(r, f, from, at);
		return;
	case RULE_FIELD_TEXTS:
		read_texts(r, f, from, at);
		return;
	case RULE_FIELD_PERCENTS:
		read_percents(r, f, from, to);
		return;
	case RULE_FIELD_BASIS:
		rule_basis_read(r, f->value, from, at);
		return;
	case RULE_FIELD_OBJECT:
		read_object(r, f->shape, from, at);
		return;
	case RULE_FIELD_LIST:
		read_list(r, f, from, to);
		return;
	}
}

/* The values of keys that are not there; what stays zero needs nothing. */
static void set_defaults(const struct rule_shape *shape, char *to)
{
	static const int64_t no_start = RULE_NO_START, no_end = RULE_NO_END;

	for (size_t i = 0; i < shape->count; i++) {
		const struct rule_field *f = &shape->fields[i];
		if (f->kind == RULE_FIELD_FROM)
			memcpy(to + f->offset, &no_start, sizeof(no_start));
		else if (f->kind == RULE_FIELD_TO)
			memcpy(to + f->offset, &no_end, sizeof(no_end));
		else if (f->kind == RULE_FIELD_OBJECT && !f->flagged)
			set_defaults(f->shape, to + f->offset);
		else if (f->kind == RULE_FIELD_COUNT || f->kind == RULE_FIELD_CHOICE ||
			 f->kind == RULE_FIELD_BITS)
			memcpy(to + f->offset, &f->value, sizeof(f->value));
	}
}

static void tell_unknown(struct rule_reading *r, const struct rule_shape *shape, const char *key)
{
	CLEANUP(buf_release) struct buf keys;

	buf_init(&keys, 1024);
	for (size_t i = 0; i < shape->count; i++) {
		if (strcmp(shape->fields[i].key, key) == 0)
			return;
		buf_printf(&keys, "%s%s", i ? "、" : "", shape->fields[i].key);
	}
	rule_wrong(r, "没有“%.60s”这个键；可用的有：%s", key, buf_text(&keys));
}

static void check_one_of(struct rule_reading *r, const struct rule_shape *shape, const json_t *from)
{
	CLEANUP(buf_release) struct buf keys;
	int given = 0;

	buf_init(&keys, 1024);
	for (const char *const *key = shape->one_of; *key; key++) {
		given += json_object_get(from, *key) != NULL;
		buf_printf(&keys, "%s%s", keys.len ? "、" : "", *key);
	}
	if (given != 1)
		rule_wrong(r, "%s里必须写一个，也只能写一个", buf_text(&keys));
}

static void read_object(struct rule_reading *r, const struct rule_shape *shape, json_t *from,
			void *to)
{
	set_defaults(shape, to);
	if (!json_is_object(from)) {
		rule_wrong(r, "应为花括号里的一组“键: 值”（%s）", shape->says);
		return;
	}
	for (void *it = json_object_iter(from); it && !rule_enough(r);
	     it = json_object_iter_next(from, it))
		tell_unknown(r, shape, json_object_iter_key(it));
	for (size_t i = 0; i < shape->count && !rule_enough(r); i++) {
		const struct rule_field *f = &shape->fields[i];
		json_t *value = json_object_get(from, f->key);
		size_t mark = rule_into(r, f->key);
		if (value)
			read_field(r, f, value, to);
		else if (f->required)
			rule_wrong(r, "缺少这一项（%s）", f->says);
		rule_back(r, mark);
	}
	if (shape->one_of)
		check_one_of(r, shape, from);
}

static void tell_json(struct plan_notes *notes, const json_error_t *e)
{
	enum json_error_code code = json_error_code(e);

	if (code == json_error_duplicate_key)
		plan_note(notes, PLAN_REFUSED, "第 %d 行：同一组里同一个键写了两次，请删掉一个。",
			  e->line);
	else if (code == json_error_null_character || code == json_error_null_byte_in_key)
		plan_note(notes, PLAN_REFUSED,
			  "第 %d 行：文字里有空字符（\\u0000），别的程序读不了，请删掉。", e->line);
	else if (code == json_error_invalid_utf8)
		plan_note(notes, PLAN_REFUSED,
			  "规则集文件里有不是 UTF-8 的字节。请在记事本里另存为，编码选 UTF-8。");
	else if (code == json_error_numeric_overflow)
		plan_note(notes, PLAN_REFUSED, "第 %d 行：数太大，请改成范围内的整数。", e->line);
	else
		plan_note(notes, PLAN_REFUSED,
			  "第 %d 行第 %d 列附近不是正确的 JSON。常见原因：少了逗号、引号或括号，"
			  "最后一项后面多了逗号，用了中文引号。",
			  e->line, e->column);
}

static void free_json(json_t **j)
{
	json_decref(*j);
}

int rule_set_read(const char *text, size_t len, struct plan_notes *notes, struct rule_set *ret)
{
	struct rule_reading r = { notes->arena, notes, notes->refused, "", 0 };
	struct rule_set set = { 0 };
	json_error_t error;

	if (len > RULE_FILE_MOST) {
		plan_note(notes, PLAN_REFUSED, "规则集文件超过 %d KB，不像是规则集；请核对文件名。",
			  RULE_FILE_MOST >> 10);
		return TOO_LARGE;
	}
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
	}
	CLEANUP(free_json)
	json_t *root = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
	if (!root) {
		tell_json(notes, &error);
		return INVALID;
	}
	read_object(&r, &rule_set_shape, root, &set);
	if (!rule_bad(&r))
		rule_set_whole(&r, &set);
	if (rule_bad(&r))
		return INVALID;
	*ret = set;
	return OK;
}
