#ifndef APP_LIFE_MEMBERS_H
#define APP_LIFE_MEMBERS_H
/* app/life_members.h — one later change in the making, and the team it is about. */
#include "app/life_change.h"
#include "app/life_team.h"

struct life_changing {
	struct office *o;
	struct arena *arena;
	const struct life_change *in;
	struct visit_row visit;
	struct draw_row row;
	struct life_loaded loaded;
	struct life_team team;
	struct life_site site; /* of the visit */
	struct buf recusals;   /* what c->team.recusals is in */
	struct life_changed out;
};

/* A team as indices into the draw's inspectors. */
struct life_members {
	uint32_t *at, *left; /* who goes; who left, or leaves now */
	uint32_t count;
	size_t left_count;
	int64_t next_place; /* for one who comes */
	bool found;         /* the one who leaves was going */
};

/*
 * Finds the visit of c->in and opens its draw, inside office_write; release c in any case. NONE; INVALID: it
 * was not drawn; CONFLICT: it is over.
 */
MUST_USE int life_changing_load(struct life_changing *c);

void life_changing_release(struct life_changing *c);

/*
 * Keeps what was changed, with its sealed reason and its approvers, and logs it: the last call of a change. Inside
 * office_write.
 */
MUST_USE int life_changing_keep(struct life_changing *c);

/* The team of the visit without `leaves` (NULL: nobody leaves). In the arena. INVALID: not in the draw's list. */
MUST_USE int life_members_of(struct life_changing *c, const char *leaves, struct life_members *ret);

/* Adds members to visits, inside office_write. */
MUST_USE int life_members_join(struct office *o, const struct visit_member *list, size_t count);

#endif
