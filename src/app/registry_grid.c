/* app/registry_grid.c — medians and distances over squares; a square is 1.728 km wide at 39° N and 2.224 km high. */
#include "app/registry_grid.h"

#include <string.h>

enum { WIDTH_M = 1728, HEIGHT_M = 2224, KM_MOST = 512, LEAST_KM = 20, TIMES = 4 };

bool grid_square(int64_t longitude, int64_t latitude, int *column, int *row)
{
	int64_t x = longitude - GRID_WEST, y = latitude - GRID_SOUTH;

	if (x < 0 || y < 0 || x >= (int64_t)GRID_SIDE * GRID_COLUMNS ||
	    y >= (int64_t)GRID_SIDE * GRID_ROWS)
		return false;
	*column = (int)(x / GRID_SIDE);
	*row = (int)(y / GRID_SIDE);
	return true;
}

void grid_add(struct grid *g, int column, int row)
{
	g->count[row][column]++;
	g->sites++;
}

/* Squared metres from the middle. */
static int64_t distance2(const struct grid *g, int column, int row)
{
	int64_t x = (int64_t)(column - g->column) * WIDTH_M, y = (int64_t)(row - g->row) * HEIGHT_M;

	return x * x + y * y;
}

/* Whole kilometres, rounded up. */
static int64_t distance_km(const struct grid *g, int column, int row)
{
	int64_t d = distance2(g, column, row), km = 0;

	while (km * km * 1000000 < d)
		km++;
	return km;
}

/* Where half of the counts are reached. */
static int median_of(const uint32_t *counts, int size, uint32_t sites)
{
	uint64_t sum = 0;

	for (int i = 0; i < size; i++) {
		sum += counts[i];
		if (2 * sum >= sites)
			return i;
	}
	return 0;
}

void grid_judge(struct grid *g)
{
	uint32_t columns[GRID_COLUMNS] = { 0 }, rows[GRID_ROWS] = { 0 }, km[KM_MOST] = { 0 };

	g->far_km = 0;
	if (g->sites < GRID_LEAST)
		return;
	for (int r = 0; r < GRID_ROWS; r++)
		for (int c = 0; c < GRID_COLUMNS; c++) {
			columns[c] += g->count[r][c];
			rows[r] += g->count[r][c];
		}
	g->column = median_of(columns, GRID_COLUMNS, g->sites);
	g->row = median_of(rows, GRID_ROWS, g->sites);
	for (int r = 0; r < GRID_ROWS; r++)
		for (int c = 0; c < GRID_COLUMNS; c++)
			if (g->count[r][c])
				km[distance_km(g, c, r)] += g->count[r][c];
	g->far_km = (int64_t)TIMES * median_of(km, KM_MOST, g->sites);
	if (g->far_km < LEAST_KM)
		g->far_km = LEAST_KM;
}

bool grid_is_far(const struct grid *g, int column, int row)
{
	return g->far_km && distance2(g, column, row) > g->far_km * g->far_km * 1000000;
}

int64_t grid_count_far(const struct grid *g)
{
	int64_t far = 0;

	for (int r = 0; r < GRID_ROWS; r++)
		for (int c = 0; c < GRID_COLUMNS; c++)
			if (g->count[r][c] && grid_is_far(g, c, r))
				far += g->count[r][c];
	return far;
}
