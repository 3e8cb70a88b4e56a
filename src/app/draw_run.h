#ifndef APP_DRAW_RUN_H
#define APP_DRAW_RUN_H
/*
 * app/draw_run.h — one draw on several threads. Ranges of the object list and parts of the assignment
 * are shared out; the bytes that come out are those of the single-threaded functions of core/draw.h.
 */
#include "base/cleanup.h"
#include "core/draw.h"

/* How the caller watches long work; every pointer may be NULL. Called from the calling thread only. */
struct draw_watch {
	void (*at)(void *arg, const char *step, uint64_t done, uint64_t total); /* step: Chinese */
	bool (*stop)(void *arg); /* true: give up soon */
	void *arg;
};

/*
 * Opens a draw (draw_open) on several threads. INVALID with the first problem by file and line,
 * TOO_LARGE, CANCELLED. threads as in draw_run.
 */
MUST_USE int draw_run_open(const struct draw_files *files, uint32_t threads,
			   const struct draw_watch *watch, struct region *r, struct draw *ret,
			   struct problem *problem);

struct draw_outcome {
	struct draw_selection selection;
	struct draw_teams teams; /* feasible false: no teams, result holds the certificate */
	struct draw_result result;
};

/*
 * Draws, makes teams and the result of an opened draw. threads 1 to 16 (0: one a processor, at most 4);
 * each takes scratch memory of its own. Everything returned lives in the region. TOO_LARGE when the
 * region is full, CANCELLED by the watch, IO_ERROR without threads or memory.
 */
MUST_USE int draw_run(const struct draw *d, const struct draw_seed *seed, uint32_t threads,
		      const struct draw_watch *watch, struct region *r, struct draw_outcome *ret);

/* The steps of draw_run alone. */
MUST_USE int draw_run_select(const struct draw *d, const struct draw_seed *seed, uint32_t threads,
			     const struct draw_watch *watch, struct region *r,
			     struct draw_selection *ret);
MUST_USE int draw_run_teams(const struct draw *d, const struct draw_seed *seed,
			    const struct draw_selection *selection, uint32_t threads,
			    const struct draw_watch *watch, struct region *r,
			    struct draw_teams *ret);

#endif
