#ifndef STORE_VISIT_CHANGE_H
#define STORE_VISIT_CHANGE_H
/*
 * store/visit_change.h — later changes of a draw (spec/draw.md 4.6), units that are certain next time, and the
 * city's pressing of a branch (督办). Rows are added and never changed but for the one field named here.
 */
#include "base/arena.h"
#include "db/db.h"

struct visit_change {
	int64_t key, draw;
	const char *visit;
	const char *kind; /* reserve, recusal, illness */
	int64_t at;
	const char *actor;
	const char *evidence;                             /* digest, or "" */
	const char *approver, *second;                    /* second "" where one suffices */
	const char *left_member, *new_member, *new_visit; /* "" where it does not apply */
	const void *words;                                /* sealed */
	size_t words_len;
};

MUST_USE int visit_change_add(struct db *db, const struct visit_change *c);

/* In order; not OK ends the walk. Valid during the call. */
typedef int visit_change_each(void *arg, const struct visit_change *c);
MUST_USE int visit_change_walk(struct db *db, int64_t draw, visit_change_each *each, void *arg);

/* A replaced unit. */
struct visit_certain {
	int64_t key;
	const char *visit, *body;
	const void *sealed;
	size_t sealed_len;
	int64_t at;
};

MUST_USE int visit_certain_add(struct db *db, const struct visit_certain *c);

/* Those that no draw has taken yet, in order. */
typedef int visit_certain_each(void *arg, const struct visit_certain *c);
MUST_USE int visit_certain_walk(struct db *db, const char *body, visit_certain_each *each,
				void *arg);

/* A draw took it. CONFLICT if another one did. */
MUST_USE int visit_certain_use(struct db *db, int64_t key, int64_t draw);

/* A cancelled draw gives back what it took. */
MUST_USE int visit_certain_give_back(struct db *db, int64_t draw);

struct visit_press {
	int64_t key;
	int64_t draw;
	const char *branch, *actor, *words;
	int64_t at, answer_by; /* answer_by: days since 1970 */
	int64_t answered_at;
	const char *answered_by, *answer; /* "" until answered */
};

MUST_USE int visit_press_add(struct db *db, const struct visit_press *p);

/* The first that the branch has not answered; it is told in *ret, in the arena. NONE: nothing is open. */
MUST_USE int visit_press_next(struct db *db, struct arena *a, int64_t draw, const char *branch,
			      struct visit_press *ret);

/* Answers the one with p->key. CONFLICT: it has been answered. */
MUST_USE int visit_press_answer(struct db *db, const struct visit_press *p);
typedef int visit_press_each(void *arg, const struct visit_press *p);
MUST_USE int visit_press_walk(struct db *db, int64_t draw, visit_press_each *each, void *arg);

#endif
