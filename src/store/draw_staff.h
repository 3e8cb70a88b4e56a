#ifndef STORE_DRAW_STAFF_H
#define STORE_DRAW_STAFF_H
/* store/draw_staff.h — teams that were made after a draw that had none. Rows are added and never changed. */
#include "base/arena.h"
#include "db/db.h"

struct draw_staff_row {
	int64_t draw, at;
	const char *actor, *approver, *second;
	int64_t visits, places,
		beyond;    /* that got a team; members; of these beyond the declared rules */
	const void *words; /* sealed */
	size_t words_len;
};

/* Adds one, inside db_write. */
MUST_USE int draw_staff_add(struct db *db, const struct draw_staff_row *row);

/* The one of a draw; strings and words in the arena. NONE. */
MUST_USE int draw_staff_get(struct db *db, struct arena *a, int64_t draw,
			    struct draw_staff_row *ret);

#endif
