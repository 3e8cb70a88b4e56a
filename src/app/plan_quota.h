#ifndef APP_PLAN_QUOTA_H
#define APP_PLAN_QUOTA_H
/*
 * app/plan_quota.h — the arithmetic of spec/draw.md 6: from the law's minimums and the members of every
 * cell to dr1 quota and split lines. Each minimum is rounded up once, for the whole group it speaks of.
 *
 * Cells are key, key+special, general+special, general (by county, and by visits still due where a
 * group rotates). The special minimum is split over key+special and general+special together. What the
 * largest remainders give to key+special in the worst case, whatever the tickets decide in ties, counts
 * towards the key minimum, and only what is missing is drawn from the plain key cells; general likewise.
 * So each minimum holds for every R, and no unit is drawn for a rounding of its own.
 */
#include "app/plan_rules.h"

enum { PLAN_NO_ROTATION = 0xff };

struct plan_cell {
	enum plan_kind kind;
	const char *county; /* "" when city-wide */
	uint32_t due;       /* random visits still due this year, or PLAN_NO_ROTATION */
	uint64_t members;   /* live units; below 2^31 */
	/* filled by plan_quota: */
	const char *stratum;
	uint64_t least, most; /* drawn for certain, and at most */
};

/* What one group comes to. */
struct plan_sum {
	uint64_t members; /* N of the rule: both its cells */
	uint64_t need;    /* the legal minimum */
	uint64_t least;   /* drawn for certain over all R */
	const char *
		line; /* the arithmetic with its basis, one Chinese sentence; NULL without a minimum */
};

struct plan_quota {
	const char *rules; /* dr1 rules.txt */
	size_t len;
	struct plan_sum sums[PLAN_GROUPS];
	uint64_t drawn; /* all strata together */
};

/* The stratum's name: `<kind>`, `.<county>` unless city-wide, `.v<due>` in a rotation. */
void plan_cell_name(const struct plan_cell *cell, char *out, size_t size);

/* The cell of a unit: special counts only where the rules have a special minimum. */
MUST_USE enum plan_kind plan_kind_of(const struct plan_rules *rules, bool key, bool special);

/* The group whose split a cell of this kind stands in. */
MUST_USE enum plan_group plan_group_of(enum plan_kind kind);

/*
 * Visits still due to a unit (spec 6): c a year less `done`, never more than periods are left; a unit
 * that entered in period `entered` (1: it was there from the start) owes ceil(c * periods from then on /
 * periods). PLAN_NO_ROTATION if its kind does not rotate.
 */
MUST_USE uint32_t plan_due(const struct plan_rules *rules, enum plan_kind kind, uint64_t done,
			   uint32_t entered);

/*
 * Works out rules.txt. `inspectors` is the number that a per-inspector minimum multiplies. Cells without
 * members may be left out. The sentences go to the notes; INVALID if a minimum cannot be met (noted with
 * the rules that clash). The texts live in the notes' arena.
 */
MUST_USE int plan_quota(const struct plan_rules *rules, struct plan_cell *cells, size_t count,
			uint64_t inspectors, struct plan_notes *notes, struct plan_quota *ret);

/*
 * The fewest units that a subset of a split can get over all tickets: floors, the larger remainders for
 * certain, and of equal remainders at the border as many as do not fit outside the subset. inside[] and
 * weights[] have count entries; total * weight stays below 2^63. With inside[] all true it is total.
 */
MUST_USE uint64_t plan_split_least(uint64_t total, const uint64_t *weights, const bool *inside,
				   size_t count);

#endif
