/* test/core/sort.c — the inlined sort on inputs made to be slow. */
#include "core/mem.h"
#include "unit.h"

#include <stdlib.h>

static bool counted_less(size_t *count, const uint32_t *a, const uint32_t *b)
{
	++*count;
	return *a < *b;
}

#define SORT_NAME numbers
#define SORT_TYPE uint32_t
#define SORT_CONTEXT size_t *
#define SORT_LESS(context, a, b) counted_less(context, a, b)
#define SORT_WANT_LOWEST
#include "core/sort.inc"

enum { MOST = 4096, SHAPES = 7 };

/* Puts the values so that the median of first, middle and last is always nearly the least (Musser). */
static void fill_killer(uint32_t *v, uint32_t n)
{
	uint32_t half = n / 2;

	for (uint32_t i = 0; i < half; i++) {
		v[i] = i % 2 == 0 ? i + 1 : half + i + (half % 2 == 0);
		v[half + i] = 2 * (i + 1);
	}
}

static void fill(uint32_t *v, uint32_t n, int shape)
{
	uint64_t state = n;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t values[SHAPES] = {
			i, n - i, 7, (uint32_t)unit_random(&state), i % 2, i < n / 2 ? i : n - i, 0
		};

		v[i] = values[shape];
	}
	if (shape == SHAPES - 1)
		fill_killer(v, n);
}

static int by_value(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

/* 8 n log2 n: far from the square that a plain quicksort would need. */
static size_t fair(size_t n)
{
	size_t log = 1;

	for (size_t i = n; i > 1; i /= 2)
		log++;
	return 8 * n * log + 64;
}

TEST(sort_sorts_every_shape_in_fair_time)
{
	static uint32_t have[MOST], want[MOST];

	for (int shape = 0; shape < SHAPES; shape++) {
		for (uint32_t n = 0; n <= MOST; n = n < 40 ? n + 1 : n * 2) {
			size_t count = 0;

			fill(have, n, shape);
			memcpy(want, have, n * sizeof(*want));
			qsort(want, n, sizeof(*want), by_value);
			numbers_sort(&count, have, n);
			CHECK(memcmp(have, want, n * sizeof(*want)) == 0);
			CHECK(count <= fair(n));
		}
	}
}

static bool lowest_are_in_front(uint32_t *v, uint32_t n, uint32_t k, const uint32_t *sorted)
{
	qsort(v, k, sizeof(*v), by_value);
	qsort(v + k, n - k, sizeof(*v), by_value);
	return memcmp(v, sorted, n * sizeof(*v)) == 0;
}

TEST(lowest_moves_the_k_lowest_to_the_front)
{
	static uint32_t have[MOST], want[MOST];

	for (int shape = 0; shape < SHAPES; shape++) {
		for (uint32_t n = 1; n <= MOST; n *= 2) {
			for (uint32_t k = 0; k <= n; k += 1 + n / 13) {
				size_t count = 0;

				fill(have, n, shape);
				memcpy(want, have, n * sizeof(*want));
				qsort(want, n, sizeof(*want), by_value);
				numbers_lowest(&count, have, n, k);
				CHECK(count <= fair(n));
				CHECK(lowest_are_in_front(have, n, k, want));
			}
		}
	}
}

/* No patience left: the heap does it all. */
TEST(sort_without_patience_is_a_heap_sort)
{
	static uint32_t have[MOST], want[MOST];
	size_t count = 0;

	fill(have, MOST, 3);
	memcpy(want, have, sizeof(want));
	qsort(want, MOST, sizeof(*want), by_value);
	numbers_within(&count, have, MOST, 0);
	CHECK(memcmp(have, want, sizeof(want)) == 0);
}
