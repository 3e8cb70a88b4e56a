#ifndef APP_REGISTRY_WORK_H
#define APP_REGISTRY_WORK_H
/*
 * app/registry_work.h — a folder for the temporary files of one act on a registry, inside the office's work
 * folder and locked. What a killed process left is removed when the next one opens its own.
 */
#include "app/office.h"

struct registry_work {
	const char *path; /* NULL: none */
	int lock;
};

/* Strings live in the arena. NO_SPACE or IO_ERROR; then nothing is left. */
MUST_USE int registry_work_open(const struct office *o, struct arena *a, struct registry_work *ret);

/* Removes it with all that is in it; harmless without one. */
void registry_work_close(struct registry_work *w);

#endif
