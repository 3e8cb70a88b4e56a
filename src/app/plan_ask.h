#ifndef APP_PLAN_ASK_H
#define APP_PLAN_ASK_H
/*
 * app/plan_ask.h — what one draw is asked: the rules, the plan's lines and the matters not yet covered,
 * each with its population, what the law wants in its own period, what was done, and what is left for the
 * draw. Each minimum is rounded once, for the whole population.
 */
#include "app/plan_cover.h"
#include "app/plan_scene.h"

struct plan_ask {
	const char *id, *title;
	const char *law;                  /* document, number and article, one text; "" if none */
	const struct rule *rule;          /* NULL: a line or matters */
	const struct plan_line_row *line; /* NULL: a rule or matters */
	uint32_t kinds; /* matters: object kinds of sites that would cover them, bits */
	struct rule_who who;
	struct plan_span window; /* what the rule's number is for */
	uint32_t left;           /* draws left in the window, this one included */
	uint32_t times; /* windows of the rule in one draw; 1 unless it is finer than the plan */
	bool distinct;  /* sites are counted, not visits */
	bool share; /* a part of the sites that there are, so that only these count; else whoever was visited does */
	unsigned counts; /* enum rule_visit bits */
	uint64_t heads;
	/* by app/plan_scan.h: */
	uint64_t members, city; /* live sites in the area, and in the whole city */
	uint64_t done, pending; /* in the window */
	uint64_t capped, busy;  /* members that cannot be drawn now */
	uint64_t
		cap_room; /* visits that the cap still lets through this year, one a draw at most */
	uint64_t cap_tight; /* members that any visit more leaves less of that */
	/* by plan_asks_settle: */
	uint64_t want; /* in the window, rounded */
	uint64_t need; /* of this draw */
	bool drawn; /* its period was drawn already: `left` are the draws after it, which share what is missing */
	bool small; /* so few members that who waits for a visit could be read off its numbers: not to be told */
};

/* Below so many members the numbers of an ask are not told while visits wait. */
enum { PLAN_FEW = 5 };

struct plan_asks {
	struct plan_ask list[COVER_RULES_MOST];
	size_t count;
	struct plan_span period;
	const char *period_text, *pool;
	bool uses_done; /* some rule's draws depend on the visits so far */
	bool drawn;     /* the period was drawn already: nothing is drawn for it any more */
	bool waiting;   /* some site waits for a random visit */
	bool joint; /* a joint line's: sites in another unfinished draw may be drawn (spec/draw.md 5.2) */
};

/* Whether a line of a plan has a pool of its own, and is not drawn together with the rules. */
MUST_USE bool plan_line_alone(const struct plan_line_row *line);

/* Whether the line is a joint action (联合) that this bureau leads: it has a pool of its own. */
MUST_USE bool plan_line_joint(const struct plan_line_row *line);

/* The line's own period if it has one and the draw's lies in it; false: it is not for this draw. */
MUST_USE bool plan_line_window(const struct plan_line_row *line, const struct plan_span *period,
			       struct plan_span *ret);

/*
 * The asks of a pool in a period, without numbers: PLAN_POOL_DAILY (app/plan_period.h) or the id of a
 * campaign or joint line. NONE if there is no such pool in it; INVALID with notes; TOO_LARGE above 64.
 */
MUST_USE int plan_asks_make(const struct plan_scene *s, const char *period, const char *pool,
			    struct plan_asks *ret);

/* Adds an ask for one visit among the sites of these object kinds. False if there is no room. */
bool plan_asks_add_matters(struct plan_asks *asks, struct arena *a, const char *title,
			   uint32_t kinds);

/*
 * Why the rule cannot be worked out: its number is not set, or it multiplies the people of a branch that has none
 * registered. A Chinese sentence in the arena without its full stop, and *ret_mend what to do; NULL: it can.
 */
MUST_USE const char *plan_ask_unset(const struct plan_scene *s, const struct plan_ask *ask,
				    const char **ret_mend);

/* The period was drawn already: what is missing is for the draws after it. */
void plan_asks_drawn(struct plan_asks *asks);

/* Works out want and need from what was counted. */
void plan_asks_settle(struct plan_asks *asks);

/* "10%", "1/3", "每人 5 次", "12 家", "全部". In the arena. */
MUST_USE const char *plan_basis_words(struct arena *a, const struct rule_basis *basis);

/* The arithmetic in one sentence; `drawn` of its members for certain. In the arena. */
MUST_USE const char *plan_ask_sentence(struct arena *a, const struct plan_ask *ask, uint64_t drawn);

/* Which daily rules the cover takes; out has COVER_RULES_MOST entries. */
void plan_asks_rules(const struct plan_scene *s, const struct plan_asks *asks,
		     struct cover_rule *out);

#endif
