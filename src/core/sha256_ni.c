/* core/sha256_ni.c — SHA-256 with the SHA instructions of x86-64. The state is kept as the two vectors
 * that the instructions want, (A B E F) and (C D G H). */
#include "core/sha256_ni.h"

#if defined(__x86_64__)
#include "core/sha256_table.h"

#include <cpuid.h>
#include <immintrin.h>

#define NI __attribute__((target("sha,sse4.1")))
#define NI_INLINE __attribute__((target("sha,sse4.1"), always_inline)) static inline

struct lane {
	__m128i abef, cdgh;
	__m128i w[4]; /* the 16 words of the schedule that the coming rounds need */
};

bool sha256_ni_exists(void)
{
	unsigned a, b, c, d;

	if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSE4_1) || !(c & bit_SSSE3))
		return false;
	return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

NI_INLINE __m128i load(const void *at)
{
	return _mm_loadu_si128((const __m128i *)at);
}

NI_INLINE void lane_load_state(struct lane *l, const uint32_t state[8])
{
	__m128i cdab = _mm_shuffle_epi32(load(state), 0xb1);
	__m128i efgh = _mm_shuffle_epi32(load(state + 4), 0x1b);

	l->abef = _mm_alignr_epi8(cdab, efgh, 8);
	l->cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);
}

NI_INLINE void lane_store_state(const struct lane *l, uint32_t state[8])
{
	__m128i feba = _mm_shuffle_epi32(l->abef, 0x1b);
	__m128i dchg = _mm_shuffle_epi32(l->cdgh, 0xb1);

	_mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xf0));
	_mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

NI_INLINE void lane_load_block(struct lane *l, const uint8_t *block)
{
	const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);

	for (int i = 0; i < 4; i++)
		l->w[i] = _mm_shuffle_epi8(load(block + 16 * i), big_endian);
}

/* Four rounds with the words w[i]. */
NI_INLINE void lane_rounds(struct lane *l, int i, __m128i k)
{
	__m128i wk = _mm_add_epi32(l->w[i], k);

	l->cdgh = _mm_sha256rnds2_epu32(l->cdgh, l->abef, wk);
	l->abef = _mm_sha256rnds2_epu32(l->abef, l->cdgh, _mm_shuffle_epi32(wk, 0x0e));
}

/* Replaces w[i], the words t-16 .. t-13, by the words t .. t+3. */
NI_INLINE void lane_schedule(struct lane *l, int i)
{
	__m128i before = l->w[(i + 3) & 3];
	__m128i sum = _mm_sha256msg1_epu32(l->w[i], l->w[(i + 1) & 3]);

	sum = _mm_add_epi32(sum, _mm_alignr_epi8(before, l->w[(i + 2) & 3], 4));
	l->w[i] = _mm_sha256msg2_epu32(sum, before);
}

NI_INLINE void lane_add_state(struct lane *l, const struct lane *old)
{
	l->abef = _mm_add_epi32(l->abef, old->abef);
	l->cdgh = _mm_add_epi32(l->cdgh, old->cdgh);
}

#define EACH_QUARTER(step)                                                                         \
	do {                                                                                       \
		step(0);                                                                           \
		step(1);                                                                           \
		step(2);                                                                           \
		step(3);                                                                           \
	} while (0)

NI_INLINE void lane_block(struct lane *l, const uint8_t *block)
{
	struct lane old = *l;

	lane_load_block(l, block);
#define ROUNDS(i) lane_rounds(l, i, load(sha256_k + t + 4 * (i)))
#define ROUNDS_AND_SCHEDULE(i)                                                                     \
	ROUNDS(i);                                                                                 \
	lane_schedule(l, i)
	int t = 0;

	for (; t < 48; t += 16)
		EACH_QUARTER(ROUNDS_AND_SCHEDULE);
	EACH_QUARTER(ROUNDS);
#undef ROUNDS
#undef ROUNDS_AND_SCHEDULE
	lane_add_state(l, &old);
}

NI void sha256_ni_blocks(uint32_t state[8], const uint8_t *at, size_t blocks)
{
	struct lane l;

	lane_load_state(&l, state);
	for (size_t i = 0; i < blocks; i++)
		lane_block(&l, at + 64 * i);
	lane_store_state(&l, state);
}

/* The rounds of one block depend on each other; those of two blocks fill the waiting time. */
NI void sha256_ni_pair(uint32_t state_a[8], const uint8_t *block_a, uint32_t state_b[8],
		       const uint8_t *block_b)
{
	struct lane a, b, old_a, old_b;
	int t = 0;

	lane_load_state(&a, state_a);
	lane_load_state(&b, state_b);
	old_a = a;
	old_b = b;
	lane_load_block(&a, block_a);
	lane_load_block(&b, block_b);
#define ROUNDS(i)                                                                                  \
	lane_rounds(&a, i, load(sha256_k + t + 4 * (i)));                                          \
	lane_rounds(&b, i, load(sha256_k + t + 4 * (i)))
#define ROUNDS_AND_SCHEDULE(i)                                                                     \
	ROUNDS(i);                                                                                 \
	lane_schedule(&a, i);                                                                      \
	lane_schedule(&b, i)
	for (; t < 48; t += 16)
		EACH_QUARTER(ROUNDS_AND_SCHEDULE);
	EACH_QUARTER(ROUNDS);
#undef ROUNDS
#undef ROUNDS_AND_SCHEDULE
	lane_add_state(&a, &old_a);
	lane_add_state(&b, &old_b);
	lane_store_state(&a, state_a);
	lane_store_state(&b, state_b);
}

#else

bool sha256_ni_exists(void)
{
	return false;
}

void sha256_ni_blocks(uint32_t state[8], const uint8_t *at, size_t blocks)
{
	(void)state, (void)at, (void)blocks;
	CORE_ASSERT(false);
}

void sha256_ni_pair(uint32_t state_a[8], const uint8_t *block_a, uint32_t state_b[8],
		    const uint8_t *block_b)
{
	(void)state_a, (void)block_a, (void)state_b, (void)block_b;
	CORE_ASSERT(false);
}

#endif
