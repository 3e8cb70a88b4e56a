#ifndef APP_DOCTOR_H
#define APP_DOCTOR_H
/*
 * app/doctor.h — is this machine fit for the office, and the office for work? Looks only, changes nothing. Each step
 * is ✓, ✗ (work is at risk now) or a remark (VERIFY_UNKNOWN: somebody should look), with what to do.
 */
#include "app/office.h"
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

/* Fills the report, texts in the arena. */
void doctor_look(struct arena *a, const struct office_where *where, struct doctor_report *ret);

/* ---- its parts ---- */

/* Adds a step; how is static or in the arena. */
PRINTF(5, 6)
void doctor_add(struct doctor_report *r, const char *name, enum verify_mark mark, const char *how,
		const char *format, ...);

/* The machine: user, descriptors, clock, fonts, sandbox, and room on the disk of each folder (NULL at the end). */
void doctor_machine(struct doctor_report *r, const char *const *folders);

#endif
