/* app/rule_set_checking.c — the list of findings, which grows in the caller's arena. */
#include "app/rule_set_checking.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void make_room(struct rule_findings *f)
{
	if (f->count < f->size)
		return;
	size_t size = f->size ? f->size * 2 : 32;
	struct rule_finding *list = arena_array(f->arena, size, sizeof(*list));
	if (f->count)
		memcpy(list, f->list, f->count * sizeof(*list));
	f->list = list;
	f->size = size;
}

void rule_found(struct rule_checking *c, const struct rule_found *what, const char *format, ...)
{
	struct rule_findings *f = c->found;
	const char **ids = arena_array(f->arena, 2, sizeof(*ids));
	size_t count = 0;
	char text[2048];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	text[utf8_valid(text, strlen(text))] = 0;
	if (what->rule)
		ids[count++] = what->rule->id;
	if (what->other)
		ids[count++] = what->other->id;
	make_room(f);
	f->list[f->count++] = (struct rule_finding){
		what->kind, what->code, arena_str(f->arena, text), { ids, count }
	};
	f->refused += what->kind == PLAN_REFUSED;
	f->warnings += what->kind == PLAN_WARNING;
}
