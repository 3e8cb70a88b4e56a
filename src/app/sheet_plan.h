#ifndef APP_SHEET_PLAN_H
#define APP_SHEET_PLAN_H
/*
 * app/sheet_plan.h — what the papers say of a draw beyond its dr1 files: freeze/plan.tsv, one
 * `key TAB value` a line, written at the freeze and read again at the end.
 */
#include "app/plan_quota.h"

enum { SHEET_SUMS = 64 };

struct sheet_plan {
	const char *title, *authority, *matters, *from, *to; /* "" if the rule file says nothing */
	const char *day;                                     /* eligibility was judged on it */
	const char
		*drawn_at; /* the announced time of the values, as the planner gave it; "": none */
	bool sealed, rehearsal;
	const char *sums[SHEET_SUMS]; /* quota arithmetic, Chinese sentences */
	size_t sum_count;
};

/* Fills it from the rules and the arithmetic of their quotas; quota NULL: plain dr1 rules. */
struct sheet_plan sheet_plan_of(const struct plan_rules *rules, const struct plan_quota *quota);

/* IO_ERROR or NO_SPACE. */
MUST_USE int sheet_plan_write(const char *path, const struct sheet_plan *plan);

/* An absent file gives empty texts (a draw declared without `sheet freeze`); INVALID if it does not read. */
MUST_USE int sheet_plan_read(struct arena *a, const char *path, struct sheet_plan *ret);

#endif
