#ifndef APP_PLAN_HEADS_SINCE_H
#define APP_PLAN_HEADS_SINCE_H
/* app/plan_heads_since.h — what inspectors were between the counting day and now, for plan_heads_count. */
#include "app/office.h"
#include "app/plan_heads.h"

/* Every version of an inspector that came after a change of the registry, by id and version; in the arena. */
MUST_USE int plan_heads_since(struct office *o, struct arena *a, int64_t change,
			      struct plan_heads_version **ret, size_t *ret_count);

#endif
