#ifndef BASE_FILE_H
#define BASE_FILE_H
/*
 * base/file.h — whole files: read with a limit, mapped read-only, or replaced so that a reader and a
 * power cut see either the old bytes or the new ones.
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* A file's bytes, mapped read-only. `at` is never NULL after success (an empty file points to ""). */
struct file_map {
	const char *at;
	size_t len;
};

/*
 * Maps a regular file. NONE if it does not exist, INVALID if it is no regular file, else IO_ERROR.
 * The bytes are valid until file_unmap; a file that another process truncates meanwhile kills the
 * process, so map only files of our own folders and read foreign ones.
 */
MUST_USE int file_map(const char *path, struct file_map *ret);
void file_unmap(struct file_map *m);

struct arena;

/* Reads a file of at most max bytes into the arena, NUL-terminated. NONE, TOO_LARGE or IO_ERROR. */
MUST_USE int file_read(struct arena *a, const char *path, size_t max, char **ret, size_t *ret_len);

/*
 * Writes path by a temporary file in the same folder, fsync and rename. mode as in open(2).
 * NO_SPACE or IO_ERROR; then path is as it was and the temporary file is gone.
 */
MUST_USE int file_write(const char *path, const void *at, size_t len, mode_t mode);

/* A file being written in pieces; the same promise as file_write. */
struct file_out {
	int fd;
	char *path, *temp; /* NULL: it has no name */
	char *data;        /* pending bytes */
	size_t len;
	int rc; /* first failure; later calls do nothing */
	/* Set between open and commit, it leaves the syncing to file_sync_tree: for one of many files in a
	 * folder that nobody relies on yet. */
	bool staged;
};

MUST_USE int file_out_open(struct file_out *f, const char *path, mode_t mode);
void file_out_add(struct file_out *f, const void *at, size_t len);

/* Flushes, syncs and renames; on failure removes the temporary file. Always releases f. */
MUST_USE int file_out_commit(struct file_out *f);

/* Removes the temporary file and releases f; harmless after commit. */
void file_out_abort(struct file_out *f);

/*
 * A file without a name, for what must not outlive its process: in the folder, or in memory if that is NULL or its file
 * system has no such files. End it with file_out_map or file_out_abort.
 */
MUST_USE int file_out_unnamed(struct file_out *f, const char *folder);

/* Maps what was written; the file goes with its map. NO_SPACE or IO_ERROR. Always releases f. */
MUST_USE int file_out_map(struct file_out *f, struct file_map *ret);

/*
 * Makes a folder durable with everything below it: writing begins for all files before the first is waited
 * for, so that hundreds share what they cost the disk. Never follows links. NONE, NO_SPACE or IO_ERROR.
 */
MUST_USE int file_sync_tree(const char *folder);

/* Makes durable that path stands, or stands no more, in its folder: after a rename. IO_ERROR. */
MUST_USE int file_sync_parent(const char *path);

/*
 * Gives a file of the same file system another name, durably and never in the place of another one. CONFLICT
 * if something has that name, whoever else is at it at the same time; NONE, NO_SPACE or IO_ERROR.
 */
MUST_USE int file_place(const char *from, const char *to);

/* Makes a folder (and its parents). OK if it is there already. */
MUST_USE int file_make_folder(const char *path, mode_t mode);

MUST_USE bool file_exists(const char *path);

#endif
