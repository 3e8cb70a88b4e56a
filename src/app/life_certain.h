#ifndef APP_LIFE_CERTAIN_H
#define APP_LIFE_CERTAIN_H
/*
 * app/life_certain.h — a unit that was drawn and replaced is certain in the next draw once it can be visited
 * again (spec/draw.md 4.6): it moves from its stratum S to "S.certain", whose quota is all. It counts towards the minimum that S is
 * drawn for, so the others of its set of rules draw so many less (app/life_certain_quota.h).
 */
#include "app/office.h"
#include "app/plan_period.h"
#include "app/registry_lineage.h"
#include "core/mem.h"

struct life_certain {
	struct registry_lineage
		*lineage; /* of the sites: who goes on for a unit that was merged or split */
	struct span objects, rules; /* as they were, or rewritten in the arena */
	/* What the planner says of the lists: their strata if any; who waits for a visit of another draw or is at the cap is
	 * left alone. */
	const struct plan_period_lists *planned;
	int64_t *used; /* keys of store/visit_change.h that this draw takes */
	size_t used_count;
};

/*
 * Rewrites a draw's lists; units that are not in objects.tsv, wait for a visit of another draw or are at the
 * cap, wait on. INVALID with o->why if a stratum's name
 * gets too long or a sealed unit does not open.
 */
MUST_USE int life_certain_apply(struct office *o, struct arena *a, const char *body,
				struct life_certain *lists);

#endif
