#ifndef CORE_DRAW_STAFF_H
#define CORE_DRAW_STAFF_H
/*
 * core/draw_staff.h — teams after a draw that has none (spec/draw.md 4.4, 4.6). They follow from the frozen lists and
 * R alone, so that nobody chooses anybody and whoever has the lists finds the same:
 *
 *   1  the trips of assign_most, under the declared rules with every declared relaxation, get the teams of spec 4.2
 *      as if they were all;
 *   2  the others, in (ticket, id) order under R "/visits", are filled place by place by the rule of spec 4.6 (least
 *      T, then R "/team/" trip) from the first of these circles that has somebody: those whom the rules allow; also
 *      other scopes; also above the limit; then the same three with the grade minimums given up.
 *
 * Never given up: recusal, skill, the whole list and nobody else, and as many different persons as the trip needs. A
 * trip for which there are not that many stays without a team.
 */
#include "core/draw.h"

/* How a place went beyond the declared rules; bits. */
enum draw_staff_beyond { STAFF_SCOPE = 1, STAFF_LIMIT = 2, STAFF_GRADE = 4 };

struct draw_staffed {
	uint32_t *start;          /* of each trip: members[start[t] .. start[t] + count[t]) */
	uint32_t *count;          /* 0: no team */
	uint32_t *members;        /* in the order accepted; the first senior leads */
	uint8_t *beyond;          /* enum draw_staff_beyond of each member's place */
	uint32_t trips, declared; /* with a team; of these under the declared rules */
	uint64_t places;
	uint64_t exceptions, scope, limit, grade; /* places beyond, and in what */
};

/* Makes the teams of a draw whose `teams` are infeasible. CORE_FULL. */
CORE_MUST_USE int draw_staff(const struct draw *d, const struct draw_seed *seed,
			     const struct draw_selection *selection, const struct draw_teams *teams,
			     struct region *r, struct draw_staffed *ret);

/*
 * staff.tsv: a line for every drawn object, sorted bytewise: object, team (ids joined by ','), places beyond the
 * declared rules (id:scope, id:limit, id:grade, several joined by '+'; joined by ','). Empty trailing columns are left
 * out. CORE_FULL.
 */
CORE_MUST_USE int draw_staff_text(const struct draw *d, const struct draw_teams *teams,
				  const struct draw_staffed *staffed, struct region *r,
				  struct span *ret);

#endif
