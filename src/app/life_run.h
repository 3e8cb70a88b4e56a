#ifndef APP_LIFE_RUN_H
#define APP_LIFE_RUN_H
/*
 * app/life_run.h — the random values are there: R, the drawn sites, their teams and the result root; visits are
 * stored sealed, all in one transaction.
 */
#include "app/plan_notes.h"
#include "app/sheet_finish.h" /* struct sheet_opened */
#include "store/draw_row.h"

struct office;

struct life_run {
	const char *draw;
	const struct sheet_opened *values; /* by name or in declared order */
	size_t value_count;
	/* Step in Chinese, done, total; returns false to cancel. NULL: none. */
	bool (*progress)(void *arg, const char *step, uint64_t done, uint64_t total);
	void *progress_arg;
};

/*
 * Draws once. Without teams (row.teams false) the drawn objects are stored as visits without members, and the
 * reasons are PLAN_REFUSED notes. CONFLICT: shares are not opened, no holders of the operator's share, or it is
 * drawn already; INVALID: values that do not fit, or 10 minutes have not passed since the freeze; CANCELLED.
 * Unless OK nothing is changed.
 */
MUST_USE int life_run(struct office *o, const struct life_run *in, struct plan_notes *notes,
		      struct draw_row *ret);

/* Could it be drawn now, but for time and values? Its codes; it is asked before long work is begun. */
MUST_USE int life_run_ready(struct office *o, struct arena *a, const char *draw);

#endif
