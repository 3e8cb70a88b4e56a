/* app/demo_random.c — the seed's SHA-256 is the start of a splitmix64 sequence. */
#include "app/demo_random.h"

#include "core/sha256.h"

#include <string.h>

void demo_random_init(struct demo_random *r, const char *seed)
{
	uint8_t digest[SHA256_SIZE];

	sha256_once(seed, strlen(seed), digest);
	r->state = 0;
	for (int i = 0; i < 8; i++)
		r->state = r->state << 8 | digest[i];
}

uint32_t demo_below(struct demo_random *r, uint32_t n)
{
	uint64_t z = r->state += 0x9e3779b97f4a7c15U;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9U;
	z = (z ^ z >> 27) * 0x94d049bb133111ebU;
	return (uint32_t)(((z ^ z >> 31) >> 32) * n >> 32);
}

bool demo_chance(struct demo_random *r, uint32_t part)
{
	return demo_below(r, 1000) < part;
}
