/* app/plan_notes.c — a list in an arena that doubles when it is full. */
#include "app/plan_notes.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void plan_notes_init(struct plan_notes *n, struct arena *a)
{
	*n = (struct plan_notes){ .arena = a };
}

static void make_room(struct plan_notes *n)
{
	if (n->count < n->size)
		return;
	size_t size = n->size ? n->size * 2 : 32;
	struct plan_note *list = arena_array(n->arena, size, sizeof(*list));
	if (n->count)
		memcpy(list, n->list, n->count * sizeof(*list));
	n->list = list;
	n->size = size;
}

void plan_note(struct plan_notes *n, enum plan_note_kind kind, const char *format, ...)
{
	char text[2048];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	text[utf8_valid(text, strlen(text))] =
		0; /* a long text may have been cut inside a character */
	make_room(n);
	n->list[n->count++] = (struct plan_note){ kind, arena_str(n->arena, text) };
	if (kind == PLAN_REFUSED)
		n->refused++;
}
