#ifndef APP_PLAN_SEALED_H
#define APP_PLAN_SEALED_H
/*
 * app/plan_sealed.h — what may be told of visits whose sites are still sealed: how many of them each minimum has, by
 * what their own draw promised when it was frozen. Nothing here looks at today's registry, so that no change of it can
 * ask whether a site is among them (spec/draw.md 5.3).
 */
#include "app/office.h"
#include "core/mem.h"

/* The sealed visits of one draw. */
struct plan_sealed_draw {
	int64_t draw;   /* key */
	int64_t counts; /* the day by which periods count them */
	uint64_t sealed;
};

/* Of these those that count for one of the minimums which the draw covers. */
struct plan_sealed {
	const char *rule, *pool;
	int64_t counts;
	uint64_t n;
};

struct plan_sealed_list {
	struct plan_sealed *list;
	size_t count, size;
};

/*
 * Adds those of one draw to the list, in the arena: for each minimum what it draws, less the visits that were opened
 * since and belonged to it at the freeze. Where a stratum's name is too short to tell, an opened visit is taken off
 * every minimum that it may have belonged to, so a number is never too large. INVALID: other keys, or a changed database.
 */
MUST_USE int plan_sealed_add(struct office *o, struct arena *a, const struct plan_sealed_draw *draw,
			     struct plan_sealed_list *list);

/* How many the minimum of a pool has in from..to. */
MUST_USE uint64_t plan_sealed_of(const struct plan_sealed_list *list, const char *rule,
				 const char *pool, int64_t from, int64_t to);

/* Kinds of objects (bits) of which one is sealed for certain: an ask of matters has drawn it. */
MUST_USE uint32_t plan_sealed_kinds(const struct plan_sealed_list *list);

/*
 * Does a stratum of this name belong to the rule? The name begins with the ids of its rules, joined by '+' and ended by
 * '.' or the name's end; "~" stands for ids that had no room, which may be any.
 */
MUST_USE bool plan_sealed_in(struct span stratum, const char *rule);

#endif
