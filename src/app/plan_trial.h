#ifndef APP_PLAN_TRIAL_H
#define APP_PLAN_TRIAL_H
/*
 * app/plan_trial.h — can the lists that are about to be frozen be served by teams? Tries the whole draw
 * under public trial seeds (no secret, no use for the real draw) and says in names what is missing.
 */
#include "app/plan_lists.h"
#include "core/draw.h"

enum { PLAN_TRIALS = 12 };

struct plan_trial {
	uint32_t tried, feasible,
		relaxed; /* trials; with teams; of these only with declared relaxations */
	uint64_t drawn, visits, places; /* of the first trial: objects, trips, places in teams */
	uint64_t room;                  /* sum of all limits */
	uint32_t unlimited;             /* people with PLAN_NO_LIMIT */
};

/*
 * Checks the four files as every verifier will, then tries PLAN_TRIALS seeds. A wrong list or no feasible
 * trial at all is a PLAN_REFUSED note and INVALID; some infeasible trials are a warning. `lists->absent`
 * explains who is missing. TOO_LARGE if memory for the trial cannot be reserved.
 */
MUST_USE int plan_trial(const struct plan_lists *lists, struct span rules, struct plan_notes *notes,
			struct plan_trial *ret);

struct plan_shortage {
	const struct draw *draw;
	const struct draw_teams *teams; /* infeasible */
	const struct plan_absent *absent;
	size_t absent_count;
	bool sealed; /* the drawn sites are secret: only districts, grades and numbers are said, since who must
			withdraw or is not qualified tells of which site, too */
};

/*
 * Says why no teams exist, as PLAN_REFUSED notes: the exact number of places that stay empty with its sum
 * (spec 4.4); by district (the first 50) which visits lack whom, who could come with how much room, who
 * cannot and why, and who was left out of the list for which reason; what to do. Lists of names are cut
 * after eight. TOO_LARGE if the region is full.
 */
MUST_USE int plan_explain_shortage(const struct plan_shortage *in, struct region *r,
				   struct plan_notes *notes);

#endif
