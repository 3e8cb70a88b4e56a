#ifndef APP_LIFE_JOINT_FOLLOW_H
#define APP_LIFE_JOINT_FOLLOW_H
/*
 * app/life_joint_follow.h — a department's visits go along with the lead's: each knows the lead's visit of its site, and
 * when that is replaced or ends, so is it (spec/draw.md 4.6). All inside office_write.
 */
#include "app/office.h"
#include "store/draw_row.h"

/* Ties the visits of a department's draw, just kept, to the lead's. INVALID: the lead has no such visit. */
MUST_USE int life_joint_link(struct office *o, struct arena *a, const struct draw_row *row);

/*
 * A department's draw follows what happened to the lead's visits since: a reserve takes over the department's team (who
 * must not go there is replaced by the rule), an ending ends its part. One ledger entry each. NONE with o->why: the
 * department has nobody left for a place.
 */
MUST_USE int life_joint_catch_up(struct office *o, struct arena *a, const struct draw_row *row);

/* The same for all departments' draws of this lead's. */
MUST_USE int life_joint_follow(struct office *o, struct arena *a, const struct draw_row *lead);

#endif
