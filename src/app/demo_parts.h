#ifndef APP_DEMO_PARTS_H
#define APP_DEMO_PARTS_H
/* app/demo_parts.h — the two halves of demo_make; inspectors refer to sites in their recusals. */
#include "app/demo_random.h"
#include "app/demo_rows.h"

void demo_add_sites(struct arena *a, struct demo_random *r, struct demo_rows *rows);
void demo_add_inspectors(struct arena *a, struct demo_random *r, const struct demo_rows *sites,
			 struct demo_rows *rows);

#endif
