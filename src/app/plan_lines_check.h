#ifndef APP_PLAN_LINES_CHECK_H
#define APP_PLAN_LINES_CHECK_H
/*
 * app/plan_lines_check.h — can the lines of a plan be drawn at all? Counties, words, matters and periods are real,
 * and the pool has as many live sites as the target asks. Asked when lines are handed in and by every check.
 */
#include "app/plan_scene.h"

/* What a line is measured with. */
struct plan_lines_base {
	const struct plan_matters *matters; /* on the day */
	enum rule_period kind;              /* what the plan cuts the year into */
	uint32_t year;
	struct arena *arena;
};

/* What is wrong with a line whatever the sites are: a Chinese sentence with what to do, in the arena; NULL: nothing. */
MUST_USE const char *plan_line_wrong(const struct plan_lines_base *base,
				     const struct plan_line_row *line);

/* The same about its pool of so many live sites. */
MUST_USE const char *plan_line_short(struct arena *a, const struct plan_line_row *line,
				     uint64_t members);

/* How a plan is cut: what is checked when lines are handed in. */
struct plan_lines_of {
	uint32_t year;
	const char *area, *period; /* of the plan */
	enum rule_level level;
};

/*
 * Looks at lines that are handed in, against the registries as they are. INVALID with a note each. An empty registry
 * of sites says nothing about pools.
 */
MUST_USE int plan_lines_check(struct office *o, const struct plan_lines_of *of,
			      const struct plan_line_row *lines, size_t count,
			      struct plan_notes *notes);

#endif
