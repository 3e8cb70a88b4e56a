#ifndef APP_DEMO_RANDOM_H
#define APP_DEMO_RANDOM_H
/* app/demo_random.h — repeatable numbers for the demo (splitmix64 from a seed text). No lots are drawn by it. */
#include <stdbool.h>
#include <stdint.h>

struct demo_random {
	uint64_t state;
};

void demo_random_init(struct demo_random *r, const char *seed);

/* A number below n > 0. */
uint32_t demo_below(struct demo_random *r, uint32_t n);

/* True in `part` of 1000 cases. */
bool demo_chance(struct demo_random *r, uint32_t part);

#endif
