#ifndef APP_SHEET_STAGE_H
#define APP_SHEET_STAGE_H
/*
 * app/sheet_stage.h — a folder that appears whole or not at all: everything is written into a hidden
 * neighbour, `.NAME.XXXXXX/new`, which takes the folder's name at the end. The neighbour is locked while somebody
 * works in it, so that the next one can tell what a killed process has left, and removes it.
 */
#include "app/plan_notes.h"
#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct sheet_stage {
	const char *target; /* the folder's name to be */
	char *path;         /* where to write meanwhile; NULL after commit or abort */
	char *outer;        /* the hidden neighbour around it */
	struct arena *arena;
	bool merge;
	const char *aside; /* merge: where files go that give way; NULL: they stay as <name>.bak */
	mode_t mode;       /* of the folder in the end; 0755 unless changed before the commit */
	size_t moved;      /* merge, after the commit: files that were there with other bytes */
	size_t leftovers;  /* neighbours of killed runs that were found and removed */
	int lock;          /* on the neighbour; only while path is set */
};

/*
 * Makes the hidden neighbour, mode 0700. CONFLICT if target exists and is not an empty folder; NONE if
 * its parent does not exist; IO_ERROR or NO_SPACE. Texts live in the arena.
 */
MUST_USE int sheet_stage_open(struct sheet_stage *s, struct arena *a, const char *target);

/*
 * The same for a folder that may exist with more files in it: at commit each staged file takes its place
 * among them, the others stay. The neighbour stands beside `beside`, not inside it.
 */
MUST_USE int sheet_stage_merge(struct sheet_stage *s, struct arena *a, const char *target,
			       const char *beside);

/*
 * Syncs everything, once for all, and renames; then the folder is there, complete and durable. On failure it
 * is as before (merged into an existing folder, some files may be in place already): CONFLICT if something
 * else stands there, NO_SPACE or IO_ERROR.
 */
MUST_USE int sheet_stage_commit(struct sheet_stage *s);

/* Tells of what a killed run had left beside the folder, and that it is gone. */
void sheet_stage_note(const struct sheet_stage *s, struct plan_notes *notes);

/* Removes what was written; harmless after commit. */
void sheet_stage_abort(struct sheet_stage *s);

/* Removes a folder with all its contents; never follows links. */
void sheet_remove_folder(const char *path);

#endif
