#ifndef APP_PLAN_CAMPAIGN_H
#define APP_PLAN_CAMPAIGN_H
/*
 * app/plan_campaign.h — campaigns and joint actions have pools and draws of their own: can the staff make the visits
 * of each, reckoned for itself, with what waits for them already taken off.
 */
#include "app/plan_clash.h"
#include "app/plan_draw.h"
#include "app/plan_people.h"

/* Adds a clash for each group of counties that is short in the draw of this line. As plan_draw_make, plan_staff_check. */
MUST_USE int plan_campaign_staff(const struct plan_scene *s, const char *period,
				 const struct plan_line_row *line, const struct plan_people *people,
				 struct plan_clashes *clashes);

/* The same for every line of its own pool that the period can draw. */
MUST_USE int plan_campaigns_staff(const struct plan_scene *s, const char *period,
				  const struct plan_people *people, struct plan_clashes *clashes);

/* What is short for the line of this id, as warnings. */
MUST_USE int plan_campaign_warn(const struct plan_scene *s, const char *period, const char *id,
				const struct plan_people *people);

#endif
