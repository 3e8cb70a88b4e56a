#ifndef APP_PLAN_CHECKING_H
#define APP_PLAN_CHECKING_H
/* app/plan_checking.h — what the parts of plan_check.c share while a period is checked. */
#include "app/plan_check.h"
#include "app/plan_work.h"
#include "app/plan_year.h"

enum { CAMPAIGNS_MOST = 64 };

struct plan_checking {
	const struct plan_scene *scene;
	struct plan_check *to;
	struct rule_who pools[CAMPAIGNS_MOST];
	uint64_t members[CAMPAIGNS_MOST];
	size_t pool_count;
	struct rule_who lines[PLAN_LINES_MOST]; /* of all lines, whatever their period */
	uint64_t line_members[PLAN_LINES_MOST];
	size_t line_count;
	struct plan_workload work;
};

/* Windows of the rule that begin after the current one and before the year ends. */
uint64_t plan_windows_left(const struct plan_ask *ask);

/* The minimums of this draw and of the periods to come against the cap and the repeat policy, with what would help. */
MUST_USE int plan_check_caps(struct plan_checking *c, const struct plan_check_rule *r, size_t ask);

/* The window is over and the law's number was not reached, or visits of it still wait. */
void plan_check_undone(struct plan_checking *c, const struct plan_check_rule *r);

/* The number was reached by the draw, but a visit of it ended without being made, and its window has no draw left. */
void plan_check_lost(struct plan_checking *c, const struct plan_check_rule *r);

/* Rules that no draw of this pool serves: they are counted and told. */
void plan_check_others(struct plan_checking *c);

/* Lines that cannot be drawn as they stand. */
void plan_check_lines(struct plan_checking *c);

/* Matters, counties and sites that nobody looks after. */
void plan_check_gaps(struct plan_checking *c);

#endif
