#ifndef APP_PLAN_FIRST_DRAW_H
#define APP_PLAN_FIRST_DRAW_H
/*
 * app/plan_first_draw.h — since when this system itself draws a county: from the first day of the period of the first draw
 * that was prepared for it and not cancelled, whoever's. What was inspected since then it knows from its own visits.
 */
#include "app/office.h"
#include "core/mem.h"

struct plan_first_draw {
	const char *id, *period;
	const char *area; /* counties joined by ',', "" the whole city */
	int64_t from;     /* first day of the period */
};

struct plan_first_draws {
	struct plan_first_draw *list; /* the earliest first */
	size_t count;
};

/* All draws but cancelled ones and departments', in the arena. */
MUST_USE int plan_first_draws(struct db *db, struct arena *a, struct plan_first_draws *ret);

/* The first one that a county is drawn by; "": a county that nobody knows, drawn by any. NULL: none. */
MUST_USE const struct plan_first_draw *plan_first_draw_of(const struct plan_first_draws *d,
							  struct span county);

#endif
