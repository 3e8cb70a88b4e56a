#ifndef APP_SHEET_FINISH_H
#define APP_SHEET_FINISH_H
/*
 * app/sheet_finish.h — a frozen folder gets its entropy values and opened shares and becomes a result:
 *
 *   DIR/record seed result.tsv result.root      dr1 (spec/draw.md)
 *   DIR/papers/任务表.xlsx                       every visit, every inspector, every written reserve
 *   DIR/papers/任务单/<n>-<object>.pdf           one page for each drawn site
 *   DIR/papers/抽签记录.pdf                      the protocol with seed, roots, quotas and signature lines
 *   DIR/SHA256SUMS                              over all of it and what was frozen
 *
 * Everything is made beside the folder and moved in at the end, in one go that Ctrl-C does not cut. A folder with
 * anything else in it is refused. A paper that was changed since goes to the folder DIR.bak.
 */
#include "app/plan_notes.h"

#include <stdbool.h>

struct sheet_opened {
	const char *name,
		*value; /* entropy: "<source> <selector>" or NULL (in order); share: the party */
};

struct sheet_finish {
	const char *folder;
	const struct sheet_opened *values;
	size_t value_count;
	const struct sheet_opened *shares;
	size_t share_count;
	const char *share_file; /* the operator's; NULL: DIR.operator-share if there is one */
	/* Step in Chinese, done, total; returns false to cancel. NULL: none. */
	bool (*progress)(void *arg, const char *step, uint64_t done, uint64_t total);
	void *progress_arg;
};

struct sheet_finished {
	bool teams; /* false: no teams exist; the drawn objects are written, the reasons are in the notes */
	bool sealed;                       /* the seed is secret until the reveal: do not show it */
	const char *draw_id, *seed, *root; /* R and the result root */
	const char *
		fingerprint; /* of the freeze (app/sheet_bound.h), hex: as it stands in the protocol */
	uint64_t drawn, trips;
	const char *tasks_path, *visits_path, *protocol_path;
};

/*
 * Checks the folder against what was frozen, records, draws, writes. Running it again with the same values
 * writes the same bytes; with others it is refused; another run in the same folder is waited for. INVALID with
 * PLAN_REFUSED notes; NONE without such a folder; CONFLICT if another record or result is there; TOO_LARGE,
 * IO_ERROR, NO_SPACE, CANCELLED, UNAVAILABLE (no font). Unless OK the folder is as it was; a process that is
 * killed while it moves the files in leaves some of them, and the same call completes them.
 */
MUST_USE int sheet_finish(const struct sheet_finish *in, struct plan_notes *notes,
			  struct sheet_finished *ret);

#endif
