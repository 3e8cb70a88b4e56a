#ifndef APP_LIFE_ENTROPY_H
#define APP_LIFE_ENTROPY_H
/*
 * app/life_entropy.h — when declared random values come into being. Dice and drand rounds tell it themselves; of
 * a lottery's issue the words tell the first day that it can be drawn on, and holidays move it back by weeks; the
 * rest tells nothing. The freeze therefore keeps the announced time of those. What is not known counts against
 * whoever asks: what may exist is not cancelled, and what may not exist yet is not drawn with.
 *
 * Times are UTC milliseconds. announced: the time that the freeze kept; 0: none.
 */
#include "app/office.h"
#include "core/declare.h"
#include "store/draw_row.h"

#include <stdint.h>

/* The freeze stands at least so long before the first value (spec/draw.md 5.1). */
enum { LIFE_FREEZE_MS = 600000 };

/* The time of dice (by the clock time in their selector, at +08:00) or of a drand round; false: not told. */
CORE_MUST_USE bool life_entropy_time(const struct declare_entropy *e, int64_t *ret);

/* When the first value comes, as far as told or announced; 0: nobody knows; INT64_MAX: a rehearsal's only. */
CORE_MUST_USE int64_t life_entropy_first(const struct declaration *d, int64_t announced);

/* Before this moment certainly no value exists, whatever was announced for a lottery; 0: that is never certain. */
CORE_MUST_USE int64_t life_entropy_safe(const struct declaration *d, int64_t announced);

/* Before this moment not all values can exist; 0: nothing is known of any. */
CORE_MUST_USE int64_t life_entropy_last(const struct declaration *d, int64_t announced);

/* INVALID with o->why if the first value comes after the period's last day (since 1970 at +08:00). A rehearsal's never do. */
MUST_USE int life_entropy_within(struct office *o, int64_t first, int64_t last_day,
				 const char *period);

/* The announced time that a draw's freeze kept; 0: none was given. */
MUST_USE int life_entropy_announced(struct office *o, const struct draw_row *row, int64_t *ret);

#endif
