#ifndef APP_DRAW_SUMS_H
#define APP_DRAW_SUMS_H
/*
 * app/draw_sums.h — are the other files of a draw's folder (papers, evidence) what the draw's operator
 * finished it with? SHA256SUMS lists every file but itself. Nothing binds the list: whoever replaces a file
 * can replace the list with it, so agreement is worth as much as the list's own hash, told elsewhere. The same
 * holds of freeze/SHA256SUMS, which lists what a freeze bound (app/sheet_bound.h): its hash is the fingerprint on
 * the paper that the witnesses keep.
 */
#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* Beyond these a folder is no draw's, and looking through it would not end. */
enum { DRAW_SUMS_DEPTH = 16, DRAW_SUMS_FILES = 200000 };
#define DRAW_SUMS_FILE_MOST ((size_t)4 << 30)
#define DRAW_SUMS_LIST_MOST ((size_t)64 << 20)

struct draw_sums_freeze {
	bool there;           /* something is called freeze */
	const char *problem;  /* as below; NULL: every line holds, and nothing is beside them */
	size_t files;         /* listed */
	bool lacks_conflicts; /* conflicts.tsv is listed and absent, as in the public form */
	char fingerprint[65]; /* SHA-256 of freeze/SHA256SUMS, hex; empty unless it could be read */
};

struct draw_sums {
	bool listed; /* there is a SHA256SUMS */
	const char *
		problem; /* the first thing that does not match or is beyond the limits, Chinese; or NULL */
	size_t files;        /* found, SHA256SUMS aside */
	char list_hash[65];  /* SHA-256 of SHA256SUMS, hex; empty unless listed */
	const char **others; /* if not listed: names that no dr1 check reads */
	size_t other_count;
	bool papers; /* there are papers of sheet finish, so that a freeze came before */
	struct draw_sums_freeze freeze;
};

/*
 * Reads the folder and checks both lists. Only the form that sha256sum writes is accepted, names sorted bytewise;
 * links, devices and files with holes count as changed, and a folder without a file as a file too many. Limits: 16 folders deep, 200,000 files, 4 GiB a
 * file, 64 MiB the list. IO_ERROR if a folder or file cannot be read.
 */
MUST_USE int draw_sums_check(struct arena *a, const char *folder, struct draw_sums *ret);

/*
 * The first thing below the folder (bytewise; "name/" for a folder without a file) that `expected` does not expect,
 * as a person may read it; *ret NULL if there is none, or what is beyond the limits above. IO_ERROR.
 */
MUST_USE int draw_sums_stray(struct arena *a, const char *folder,
			     bool (*expected)(void *arg, const char *name), void *arg,
			     const char **ret);

#endif
