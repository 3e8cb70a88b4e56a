/* http/target.c — percent escapes are undone once, and each result is looked at after that. */
#include "http/target.h"

#include "base/status.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static bool alphanumeric(int c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* One escape at at[0..len): its byte, or -1. Letters and digits have no business being escaped. */
static int escape(const char *at, size_t len)
{
	if (len < 3 || digit(at[1]) < 0 || digit(at[2]) < 0)
		return -1;
	int byte = digit(at[1]) * 16 + digit(at[2]);
	return alphanumeric(byte) ? -1 : byte;
}

/* Decodes text; no controls, and it must be UTF-8. plus: '+' is a blank. */
static int decode(struct arena *a, struct span text, bool plus, const char **ret)
{
	char *out = arena_alloc(a, text.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < text.len; i++) {
		int c = (unsigned char)text.at[i];
		if (c == '%') {
			c = escape(text.at + i, text.len - i);
			i += 2;
		} else if (c == '+' && plus) {
			c = ' ';
		}
		if (c < 0x20 || c == 0x7f)
			return INVALID;
		out[len++] = (char)c;
	}
	if (utf8_valid(out, len) != len)
		return INVALID;
	*ret = out;
	return OK;
}

static int add_part(struct arena *a, struct span text, bool last, struct target *t)
{
	const char *part;

	if (t->count == TARGET_MOST_PARTS)
		return TOO_LARGE;
	if (text.len == 0 && !last)
		return INVALID;
	TRY(decode(a, text, false, &part));
	if (strpbrk(part, "/\\") || strcmp(part, ".") == 0 || strcmp(part, "..") == 0)
		return INVALID;
	t->parts[t->count++] = part;
	return OK;
}

static int read_path(struct arena *a, struct span path, struct target *t)
{
	struct span part;
	bool more = true;

	while (more) {
		more = span_cut(&path, '/', &part);
		TRY(add_part(a, part, !more, t));
	}
	return OK;
}

static int add_pair(struct arena *a, struct span pair, struct target *t)
{
	struct span name;
	struct target_pair read;

	if (t->pair_count == TARGET_MOST_PAIRS)
		return TOO_LARGE;
	if (!span_cut(&pair, '=', &name) || name.len == 0)
		return INVALID;
	TRY(decode(a, name, true, &read.name));
	TRY(decode(a, pair, true, &read.value));
	if (target_value(t, read.name))
		return INVALID;
	t->pairs[t->pair_count++] = read;
	return OK;
}

static int read_query(struct arena *a, struct span query, struct target *t)
{
	struct span pair;
	bool more = query.len > 0;

	while (more) {
		more = span_cut(&query, '&', &pair);
		TRY(add_pair(a, pair, t));
	}
	return OK;
}

int target_read(struct arena *a, struct span raw, struct target *ret)
{
	struct target t = { .count = 0 };
	struct span path;

	if (raw.len > TARGET_LONGEST)
		return TOO_LARGE;
	if (raw.len == 0 || raw.at[0] != '/')
		return INVALID;
	for (size_t i = 0; i < raw.len; i++)
		if (raw.at[i] <= ' ' || raw.at[i] >= 0x7f || raw.at[i] == '#')
			return INVALID;
	raw = (struct span){ raw.at + 1, raw.len - 1 };
	span_cut(&raw, '?', &path);
	TRY(read_path(a, path, &t));
	TRY(read_query(a, raw, &t));
	*ret = t;
	return OK;
}

const char *target_value(const struct target *t, const char *name)
{
	for (size_t i = 0; i < t->pair_count; i++)
		if (strcmp(t->pairs[i].name, name) == 0)
			return t->pairs[i].value;
	return NULL;
}
