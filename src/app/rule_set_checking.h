#ifndef APP_RULE_SET_CHECKING_H
#define APP_RULE_SET_CHECKING_H
/* app/rule_set_checking.h — one check of a rule set under way. Private to rule_set_check.h. */
#include "app/rule_set_check.h"

struct rule_checking {
	const struct rule_set *set;
	const struct rule_check *about; /* never NULL */
	struct rule_findings *found;
};

/* What a finding is about: up to two rules. */
struct rule_found {
	enum plan_note_kind kind;
	enum rule_finding_code code;
	const struct rule *rule, *other; /* or NULL */
};

PRINTF(3, 4)
void rule_found(struct rule_checking *c, const struct rule_found *what, const char *format, ...);

/* rule_set_check_overlap.c: RULE_SAME, RULE_NARROWER, RULE_NO_RULE. */
void rule_check_overlap(struct rule_checking *c);

/* rule_set_check_cap.c: RULE_OVER_CAP, RULE_ODD, RULE_CAP_UNSET, RULE_REPEAT. */
void rule_check_cap(struct rule_checking *c);

#endif
