#ifndef APP_LIFE_FREEZE_H
#define APP_LIFE_FREEZE_H
/*
 * app/life_freeze.h — the lists of an approved draw are frozen: made from the plan, declared, sealed into the
 * database and logged, all in one transaction. Sealed mode makes the operator's share, keeps it sealed and
 * writes two copies for the escrow holders.
 */
#include "app/plan_notes.h"
#include "app/plan_period.h"
#include "app/sheet_freeze.h" /* struct sheet_share */
#include "store/draw_row.h"

struct office;

/* Makes the lists of a draw; plan_period_lists is the one that a real draw uses. */
typedef int life_lists(struct office *o, const struct plan_period_ask *ask,
		       struct plan_notes *notes, struct plan_period_lists *ret);

/*
 * Holds what lists of a year are made from against the ledger, in their transaction and before them; *ret are lines for
 * the freeze's entry. ledger_basis is the one that a real draw uses.
 */
typedef int life_basis(struct office *o, struct arena *a, int64_t year, const char **ret);

struct life_freeze {
	const char *draw;
	const char *const *entropy; /* "<source> <selector...>" */
	size_t entropy_count;
	const struct sheet_share *shares; /* outside parties */
	size_t share_count;
	const char *
		escrow; /* sealed mode: where the printed copies go, outside the data folder; mode 0600 */
	bool fetched; /* sealed mode: no file is written, each holder fetches his copy himself (life_copy.h) */
	const char *
		drawn_at; /* "2026-03-01T21:30" at +08:00: the announced time of values that do not tell
				 theirs (lottery issues, pulses); NULL: none */
	int64_t day; /* days since 1970 on which eligibility is judged, from today to the period's last; 0: today */
	bool understaffed; /* also when it is known before that no teams can be found */
	life_lists *lists;
	life_basis *basis;
	bool (*progress)(void *arg, const char *step, uint64_t done,
			 uint64_t total); /* may be NULL */
	void *progress_arg;
};

struct life_frozen {
	struct draw_row row;
	char digest[65]; /* D */
	uint64_t inspectors, conflicts;
};

/*
 * Freezes. What is worth telling goes to the notes. NONE; CONFLICT: not approved (any more), another live
 * draw serves the same minimum, a site is in another unfinished draw, or the escrow file exists; FORBIDDEN:
 * plan not approved, approver edited lists; INVALID with PLAN_REFUSED notes or o->why: lists, entropy below
 * the floor, a party's key that was not logged 30 days before, a value that would come too early. Unless OK
 * nothing is changed and the escrow file is gone.
 */
MUST_USE int life_freeze(struct office *o, const struct life_freeze *in, struct plan_notes *notes,
			 struct life_frozen *ret);

#endif
