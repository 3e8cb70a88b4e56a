#ifndef APP_PLAN_MILESTONE_H
#define APP_PLAN_MILESTONE_H
/*
 * app/plan_milestone.h — where each period stands on a day: drawn by its day (e.g. the 15th of its first
 * month), and so much of its visits done by the end of each month (e.g. 35, 70, 100 %).
 */
#include "app/plan_scene.h"

enum plan_milestone_state {
	MILESTONE_AHEAD,    /* its day has not come */
	MILESTONE_MET,      /* done, or done in time */
	MILESTONE_DUE,      /* not done, but the day has not passed */
	MILESTONE_EXTENDED, /* the day has passed, an agreed extension has not */
	MILESTONE_LATE,
	MILESTONE_BEFORE /* its day was over when the data began here: done elsewhere, or not */
};

enum { PLAN_MONTHS_MOST = 12 };

struct plan_milestone {
	struct plan_span period;
	int64_t draw_by, draw_until;    /* the day, and with extensions */
	enum plan_milestone_state draw; /* imported visits are no draw */
	uint64_t visits, done; /* random visits of the period, and ended ones until the day */
	size_t months;
	struct {
		int64_t by, until;
		uint32_t percent;
		uint64_t need, done; /* visits */
		enum plan_milestone_state state;
	} month[PLAN_MONTHS_MOST];
};

/* 未到, 已完成, 待完成, 延期中, 逾期, 启用前. */
MUST_USE const char *plan_milestone_words(enum plan_milestone_state state);

/* One for each period of the year, in order; ret has 12. */
void plan_milestones(const struct plan_scene *s, struct plan_milestone *ret, size_t *ret_count);

/* No visit of the period can be made any more: it ended before the day, agreed extensions too. */
MUST_USE bool plan_period_ended(const struct plan_scene *s, const struct plan_span *period);

/* Days that agreed extensions add. `what`: draw, visits. */
MUST_USE int64_t plan_extension_days(const struct plan_scene *s, const char *period,
				     const char *what);

#endif
