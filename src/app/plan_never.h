#ifndef APP_PLAN_NEVER_H
#define APP_PLAN_NEVER_H
/* app/plan_never.h — units that are in the list and cannot be drawn, whatever R is. */
#include "app/plan_notes.h"
#include "core/draw.h"

/* A warning with class, county and number of units of every stratum whose chance is 0; none: no note. */
void plan_note_never(const struct draw *d, struct plan_notes *notes);

#endif
