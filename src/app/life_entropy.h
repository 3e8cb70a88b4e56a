#ifndef APP_LIFE_ENTROPY_H
#define APP_LIFE_ENTROPY_H
/* app/life_entropy.h — when a declared random value comes into being, as far as its own words tell. */
#include "core/declare.h"

#include <stdint.h>

/* The freeze stands at least so long before the first value (spec/draw.md 5.1). */
enum { LIFE_FREEZE_MS = 600000 };

/*
 * UTC milliseconds: of dice by the time in their selector (at +08:00), of a drand round by its chain. False:
 * the words do not tell (a lottery's issue, a pulse, another chain, a demo).
 */
CORE_MUST_USE bool life_entropy_time(const struct declare_entropy *e, int64_t *ret);

/* The earliest of all that tell; false if none does. */
CORE_MUST_USE bool life_entropy_first(const struct declaration *d, int64_t *ret);
CORE_MUST_USE bool life_entropy_last(const struct declaration *d, int64_t *ret);

#endif
