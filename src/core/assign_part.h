#ifndef CORE_ASSIGN_PART_H
#define CORE_ASSIGN_PART_H
/*
 * core/assign_part.h — inside of assign: one part of the problem with its assignment so far, in places
 * of its own (inspector j is part->global[j] of the problem). Only the assign_*.c files include it.
 *
 * Invariants kept by every function unless its comment says more:
 *   a visit's seats hold different eligible inspectors, at most need - min[other grade] of each grade;
 *   load <= limit; an inspector's list holds exactly the seats that it has and that are not frozen.
 */
#include "core/assign.h"
#include "core/mem.h"

#define PART_NONE UINT32_MAX
#define PART_ROOT (UINT32_MAX - 1)  /* parent: the search began here */
#define PART_SLACK (UINT32_MAX - 2) /* parent: through the slack of the block */

enum grade { GRADE_SENIOR = 0, GRADE_JUNIOR = 1, GRADES = 2 };

/* Where an inspector's T stands in its block, whose T are b - 1 or b (docs/adr/0002-teams.md). */
enum level { LEVEL_FIXED, LEVEL_LOW, LEVEL_HIGH };

/* One place in one visit. Frozen: `prev` is PART_ROOT and it is in no list. */
struct seat {
	uint32_t who; /* or PART_NONE */
	uint32_t visit;
	uint32_t next, prev; /* the holder's other seats */
};

struct part_inspector {
	uint32_t load, limit, base;
	uint32_t seats;  /* first of the list */
	uint32_t class;  /* PART_NONE until its block is known */
	uint32_t place;  /* in part->order */
	uint32_t seen;   /* number of the last search that reached it */
	uint32_t parent; /* the seat it would take, PART_ROOT or PART_SLACK */
	uint32_t tree;   /* which root of that search */
	uint32_t wanted; /* number of the last search that it would end */
	uint32_t ahead; /* number of the last search in which one wanted could take a seat of its */
	uint32_t ahead_who, ahead_seat; /* that one, that seat */
	uint8_t grade, level;
};

struct part_visit {
	uint32_t first, need; /* seats first .. first + need - 1 */
	uint32_t min[GRADES], count[GRADES];
	uint32_t pool;
	uint32_t seen[GRADES]; /* number of the last search that asked who could sit here */
	uint32_t excluded_count;
	const uint32_t *excluded; /* numbers of the problem */
};

/* Members are people[first[g] .. first[g] + all[g]), kept in any order, with the reached ones behind. */
struct part_pool {
	uint32_t first[GRADES], all[GRADES];
	uint32_t open[GRADES]; /* of these the ones whose block is not known yet come first */
	uint32_t live[GRADES]; /* of these the ones not reached by the search `seen` come first */
	uint32_t seen;
	uint32_t visits, visits_end; /* not chosen yet: part->pool_visits[visits .. visits_end) */
	uint32_t bits;   /* its set in part->bits, or PART_NONE: search the problem's list */
	uint32_t global; /* pool of the problem */
};

/* What ends a search. */
enum goal {
	GOAL_ROOM,   /* someone below limit */
	GOAL_LOWER,  /* someone below limit whose T is less than `below` */
	GOAL_DROPPED /* someone marked `wanted` */
};

struct search {
	enum goal goal;
	uint64_t below;
	uint32_t class;      /* the search stays among these */
	uint32_t number;     /* of this search; marks with another number are old */
	uint32_t head, tail; /* of the queue of those reached */
	uint32_t found;      /* paths applied */
	uint32_t slack_parent;
	bool slack_seen, looked_ahead;
	uint32_t won;   /* GOAL_DROPPED: the seat whose holder was reached */
	uint32_t goals; /* part->goals[0 .. goals): seats whose holders are wanted */
};

struct part {
	const struct assign_problem *problem;
	uint32_t inspector_count, visit_count, pool_count;
	const uint32_t *global, *visits; /* numbers of the problem */
	struct part_inspector *inspectors;
	struct part_visit *visit;
	struct part_pool *pools;
	struct seat *seats;
	uint32_t *people;
	uint64_t *bits;

	struct search search;
	uint32_t *queue;       /* inspector_count */
	uint32_t *tree_done;   /* per root: number of the search in which it ended */
	uint32_t *goals;       /* as many as the largest need */
	uint32_t *pool_visits; /* visits by pool, in the order in which they choose */
	uint32_t *
		pools_from; /* pools of inspector j are pools_of[pools_from[j] .. pools_from[j + 1]) */
	uint32_t *pools_of;
	uint32_t *order;      /* inspectors by class */
	uint32_t *class_from; /* class c is order[class_from[c] .. class_to[c]) */
	uint32_t *class_to;
	uint32_t class_count;
};

static inline uint64_t part_total(const struct part_inspector *i)
{
	return (uint64_t)i->base + i->load;
}

static inline bool part_may_take_more(const struct part_inspector *i)
{
	return i->load < i->limit;
}

/* True if v may have one more of grade g, whether a seat is free or is given up by the other grade. */
static inline bool part_grade_open(const struct part_visit *v, uint32_t g)
{
	return v->count[g] < v->need - v->min[1 - g];
}

/* assign_part.c: reads part `index`; everything is unfilled. CORE_FULL. */
CORE_MUST_USE int part_load(struct part *part, const struct assign_problem *p,
			    const struct assign_parts *parts, uint32_t index, struct region *r);

/* j does not sit in v and is not excluded from it; the pool is the caller's affair. */
CORE_MUST_USE bool part_fits(const struct part *part, const struct part_visit *v, uint32_t j);

/* j could sit in v: fits and is in its pool. */
CORE_MUST_USE bool part_can_join(const struct part *part, const struct part_visit *v, uint32_t j);

/* Moves a seat to j from its holder, if it has one. Grades, limit and fitness are the caller's affair. */
void part_give(struct part *part, uint32_t seat, uint32_t j);

/* Empties all seats of a visit; none is frozen. */
void part_clear(struct part *part, struct part_visit *v);

/* Takes the seat out of its holder's list for good. */
void part_freeze(struct part *part, uint32_t seat);

static inline bool part_frozen(const struct seat *s)
{
	return s->prev == PART_ROOT;
}

/*
 * From inspectors that should get rid of a seat, or from empty seats, a search looks for inspectors that
 * reach the goal when each takes a seat of the one before. A path found is applied at once and its tree is
 * finished; trees share nothing, so one search can apply many.
 *
 * assign_reach.c: whom it has reached.
 */
void search_begin(struct part *part, enum goal goal, uint32_t class);
/* Marks the holder of a seat as one who ends the search. */
void search_want(struct part *part, uint32_t seat);
/* Starts a tree from j. */
void search_from_inspector(struct part *part, uint32_t j, uint32_t tree);
/* Says that j can be reached; true if a path was applied and its tree is finished. */
CORE_MUST_USE bool search_reach(struct part *part, uint32_t j, uint32_t parent, uint32_t tree);

/* assign_search.c: how it goes on. Starts a tree from the free seat of v. */
void search_from_visit(struct part *part, uint32_t v);
/* Runs until nothing more can be reached (or one path is found, for GOAL_DROPPED). */
void search_run(struct part *part);

/* assign_ahead.c: the lists that looking ahead needs; `order` are the visits as they choose. CORE_FULL. */
CORE_MUST_USE int ahead_load(struct part *part, const uint32_t *order, struct region *r);
/* Marks those from whom one wanted could take a seat, and ends the search if one is reached already. */
void ahead_look(struct part *part);

/* assign_flow.c: fills as many places as possible; *ret_empty stay empty. CORE_FULL. */
CORE_MUST_USE int flow_fill(struct part *part, struct region *r, uint64_t *ret_empty);

/* assign_flow.c: after flow_fill left places empty: the mark of each visit of the part. */
CORE_MUST_USE uint8_t flow_mark(const struct part *part, uint32_t v);

/* assign_balance.c: best balance, then classes = blocks, levels set. All visits are full. CORE_FULL. */
CORE_MUST_USE int balance_part(struct part *part, struct region *r);

/* assign_choose.c: writes the canonical teams of the part. CORE_FULL. */
CORE_MUST_USE int choose_teams(struct part *part, const struct assign_parts *parts,
			       struct region *r, struct assign_result *ret);

#endif
