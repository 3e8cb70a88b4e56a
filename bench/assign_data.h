#ifndef BENCH_ASSIGN_DATA_H
#define BENCH_ASSIGN_DATA_H
/*
 * bench/assign_data.h — made-up assignment problems of a given size, the same for the same numbers, so
 * that the product and its peers are given the same lists.
 */
#include "core/assign.h"

struct assign_shape {
	uint32_t visits, inspectors, districts; /* inspectors work in one district each */
	uint32_t
		skills; /* 1: one pool a district; else a senior has two of these, a visit needs one */
	uint32_t room_percent; /* sum of limits, of the places to be filled */
};

/* need 2, one senior and one junior; two exclusions a visit; base 0 to 3. Never freed. */
void assign_data(const struct assign_shape *shape, struct assign_problem *ret);

double seconds_now(void);

#endif
