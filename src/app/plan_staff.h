#ifndef APP_PLAN_STAFF_H
#define APP_PLAN_STAFF_H
/*
 * app/plan_staff.h — can what a draw asks of the staff be done, exactly; if not, the certificate of core
 * (spec/draw.md 4.4) in words, county by county.
 */
#include "app/plan_clash.h"
#include "app/plan_staff_solve.h"

/*
 * Solves it as it is, then with every county getting as much as chance can give it, and adds a clash for each
 * group of counties that is short: which counties, grade and speciality, how many places, and the choices, each
 * tried: loans of named people, an extension, another limit, the relaxation, fewer visits. TOO_LARGE, or as
 * plan_people_read.
 */
struct plan_staff_unmet {
	uint64_t places; /* that stay empty as it is, working days looked at */
	uint64_t
		as_drawn; /* that the draw itself will find empty: by the limits alone, relaxed as declared */
};
MUST_USE int plan_staff_check(const struct plan_staff_ask *ask, struct plan_clashes *clashes,
			      struct plan_staff_unmet *ret);

/* What a freeze says if the draw would find `places` empty, and the ways that are left then; a clash says the same. */
MUST_USE const char *plan_staff_refusal(struct arena *a, uint64_t places);
extern const char plan_staff_refusal_ways[];

/* Adds what the freeze would refuse; nothing if the draw finds none empty. */
void plan_staff_stop(const struct plan_staff_unmet *unmet, struct plan_clashes *clashes);

#endif
