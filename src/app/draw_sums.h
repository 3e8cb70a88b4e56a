#ifndef APP_DRAW_SUMS_H
#define APP_DRAW_SUMS_H
/*
 * app/draw_sums.h — are the other files of a draw's folder (papers, evidence) what the draw's operator
 * finished it with? SHA256SUMS lists every file but itself.
 */
#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct draw_sums {
	bool listed; /* there is a SHA256SUMS */
	const char *
		problem; /* if listed: the first thing that does not match, Chinese; NULL: all match */
	size_t files;    /* regular files found, SHA256SUMS aside */
	const char **others; /* if not listed: names that no dr1 check reads */
	size_t other_count;
};

/*
 * Reads the folder and checks it. Only the form that sha256sum writes is accepted, names sorted bytewise;
 * links and devices count as changed. IO_ERROR if a folder or file cannot be read, TOO_LARGE if the list
 * is over 64 MiB.
 */
MUST_USE int draw_sums_check(struct arena *a, const char *folder, struct draw_sums *ret);

#endif
