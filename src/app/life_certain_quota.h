#ifndef APP_LIFE_CERTAIN_QUOTA_H
#define APP_LIFE_CERTAIN_QUOTA_H
/*
 * app/life_certain_quota.h — units that are certain count towards the minimum that their stratum is drawn for, so
 * that its quota or split draws so many less; the total of each set of rules stays what the planner worked out.
 */
#include "app/plan_period.h"
#include "base/buf.h"
#include "core/mem.h"

#include <stddef.h>
#include <stdint.h>

/* A stratum that has certain units. */
struct life_certain_stratum {
	struct span name;
	uint64_t units, members; /* these, and all that it has */
	uint64_t over; /* units beyond its own quota line: others of its set of rules draw less */
};

/* A line of rules.txt that draws less because a unit of another stratum of its kind is certain. */
struct life_certain_cut {
	struct span name; /* of the quota or split */
	bool split;
	uint32_t kind;
	bool must;          /* nothing can be taken from it */
	uint64_t left, cut; /* what it draws yet, and what is taken from it */
};

/* What rules.txt is rewritten by. */
struct life_certain_book {
	struct life_certain_stratum *list;
	size_t count;
	const struct plan_stratum *strata; /* all; none: what lies in one split is of one kind */
	size_t strata_count;
	struct life_certain_cut *cuts; /* made by life_certain_over */
	size_t cut_count;
};

/* Sets `over` of each from the quota lines of rules.txt, and takes as many from other lines of their kinds, the last first. */
void life_certain_over(struct life_certain_book *b, struct span rules, struct arena *a);

/*
 * Adds a line of rules.txt with what its strata's certain units leave of it. Weights are the planner's: so much
 * for each member. A total that is written as a share of a split's members stays.
 */
void life_certain_line(const struct life_certain_book *b, struct span line, struct buf *out);

#endif
