#ifndef APP_PLAN_CAMPAIGN_H
#define APP_PLAN_CAMPAIGN_H
/*
 * app/plan_campaign.h — campaigns and joint actions have pools and draws of their own: can the staff make the visits
 * of each, reckoned for itself, with what waits for them already taken off.
 */
#include "app/plan_clash.h"
#include "app/plan_draw.h"
#include "app/plan_people.h"
#include "app/plan_period.h"

/* Adds a clash for each group of counties that is short in the draw of this line. As plan_draw_make, plan_staff_check. */
MUST_USE int plan_campaign_staff(const struct plan_scene *s, const char *period,
				 const struct plan_line_row *line, const struct plan_people *people,
				 struct plan_clashes *clashes);

/* The same for every line of its own pool that the period can draw. */
MUST_USE int plan_campaigns_staff(const struct plan_scene *s, const char *period,
				  const struct plan_people *people, struct plan_clashes *clashes);

/*
 * Before a pool's draw is frozen: what is short is told from what anybody may know (the same numbers as plan check's),
 * as warnings; INVALID with refused notes if the draw would end without teams and the ask does not take that.
 */
MUST_USE int plan_pool_staffed(const struct plan_scene *s, const struct plan_period_ask *in,
			       const struct plan_people *people);

#endif
