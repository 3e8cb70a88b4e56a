#ifndef APP_LIFE_RESERVE_H
#define APP_LIFE_RESERVE_H
/* app/life_reserve.h — the next reserve of the stratum takes the place of a drawn unit. */
#include "app/life_members.h"

/*
 * Ends the visit as replaced, adds the reserve's with the team, and puts the unit on the list of those certain
 * next time. NONE with o->why: no reserve is left, or nobody may take a place. Inside office_write.
 */
MUST_USE int life_reserve(struct life_changing *c);

/*
 * The same for a department's visit, to the reserve that the lead took: the team goes along, who is barred there is
 * replaced by the rule. c->team.guest is the reserve. NONE with o->why: nobody may take a place.
 */
MUST_USE int life_reserve_follow(struct life_changing *c);

/* Whether a reserve is left; inside office_write. */
MUST_USE int life_reserve_left(struct life_changing *c, bool *ret);

/* Puts the unit of the visit on the list of those certain next time; inside office_write. */
MUST_USE int life_reserve_certain(struct life_changing *c);

#endif
