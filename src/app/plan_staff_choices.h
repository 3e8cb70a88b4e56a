#ifndef APP_PLAN_STAFF_CHOICES_H
#define APP_PLAN_STAFF_CHOICES_H
/*
 * app/plan_staff_choices.h — what can be done about a shortage of staff: loans of named people, fewer visits, an
 * extension, another limit, the relaxation; each is tried, and the least that suffices is searched for.
 */
#include "app/plan_staff_solve.h"

/* Counties of one part of the problem (nobody works in two parts) that is short, and what it lacks. */
struct plan_staff_short {
	struct rule_texts counties, skills;
	uint64_t visits[4], asked[4]; /* by enum assign_mark */
	uint64_t asked_total, offered, unmet;
	uint64_t people, seniors; /* who could go to its visits that are short */
	uint64_t *marked;         /* by work: visits that are short */
};

/* What can be done about it, each with what it leaves; in the arena. `base` is what it is short of in all. */
MUST_USE int plan_staff_choices(const struct plan_staff_ask *ask, const char *most,
				const struct plan_staff_short *s, uint64_t base, struct region *r,
				const char **ret);

#endif
