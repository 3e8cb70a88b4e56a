#ifndef APP_RULE_SET_CHECK_H
#define APP_RULE_SET_CHECK_H
/*
 * app/rule_set_check.h — what the rules of a set mean together, before any registry is looked at: two rules
 * for the same sites, a class without a rule, numbers that cannot be kept beside the cap, days, documents.
 */
#include "app/plan_notes.h"
#include "app/rule_set.h"

/* What the set is held against; a list of NULL is not asked. */
struct rule_check {
	bool has_day;
	int64_t day;                       /* it must be in force on that day */
	const struct rule_texts *counties; /* all of the area */
	const struct rule_texts *kinds;    /* object kinds of the registry */
	const struct rule_texts *matters;  /* codes of the matter list */
};

enum rule_finding_code {
	RULE_SAME,        /* two rules for the same sites, visit and period */
	RULE_NARROWER,    /* one rule speaks of some sites of another */
	RULE_NO_RULE,     /* a class, or a county of it, has no rule */
	RULE_NOT_ON,      /* not in force on the day */
	RULE_OUTSIDE,     /* valid on days when the set is not */
	RULE_OVER_CAP,    /* asks for more visits than the cap allows */
	RULE_ODD,         /* with an odd number of sites rounding up goes over the cap */
	RULE_CAP_UNSET,   /* the cap has no number */
	RULE_REPEAT,      /* the repeat policy and the numbers contradict each other */
	RULE_UNKNOWN,     /* a county, kind or matter that does not exist */
	RULE_NO_DOCUMENT, /* stands on nothing */
	RULE_NO_NUMBER,   /* no number yet, or one that no text confirms */
	RULE_NO_DAY,      /* heads are counted, no day is named */
	RULE_FINDING_CODES
};

/* A short ASCII name of the code, for JSON: "same", "over-cap"... */
MUST_USE const char *rule_finding_name(enum rule_finding_code code);

struct rule_finding {
	enum plan_note_kind kind; /* PLAN_REFUSED: the set cannot be used like this */
	enum rule_finding_code code;
	const char *text;        /* Chinese: what is wrong and what to do */
	struct rule_texts rules; /* ids of the rules concerned; may be empty */
};

struct rule_findings {
	struct arena *arena; /* of all texts */
	struct rule_finding *list;
	size_t count, size;
	size_t refused, warnings;
};

/* Fills ret with everything that was found, in the order of the codes. about may be NULL. */
void rule_set_check(const struct rule_set *set, const struct rule_check *about, struct arena *a,
		    struct rule_findings *ret);

#endif
