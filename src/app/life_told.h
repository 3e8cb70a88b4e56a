#ifndef APP_LIFE_TOLD_H
#define APP_LIFE_TOLD_H
/*
 * app/life_told.h — a step goes on only from steps that the ledger tells of: somebody who writes the database could put a row
 * into a state for the time of one act and put it back, and no later look would find that.
 */
#include "app/office.h"
#include "store/draw_row.h"

/*
 * How many entries about the subject tell of that action and carry the office's mark (app/ledger_mark.h). Not while rows
 * of another statement are open.
 */
MUST_USE int life_told(struct office *o, const char *action, const char *subject, int64_t *ret);

/* FORBIDDEN with o->why unless there are at least so many. */
MUST_USE int life_must_be_told(struct office *o, const char *action, const struct draw_row *row,
			       int64_t least);

/* The same of its reveal; an annulled draw may have come out with one that took its place. */
MUST_USE int life_revealed_is_told(struct office *o, struct arena *a, const struct draw_row *row);

#endif
