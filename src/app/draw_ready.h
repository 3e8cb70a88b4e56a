#ifndef APP_DRAW_READY_H
#define APP_DRAW_READY_H
/*
 * app/draw_ready.h — a folder that is ready to be drawn: lists, rules, declaration and record all checked
 * against each other, and R computed from them.
 */
#include "app/draw_folder.h"
#include "app/draw_run.h"
#include "core/declare.h"

struct draw_ready {
	struct draw draw;
	struct declaration declaration;
	struct record record;
	struct draw_seed seed;
};

/*
 * Checks in this order: declaration, lists and rules against it and in themselves, the entropy floor
 * (signatures.tsv counts for the path of 240 with shares), record. INVALID with the first problem;
 * TOO_LARGE, CANCELLED or IO_ERROR. Spans point into the folder's maps.
 */
MUST_USE int draw_ready(struct draw_folder *f, const char *path, uint32_t threads,
			const struct draw_watch *watch, struct draw_ready *ret,
			struct problem *problem);

/*
 * The same of a public form, which has no conflicts.tsv: ret->draw has no recusals, so that it gives tickets, ranks
 * and the drawn objects, but no teams.
 */
MUST_USE int draw_ready_public(struct draw_folder *f, const char *path,
			       const struct draw_watch *watch, struct draw_ready *ret,
			       struct problem *problem);

#endif
