#ifndef APP_LIFE_JOINT_LISTS_H
#define APP_LIFE_JOINT_LISTS_H
/*
 * app/life_joint_lists.h — the dr1 lists of a department's draw (spec/draw.md 4.3): exactly the sites that the lead drew,
 * all of them, and the department's own people with their own recusals.
 *
 * The declaration is public at once and its roots are of few lines, which whoever has the public registries could
 * guess. So the one stratum and the reasons of recusals carry a random word, and no root tells a site before the reveal.
 */
#include "app/office.h"
#include "app/plan_notes.h"
#include "app/plan_lists.h" /* struct plan_absent */
#include "store/draw_row.h"

struct life_joint_lists {
	struct draw_row parent;
	struct span objects, inspectors, conflicts, rules; /* dr1 files */
	struct span matters; /* no matters: the department records its own */
	struct span
		recusals; /* lines of conflicts of the lead's other units, by which it may replace drawn ones */
	const char *authority; /* the department */
	struct plan_absent *absent;
	size_t absent_count;
};

/*
 * Makes them in the notes' arena, nothing on the disk. CONFLICT: the lead's draw is over, or somebody's number has
 * been given to another one; INVALID with notes: the list of people does not read, or nobody may be drawn that day.
 */
MUST_USE int life_joint_lists(struct office *o, const struct draw_row *row, int64_t day,
			      struct plan_notes *notes, struct life_joint_lists *ret);

#endif
