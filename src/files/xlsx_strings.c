/* files/xlsx_strings.c — the shared strings, kept in one growing buffer with offsets. */
#include "files/xlsx_book.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_TEXT = 1 << 16, FIRST_ROOM = 1 << 12, ESCAPE = 7 /* _xHHHH_ */ };

struct reading {
	struct xlsx_strings *strings;
	size_t from; /* where the current text starts */
	int phonetic;
	bool in_item, in_text;
};

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The code unit of an escape at at[0..len), or -1 if there is none. */
static int escape_at(const char *at, size_t len)
{
	int unit = 0;

	if (len < ESCAPE || at[0] != '_' || at[1] != 'x' || at[6] != '_')
		return -1;
	for (int i = 2; i < 6; i++) {
		if (hex(at[i]) < 0)
			return -1;
		unit = unit * 16 + hex(at[i]);
	}
	return unit >= 0xD800 && unit <= 0xDFFF ? -1 : unit;
}

size_t xlsx_unescape(char *at, size_t len)
{
	char *first = memchr(at, '_', len);
	size_t to = first ? (size_t)(first - at) : len;

	for (size_t i = to; i < len;) {
		int unit = at[i] == '_' ? escape_at(at + i, len - i) : -1;
		if (unit > 0) {
			to += utf8_put(at + to, (uint32_t)unit);
			i += ESCAPE;
		} else {
			at[to++] = at[i++];
		}
	}
	return to;
}

size_t xlsx_units(const char *at, size_t len)
{
	size_t units = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)at[i];
		units += (c & 0xC0) != 0x80;
		units += c >= 0xF0;
	}
	return units;
}

static bool grow(struct xlsx_strings *s, size_t more)
{
	if (more > XLSX_STRING_BYTES - s->len)
		return false;
	if (s->len + more > s->size) {
		s->size = s->size ? s->size : FIRST_TEXT;
		while (s->size < s->len + more)
			s->size *= 2;
		s->text = must_realloc(s->text, s->size);
	}
	return true;
}

static bool grow_starts(struct xlsx_strings *s)
{
	if (s->count == XLSX_STRINGS)
		return false;
	if (s->count + 2 > s->room) {
		s->room = s->room ? s->room * 2 : FIRST_ROOM;
		s->start = must_realloc(s->start, s->room * sizeof(s->start[0]));
	}
	return true;
}

static void on_start(struct xlsx_xml *x, const char *name, const char **attributes)
{
	struct reading *r = x->arg;

	(void)attributes;
	if (strcmp(name, "si") == 0) {
		if (!grow_starts(r->strings))
			x->problem = XLSX_TOO_MANY_STRINGS;
		r->from = r->strings->len;
		r->in_item = true;
	} else if (strcmp(name, "rPh") == 0) {
		r->phonetic++;
	} else if (strcmp(name, "t") == 0) {
		r->in_text = r->in_item && r->phonetic == 0;
	}
}

static void on_text(struct xlsx_xml *x, const char *at, size_t len)
{
	struct reading *r = x->arg;
	struct xlsx_strings *s = r->strings;

	if (!r->in_text)
		return;
	if (!grow(s, len + 1)) {
		x->problem = XLSX_TOO_MANY_STRINGS;
		return;
	}
	memcpy(s->text + s->len, at, len);
	s->len += len;
}

static void end_item(struct xlsx_xml *x, struct reading *r)
{
	struct xlsx_strings *s = r->strings;

	if (!grow(s, 1)) {
		x->problem = XLSX_TOO_MANY_STRINGS;
		return;
	}
	size_t len = xlsx_unescape(s->text + r->from, s->len - r->from);
	if (xlsx_units(s->text + r->from, len) > XLSX_CELL_UNITS)
		x->problem = XLSX_TOO_LONG_CELL;
	s->len = r->from + len;
	s->text[s->len++] = '\0';
	s->start[s->count++] = (uint32_t)r->from;
	s->start[s->count] = (uint32_t)s->len;
	r->in_item = false;
}

static void on_end(struct xlsx_xml *x, const char *name)
{
	struct reading *r = x->arg;

	if (strcmp(name, "t") == 0)
		r->in_text = false;
	else if (strcmp(name, "rPh") == 0)
		r->phonetic--;
	else if (strcmp(name, "si") == 0 && r->in_item)
		end_item(x, r);
}

enum xlsx_problem xlsx_strings_read(struct xlsx_strings *s, struct xlsx_package *p,
				    const char *part)
{
	struct reading r = { .strings = s };
	struct xlsx_xml x = { .start = on_start, .end = on_end, .text = on_text, .arg = &r };

	return xlsx_xml_parse(&x, p, part);
}

void xlsx_strings_release(struct xlsx_strings *s)
{
	free(s->text);
	free(s->start);
	*s = (struct xlsx_strings){ 0 };
}

const char *xlsx_strings_get(const struct xlsx_strings *s, uint32_t n, uint32_t *len)
{
	if (n >= s->count)
		return NULL;
	*len = s->start[n + 1] - s->start[n] - 1;
	return s->text + s->start[n];
}
