#ifndef APP_SHEET_REHEARSE_H
#define APP_SHEET_REHEARSE_H
/*
 * app/sheet_rehearse.h — freeze and finish in one go with numbers made on the spot. The entropy source is
 * `demo`, which no verifier ever accepts; every page is stamped 演练无效; no share is left over.
 */
#include "app/sheet_finish.h"
#include "app/sheet_freeze.h"

struct sheet_rehearsed {
	struct sheet_frozen frozen;
	struct sheet_finished finished;
};

/*
 * As sheet_freeze and sheet_finish. Of `in` the files, out, day, accept_quarantine, any_area and progress
 * count; draw_id NULL makes YANLIAN-<year>-1. On failure the folder is gone again.
 */
MUST_USE int sheet_rehearse(const struct sheet_freeze *in, const struct sheet_finish *watch,
			    struct plan_notes *notes, struct sheet_rehearsed *ret);

#endif
