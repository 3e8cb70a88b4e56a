#ifndef APP_PROPOSAL_ACT_H
#define APP_PROPOSAL_ACT_H
/* app/proposal_act.h — doing what was agreed to. */
#include "app/proposal.h"

/* Those who agreed, in their order. */
struct proposal_approvers {
	struct account list[PROPOSAL_VOICES_MOST];
	size_t count;
};

/*
 * Does it, inside office_write, the office acting as the asker; what came of it as JSON in the arena. The codes of the use
 * case.
 */
MUST_USE int proposal_act(struct office *o, struct arena *a, const struct proposal_shown *p,
			  const struct proposal_approvers *by, const char **ret_result);

#endif
