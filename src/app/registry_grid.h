#ifndef APP_REGISTRY_GRID_H
#define APP_REGISTRY_GRID_H
/*
 * app/registry_grid.h — where the sites of a county lie, counted in squares of 0.02 degrees over the city: its
 * middle, and how far from it a site of the county may be. Constant memory for any number of sites.
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stdint.h>

/* The city's extent as it is commonly given, 113°40′ to 116°20′ E, 38°10′ to 40°00′ N, outward to whole squares. */
enum {
	GRID_WEST = 1136600000,
	GRID_SOUTH = 381600000,
	GRID_SIDE = 200000,
	GRID_COLUMNS = 134,
	GRID_ROWS = 93,
	GRID_LEAST = 10 /* sites; fewer say nothing */
};

struct grid {
	uint32_t count[GRID_ROWS][GRID_COLUMNS];
	uint32_t sites;
	/* Set by grid_judge: the middle square; 0: no judgement. */
	int column, row;
	int64_t far_km;
};

/* The square of a place in 1e-7 degree; false if it is outside of the city. */
MUST_USE bool grid_square(int64_t longitude, int64_t latitude, int *column, int *row);

void grid_add(struct grid *g, int column, int row);

/* Finds the middle and the limit from what was added. */
void grid_judge(struct grid *g);

/* Is a square further from the middle than the limit? */
MUST_USE bool grid_is_far(const struct grid *g, int column, int row);

/* How many of the sites added are far. */
MUST_USE int64_t grid_count_far(const struct grid *g);

#endif
