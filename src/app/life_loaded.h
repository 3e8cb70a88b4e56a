#ifndef APP_LIFE_LOADED_H
#define APP_LIFE_LOADED_H
/* app/life_loaded.h — a frozen draw out of the database, opened in memory: never on the disk. */
#include "app/draw_run.h"
#include "app/office.h"
#include "base/buf.h"
#include "core/declare.h"
#include "store/draw_row.h"

struct life_loaded {
	struct buf bytes[CORE_FILES];
	struct draw_files files;
	struct region region;
	struct draw draw;
	struct declaration declaration;
	struct draw_seed seed; /* only if `seed` is among the files */
};

/*
 * Opens declaration and lists, checks them against each other, and takes record, seed and result where they
 * exist. NONE: it was never frozen; INVALID with o->why: what is kept does not fit the declaration. Release it
 * in any case.
 */
MUST_USE int life_load(struct office *o, const struct draw_row *row, const struct draw_watch *watch,
		       struct life_loaded *ret);
void life_loaded_release(struct life_loaded *l);

#endif
