#ifndef APP_PLAN_PROJECT_H
#define APP_PLAN_PROJECT_H
/*
 * app/plan_project.h — the rest of the year played through: what every period still draws, and how often a
 * site of each rule is visited in the year.
 *
 * The model, also in words by plan_project_model: the registry, the staff and the rules stay as they are on
 * the day; every visit drawn takes place; campaigns and targeted visits to come are not known; a draw takes
 * d of the N members of a stratum, so each of them is drawn with d/N, whatever happened before (the marginal
 * law of drawing without replacement), and draws are independent but for what the repeat policy and the cap
 * forbid. Remainders of splits go to the largest. How many the cap and the policy leave to a later draw is taken at its mean.
 * Integers only: shares are kept to 2^-20 of a site.
 */
#include "app/plan_draw.h"

enum { PLAN_PERIODS_MOST = 12 };

struct plan_project_period {
	char text[PLAN_SPAN_TEXT];
	uint64_t visits;  /* drawn */
	uint64_t places;  /* people sent, by the team rules */
	uint64_t seniors; /* of these at least */
	bool met;         /* all minimums */
	const char *why;  /* else which are not and why; "" when they are */
};

/* How often a member of an ask is visited in the whole year: 0, 1, 2, 3 or more times. */
struct plan_chance {
	const char *id, *title;
	bool hidden; /* too few members to be told while visits wait (plan_ask.small) */
	uint64_t members;
	uint64_t
		share[PLAN_HAD]; /* millionths, rounded to the nearest; add up to about a million */
	uint64_t visits;         /* of its members in the periods played through */
};

struct plan_project {
	struct plan_project_period list[PLAN_PERIODS_MOST];
	size_t count; /* the draw's own period first, unless it was drawn already */
	uint64_t visits, places;
	uint64_t missing[COVER_RULES_MOST]; /* by ask: of the minimums of all periods */
	const char *why[COVER_RULES_MOST]; /* by ask: in which period first, and why; NULL: never */
	struct plan_chance *chances;       /* by ask */
	size_t chance_count;
	uint64_t
		never; /* sites not visited this year to whose county no split gives anything until it ends */
	const char *never_names, *never_counties; /* "易县 1 家", and the codes, joined */
};

/* Plays it from the draw's period on; the draw is not changed. TOO_LARGE. Lives in the scene's arena. */
MUST_USE int plan_project_make(const struct plan_scene *s, const struct plan_draw *draw,
			       struct plan_project *ret);

/* The model in Chinese, one paragraph. */
MUST_USE const char *plan_project_model(void);

#endif
