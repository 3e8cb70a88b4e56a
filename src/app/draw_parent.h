#ifndef APP_DRAW_PARENT_H
#define APP_DRAW_PARENT_H
/*
 * app/draw_parent.h — a joint department's draw held against its lead's (spec/draw.md 4.3): the declared parent is that
 * draw with that result root, and the objects are exactly the sites that it drew.
 */
#include "app/draw_audit.h"

/*
 * Puts what the lead's folder shows into the report, in the place of the step that could not know: steps `parent` and
 * `parent.objects`. The lead's folder was verified into `lead` before; a step of it that failed fails here.
 */
void draw_parent_check(struct draw_audit *audit, struct arena *a, const struct draw_files *files,
		       const struct draw_files *lead_files, const struct draw_audit *lead);

#endif
