#ifndef STORE_VISIT_H
#define STORE_VISIT_H
/*
 * store/visit.h — visits, their teams and what changed later. A visit's site is sealed until it is accepted
 * (`site` is "" until then; app/life_seal.h seals and opens it). Strings live in the caller's arena, or are valid
 * during a call.
 */
#include "base/arena.h"
#include "db/db.h"

#include <stdbool.h>

enum { VISIT_ID = 26 };

struct visit_row {
	const char *id;      /* ULID */
	int64_t draw;        /* key; 0: not drawn */
	const char *draw_id; /* "" if not drawn; not read when added */
	const char *body;
	int64_t year;
	const char *period;
	const char *kind; /* daily, campaign, targeted, recheck, business */
	bool joint;
	const char *state; /* planned, accepted, visited, ended */
	const char *ended; /* why: closed moved refused replaced annulled other; "" unless ended */
	const char *trip;  /* visits with one team share it */
	bool held;         /* its site may be in no other random draw */
	const char *site;  /* registry number; "" while secret */
	const void *sealed;
	size_t sealed_len;
	int64_t deadline, day; /* days since 1970; day 0: not done */
	bool offsite;
	const char *replaces; /* the visit whose place it took, or "" */
	const char *
		shared; /* of a department's: the lead's visit of the site that it goes along with, or ""; not read
			       when added (visit_share) */
	int64_t accepted_at, ended_at;
	const char *accepted_by, *ended_by;
	int64_t frozen_at; /* of the draw, UTC milliseconds; 0 if not drawn; not read when added */
};

/* Fills one; DB_ROW, DB_OK after the last, as db_load_next. Borrowed until the next call. */
typedef int visit_next(void *arg, struct visit_row *row);

/* Adds planned visits, inside db_write. */
MUST_USE int visit_add(struct db *db, visit_next *next, void *arg);

/* NONE. */
MUST_USE int visit_get(struct db *db, struct arena *a, const char *id, struct visit_row *ret);

/* The visit of the same draw that took the place of one. NONE. */
MUST_USE int visit_replacing(struct db *db, struct arena *a, const char *id, struct visit_row *ret);

/* A department's visit goes along with the lead's. NONE. */
MUST_USE int visit_share(struct db *db, const char *id, const char *lead);

/* Which visits; "" and 0 restrict nothing. */
struct visit_ask {
	int64_t draw;
	const char *body;
	int64_t year;
	const char *state, *inspector;
	const char *draws; /* keys of draws, ",3,17,": of these alone; NULL or "": of all */
	const char *after; /* id of the last one seen */
	int64_t most;      /* 0: all */
};

/* Called for each in id order, streamed; not OK ends the walk. */
typedef int visit_each(void *arg, const struct visit_row *row);
MUST_USE int visit_walk(struct db *db, const struct visit_ask *ask, visit_each *each, void *arg);

/* How many there are, whatever `after` and `most` say. */
MUST_USE int visit_ask_count(struct db *db, const struct visit_ask *ask, int64_t *ret);

/* Visits that hold their site, of all bodies and years. */
MUST_USE int visit_walk_held(struct db *db, visit_each *each, void *arg);

/* The departments' visits that go along with the lead's, by draw. */
MUST_USE int visit_walk_shared(struct db *db, const char *lead, visit_each *each, void *arg);

struct visit_counts {
	int64_t planned, accepted, visited, ended;
	int64_t replaced; /* of the ended: a reserve went on in its place */
};
MUST_USE int visit_count(struct db *db, int64_t draw, struct visit_counts *ret);

/* planned -> accepted, site becomes public. CONFLICT. */
MUST_USE int visit_accept(struct db *db, const struct visit_row *row);

/* accepted -> visited on row->day, offsite or not; no longer held. CONFLICT. */
MUST_USE int visit_done(struct db *db, const struct visit_row *row);

/* From row->state -> ended for row->ended, with ended_at and ended_by; site "" keeps it secret. CONFLICT. */
MUST_USE int visit_end(struct db *db, const struct visit_row *row);

/* Makes sites public at the reveal: at most VISIT_PUBLISH of them at once. */
enum { VISIT_PUBLISH = 16 };
struct visit_public {
	const char *id, *site;
};
MUST_USE int visit_publish(struct db *db, const struct visit_public *list, size_t count);

/* All planned and accepted visits of a draw end as annulled. */
MUST_USE int visit_annul(struct db *db, int64_t draw, int64_t at, const char *actor);

/* ---- teams ---- */

struct visit_member {
	const char *visit;
	int64_t place; /* from 0, in the order accepted */
	const char *inspector;
	bool senior, lead;
	int64_t left_at; /* 0: still goes */
};

typedef int visit_member_next(void *arg, struct visit_member *row);
MUST_USE int visit_member_add(struct db *db, visit_member_next *next, void *arg);

/* Those who go (all: also who left), by place. */
MUST_USE int visit_member_list(struct db *db, struct arena *a, const char *visit, bool all,
			       struct visit_member **ret, size_t *ret_count);

/* "S" or "J" of one who goes or went, in the arena; "-": nobody of that name did. */
MUST_USE int visit_member_grade(struct db *db, struct arena *a, const char *visit,
				const char *inspector, const char **ret);

/* One leaves. NONE if he does not go. */
MUST_USE int visit_member_leave(struct db *db, const char *visit, const char *inspector,
				int64_t at);

/* Who leads now: the first senior who goes, else the first. */
MUST_USE int visit_member_lead(struct db *db, const char *visit, int64_t place);

/* Trips of each inspector in a draw that are not all ended; called in order of inspector. */
typedef int visit_load_each(void *arg, const char *inspector, int64_t trips);
MUST_USE int visit_load_walk(struct db *db, int64_t draw, visit_load_each *each, void *arg);

/* Trips of each inspector in a year over all draws that are not all ended, the planner's base. */
MUST_USE int visit_load_year(struct db *db, int64_t year, visit_load_each *each, void *arg);

/* Trips of each inspector that have a visit to be made, of all draws, by the day they are due (visit_row.deadline). */
typedef int visit_waiting_each(void *arg, const char *inspector, int64_t deadline, int64_t trips);
MUST_USE int visit_load_waiting(struct db *db, visit_waiting_each *each, void *arg);

/* Visits of a trip that are not ended, ids in the arena. */
MUST_USE int visit_trip_list(struct db *db, struct arena *a, const char *trip, const char ***ret,
			     size_t *ret_count);

#endif
