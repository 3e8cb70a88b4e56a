/* app/plan_split.c — the worst case of a split by largest remainder. */
#include "app/plan_quota.h"

#include <assert.h>

/* Entries with a remainder above `mark`, and of these the ones inside. */
static size_t above(uint64_t mark, uint64_t total, uint64_t sum, const uint64_t *weights,
		    size_t count)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		n += total * weights[i] % sum > mark;
	return n;
}

/* The remainder at the border: at most `left` entries lie above it, more than `left` at or above it. */
static uint64_t border(uint64_t left, uint64_t total, uint64_t sum, const uint64_t *weights,
		       size_t count)
{
	uint64_t low = 0, high = sum; /* above(high) <= left always */

	if (above(0, total, sum, weights, count) <= left)
		return 0;
	while (high - low > 1) {
		uint64_t middle = low + (high - low) / 2;
		if (above(middle, total, sum, weights, count) > left)
			low = middle;
		else
			high = middle;
	}
	return high;
}

uint64_t plan_split_least(uint64_t total, const uint64_t *weights, const bool *inside, size_t count)
{
	uint64_t sum = 0, floors = 0, least = 0;

	for (size_t i = 0; i < count; i++)
		sum += weights[i];
	if (sum == 0)
		return 0;
	assert(total <= INT64_MAX / sum);
	for (size_t i = 0; i < count; i++) {
		floors += total * weights[i] / sum;
		least += inside[i] ? total * weights[i] / sum : 0;
	}
	uint64_t left = total - floors;
	uint64_t mark = border(left, total, sum, weights, count);
	uint64_t tied_outside = 0, sure = 0;
	for (size_t i = 0; i < count; i++) {
		uint64_t rest = total * weights[i] % sum;
		if (rest > mark) {
			sure++;
			least += inside[i];
		} else if (rest == mark && !inside[i]) {
			tied_outside++;
		}
	}
	uint64_t open = left - sure;
	return least + (open > tied_outside ? open - tied_outside : 0);
}
