#ifndef TEST_APP_PLAN_WORLD_H
#define TEST_APP_PLAN_WORLD_H
/*
 * test/app/plan_world.h — a demo office with registries and a rule set of the test's own, and a plan "P-2026"
 * of quarters that 张三 makes and 李四 approves. Its clock stands at 2026-03-02 09:00 +08:00.
 */
#include "app/plan_check.h"
#include "app/plan_opening.h"
#include "app/plan_period.h"
#include "app/plan_year.h"

#include "office_world.h"

struct plan_world {
	struct office_world w;
	struct office *o;
	struct arena *a;
	struct plan_notes notes;
	struct plan_scene scene; /* while open */
	struct plan_check check; /* of the last plan_world_check */
	bool understaffed;       /* lists are made though no teams can be found */
};

/* registries as CSV with their English headers; NULL: none. */
struct plan_world_data {
	const char *sites, *inspectors, *matters, *recusals;
	const char *more, *rules; /* of the rule set: see plan_world.c */
	const char *lines;        /* CSV, or NULL */
	const char *period;       /* NULL: quarter */
};

void plan_world_init(struct plan_world *w, const struct plan_world_data *data);
void plan_world_release(struct plan_world *w);

/* `count` sites of one class and county, ids PREFIX-0001..., appended to CSV text in the arena. */
const char *plan_world_sites(struct plan_world *w, const char *csv, const char *prefix,
			     const char *rest, uint32_t count);

/* Imports more inspectors. */
void plan_world_import_people(struct plan_world *w, const char *csv);

/* The plan's rules become those of rules/NAME.json, in force in any year. */
void plan_world_use_file(struct plan_world *w, const char *name);

/* Acts as this person. */
void plan_world_as(struct plan_world *w, const char *actor);

/* Sets the clock to 09:00 at +08:00 of a day. */
void plan_world_day(struct plan_world *w, const char *day);

/* Submits and approves. */
void plan_world_approve(struct plan_world *w);

/* Puts in a draw of the plan that was drawn now. */
void plan_world_drawn(struct plan_world *w, const char *period, const char *pool);

/* The same of a joint line, in kind joint. */
void plan_world_drawn_joint(struct plan_world *w, const char *period, const char *line);

/* Puts in a visit of 2026-Q1 that waits at a site (its id has 11 characters). */
void plan_world_waits(struct plan_world *w, const char *site, const char *kind, bool joint);

/* Puts in a visit of 2026-Q1 that ended without one: its site is certain in the next draw. */
void plan_world_certain(struct plan_world *w, const char *site);

/* Checks a period on the clock's day; the scene stays open until the next call or the release. */
int plan_world_check(struct plan_world *w, const char *period);

/* The clash of that kind (the n-th, from 0), or NULL. */
const struct plan_clash *plan_world_clash(const struct plan_world *w, enum plan_clash_kind kind,
					  size_t n);

/* The rule of the check, or NULL. */
const struct plan_check_rule *plan_world_rule(const struct plan_world *w, const char *id);

/* Makes the lists into a fresh folder. */
int plan_world_lists(struct plan_world *w, const char *period, const char *pool,
		     struct plan_period_lists *ret);

/* A note holds the words; else prints them all. */
bool plan_world_noted(const struct plan_world *w, const char *words);

/* Imports opening balances of 2026. */
int plan_world_opening(struct plan_world *w, const char *csv, struct plan_opening_sum *ret);

/* Puts one daily visit into the balances of 2026 in place of what was there, as no import would let in beside a draw. */
void plan_world_brought(struct plan_world *w, const char *site, int64_t day);

/* Entries of the ledger with that action. */
int64_t plan_world_entries(struct plan_world *w, const char *action);

#endif
