#ifndef APP_SHEET_STAGE_H
#define APP_SHEET_STAGE_H
/*
 * app/sheet_stage.h — a folder that appears whole or not at all: everything is written into a hidden
 * neighbour, which takes the folder's name at the end.
 */
#include "base/arena.h"

#include <stdbool.h>
#include <sys/types.h>

struct sheet_stage {
	const char *target; /* the folder's name to be */
	char *path;         /* where to write meanwhile; NULL after commit or abort */
	bool replace;
	mode_t mode; /* of the folder in the end; 0755 unless changed before the commit */
};

/*
 * Makes the hidden neighbour, mode 0700. CONFLICT if target exists and is not an empty folder; NONE if
 * its parent does not exist; IO_ERROR or NO_SPACE. Texts live in the arena.
 */
MUST_USE int sheet_stage_open(struct sheet_stage *s, struct arena *a, const char *target);

/* The same, but an existing folder is replaced at commit. */
MUST_USE int sheet_stage_replace(struct sheet_stage *s, struct arena *a, const char *target);

/*
 * Syncs everything, once for all, and renames; then the folder is there, complete and durable. On failure it
 * is as before: CONFLICT if something else stands there, NO_SPACE or IO_ERROR.
 */
MUST_USE int sheet_stage_commit(struct sheet_stage *s);

/* Removes what was written; harmless after commit. */
void sheet_stage_abort(struct sheet_stage *s);

/* Removes a folder with all its contents; never follows links. */
void sheet_remove_folder(const char *path);

/*
 * Writes folder/SHA256SUMS over every regular file below the folder but itself, in the format of
 * sha256sum(1), sorted bytewise by name; `sha256sum -c SHA256SUMS` checks it. File
 * names tell which sites were drawn, so `mode` is 0600 while that is secret. IO_ERROR or NO_SPACE.
 */
MUST_USE int sheet_write_sums(struct arena *a, const char *folder, mode_t mode);

/*
 * Compares the files below folder/freeze with folder/SHA256SUMS: *changed is the first one that is missing
 * or has other bytes, NULL if none. Other lines are not looked at (dr1 checks its own files; a finish
 * that was cut short may have added some). NONE if there is no SHA256SUMS.
 */
MUST_USE int sheet_check_frozen(struct arena *a, const char *folder, const char **changed);

#endif
