#ifndef APP_PLAN_SCAN_H
#define APP_PLAN_SCAN_H
/*
 * app/plan_scan.h — one streaming pass over the site registry with the year's visits beside it: which asks
 * a site belongs to and whether it may be drawn now. Memory is O(cells + visits), not O(sites).
 */
#include "app/plan_ask.h"
#include "app/plan_cover.h"

struct plan_scanned {
	const struct site *site;
	bool special;
	uint64_t asks;   /* bits */
	uint32_t done;   /* random visits that ended, this year */
	uint32_t before; /* of these, before the rule set came into force */
	uint32_t visits; /* all visits that ended, this year */
	bool pending;    /* in another unfinished random draw, and so not in this one */
	bool sealed;     /* the same, and secret: only inside (app/plan_history.h) */
	bool capped;
	uint32_t cap_left; /* UINT32_MAX: no cap for it */
	uint32_t
		entered; /* period of the plan in which it came, or the rule set into force; 1: from the start */
	uint32_t team; /* index of its team rule in the set */
};

/* Called for each live site of the area; not OK ends the scan. */
typedef int plan_scan_each(void *arg, const struct plan_scanned *s);

/* A site of the area that is not in operation any more and was visited this year. */
struct plan_gone {
	enum object_kind kind;
	struct span matters; /* its own list, in the registry's file */
	size_t past, visits; /* in the history: first, and how many */
	uint64_t asks;       /* bits: whose it would be */
};

/* How many sites there are. */
struct plan_scan_sum {
	uint64_t sites, live, outside; /* in the registry; live in the area; live outside of it */
	uint64_t not_live[SITE_MERGED + 1];
	uint64_t uncovered;     /* live in the area and in no ask */
	struct plan_gone *gone; /* in the scene's arena, when counting */
	size_t gone_count;
};

/*
 * One pass over the live sites, and over the visits of the others: they were made, so asks that are not a share of
 * the live ones count them. With `counting` the numbers of the asks are counted (else they stay). `each` may be NULL. INVALID with a note
 * if the registry does not read.
 */
MUST_USE int plan_scan(const struct plan_scene *s, struct plan_asks *asks, bool counting,
		       plan_scan_each *each, void *arg, struct plan_scan_sum *ret);

/* Does this visit count for an ask? What parts of a split site took over was one visit, but it reached each of them. */
MUST_USE bool plan_ask_counts(const struct plan_ask *ask, const struct plan_past *p);

/* Was a visit made there (of those that the history has)? */
MUST_USE bool plan_gone_visited(const struct plan_history *h, const struct plan_gone *gone);

enum { PLAN_CELLS_MOST = 30000, PLAN_HAD = 4 };

/* The cells of a scan, found again by site. */
struct plan_cells {
	const struct plan_scene *scene;
	struct cover_cell *list;
	uint64_t (*had)
		[PLAN_HAD]; /* of each cell's members by visits this year, waiting ones too: 0, 1, 2, more */
	size_t count;
	uint32_t *table; /* 1 + index, 0 where empty */
	struct arena *arena;
	bool uses_done, by_county;
};

void plan_cells_init(struct plan_cells *c, struct arena *a, const struct plan_scene *s,
		     const struct plan_asks *asks);

/* Counts the site in its cell, made if it is new. TOO_LARGE above PLAN_CELLS_MOST. */
MUST_USE int plan_cells_add(struct plan_cells *c, const struct plan_scanned *s);

/* Finds or makes the cell of this key (members and stratum aside). TOO_LARGE. */
MUST_USE int plan_cells_cell(struct plan_cells *c, const struct cover_cell *key, size_t *ret);

/* Its cell; NULL if there is none. */
MUST_USE struct cover_cell *plan_cells_find(const struct plan_cells *c,
					    const struct plan_scanned *s);

#endif
