#ifndef STORE_DRAW_ROW_H
#define STORE_DRAW_ROW_H
/*
 * store/draw_row.h — draws from their preparation to their reveal (sql/0007_draw.sql). A step is an update
 * that names the state it starts from, so of two who take one step at once the second gets CONFLICT. Strings
 * live in the caller's arena; NULL is never in a row.
 */
#include "base/arena.h"
#include "db/db.h"

#include <stdbool.h>

struct draw_row {
	int64_t key;
	const char *id;   /* public: <body>-<year>-<number> */
	const char *body; /* six digits */
	int64_t year, number;
	const char *kind;  /* random, cross, joint, expert */
	const char *state; /* prepared approved frozen opened drawn revealed cancelled annulled */
	bool live;         /* neither cancelled nor annulled */
	const char *plan, *period, *pool, *area;
	int64_t parent, replaces; /* keys; 0: none */
	const char *
		department; /* whose draw of teams for the parent's sites it is; "" if it has no parent */
	bool sealed;
	const char *title;
	int64_t reveal_by, period_end; /* days since 1970; 0 before the freeze */
	const char *declaration, *root;
	int64_t objects, drawn, relaxed;
	int64_t approved_version;   /* of the plan; 0 before the approval */
	const char *approved_rules; /* digest of the rule set that it keeps, "" before */
	bool teams;                 /* false after the draw: no teams could be found */
	int64_t unmet;              /* places that cannot be filled */
	int64_t prepared_at, approved_at, frozen_at, opened_at, drawn_at, revealed_at,
		ended_at; /* UTC ms; 0: not yet */
	const char *prepared_by, *approved_by, *approved_for, *frozen_by, *opened_by, *drawn_by,
		*revealed_by, *ended_by, *reason;
};

/* Copies the strings of a row, valid during a call, into the arena. */
void draw_row_keep(struct arena *a, struct draw_row *row);

/* NONE. */
MUST_USE int draw_row_get(struct db *db, struct arena *a, const char *id, struct draw_row *ret);
MUST_USE int draw_row_by_key(struct db *db, struct arena *a, int64_t key, struct draw_row *ret);

/* The draw that has taken the place of one: not cancelled itself, so there is at most one. NONE. */
MUST_USE int draw_row_replacing(struct db *db, struct arena *a, int64_t key, struct draw_row *ret);

/* The annulled draw of a body, pool, period and department whose place none has taken yet. NONE. */
MUST_USE int draw_row_unfollowed(struct db *db, struct arena *a, const struct draw_row *like,
				 struct draw_row *ret);

/* Called for each in order of body, year and number; not OK ends the walk. Valid during the call. */
typedef int draw_row_each(void *arg, const struct draw_row *row);

/* body "": of all bodies; year 0: of all years. */
MUST_USE int draw_row_walk(struct db *db, const char *body, int64_t year, draw_row_each *each,
			   void *arg);

/* The departments' draws of a lead's, in order; as draw_row_walk. */
MUST_USE int draw_row_children(struct db *db, int64_t parent, draw_row_each *each, void *arg);

/* Whether this inspector's number is that of somebody in a team of another department ("": the bureau itself). */
MUST_USE int draw_row_member_elsewhere(struct db *db, const char *department, const char *inspector,
				       bool *ret);

/* The number that the next draw of a body and year gets. */
MUST_USE int draw_row_next(struct db *db, const char *body, int64_t year, int64_t *ret);

/*
 * Adds a prepared draw from row (state, times but prepared_at, and counts are not read) and sets its key.
 * DB_UNIQUE: another live draw of body, kind, pool, period and department, or the number was just taken.
 */
MUST_USE int draw_row_add(struct db *db, struct draw_row *row);

/* prepared -> approved, by row->approved_by for row->approved_for at row->approved_at. CONFLICT. */
MUST_USE int draw_row_approve(struct db *db, const struct draw_row *row);

/* approved -> frozen, with all that the freeze tells. CONFLICT. */
MUST_USE int draw_row_freeze(struct db *db, const struct draw_row *row);

/* frozen -> opened, at row->opened_at by row->opened_by. CONFLICT. */
MUST_USE int draw_row_open(struct db *db, const struct draw_row *row);

/* opened, or frozen when it has no outside shares -> drawn, from the state in row->state. CONFLICT. */
MUST_USE int draw_row_run(struct db *db, const struct draw_row *row);

/* drawn -> revealed, at row->revealed_at by row->revealed_by. An annulled draw keeps its state and gets the time. CONFLICT. */
MUST_USE int draw_row_reveal(struct db *db, const struct draw_row *row);

/* row->state -> `to` (cancelled or annulled) with ended_at, ended_by, reason; no longer live. CONFLICT. */
MUST_USE int draw_row_end(struct db *db, const struct draw_row *row, const char *to);

/*
 * The last freeze of a body from one of two pools, a department's aside, whose draw has a result and is live: what was cancelled or annulled
 * settled nothing. 0 if there was none.
 */
MUST_USE int draw_row_last_freeze(struct db *db, const char *body, const char *pool,
				  const char *other, int64_t *ret);

/* Who changed registries at or after a time, each spelling once, and how often. */
typedef int draw_editor_each(void *arg, const char *actor, int64_t edits);
MUST_USE int draw_row_editors(struct db *db, int64_t since, draw_editor_each *each, void *arg);

/* What a draw must know of its plan; strings in the arena. */
struct draw_plan {
	const char *body, *title,
		*area; /* title and area of the newest approved version, else "" */
	int64_t year;
	bool approved;
};
MUST_USE int draw_row_plan(struct db *db, struct arena *a, const char *plan, struct draw_plan *ret);

/* ---- minimums that a draw serves ---- */

struct draw_cover_row {
	const char *rule, *pool, *period, *sentence;
	int64_t members, need, drawn;
};

/* DB_UNIQUE if another live draw of the body serves the same rule, pool and period. */
MUST_USE int draw_cover_add(struct db *db, const struct draw_row *draw,
			    const struct draw_cover_row *row);

typedef int draw_cover_each(void *arg, const struct draw_cover_row *row);
MUST_USE int draw_cover_walk(struct db *db, int64_t draw, draw_cover_each *each, void *arg);

#endif
