#ifndef APP_DOCTOR_REPORT_H
#define APP_DOCTOR_REPORT_H
/* app/doctor_report.h — what a look at the office found, step by step. */
#include "base/arena.h"
#include "core/verify.h"

enum { DOCTOR_MOST_STEPS = 20 };

struct doctor_step {
	const char *name; /* stable ASCII name, e.g. "disk" */
	enum verify_mark mark;
	const char *text; /* one Chinese line, with figures */
	const char *how;  /* what to do; NULL: nothing */
};

struct doctor_report {
	struct arena *a;
	struct doctor_step steps[DOCTOR_MOST_STEPS];
	size_t count, failed, remarks;
};

/* Adds a step; how is static or in the arena. */
PRINTF(5, 6)
void doctor_add(struct doctor_report *r, const char *name, enum verify_mark mark, const char *how,
		const char *format, ...);

#endif
