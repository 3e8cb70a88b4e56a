#ifndef APP_DRAW_ENTROPY_H
#define APP_DRAW_ENTROPY_H
/*
 * app/draw_entropy.h — is a source of randomness still to come? Asked when a draw is declared, by the clock of
 * that moment; a verification of an old draw never asks it.
 *
 * Known: a drand round by its chain's genesis and period; a lottery issue by its year and, as far as no
 * holiday could explain the difference, its number; dice by a time that begins with a date YYYY-MM-DD (legal
 * day at +08:00). A NIST pulse has no fixed time, since pulses are left out: only the earliest is known.
 */
#include "base/arena.h"
#include "core/mem.h"

#include <stdint.h>

enum draw_entropy_age {
	DRAW_ENTROPY_TO_COME,
	DRAW_ENTROPY_UNSURE, /* could be in the past: warn */
	DRAW_ENTROPY_PAST /* exists, or will within the 10 minutes that a freeze must stand: refuse */
};

struct draw_entropy {
	enum draw_entropy_age age;
	const char *words; /* Chinese, what to do; NULL for TO_COME; in the arena */
};

/*
 * line: "<source> <selector...>". now: UTC milliseconds. A line that entropy_parse refuses is TO_COME, since
 * the declaration says what is wrong with it; so is a rehearsal's.
 */
MUST_USE struct draw_entropy draw_entropy_age(struct arena *a, struct span line, int64_t now);

#endif
