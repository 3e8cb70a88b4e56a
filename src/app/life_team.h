#ifndef APP_LIFE_TEAM_H
#define APP_LIFE_TEAM_H
/*
 * app/life_team.h — who may take a free place in a team after the draw (spec/draw.md 4.6): the drawn lists and
 * rules, everybody's trips now, and the one function of core that chooses.
 */
#include "app/life_loaded.h"
#include "app/life_seal.h"
#include "core/assign.h"

struct life_team {
	struct office *o;
	struct arena *arena;
	const struct draw_row *row;
	struct life_loaded *loaded;
	struct assign_inspector *inspectors; /* limits as they were relaxed */
	uint32_t *load;                      /* trips of each now */

	/* A unit that is not in the draw's list: the reserve that the lead of a joint draw took. */
	struct draw_object guest;
	struct span recusals; /* conflicts of such units, lines of conflicts.tsv (LIFE_RECUSALS) */
};

/* Prepares it; lives in the arena. NONE, INVALID, or a db_code. */
MUST_USE int life_team_init(struct office *o, struct arena *a, const struct draw_row *row,
			    struct life_loaded *loaded, struct life_team *ret);

/* What one place is asked for. */
struct life_place {
	struct span stratum;
	const struct span *objects; /* of the trip; the first gives scope and skill */
	size_t object_count;
	struct span order;    /* candidates in the order of R "/team/" order */
	const uint32_t *left; /* inspectors who left this trip */
	size_t left_count;
	const uint32_t *staying; /* team without the free place */
	uint32_t staying_count;
};

/* The index of the one who takes the place, or NONE: nobody may. INVALID: an object is not in the list. */
MUST_USE int life_team_choose(const struct life_team *t, const struct life_place *place,
			      uint32_t *ret);

/* Whether this inspector must not go to this object: recusal, or district and qualification. */
MUST_USE bool life_team_barred(const struct life_team *t, uint32_t inspector, struct span object);

/* Index of an inspector in the draw's list. NONE. */
MUST_USE int life_team_index(const struct life_team *t, const char *id, uint32_t *ret);

#endif
