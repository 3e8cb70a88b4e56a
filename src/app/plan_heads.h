#ifndef APP_PLAN_HEADS_H
#define APP_PLAN_HEADS_H
/* app/plan_heads.h — who is counted where a rule asks visits for each inspector, e.g. 1:5. */
#include "app/plan_notes.h"
#include "app/registry.h"
#include "app/rule_set.h"

/* An inspector's canonical line without LF, and the day from which it held. */
struct plan_heads_version {
	struct span line;
	int64_t day;
};

struct plan_heads_input {
	struct span now;  /* inspectors.tsv as it is */
	struct span then; /* as it was on the counting day; empty: not known, `now` stands for it */
	const struct plan_heads_version
		*since; /* what came after `then`, by id and version; with `then` only */
	size_t since_count;
	int64_t now_day, then_day;
	const char *
		area; /* county codes joined by ',': a branch counts its own people; "": everyone */
	const char *
		authority; /* the branch's name: who has it as his unit is its own wherever he works */
};

/*
 * A branch's own are those of its unit, and whoever works in its counties; who may go anywhere is the city's. A loan (a
 * county more than on the counting day) makes nobody a joiner.
 *
 * Counts by the conditions: on the counting day; with `keeps` also who joined since. Nobody is taken off who
 * left since, or whose mark was set back: who was counted once counts for the year. INVALID with a note if a file does not read.
 */
MUST_USE int plan_heads_count(const struct rule_heads *heads, const struct plan_heads_input *in,
			      struct plan_notes *notes, uint64_t *ret);

#endif
