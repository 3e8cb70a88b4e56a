#ifndef APP_DEMO_PARTS_H
#define APP_DEMO_PARTS_H
/* app/demo_parts.h — the parts of demo_make; inspectors and recusals refer to sites. */
#include "app/demo_random.h"
#include "app/demo_rows.h"

void demo_add_sites(struct arena *a, struct demo_random *r, struct demo_rows *rows);

/* The later columns: places, levels, standing, roles; from numbers of their own. */
void demo_complete_sites(struct arena *a, const char *seed, struct demo_rows *sites);
void demo_complete_inspectors(struct arena *a, const char *seed, struct demo_rows *inspectors);

#endif
