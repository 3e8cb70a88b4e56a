#ifndef STORE_PLAN_H
#define STORE_PLAN_H
/*
 * store/plan.h — annual plans and their versions. A version is made as a draft, submitted, and then approved
 * or returned; or it is dropped while it is a draft. What is decided never changes again. Strings live in the caller's arena.
 */
#include "base/arena.h"
#include "db/db.h"

struct plan_row {
	int64_t key;
	const char *id;   /* public */
	const char *body; /* six digits of the drawing body */
	int64_t year;
};

struct plan_version_row {
	int64_t plan, version;
	const char *state; /* draft, submitted, approved, returned, dropped */
	const char *title, *authority, *area;
	const char *period; /* month, quarter, half, year */
	const char *rules;  /* the rule set's canonical JSON */
	int64_t day_load;   /* visits of a person in ten working days */
	const char *made_by, *submitted_by, *decided_by;
	int64_t made_at, submitted_at, decided_at; /* UTC ms; 0: not yet */
	const char *reason;                        /* why it was returned or dropped */
};

/* By public id, or by key. NONE. */
MUST_USE int plan_get(struct db *db, struct arena *a, const char *id, struct plan_row *ret);
MUST_USE int plan_get_key(struct db *db, struct arena *a, int64_t key, struct plan_row *ret);

/* Adds one and sets row->key. DB_UNIQUE if the id is taken. */
MUST_USE int plan_add(struct db *db, struct plan_row *row, int64_t now);

/* Called for each plan, newest year first, then by id; not OK ends the walk. Valid during the call. */
typedef int plan_each(void *arg, const struct plan_row *row);
MUST_USE int plan_walk(struct db *db, plan_each *each, void *arg);

/* Version 0: the newest that was not dropped, else the newest. NONE. */
MUST_USE int plan_version_get(struct db *db, struct arena *a, int64_t plan, int64_t version,
			      struct plan_version_row *ret);

/* The highest number of a version, dropped ones too; 0: none. */
MUST_USE int plan_version_last(struct db *db, int64_t plan, int64_t *ret);

/* The newest approved version. NONE. */
MUST_USE int plan_version_approved(struct db *db, struct arena *a, int64_t plan,
				   struct plan_version_row *ret);

/* Adds a draft. DB_UNIQUE if that version exists or the plan has another one that is not decided yet. */
MUST_USE int plan_version_add(struct db *db, const struct plan_version_row *row);

/* draft -> submitted. CONFLICT if it is no draft (any more). */
MUST_USE int plan_version_submit(struct db *db, const struct plan_version_row *row);

/* submitted -> row->state (approved or returned), by decided_by at decided_at with reason. CONFLICT. */
MUST_USE int plan_version_decide(struct db *db, const struct plan_version_row *row);

/* draft -> dropped, by decided_by at decided_at with reason. CONFLICT if it is no draft (any more). */
MUST_USE int plan_version_drop(struct db *db, const struct plan_version_row *row);

#endif
