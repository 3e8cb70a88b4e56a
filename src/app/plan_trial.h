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
};

/*
 * Checks the four files as every verifier will, then tries PLAN_TRIALS seeds. A wrong list or no feasible
 * trial at all is a PLAN_REFUSED note and INVALID; some infeasible trials are a warning. `lists->absent`
 * explains who is missing. TOO_LARGE if memory for the trial cannot be reserved.
 */
MUST_USE int plan_trial(const struct plan_lists *lists, struct span rules, struct plan_notes *notes,
			struct plan_trial *ret);

/*
 * Notes in names why no teams exist: by district how many visits lack whom, who could come with how much
 * room, and who was left out for which reason. `teams` is infeasible.
 */
void plan_explain_shortage(const struct draw *d, const struct draw_teams *teams,
			   const struct plan_absent *absent, size_t absent_count,
			   enum plan_note_kind kind, struct plan_notes *notes);

#endif
