#ifndef STORE_PLAN_LINE_H
#define STORE_PLAN_LINE_H
/* store/plan_line.h — what a plan's version has beside the rules, and the extensions of its periods. */
#include "base/arena.h"
#include "db/db.h"

struct plan_line_row {
	const char *id, *kind; /* kind: campaign, permit, project, joint */
	const char *title;
	const char *pool;   /* which sites: app/plan_who.h */
	const char *period; /* "": every one */
	int64_t a, b;       /* a/b of the pool, or a sites if b == 0 */
	const char *matters, *document;
};

/* Adds one to a version. DB_UNIQUE, DB_FOREIGN_KEY, DB_CHECK. */
MUST_USE int plan_line_add(struct db *db, int64_t plan, int64_t version,
			   const struct plan_line_row *row);

/* All lines of a version by id, in the arena. */
MUST_USE int plan_line_list(struct db *db, struct arena *a, int64_t plan, int64_t version,
			    struct plan_line_row **ret, size_t *ret_count);

struct plan_extension_row {
	int64_t id, plan;
	const char *period, *what; /* what: draw, visits */
	int64_t days;
	const char *reason, *asked_by, *decided_by; /* decided_by "": not yet */
	int64_t asked_at, decided_at;
	bool agreed;
};

/* Asks for one; sets row->id. */
MUST_USE int plan_extension_add(struct db *db, struct plan_extension_row *row);

/* NONE. */
MUST_USE int plan_extension_get(struct db *db, struct arena *a, int64_t id,
				struct plan_extension_row *ret);

/* Decides by decided_by, decided_at and agreed. CONFLICT if it is decided already. */
MUST_USE int plan_extension_decide(struct db *db, const struct plan_extension_row *row);

/* All of a plan, oldest first, in the arena. */
MUST_USE int plan_extension_list(struct db *db, struct arena *a, int64_t plan,
				 struct plan_extension_row **ret, size_t *ret_count);

/* Days that were agreed to for one period of these, for the draw or the visits. */
MUST_USE int64_t plan_extension_agreed(const struct plan_extension_row *list, size_t count,
				       const char *period, const char *what);

#endif
