/* app/ledger_table.c — see ledger_table.h. */
#include "app/ledger_table.h"

#include <stdarg.h>
#include <stdio.h>

enum { TEXT_ROOM = 512 };

void ledger_table_wrong(struct ledger_table *t, struct arena *a, const char *format, ...)
{
	char text[TEXT_ROOM];
	va_list ap;

	if (t->wrong++ > 0)
		return;
	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	t->first = arena_str(a, text);
}
