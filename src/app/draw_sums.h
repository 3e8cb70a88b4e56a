#ifndef APP_DRAW_SUMS_H
#define APP_DRAW_SUMS_H
/*
 * app/draw_sums.h — are the other files of a draw's folder (papers, evidence) what the draw's operator
 * finished it with? SHA256SUMS lists every file but itself. Nothing binds the list: whoever replaces a file
 * can replace the list with it, so agreement is worth as much as the list's own hash, told elsewhere.
 */
#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Beyond these a folder is no draw's, and looking through it would not end. */
enum { DRAW_SUMS_DEPTH = 16, DRAW_SUMS_FILES = 200000 };
#define DRAW_SUMS_FILE_MOST ((size_t)4 << 30)
#define DRAW_SUMS_LIST_MOST ((size_t)64 << 20)

struct draw_sums {
	bool listed; /* there is a SHA256SUMS */
	const char *
		problem; /* the first thing that does not match or is beyond the limits, Chinese; or NULL */
	size_t files;        /* found, SHA256SUMS aside */
	char list_hash[65];  /* SHA-256 of SHA256SUMS, hex; empty unless listed */
	const char **others; /* if not listed: names that no dr1 check reads */
	size_t other_count;
};

/*
 * Reads the folder and checks it. Only the form that sha256sum writes is accepted, names sorted bytewise;
 * links, devices and files with holes count as changed. Limits: 16 folders deep, 200,000 files, 4 GiB a
 * file, 64 MiB the list. IO_ERROR if a folder or file cannot be read.
 */
MUST_USE int draw_sums_check(struct arena *a, const char *folder, struct draw_sums *ret);

#endif
