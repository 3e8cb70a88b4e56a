/* app/rule_set_reading.c — the path grows and shrinks with the walk; keys come from the tables, so it fits. */
#include "app/rule_set_reading.h"

#include "app/rule_set.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>

size_t rule_into(struct rule_reading *r, const char *key)
{
	size_t mark = r->path_len;
	int len = snprintf(r->path + mark, RULE_PATH - mark, "%s%s", mark ? "." : "", key);

	assert(len >= 0 && (size_t)len < RULE_PATH - mark);
	r->path_len += (size_t)len;
	return mark;
}

size_t rule_into_item(struct rule_reading *r, size_t index)
{
	size_t mark = r->path_len;
	int len = snprintf(r->path + mark, RULE_PATH - mark, "[%zu]", index);

	assert(len >= 0 && (size_t)len < RULE_PATH - mark);
	r->path_len += (size_t)len;
	return mark;
}

void rule_back(struct rule_reading *r, size_t mark)
{
	assert(mark <= r->path_len);
	r->path_len = mark;
	r->path[mark] = 0;
}

bool rule_bad(const struct rule_reading *r)
{
	return r->notes->refused > r->refused;
}

bool rule_enough(const struct rule_reading *r)
{
	return r->notes->refused >= r->refused + RULE_MISTAKES_MOST;
}

void rule_wrong(struct rule_reading *r, const char *format, ...)
{
	char text[1536];
	va_list ap;

	if (rule_enough(r))
		return;
	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	if (r->path_len)
		plan_note(r->notes, PLAN_REFUSED, "%s：%s", r->path, text);
	else
		plan_note(r->notes, PLAN_REFUSED, "规则集：%s", text);
}
