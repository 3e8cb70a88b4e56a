#ifndef STORE_DRAW_WAIT_H
#define STORE_DRAW_WAIT_H
/* store/draw_wait.h — which draws' sites a draw's lists may keep aside: its lists stay secret as long as those do. */
#include "store/draw_row.h"

/* Adds one, inside db_write. DB_UNIQUE if it is there. */
MUST_USE int draw_wait_add(struct db *db, int64_t draw, int64_t other);

/*
 * The one that a draw has to wait for on this day (days since 1970): frozen, not cancelled, not revealed, and before its
 * own hard day. NONE. Strings in the arena.
 */
MUST_USE int draw_wait_for(struct db *db, struct arena *a, int64_t draw, int64_t day,
			   struct draw_row *ret);

#endif
