/* base/json.c — the writer keeps one level record per open bracket and asserts the caller's order. */
#include "base/json.h"

#include "base/utf8.h"

#include <assert.h>
#include <string.h>

void json_init(struct json *j, struct buf *out)
{
	*j = (struct json){ .out = out };
}

static void before_value(struct json *j)
{
	if (j->depth == 0)
		return;
	if (j->level[j->depth - 1].object) {
		assert(j->level[j->depth - 1].last_key);
		return;
	}
	if (j->level[j->depth - 1].any)
		buf_char(j->out, ',');
	j->level[j->depth - 1].any = true;
}

static void open_level(struct json *j, bool object)
{
	before_value(j);
	assert(j->depth < JSON_DEEPEST);
	j->level[j->depth].object = object;
	j->level[j->depth].any = false;
	j->level[j->depth].last_key = NULL;
	j->depth++;
	buf_char(j->out, object ? '{' : '[');
}

static void close_level(struct json *j, bool object)
{
	assert(j->depth > 0 && j->level[j->depth - 1].object == object);
	j->depth--;
	buf_char(j->out, object ? '}' : ']');
}

void json_begin_object(struct json *j)
{
	open_level(j, true);
}

void json_end_object(struct json *j)
{
	close_level(j, true);
}

void json_begin_array(struct json *j)
{
	open_level(j, false);
}

void json_end_array(struct json *j)
{
	close_level(j, false);
}

static void quoted(struct buf *out, const char *at, size_t len)
{
	static const char escapes[] = "btn_fr"; /* for 8 to 13; 11 has no short form */

	buf_char(out, '"');
	for (size_t i = 0; i < len;) {
		uint32_t code;
		size_t bytes = utf8_next(at + i, len - i, &code);
		if (code == '"' || code == '\\') {
			buf_char(out, '\\');
			buf_char(out, (char)code);
		} else if (code >= 8 && code <= 13 && code != 11) {
			buf_char(out, '\\');
			buf_char(out, escapes[code - 8]);
		} else if (code < 0x20) {
			buf_printf(out, "\\u%04x", (unsigned)code);
		} else if (code == 0xfffd) {
			buf_str(out, "\xef\xbf\xbd");
		} else {
			buf_add(out, at + i, bytes);
		}
		i += bytes;
	}
	buf_char(out, '"');
}

void json_key(struct json *j, const char *key)
{
	assert(j->depth > 0 && j->level[j->depth - 1].object);
	const char *last = j->level[j->depth - 1].last_key;
	assert(!last || strcmp(last, key) < 0);
	if (last)
		buf_char(j->out, ',');
	j->level[j->depth - 1].last_key = key;
	quoted(j->out, key, strlen(key));
	buf_char(j->out, ':');
}

void json_mem(struct json *j, const char *at, size_t len)
{
	before_value(j);
	quoted(j->out, at, len);
}

void json_text(struct json *j, const char *text)
{
	if (!text) {
		json_write_null(j);
		return;
	}
	json_mem(j, text, strlen(text));
}

void json_int(struct json *j, int64_t n)
{
	assert(n > -((int64_t)1 << 53) && n < (int64_t)1 << 53);
	before_value(j);
	buf_printf(j->out, "%lld", (long long)n);
}

void json_bool(struct json *j, bool b)
{
	before_value(j);
	buf_str(j->out, b ? "true" : "false");
}

void json_write_null(struct json *j)
{
	before_value(j);
	buf_str(j->out, "null");
}

void json_raw(struct json *j, const char *json)
{
	before_value(j);
	buf_str(j->out, json);
}

void json_put_text(struct json *j, const char *key, const char *text)
{
	json_key(j, key);
	json_text(j, text);
}

void json_put_int(struct json *j, const char *key, int64_t n)
{
	json_key(j, key);
	json_int(j, n);
}

void json_put_bool(struct json *j, const char *key, bool b)
{
	json_key(j, key);
	json_bool(j, b);
}
