#ifndef APP_DRAW_STAFFING_H
#define APP_DRAW_STAFFING_H
/*
 * app/draw_staffing.h — teams after a draw that has none (core/draw_staff.h), made and checked. They are kept beside
 * the nine files as staff.tsv, so that result.tsv and its root stay those of the day of the draw.
 */
#include "app/draw_folder.h"
#include "app/draw_run.h"
#include "base/arena.h"
#include "core/draw_staff.h"
#include "core/verify.h"

#define DRAW_STAFFING_FILE "staff.tsv"

struct draw_staffing {
	struct draw_selection selection;
	struct draw_teams teams; /* infeasible */
	struct draw_staffed staffed;
	struct span text; /* staff.tsv */
};

/*
 * Makes them from an opened draw and R; everything lives in the region, and the seed must outlive it. NONE: the draw
 * has teams; TOO_LARGE, CANCELLED, IO_ERROR as draw_run.
 */
MUST_USE int draw_staffing_make(const struct draw *d, const struct draw_seed *seed,
				const struct draw_watch *watch, struct region *r,
				struct draw_staffing *ret);

/*
 * Verifies the staff.tsv of a folder that was opened to read and whose nine files were verified with `report`: *ret is
 * the step. NONE if there is no such file; TOO_LARGE if memory does not suffice, IO_ERROR.
 */
MUST_USE int draw_staffing_check(struct draw_folder *f, const char *folder, struct arena *a,
				 const struct verify_report *report, struct verify_step *ret);

#endif
