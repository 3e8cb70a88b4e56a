#ifndef APP_PLAN_WORK_H
#define APP_PLAN_WORK_H
/*
 * app/plan_work.h — what a draw asks of the staff: so many visits of each county, speciality of the lead and team
 * rule. Which sites are drawn is not known, so what a stratum draws is dealt over its sites: for every speciality
 * its part is rounded up (the others get what is left), over counties the largest remainders.
 */
#include "app/plan_draw.h"

struct plan_work {
	const char *county, *skill; /* "" none */
	uint32_t team;              /* index in the rule set */
	uint64_t visits;            /* as many as are usual */
	uint64_t most;              /* as many as chance can make them */
};

enum { PLAN_WORKS_MOST = 1 << 17 };

/* Sites of a cell by county and speciality, counted during a scan. */
struct plan_workload {
	struct arena *arena;
	struct plan_work_group *groups;
	size_t count, size;
	uint32_t *table; /* 1 + index, 0 where empty */
	size_t slots;
};

void plan_workload_init(struct plan_workload *w, struct arena *a);

/* Counts a site that may be drawn; its cell must be there. TOO_LARGE above PLAN_WORKS_MOST. */
MUST_USE int plan_workload_add(struct plan_workload *w, const struct plan_cells *cells,
			       const struct plan_scanned *s, struct span skill);

/* Deals out what the draw's strata draw: by county, speciality and team, sorted. Lives in the arena. */
void plan_workload_deal(const struct plan_workload *w, const struct plan_draw *d,
			struct plan_work **ret, size_t *ret_count);

#endif
