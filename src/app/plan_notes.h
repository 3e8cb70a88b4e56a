#ifndef APP_PLAN_NOTES_H
#define APP_PLAN_NOTES_H
/*
 * app/plan_notes.h — what a planner must be told before the freeze: figures, warnings, and what stands
 * in the way. Texts are Chinese sentences; one that stands in the way says how to mend it.
 */
#include "base/arena.h"

#include <stddef.h>
#include <stdint.h>

enum plan_note_kind {
	PLAN_INFO,    /* a figure with its arithmetic */
	PLAN_WARNING, /* the freeze goes on */
	PLAN_REFUSED  /* the freeze stops */
};

struct plan_note {
	enum plan_note_kind kind;
	const char *text;
};

struct plan_notes {
	struct arena *arena; /* of the texts */
	struct plan_note *list;
	size_t count, size;
	size_t refused; /* how many PLAN_REFUSED are in the list */
};

/* Makes an empty list whose texts live in the arena. */
void plan_notes_init(struct plan_notes *n, struct arena *a);

/* Adds one formatted note. */
PRINTF(3, 4)
void plan_note(struct plan_notes *n, enum plan_note_kind kind, const char *format, ...);

#endif
