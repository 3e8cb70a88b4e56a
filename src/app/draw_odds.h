#ifndef APP_DRAW_ODDS_H
#define APP_DRAW_ODDS_H
/*
 * app/draw_odds.h — what a draw will be like, before it is frozen: every site's chance, how many
 * different teams each site could get, and, over public trial seeds, everybody's load and who would
 * often be sent together. Trials use no secret and say nothing about the real draw.
 *
 * Trial i (from 0) uses as R the hex SHA256 of "dr1-odds <name> <i>", where name is the draw id of the
 * declaration or, before there is one, the SHA256 of rules.txt; so anybody gets the same figures.
 */
#include "app/draw_run.h"
#include "base/arena.h"

enum { DRAW_ODDS_PAIRS = 20, DRAW_ODDS_PAIRS_INSPECTORS = 10000 };

#define DRAW_ODDS_TEAMS_OBJECTS UINT64_C(2000000)

struct draw_odds_stratum {
	uint64_t quota_least, quota_most; /* a split's largest remainders differ with R */
	uint64_t drawn_sum;               /* over all trials */
};

struct draw_odds_visit {
	struct span object;
	uint64_t teams; /* core's assign_team_count; saturates */
};

struct draw_odds_load {
	uint64_t sum; /* over the feasible trials */
	uint32_t least, most;
};

struct draw_odds_pair {
	uint32_t a, b;     /* inspectors; a has at most as many visits as b */
	uint64_t together; /* visits together, and all of a's */
	uint64_t of;
};

struct draw_odds {
	char name[65];
	uint32_t trials, feasible, relaxed; /* relaxed: feasible only with declared relaxations */
	struct draw_odds_stratum *strata;   /* by the rules' index */
	bool teams_known;                   /* false above DRAW_ODDS_TEAMS_OBJECTS objects */
	struct draw_odds_visit *few; /* objects with fewer teams than the threshold, fewest first */
	uint64_t few_count;
	uint64_t teams_least, teams_median;
	struct draw_odds_load *loads; /* by inspector */
	bool pairs_known;             /* false above DRAW_ODDS_PAIRS_INSPECTORS inspectors */
	struct draw_odds_pair pairs[DRAW_ODDS_PAIRS];
	uint32_t pair_count;
};

/*
 * Runs the trials on all threads. Arrays live in the region. TOO_LARGE, CANCELLED or IO_ERROR. Memory
 * O(objects) for the team counts, and 4 bytes a pair of inspectors.
 */
MUST_USE int draw_odds(const struct draw *d, uint32_t trials, uint64_t threshold,
		       const struct draw_watch *watch, struct region *r, struct draw_odds *ret);

#endif
