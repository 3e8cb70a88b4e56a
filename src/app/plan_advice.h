#ifndef APP_PLAN_ADVICE_H
#define APP_PLAN_ADVICE_H
/*
 * app/plan_advice.h — what would let a rule's minimums be met until the year ends: a higher cap, or rotation with so
 * many visits a year. Each is tried by playing the rest of the year through.
 */
#include "app/plan_draw.h"

struct plan_advice {
	uint32_t
		cap; /* the least that suffices, grades raised by as much; 0: none that was tried */
	uint32_t cap_tried; /* the highest that was tried */
	uint32_t
		rotation; /* visits of a site a year; 0: no number suffices, or the ask is no rule */
};

/* For an ask of the daily draw. As plan_draw_make. */
MUST_USE int plan_advice_make(const struct plan_scene *s, const struct plan_draw *d, size_t ask,
			      struct plan_advice *ret);

#endif
