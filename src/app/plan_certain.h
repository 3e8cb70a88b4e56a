#ifndef APP_PLAN_CERTAIN_H
#define APP_PLAN_CERTAIN_H
/*
 * app/plan_certain.h — the sites that the body's next draw takes for certain (app/life_certain.h), as far as it is no secret
 * which they are: of a visit that nobody has opened nothing is told.
 */
#include "app/office.h"
#include "core/mem.h"

struct plan_certain {
	struct span *list; /* ids in bytewise order */
	size_t count;
};

/* In the arena. */
MUST_USE int plan_certain_load(struct office *o, struct arena *a, const char *body,
			       struct plan_certain *ret);

MUST_USE bool plan_certain_has(const struct plan_certain *c, struct span site);

#endif
