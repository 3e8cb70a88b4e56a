#ifndef APP_PLAN_CHECK_H
#define APP_PLAN_CHECK_H
/*
 * app/plan_check.h — can the year still keep the law? For every rule what is required, planned, done and
 * left, what clashes, and what is covered: one pass over the registry (two late in the year).
 */
#include "app/plan_capacity.h"
#include "app/plan_clash.h"
#include "app/plan_coverage.h"
#include "app/plan_draw.h"
#include "app/plan_extra.h"
#include "app/plan_milestone.h"
#include "app/plan_project.h"

struct plan_check_rule {
	const struct plan_ask *ask; /* NULL: a number of actions, or a share of all visits */
	const char *id, *title, *law;
	uint64_t members;
	uint64_t want, pending, done,
		left;                  /* in the rule's own window: left = want - pending - done */
	uint64_t need, drawn, missing; /* of this draw */
	uint64_t year_left;            /* what the rest of the year asks */
	uint64_t year_room;            /* what the cap lets through */
	bool hidden; /* too few members: what waits could be read off the numbers but members and want */
	bool never;    /* it cannot be met as things stand */
	bool possible; /* nothing that stops or endangers it was found */
	const char *sentence;
};

struct plan_check {
	bool ended; /* nothing can be drawn for the period any more: what is left of it stays undone */
	struct plan_draw *draw;
	struct plan_people people; /* recusals are released */
	struct plan_check_rule *rules;
	size_t rule_count;
	struct plan_clashes clashes;
	struct plan_capacity capacity;
	struct plan_coverage coverage;
	struct plan_project project; /* no period when this one has ended */
	struct plan_milestone milestones[12];
	size_t milestone_count;
	struct plan_sure sure;    /* whose chance is 0 or 1; nothing when the period has ended */
	uint64_t campaign_visits; /* targets of campaigns in this period */
	uint64_t in_two_pools;
};

/* Checks a period of an opened plan. Lives in the scene's arena. NONE: no such period; else as plan_draw_make. */
MUST_USE int plan_check_make(const struct plan_scene *s, const char *period,
			     struct plan_check *ret);

/*
 * The sites that a clash concerns, at most `most`, in id order. Never those that wait for a random visit: that
 * is secret. each: not OK ends it.
 */
typedef int plan_site_each(void *arg, const struct site *site);
struct plan_site_ask {
	size_t clash; /* index */
	uint64_t most;
	plan_site_each *each;
	void *arg;
};
MUST_USE int plan_check_sites(const struct plan_scene *s, const struct plan_check *check,
			      const struct plan_site_ask *ask);

#endif
