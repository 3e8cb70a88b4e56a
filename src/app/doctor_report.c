/* app/doctor_report.c — steps in the order in which they were looked at. */
#include "app/doctor_report.h"

#include <stdarg.h>
#include <stdio.h>

enum { TEXT_ROOM = 1024 };

void doctor_add(struct doctor_report *r, const char *name, enum verify_mark mark, const char *how,
		const char *format, ...)
{
	char text[TEXT_ROOM];
	va_list ap;

	if (r->count == DOCTOR_MOST_STEPS)
		return;
	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	r->failed += mark == VERIFY_FAILED;
	r->remarks += mark == VERIFY_UNKNOWN;
	r->steps[r->count++] = (struct doctor_step){ name, mark, arena_str(r->a, text), how };
}
