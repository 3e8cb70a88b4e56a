#ifndef APP_PLAN_HISTORY_H
#define APP_PLAN_HISTORY_H
/*
 * app/plan_history.h — the visits of one year so far: the opening balances and the visits of the draws,
 * in memory (they are bounded by what the staff can do), sorted by site.
 */
#include "app/office.h"
#include "app/plan_sealed.h"
#include "app/rule_set.h"
#include "core/mem.h"

struct plan_past {
	struct span site;
	int64_t day; /* of the visit; of the period's first day while pending */
	int64_t counts; /* the day by which periods count it: that day, but inside the period of its draw, so that
			    what is done in an extension is not the next period's */
	unsigned visits; /* enum rule_visit bits; 0 with `cap` only */
	unsigned triggers;
	uint32_t n;     /* visits, or counts toward the cap */
	bool pending;   /* drawn, not ended yet */
	bool sealed;    /* pending, and secret where */
	bool only_cap;  /* counts toward the cap and nothing else */
	uint32_t visit; /* number of the visit: what parts of a split site took over keeps it */
	bool copy;      /* the visit of another entry once more, for a part of its site */
};

struct plan_load {
	struct span inspector;
	int64_t day;
	uint32_t n;
};

struct plan_history {
	struct plan_past *list; /* by site, then day */
	size_t count;
	struct plan_load *loads; /* by inspector, then day */
	size_t load_count;
	struct plan_load *waiting; /* trips to be made, by inspector; `day` is when they are due */
	size_t waiting_count;
	struct plan_sealed_list sealed; /* by minimum: what may be told of the sealed ones */
	uint32_t secret;                /* sealed visits */
	struct plan_load *cases;        /* open cases, by site, which `inspector` holds */
	size_t case_count;
};

/*
 * Loads what the year had until the day (that day included), of all bodies, and the sites that still wait for
 * a random visit of another year; all in the arena. Those of a merged site are its survivor's; those of a site
 * before it was split are its parts' too. A sealed visit has the site "", which no site has: its place is known to
 * nobody who may change a registry and look what moves. With `inside` it has its own: for the lists of a draw only,
 * from which nothing may be told that hangs on it. INVALID if one does not open.
 */
MUST_USE int plan_history_load(struct office *o, struct arena *a, uint32_t year, int64_t day,
			       bool inside, struct plan_history *ret);

/* The visits of a site: index of the first, and how many. */
MUST_USE size_t plan_history_find(const struct plan_history *h, struct span site,
				  size_t *ret_count);

/* Visits of an inspector from..to. */
MUST_USE uint32_t plan_history_load_of(const struct plan_history *h, struct span inspector,
				       int64_t from, int64_t to);

/* Of the trips that wait, an inspector's that are due on the day or later. */
MUST_USE uint32_t plan_history_waiting_of(const struct plan_history *h, struct span inspector,
					  int64_t day);

#endif
