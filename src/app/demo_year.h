#ifndef APP_DEMO_YEAR_H
#define APP_DEMO_YEAR_H
/*
 * app/demo_year.h — the demo city with a year of work: its files (app/demo.h), and a data folder in which the use
 * cases of the office have kept registries, rules and a plan, held four quarters' draws and made the visits. The
 * year is 2026. The same seed gives the same lists, days, dice and acts; who is drawn hangs on the operator's secret
 * share too and differs each time.
 */
#include "app/demo.h"

#include <stdint.h>

struct demo_year {
	const char *folder, *seed;
	const char *
		db; /* postgresql://...: the data lie there, folder/data has only their keys; NULL: a file */
	bool force; /* see demo_write */
	/* Step in Chinese, done, total; returns false to cancel. NULL: none. */
	bool (*progress)(void *arg, const char *step, uint64_t done, uint64_t total);
	void *progress_arg;
};

struct demo_year_done {
	struct demo_written written;
	const char *data;    /* the data folder: folder/data */
	const char *plan;    /* id of the plan */
	const char *planner; /* who draws */
	const char *next;    /* a time for --now after the last act */
	uint64_t draws, visits, made;
};

/*
 * Makes all of it; strings live in the arena. CONFLICT: demo_write's, or folder/data exists; CANCELLED; or a
 * code of the step that failed, with a Chinese sentence in *ret_why (NULL if the status says it all). What was
 * made until then stays; delete the folder and begin again.
 */
MUST_USE int demo_year_make(struct arena *a, const struct demo_year *in, struct demo_year_done *ret,
			    const char **ret_why);

#endif
