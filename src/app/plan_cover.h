#ifndef APP_PLAN_COVER_H
#define APP_PLAN_COVER_H
/*
 * app/plan_cover.h — the arithmetic of spec/draw.md 6 for any number of overlapping rules: cells (whose
 * populations a site belongs to, county, visits so far, held or not) become dr1 strata, quotas and splits.
 *
 * Rules are taken by intensity (need / members). Sites of one set of rules are one kind; a kind belongs to
 * the most intense of its rules. What a kind gives counts for all its rules, so a later rule only draws what
 * is still missing, from the kinds of its own; when these do not suffice, kinds of earlier rules that it
 * shares are raised. A kind's total is a fixed number; only its spread over counties and visits due is left
 * to R. So every minimum holds for every R, and at most one unit a kind is owed to rounding.
 */
#include "app/plan_notes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COVER_WORD = 16 };
enum { COVER_RULES_MOST = 64, COVER_KINDS_MOST = 1024, COVER_STRATA_MOST = 20000 };

enum cover_repeat {
	COVER_AGAIN,   /* anyone may be drawn again */
	COVER_ONCE,    /* never twice in the window */
	COVER_ROUNDS,  /* again only after everybody was */
	COVER_ROTATION /* `visits` a year in `periods` periods, spec 6 */
};

struct cover_rule {
	const char *label; /* short, without space and '='; names strata */
	uint64_t need;     /* the minimum of this draw, rounded up once; below 2^31 */
	enum cover_repeat repeat;
	uint32_t visits, periods,
		left; /* COVER_ROTATION: c a year; periods a year, and left with this one */
};

struct cover_cell {
	uint64_t rules;     /* bit i: a member of rule i; never 0 */
	const char *county; /* "" city-wide */
	uint32_t done;    /* counted random visits so far; what a COVER_AGAIN rule leads may be 0 */
	uint32_t before;  /* of these, those made before the rules began in the midst of the year */
	uint32_t entered; /* period in which it came, or in which the rules began, from 1 */
	uint32_t team;    /* index of its team rule; 0: the general one */
	bool certain;     /* the caller's: the next draw takes them; no part of a stratum */
	bool held;        /* in the denominators, but cannot be drawn now */
	uint64_t members; /* below 2^31 */
	uint32_t
		cap_left; /* the caller's: visits that the cap still allows; no part of a stratum */
	uint32_t stratum; /* filled: index of its stratum */
};

struct cover_stratum {
	const char *name;
	uint64_t rules;
	uint32_t kind, team;
	uint32_t step; /* visits due (rotation) or done (rounds, once) */
	bool shut;     /* held, or not its turn: nobody is drawn */
	bool must;     /* rotation: a visit is owed in every period that is left */
	uint64_t members;
	uint64_t least, most; /* drawn for certain, and at most */
	uint64_t usual;  /* adds up to what is drawn: remainders dealt by size, ties by order */
	uint64_t weight; /* in its kind's split; 0: a quota line */
};

/* What became of a rule. */
struct cover_sum {
	uint64_t members, room; /* N, and how many of these may be drawn now */
	uint64_t held;          /* N less these: held, */
	uint64_t turned;        /* or not their turn */
	uint64_t asked;         /* need, or what rotation asks if that is more */
	uint64_t drawn;         /* of its members, whatever R is */
	uint64_t missing;       /* need less drawn if it cannot be met, else 0 */
	uint32_t rank;          /* by intensity, from 0 */
};

struct cover {
	struct cover_stratum *strata;
	size_t strata_count;
	struct cover_sum *sums; /* by rule */
	uint64_t drawn;         /* all strata */
	const char *rules;      /* dr1 rules.txt */
	size_t len;
	bool met; /* no sum is missing anything */
};

struct cover_team {
	uint32_t need, senior, junior;
};

/* The general lines of rules.txt. */
struct cover_general {
	const struct cover_team *teams; /* [0] is the general one */
	size_t team_count;
	uint32_t bundle; /* 0: none */
	unsigned relax;  /* enum plan_relax bits (app/plan_rules.h) */
	const char *
		word; /* at the end of the names of all strata, at most COVER_WORD letters; "" none */
};

struct cover_input {
	const struct cover_rule *rules;
	size_t rule_count;
	struct cover_cell *cells; /* in an order that does not depend on chance: strata follow it */
	size_t cell_count;
	const struct cover_general *general;
};

/*
 * Works everything out in the arena. Rules that cannot be met have `missing`; their members are drawn
 * as far as there are any. TOO_LARGE above the limits of the enum; INVALID if a name would break dr1.
 */
MUST_USE int plan_cover(const struct cover_input *in, struct arena *a, struct cover *ret);

#endif
