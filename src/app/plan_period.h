#ifndef APP_PLAN_PERIOD_H
#define APP_PLAN_PERIOD_H
/*
 * app/plan_period.h — from an annual plan to one draw of one of its periods: the four dr1 lists,
 * the matters of every site, who was left out and why, and which minimums the draw serves.
 *
 * Everything is judged on one day against the live registries, the rule set in force and the year's
 * history, so two calls on one state of the database write the same bytes; but while visits are sealed the names of
 * the strata end in a random word: who waits is in a list like everybody else, and without the word nobody can try
 * out against the public roots which sites those are (spec/draw.md 5.3).
 */
#include "app/plan_lists.h" /* struct plan_absent */
#include "app/plan_notes.h"

#include <string.h>

struct office;

/* The pool of all rule lines together; the pool of a campaign or a joint action is the id of its plan line. */
#define PLAN_POOL_DAILY "daily"

/* What people call a pool: 日常, or the id of its line. */
MUST_USE static inline const char *plan_pool_words(const char *pool)
{
	return strcmp(pool, PLAN_POOL_DAILY) == 0 ? "日常" : pool;
}

struct plan_period_ask {
	const char *plan;   /* public id of the plan */
	const char *period; /* "2026-Q4", "2026-11", "2026-H2" or "2026" */
	const char *pool;   /* PLAN_POOL_DAILY or the id of a campaign or joint line */
	int64_t day; /* days since 1970 at +08:00: certificates, leave, special supervision */
	bool understaffed; /* also if no teams can be found for it as far as may be known: that is a warning then */
};

/*
 * One minimum that the draw serves. No two live draws may cover the same four words (spec/draw.md 5.2).
 */
struct plan_covered {
	const char *rule;   /* id of the rule in the rule set; of the line for a campaign */
	const char *name;   /* what people call it */
	const char *pool;   /* as asked */
	const char *period; /* as asked */
	uint64_t members;   /* N of the rule on that day: the denominator */
	uint64_t need;      /* what the law asks of this draw after what was done */
	uint64_t drawn; /* of its members, for certain whatever R is; >= need. See drawn below */
	const char *sentence; /* the arithmetic with its legal basis */
};

/* A stratum of the lists: those of one kind are of the same rules, so that what one of them draws counts for all. */
struct plan_stratum {
	const char *name;
	uint32_t kind;
	bool must; /* its members are owed a visit in every period that is left */
};

/*
 * All of it lives in the notes' arena. No file is written: strata and who is in a list are secret, and a file would outlive
 * a process that is killed.
 */
struct plan_period_lists {
	struct span objects, inspectors, conflicts, rules; /* dr1 files, spec/draw.md 1 */
	struct span
		matters; /* a line for each object in its order: id TAB ids of matters joined by ',' */
	uint64_t object_count, inspector_count, conflict_count;
	uint64_t
		drawn; /* objects that will be drawn, as far as who waits for other visits leaves so many */
	bool blind; /* visits of other draws are sealed: what the lists say of strata would tell of whom */

	const struct plan_stratum *strata;
	size_t strata_count;

	const char *title;     /* of the plan and period, for papers */
	const char *authority; /* the body that draws, its name */
	const char *body;      /* its code: the city's or a county's six digits */
	const char *area;      /* county codes joined by ','; "" is the whole city */
	const char *basis;     /* documents of the rules, joined by '；' */
	int64_t from, to;      /* the period's first and last day, days since 1970 */
	int64_t draw_by;       /* last day of the draw by the milestones (or its extension) */
	int64_t until;         /* the last day of visits: `to`, or what was agreed beyond it */
	int64_t reveal_by; /* hard reveal day: period end + the rule set's days (15), whatever was extended; of a draw
			      that is only made in an extension: its last day + as many */
	int64_t plan_version; /* of the approved plan */

	struct plan_covered *covered;
	size_t covered_count;
	struct plan_absent *absent; /* inspectors that are not in inspectors.tsv */
	size_t absent_count;
	/*
	 * Live sites that count in the denominators and cannot be drawn now, at the cap or waiting for a visit of
	 * another draw: they are in objects.tsv, in strata whose quota is 0. Secret too.
	 */
	uint64_t held;
	/* Those that wait: ids in bytewise order. Secret, as the other draw is: never shown. */
	const char **waiting;
	size_t waiting_count;
	/* Those at the cap that do not wait: nobody of them may be visited, whatever a draw before it says. Secret too. */
	const char **capped;
	size_t capped_count;
	uint64_t uncovered; /* live sites of the area that no rule speaks of (not in objects.tsv) */
};

/*
 * Writes the lists of one draw. OK, or
 * NONE      no such plan, period or pool
 * FORBIDDEN the plan is not approved
 * INVALID   a minimum cannot be met, a registry or rule is wrong: PLAN_REFUSED notes say what and how
 * else a status of files or a code of the database.
 */
MUST_USE int plan_period_lists(struct office *o, const struct plan_period_ask *ask,
			       struct plan_notes *notes, struct plan_period_lists *ret);

/* The matters of one object: binary search in the bytes of matters.tsv; empty span if there is none. */
MUST_USE struct span plan_period_matters(struct span file, struct span id);

#endif
