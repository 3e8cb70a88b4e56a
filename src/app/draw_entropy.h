#ifndef APP_DRAW_ENTROPY_H
#define APP_DRAW_ENTROPY_H
/*
 * app/draw_entropy.h — is a source of randomness still to come? Asked when a draw is declared, by the clock of
 * that moment; a verification of an old draw never asks it.
 *
 * Known: a drand round by its chain's genesis and period; dice by a time that begins with a date YYYY-MM-DD
 * (legal day at +08:00). A lottery's issue has a first day, since its number never runs ahead of the days of its
 * year, and a last one, since a year's pauses are bounded; in between only an announcement tells when it is drawn.
 * A NIST pulse has an earliest time alone, since pulses are left out. The announced time is the word of whoever
 * declares: it is held against these borders and kept with the freeze.
 */
#include "app/plan_notes.h"
#include "base/arena.h"
#include "core/declare.h"

#include <stdint.h>

enum draw_entropy_age {
	DRAW_ENTROPY_TO_COME,
	DRAW_ENTROPY_UNSURE, /* could be in the past: warn */
	DRAW_ENTROPY_ASKS, /* could be in the past, and nothing was announced: do not freeze with it */
	DRAW_ENTROPY_WORD, /* to come by what was announced alone: warn */
	DRAW_ENTROPY_PAST  /* exists, will within the 10 minutes that a freeze must stand, or
				cannot come when it was announced: refuse */
};

struct draw_entropy {
	enum draw_entropy_age age;
	const char *words; /* Chinese, what to do; NULL for TO_COME; in the arena */
};

/*
 * line: "<source> <selector...>". now, announced: UTC milliseconds; announced 0: nothing was. A line that
 * entropy_parse refuses is TO_COME, since the declaration says what is wrong with it; so is a rehearsal's.
 */
MUST_USE struct draw_entropy draw_entropy_age(struct arena *a, struct span line, int64_t now,
					      int64_t announced);

/* What a freeze says of it: a refusal, a warning or nothing; what asks for its announced time is refused. */
void draw_entropy_note(const struct draw_entropy *e, struct plan_notes *notes);

/*
 * From when to when (UTC milliseconds, `to` not included) an issue of a lottery can be drawn, by its number;
 * false: another source, or no year has such an issue.
 */
MUST_USE bool draw_entropy_days(const struct declare_entropy *e, int64_t *from, int64_t *to);

/* Reads "2026-03-01T09:00" at +08:00. */
MUST_USE bool draw_entropy_clock(struct span text, int64_t *ret);

#endif
