#ifndef APP_PLAN_WHATIF_H
#define APP_PLAN_WHATIF_H
/*
 * app/plan_whatif.h — the year as it would be with another ratio, head count, cap or limit: visits, load of
 * an inspector, chances of a site. Nothing is changed.
 */
#include "app/plan_capacity.h"
#include "app/plan_project.h"

struct plan_change {
	const char *
		rule; /* id of a rule, or of a line that goes with the daily draw; its basis becomes a/b (percent), or the number a when b is 0 */
	uint64_t a, b;
};

struct plan_whatif {
	const struct plan_change *changes;
	size_t change_count;
	int64_t heads; /* counted inspectors; < 0: as they are */
	int64_t cap;   /* visits a year for everyone, exemptions stay; 0: no cap; < 0: as it is */
	int64_t limit; /* new visits of a person in a period, 1 or more; < 0: as it is */
};

struct plan_outcome {
	struct plan_project project;
	uint64_t people, seniors; /* who can be drawn in the period */
	uint64_t
		own_limits; /* those whose own limit in the registry counts, whatever the rules say */
	const char *own;    /* the numbers of the first ten of them, joined by 、 */
	uint64_t room;      /* visits that they can make until the period ends */
	uint64_t year_room; /* until the year ends */
	uint64_t
		unmet; /* places of the period that no arrangement of teams fills, counties and grades looked at */
	/* places in teams for one person, in hundredths, rounded to the nearest */
	uint64_t load_period, load_year;
	bool met; /* all minimums in all periods left */
};

/*
 * Works out the period and the rest of the year as it is and as it would be. NONE: no such period; INVALID
 * with a note: no rule of that id, or a ratio out of range; else as plan_draw_make.
 */
MUST_USE int plan_whatif_make(const struct plan_scene *s, const char *period,
			      const struct plan_whatif *what, struct plan_outcome ret[2]);

#endif
