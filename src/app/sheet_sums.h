#ifndef APP_SHEET_SUMS_H
#define APP_SHEET_SUMS_H
/*
 * app/sheet_sums.h — lists in the format of sha256sum(1), sorted bytewise by name; `sha256sum -c` checks
 * them.
 */
#include "base/arena.h"
#include "core/sha256.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct sheet_sum {
	const char *name;
	char hex[SHA256_HEX + 1];
};

struct sheet_sums {
	struct sheet_sum *list;
	size_t count, size;
	struct arena *arena; /* of the list and its names; set it before the first call */
};

/*
 * Adds every regular file below the folder, named by its path in it after `prefix`; no links, no devices.
 * IO_ERROR if one cannot be read.
 */
MUST_USE int sheet_sums_folder(struct sheet_sums *s, const char *folder, const char *prefix);

/* Adds one file. NONE, INVALID (no regular file) or IO_ERROR. */
MUST_USE int sheet_sums_file(struct sheet_sums *s, const char *path, const char *name);

/* Adds bytes under a name. */
void sheet_sums_add(struct sheet_sums *s, const char *name, const void *at, size_t len);

/* Adds the lines of a list. NONE; INVALID if a line is no line of sha256sum; TOO_LARGE over 64 MiB. */
MUST_USE int sheet_sums_read(struct sheet_sums *s, const char *path);

/* The entry of that name, or NULL. */
MUST_USE const struct sheet_sum *sheet_sums_find(const struct sheet_sums *s, const char *name);

/* Sorts and writes the list, unless the file holds the same bytes already. IO_ERROR or NO_SPACE. */
MUST_USE int sheet_sums_write(struct sheet_sums *s, const char *path, mode_t mode);

#endif
