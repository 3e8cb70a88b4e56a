#ifndef STORE_DRAW_FILE_H
#define STORE_DRAW_FILE_H
/* store/draw_file.h — a draw's files as parts of bytes; what is sealed is sealed by the caller, part by part. */
#include "base/arena.h"
#include "db/db.h"

#include <stdbool.h>

/* Adds one part, from 0 without gap. DB_UNIQUE if it is there. */
struct draw_part {
	int64_t draw;
	const char *name;
	int64_t part;
	bool sealed;
	const void *at;
	size_t len;
};
MUST_USE int draw_file_add(struct db *db, const struct draw_part *part);

/* Puts another form of the same part into its place: the plain one at the reveal. NONE. */
MUST_USE int draw_file_replace(struct db *db, const struct draw_part *part);

/* Called for each part in order; valid during the call. Not OK ends the walk. */
typedef int draw_file_each(void *arg, const struct draw_part *part);
MUST_USE int draw_file_walk(struct db *db, int64_t draw, const char *name, draw_file_each *each,
			    void *arg);

/* Names of a draw's files, sorted, in the arena. */
MUST_USE int draw_file_names(struct db *db, struct arena *a, int64_t draw, const char ***ret,
			     size_t *ret_count);

#endif
