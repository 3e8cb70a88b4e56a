/* core/sha256.c — SHA-256 in portable C, and the choice between it and the processor's instructions. */
#include "core/sha256.h"

#include "core/sha256_ni.h"
#include "core/sha256_table.h"

const uint32_t sha256_start[8] = {
	0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
	0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

/* The one variable of core: which code to use. Every thread would find the same answer. */
enum { ENGINE_UNKNOWN, ENGINE_PORTABLE, ENGINE_NI };
static int engine;

static bool use_ni(void)
{
	int now = __atomic_load_n(&engine, __ATOMIC_RELAXED);

	if (now == ENGINE_UNKNOWN) {
		now = sha256_ni_exists() ? ENGINE_NI : ENGINE_PORTABLE;
		__atomic_store_n(&engine, now, __ATOMIC_RELAXED);
	}
	return now == ENGINE_NI;
}

void sha256_force_portable(bool force)
{
	__atomic_store_n(&engine, force ? ENGINE_PORTABLE : ENGINE_UNKNOWN, __ATOMIC_RELAXED);
}

const char *sha256_engine(void)
{
#ifdef __wasm__
	return "wasm";
#else
	return use_ni() ? "sha-ni" : "portable";
#endif
}

static inline uint32_t turn(uint32_t x, unsigned by)
{
	return x >> by | x << (32 - by);
}

static inline uint32_t load_big_endian(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void portable_block(uint32_t state[8], const uint8_t *block)
{
	uint32_t w[64], a = state[0], b = state[1], c = state[2], d = state[3];
	uint32_t e = state[4], f = state[5], g = state[6], h = state[7];

	for (unsigned t = 0; t < 16; t++)
		w[t] = load_big_endian(block + 4 * t);
	for (unsigned t = 16; t < 64; t++) {
		uint32_t x = w[t - 15], y = w[t - 2];

		w[t] = w[t - 16] + (turn(x, 7) ^ turn(x, 18) ^ x >> 3) + w[t - 7] +
		       (turn(y, 17) ^ turn(y, 19) ^ y >> 10);
	}
	for (unsigned t = 0; t < 64; t++) {
		uint32_t one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + (g ^ (e & (f ^ g))) +
			       sha256_k[t] + w[t];
		uint32_t two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) | (c & (a | b)));

		h = g, g = f, f = e, e = d + one;
		d = c, c = b, b = a, a = one + two;
	}
	state[0] += a, state[1] += b, state[2] += c, state[3] += d;
	state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

void sha256_blocks(uint32_t state[8], const uint8_t *at, size_t blocks)
{
	if (use_ni()) {
		sha256_ni_blocks(state, at, blocks);
		return;
	}
	for (size_t i = 0; i < blocks; i++)
		portable_block(state, at + SHA256_BLOCK * i);
}

void sha256_pair(uint32_t state_a[8], const uint8_t block_a[SHA256_BLOCK], uint32_t state_b[8],
		 const uint8_t block_b[SHA256_BLOCK])
{
	if (use_ni()) {
		sha256_ni_pair(state_a, block_a, state_b, block_b);
		return;
	}
	portable_block(state_a, block_a);
	portable_block(state_b, block_b);
}

void sha256_init(struct sha256 *s)
{
	memcpy(s->state, sha256_start, sizeof(s->state));
	s->total = 0;
}

void sha256_add(struct sha256 *s, const void *at, size_t len)
{
	const uint8_t *from = at;
	size_t have = s->total % SHA256_BLOCK;

	if (len == 0)
		return;
	s->total += len;
	if (have > 0) {
		size_t part = SHA256_BLOCK - have < len ? SHA256_BLOCK - have : len;

		memcpy(s->block + have, from, part);
		if (have + part < SHA256_BLOCK)
			return;
		sha256_blocks(s->state, s->block, 1);
		from += part;
		len -= part;
	}
	sha256_blocks(s->state, from, len / SHA256_BLOCK);
	if (len % SHA256_BLOCK > 0)
		memcpy(s->block, from + len / SHA256_BLOCK * SHA256_BLOCK, len % SHA256_BLOCK);
}

void sha256_done(struct sha256 *s, uint8_t digest[SHA256_SIZE])
{
	uint64_t bits = s->total * 8;
	size_t have = s->total % SHA256_BLOCK;

	s->block[have++] = 0x80;
	if (have > SHA256_BLOCK - 8) {
		memset(s->block + have, 0, SHA256_BLOCK - have);
		sha256_blocks(s->state, s->block, 1);
		have = 0;
	}
	memset(s->block + have, 0, SHA256_BLOCK - 8 - have);
	for (unsigned i = 0; i < 8; i++)
		s->block[SHA256_BLOCK - 8 + i] = (uint8_t)(bits >> (56 - 8 * i));
	sha256_blocks(s->state, s->block, 1);
	for (unsigned i = 0; i < SHA256_SIZE; i++)
		digest[i] = (uint8_t)(s->state[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256_once(const void *at, size_t len, uint8_t digest[SHA256_SIZE])
{
	struct sha256 s;

	sha256_init(&s);
	sha256_add(&s, at, len);
	sha256_done(&s, digest);
}

void sha256_hex(struct span message, char hex[SHA256_HEX])
{
	uint8_t digest[SHA256_SIZE];
	struct writer w = { hex, SHA256_HEX, 0, false };

	sha256_once(message.at, message.len, digest);
	write_hex(&w, digest, sizeof(digest));
}
