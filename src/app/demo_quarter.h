#ifndef APP_DEMO_QUARTER_H
#define APP_DEMO_QUARTER_H
/* app/demo_quarter.h — one quarter of the demo's year: the draw, the visits, and what comes between. */
#include "app/demo_random.h"
#include "app/demo_year.h"
#include "app/office.h"
#include "app/plan_notes.h"

enum { DEMO_QUARTERS = 4 };

struct demo_acts {
	const struct demo_year *in;
	struct demo_year_done *done;
	struct arena *arena;
	struct office *office;
	struct plan_notes *notes;
	struct demo_random random;
	const char *draw; /* id of the quarter's draw */
};

/* From now on this person acts at this time, "2026-01-12T09:00". */
void demo_act_as(struct demo_acts *d, const char *actor, const char *now);

/* Quarter 0 to 3 of the plan; the last one is not revealed. */
MUST_USE int demo_quarter(struct demo_acts *d, unsigned quarter);

#endif
