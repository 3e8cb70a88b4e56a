#ifndef APP_DRAW_FOLDER_H
#define APP_DRAW_FOLDER_H
/*
 * app/draw_folder.h — a draw's folder: its nine dr1 files mapped read-only, and new ones written so that
 * nobody ever sees half of a result and no result is ever replaced by a different one.
 */
#include "base/cleanup.h"
#include "base/file.h"
#include "core/draw.h"

#include <stddef.h>

struct draw_folder {
	struct file_map map[CORE_FILES];
	struct draw_files files; /* spans of the maps; of an absent file at == NULL */
	struct region region;    /* for everything core makes of them */
};

/*
 * Maps what is there of the nine files (limits: lists and result 4 GiB, rules 16 MiB, the others
 * 1 MiB). NONE if the folder does not exist; TOO_LARGE, INVALID (no regular file, or a link) or IO_ERROR,
 * where *wrong is the file or CORE_FILE_NONE. Release it.
 */
MUST_USE int draw_folder_open(struct draw_folder *f, const char *path, enum core_file *wrong);

/*
 * The same for a folder that somebody else made: the files are copied into memory (draw_foreign.h), so that
 * nothing that happens to them meanwhile matters; also CONFLICT.
 */
MUST_USE int draw_folder_read(struct draw_folder *f, const char *path, enum core_file *wrong);
void draw_folder_release(struct draw_folder *f);

/* Most bytes of one of the files. */
MUST_USE size_t draw_folder_limit(enum core_file file);

/* Is it a name that draw_folder_write gives to what it has not finished? A killed run leaves such files. */
MUST_USE bool draw_folder_leftover(const char *name);

struct draw_folder_text {
	enum core_file file;
	struct span text;
};

/*
 * Writes files of an existing folder, in the order given (result.root last, since a folder with it is
 * finished). A file that exists with the same bytes is left alone; one with other bytes: CONFLICT,
 * *wrong says which, and nothing was written. NONE, NO_SPACE or IO_ERROR: what this call had created
 * is gone again. Runs that write at the same time wait for each other; what a killed run left of its
 * temporary files is removed. Secret until the reveal (seed, record, result.tsv): mode 0600, else 0644.
 */
MUST_USE int draw_folder_write(const char *path, const struct draw_folder_text *texts, size_t count,
			       enum core_file *wrong);

#endif
