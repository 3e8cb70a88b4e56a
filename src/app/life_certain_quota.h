#ifndef APP_LIFE_CERTAIN_QUOTA_H
#define APP_LIFE_CERTAIN_QUOTA_H
/*
 * app/life_certain_quota.h — units that are certain count towards the minimum that their stratum is drawn for, so
 * that its quota or split draws so many less; the total of each set of rules stays what the planner worked out.
 */
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

/* Sets `over` of each, from the quota lines of rules.txt. */
void life_certain_over(struct life_certain_stratum *list, size_t count, struct span rules);

/*
 * Adds a line of rules.txt with what its strata's certain units leave of it. Weights are the planner's: so much
 * for each member. A total that is written as a share of a split's members stays.
 */
void life_certain_line(const struct life_certain_stratum *list, size_t count, struct span line,
		       struct buf *out);

#endif
