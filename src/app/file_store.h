#ifndef APP_FILE_STORE_H
#define APP_FILE_STORE_H
/*
 * app/file_store.h — files that people send and jobs make, kept beside the database in `files` of the data folder:
 * sealed, in pieces, each under a keyed tag of its content, so that the same bytes lie there once and nobody without the
 * keys learns what they are. Rows of the database say who may read them (store/upload.h, store/job.h).
 */
#include "app/office.h"

/* A file without a name, for bytes on their way in or out; gone when closed. -1: none could be made. */
MUST_USE int file_store_temp(const struct office *o);

struct file_stored {
	char tag[KEYS_TAG];
	char digest[OFFICE_DIGEST]; /* SHA-256 of the bytes, hex */
	int64_t size;               /* bytes */
};

/*
 * Keeps what the descriptor holds, from its first byte to its last; durable when it returns. May be called for the same bytes
 * by two processes at once. NO_SPACE or IO_ERROR.
 */
MUST_USE int file_store_keep(const struct office *o, int fd, struct file_stored *ret);

/*
 * Opens kept bytes as a file without a name, read from its beginning; the caller closes it. NONE: there are none;
 * INVALID: they were changed or cut; NO_SPACE or IO_ERROR.
 */
MUST_USE int file_store_open(const struct office *o, const char *tag, int64_t size, int *ret_fd);

/* Opens them under a path inside a folder of work (0600), for what wants a name. The same codes. */
MUST_USE int file_store_unpack(const struct office *o, const char *tag, int64_t size,
			       const char *path);

/* Calls each with the tag of every file that has lain here since before (UTC milliseconds). */
typedef int file_store_each(void *arg, const char *tag);
MUST_USE int file_store_walk(const struct office *o, int64_t before, file_store_each *each,
			     void *arg);

void file_store_drop(const struct office *o, const char *tag);

#endif
