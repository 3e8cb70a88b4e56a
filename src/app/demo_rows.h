#ifndef APP_DEMO_ROWS_H
#define APP_DEMO_ROWS_H
/*
 * app/demo_rows.h — the rows of the made-up registries, as a planner would type them into a workbook:
 * Chinese words for choices, and the dirt of real lists. The same seed gives the same rows; every name
 * is put together from syllables, every code has a valid check digit (where the dirt did not break it)
 * and an organisation part (YY...) that was never given out.
 */
#include "app/registry.h"
#include "base/arena.h"

struct demo_row {
	const char *cell
		[REGISTRY_FIELDS_MOST]; /* by enum site_field, inspector_field...; NULL: empty */
};

struct demo_rows {
	struct demo_row *list;
	size_t count;
};

/* Sites and inspectors, from one seed text. Rows live in the arena. */
void demo_make(struct arena *a, const char *seed, struct demo_rows *sites,
	       struct demo_rows *inspectors);

/* The matter list, and recusals declared beside those of the inspectors' own column. */
void demo_make_lists(struct arena *a, const char *seed, const struct demo_rows *sites,
		     const struct demo_rows *inspectors, struct demo_rows *matters,
		     struct demo_rows *recusals);

#endif
