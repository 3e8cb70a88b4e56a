#ifndef TEST_APP_SHEET_WORLD_H
#define TEST_APP_SHEET_WORLD_H
/* test/app/sheet_world.h — a small city in CSV files, and one frozen draw of it. */
#include "app/sheet_finish.h"
#include "app/sheet_freeze.h"

#include <stdatomic.h>

/* Texts of the three files; NULL takes the usual one. */
struct world {
	const char *sites, *inspectors, *rules;
};

struct world_run {
	struct arena arena;
	struct plan_notes notes;
	struct sheet_frozen frozen;
	struct sheet_finished finished;
	const char *folder; /* of the draw */
	int rc;
};

/* Usual files: 6 sites and 4 inspectors of two counties, everything feasible. */
extern const char world_sites[], world_inspectors[], world_rules[];

/* Writes the files into a fresh folder and freezes them; entropy: KL8. Release it. */
void world_freeze(struct world_run *r, const struct world *w, bool open_mode);

/* The files and what to freeze them with, sealed, without freezing. */
void world_prepare(struct world_run *r, const struct world *w, struct sheet_freeze *ret);

/* Finishes a frozen world with a fixed value; `value` NULL takes the usual one. */
void world_finish(struct world_run *r, const char *value);
void world_release(struct world_run *r);

/* A note of this kind contains the words. */
bool world_says(const struct world_run *r, enum plan_note_kind kind, const char *words);

/* Reads a file of the draw's folder into the arena; "" if there is none. */
const char *world_file(struct world_run *r, const char *name);

/* Failed steps of the folder's verification. */
uint32_t world_failures(struct world_run *r);

/* Of the draw's folder with `name` appended: "/papers" inside it, ".escrow.pdf" beside it. */
bool world_has(struct world_run *r, const char *name);
unsigned world_mode(struct world_run *r, const char *name);

/* Flips one bit of a file. */
void world_flip(const char *path, long at);

/* Every file below a folder but `but` (may be NULL) with its SHA-256, as one text. */
const char *world_tree(struct world_run *r, const char *folder, const char *but);

/* Stands before the library's fsync: counts, fails from the fail_from-th call on, runs the hook in the hook_at-th. */
extern atomic_int world_syncs, world_fail_from, world_hook_at;
extern void (*world_hook)(void);

#endif
