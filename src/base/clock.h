#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H
/*
 * base/clock.h — time as the product knows it: UTC milliseconds since 1970, legal days at +08:00.
 */
#include "base/cleanup.h"

#include <stdint.h>

enum { CLOCK_TEXT = 25, CLOCK_DAY = 11 }; /* bytes with the NUL */

/* UTC milliseconds by the machine's clock. */
MUST_USE int64_t clock_now(void);

/*
 * The time that a file tells, UTC milliseconds in digits, for made-up data whose clock others set; the machine's clock
 * where it tells none.
 */
MUST_USE int64_t clock_told(const char *path);

/* Writes "2026-11-23T08:00:00.000Z". ms from 0 to the year 9999. */
void clock_text(int64_t ms, char out[CLOCK_TEXT]);

/* Writes the legal day at +08:00, "2026-11-23". */
void clock_day(int64_t ms, char out[CLOCK_DAY]);

/* Days since 1970-01-01 of a date "YYYY-MM-DD"; INVALID if it is not a real day of 0001 to 9999. */
MUST_USE int clock_parse_day(const char *text, int64_t *ret);

#endif
