#ifndef TEST_APP_LIFE_WORLD_H
#define TEST_APP_LIFE_WORLD_H
/*
 * test/app/life_world.h — a demo office with an approved plan "P-2026", and lists of made-up sites that stand in
 * for the planner's. The planner is 张三, the approver 李四.
 */
#include "app/life_change.h"
#include "app/life_export.h"
#include "app/life_freeze.h"
#include "app/life_run.h"
#include "app/life_seal.h"
#include "office_world.h"

/* What the next freezes get; reset by life_world_init. */
struct life_lists_of {
	uint32_t objects, inspectors, districts, limit;
	const char *rules;     /* NULL: team 2 1 1, a tenth of s0 and of s1 */
	const char *first;     /* a line of objects.tsv that sorts before all others, or NULL */
	const char *conflicts; /* conflicts.tsv, or NULL: none */
	const char *inspector_lines; /* inspectors.tsv itself, or NULL */
	const char *prefix;          /* of ids of objects; NULL: "S" */
	const char *rule;            /* the rule served; NULL: "key" */
	const char **waiting;        /* sites left out because they wait for another draw's visit */
	size_t waiting_count;
	const struct plan_stratum *strata; /* NULL: not told */
	size_t strata_count;
	int code;  /* what making lists returns */
	int later; /* days that the reveal may wait longer */
};

extern struct life_lists_of life_lists_now;

struct life_world {
	struct office_world w;
	struct office *o; /* &w.office */
	struct arena *a;  /* &w.arena */
	struct plan_notes notes;
	const char *escrow; /* path of the last one */
	const char *draw;   /* id of the last one prepared */
	bool touched;       /* the database was written past the program */
};

#define LIFE_DICE "dice 20d10 hall 2026-03-02T10:00"
#define LIFE_DICE_AT (WORLD_START + 3600000) /* when they are rolled */
#define LIFE_VALUE "31415926535897932384"

void life_world_init(struct life_world *w);

/* What only the program has written must fit the ledger at the end of every test. */
void life_world_release(struct life_world *w);

/* Acts as this person from now on. */
void life_world_as(struct life_world *w, const char *actor);

/* Gives the plan a campaign line with this id, unless it has one or it is the daily pool. */
void life_world_pool(struct life_world *w, const char *pool);

/* Each returns the code; refusals stay in w->o->why and w->notes. Draw: the last one prepared. */
int life_world_prepare(struct life_world *w, const char *pool);
int life_world_approve(struct life_world *w);
int life_world_freeze(struct life_world *w);
int life_world_run(struct life_world *w);

/* Imports inspectors (CSV). */
void life_world_people(struct life_world *w, const char *csv);

/* Lists the people of the tests' draws. */
void life_world_everybody(struct life_world *w);

/* Somebody signs that he holds a copy; share: NULL or what he shows. */
int life_world_hold_as(struct life_world *w, const char *holder, const char *office,
		       const char *share);

/* The two holders of the operator's share sign. */
void life_world_hold(struct life_world *w);

/* Prepared, approved and frozen; the holders sign too. */
void life_world_frozen(struct life_world *w);

/* The same, and drawn after the dice. */
void life_world_drawn(struct life_world *w);

/* Freezes with an entropy and shares of the caller's. */
int life_world_freeze_with(struct life_world *w, const char *entropy,
			   const struct sheet_share *shares, size_t count);

/* The lists that stand in for plan_period_lists. */
int life_world_lists(struct office *o, const struct plan_period_ask *ask, struct plan_notes *notes,
		     struct plan_period_lists *ret);

/* Stands in for ledger_basis, since the plan and the lists are made up. */
int life_world_basis(struct office *o, struct arena *a, int64_t year, const char **ret);

/* The code, and words in the sentence or in a note. */
#define LIFE_REFUSED(w, call, code, words)                                                         \
	life_world_refused((w), (call), (code), (words),                                           \
			   &(const struct life_world_place){ __FILE__, __LINE__ })
struct life_world_place {
	const char *file;
	int line;
};
void life_world_refused(struct life_world *w, int rc, int code, const char *words,
			const struct life_world_place *at);

/* All visits of the last draw are accepted and made, every other one off-site. */
void life_world_finish(struct life_world *w);

/* Exports one form of the last draw and holds it against the verifier. */
void life_world_exported(struct life_world *w, enum life_form form, bool conflicts);

/* The inspector accepts a visit himself. */
int life_world_accept(struct life_world *w, const char *visit, const char *inspector,
		      struct life_site *ret);

/* One number out of the database. */
int64_t life_world_number(struct life_world *w, const char *sql);

/* Runs a statement in the database as somebody from outside would: it is touched then. */
void life_world_sql(struct life_world *w, const char *sql);

/* Checks that it is OK; else prints why. */
void life_world_ok(struct life_world *w, int rc);

/* The draw as it is now; visits as they are, ids in the arena. */
struct draw_row life_world_row(struct life_world *w);
size_t life_world_visits(struct life_world *w, const char ***ret);

/* The visit of the last draw to a site, opened with the keys; "" if there is none. */
const char *life_world_visit_to(struct life_world *w, const char *site);

/* The written reserve that comes first for a visit. */
const char *life_world_reserve(struct life_world *w, const char *visit);

/* The unit of a visit was closed: evidence, reason and approvers of its replacement. */
struct life_change life_world_closed(const char *visit);

/* The operator's share, R or result of the last draw: opened with the keys. */
const char *life_world_secret(struct life_world *w, const char *name);

#endif
