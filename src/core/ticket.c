/* core/ticket.c — tickets of consistent_sampler. The number is kept as the eight 32-bit words of the
 * digest; its low decimal digits, which come first in the ticket, are found without the rest. */
#include "core/ticket.h"

enum {
	WORDS = 8,
	ONE_BLOCK = 55, /* longest id whose padding fits into the same block */
	LEAST_DIGITS = 64,
	MOST_DIGITS = 78,
	CHUNK = 9, /* decimal digits that a 32-bit word can hold */
	CHUNKS = 9 /* words of CHUNK digits that hold 256 bits */
};

#define BILLION 1000000000U
#define MILLION 1000000U

/* Three digits reversed. */
#define REVERSED(n) ((n) % 10 * 100 + (n) / 10 % 10 * 10 + (n) / 100)
#define REVERSED_10(n)                                                                             \
	REVERSED(n), REVERSED((n) + 1), REVERSED((n) + 2), REVERSED((n) + 3), REVERSED((n) + 4),   \
		REVERSED((n) + 5), REVERSED((n) + 6), REVERSED((n) + 7), REVERSED((n) + 8),        \
		REVERSED((n) + 9)
#define REVERSED_100(n)                                                                            \
	REVERSED_10(n), REVERSED_10((n) + 10), REVERSED_10((n) + 20), REVERSED_10((n) + 30),       \
		REVERSED_10((n) + 40), REVERSED_10((n) + 50), REVERSED_10((n) + 60),               \
		REVERSED_10((n) + 70), REVERSED_10((n) + 80), REVERSED_10((n) + 90)
static const uint16_t reversed[1000] = {
	REVERSED_100(0),   REVERSED_100(100), REVERSED_100(200), REVERSED_100(300),
	REVERSED_100(400), REVERSED_100(500), REVERSED_100(600), REVERSED_100(700),
	REVERSED_100(800), REVERSED_100(900),
};

void ticket_seed_init(struct ticket_seed *s, struct span seed)
{
	char hex[SHA256_HEX];

	sha256_hex(seed, hex);
	memcpy(s->state, sha256_start, sizeof(s->state));
	sha256_blocks(s->state, (const uint8_t *)hex, 1);
}

/* The last block of HEX(seed) id with its padding. */
static void fill_block(struct span id, uint8_t block[SHA256_BLOCK])
{
	size_t bits = (SHA256_BLOCK + id.len) * 8;

	memset(block, 0, SHA256_BLOCK);
	if (id.len > 0)
		memcpy(block, id.at, id.len);
	block[id.len] = 0x80;
	block[62] = (uint8_t)(bits >> 8);
	block[63] = (uint8_t)bits;
}

static void digest_long(const struct ticket_seed *s, struct span id, uint32_t words[WORDS])
{
	uint8_t digest[SHA256_SIZE];
	struct sha256 h = { .total = SHA256_BLOCK };

	memcpy(h.state, s->state, sizeof(h.state));
	sha256_add(&h, id.at, id.len);
	sha256_done(&h, digest);
	memcpy(words, h.state, sizeof(h.state));
}

static void digest_one(const struct ticket_seed *s, struct span id, uint32_t words[WORDS])
{
	uint8_t block[SHA256_BLOCK];

	if (id.len > ONE_BLOCK) {
		digest_long(s, id, words);
		return;
	}
	fill_block(id, block);
	memcpy(words, s->state, sizeof(s->state));
	sha256_blocks(words, block, 1);
}

static void digest_two(const struct ticket_seed *s, const struct span ids[2], uint32_t a[WORDS],
		       uint32_t b[WORDS])
{
	uint8_t blocks[2][SHA256_BLOCK];

	if (ids[0].len > ONE_BLOCK || ids[1].len > ONE_BLOCK) {
		digest_one(s, ids[0], a);
		digest_one(s, ids[1], b);
		return;
	}
	fill_block(ids[0], blocks[0]);
	fill_block(ids[1], blocks[1]);
	memcpy(a, s->state, sizeof(s->state));
	memcpy(b, s->state, sizeof(s->state));
	sha256_pair(a, blocks[0], b, blocks[1]);
}

static void words_to_digest(const uint32_t words[WORDS], uint8_t digest[SHA256_SIZE])
{
	for (unsigned i = 0; i < SHA256_SIZE; i++)
		digest[i] = (uint8_t)(words[i / 4] >> (24 - 8 * (i % 4)));
}

static void digest_to_words(const uint8_t digest[SHA256_SIZE], uint32_t words[WORDS])
{
	for (unsigned i = 0; i < WORDS; i++)
		words[i] = (uint32_t)digest[4 * i] << 24 | (uint32_t)digest[4 * i + 1] << 16 |
			   (uint32_t)digest[4 * i + 2] << 8 | digest[4 * i + 3];
}

void ticket_digest(const struct ticket_seed *s, struct span id, uint8_t digest[SHA256_SIZE])
{
	uint32_t words[WORDS];

	digest_one(s, id, words);
	words_to_digest(words, digest);
}

/* The number mod 10^6: 2^(32 i) mod 10^6 times word i, which needs no carry. */
static uint32_t low_6(const uint32_t w[WORDS])
{
	uint64_t sum = w[7] + w[6] * 967296ULL + w[5] * 551616ULL + w[4] * 950336ULL +
		       w[3] * 211456ULL + w[2] * 542976ULL + w[1] * 512896ULL + w[0] * 249216ULL;

	return (uint32_t)(sum % MILLION);
}

/*
 * The number mod 10^18 as high * 10^9 + low, from 2^(32 i) mod 10^18 cut in the same way. Four products
 * of a word and a number below 10^9 fit into 64 bits, eight do not.
 */
static uint64_t low_18(const uint32_t w[WORDS])
{
	uint64_t low_a = w[7] + w[6] * 294967296ULL + w[5] * 709551616ULL + w[4] * 543950336ULL;
	uint64_t low_b = w[3] * 768211456ULL + w[2] * 932542976ULL + w[1] * 34512896ULL +
			 w[0] * 610249216ULL;
	uint64_t high_a = w[6] * 4ULL + w[5] * 446744073ULL + w[4] * 264337593ULL;
	uint64_t high_b = w[3] * 374607431ULL + w[2] * 283019655ULL + w[1] * 355444464ULL +
			  w[0] * 572481103ULL;
	uint64_t low = low_a % BILLION + low_b % BILLION;
	uint64_t carry = low_a / BILLION + low_b / BILLION + low / BILLION;

	return (high_a % BILLION + high_b % BILLION + carry) % BILLION * BILLION + low % BILLION;
}

static uint32_t reverse_6(uint32_t n)
{
	return reversed[n % 1000] * 1000U + reversed[n / 1000];
}

static uint64_t key_of(const uint32_t words[WORDS])
{
	uint64_t n = low_18(words);
	uint64_t first = reverse_6((uint32_t)(n % MILLION));
	uint64_t second = reverse_6((uint32_t)(n / MILLION % MILLION));

	return (first * MILLION + second) * MILLION + reverse_6((uint32_t)(n / MILLION / MILLION));
}

uint64_t ticket_key(const uint8_t digest[SHA256_SIZE])
{
	uint32_t words[WORDS];

	digest_to_words(digest, words);
	return key_of(words);
}

/* The key; or, when the first six digits alone put it above the limit, those followed by zeros. */
static inline uint64_t key_within(const uint32_t words[WORDS], uint64_t limit)
{
	uint64_t least = reverse_6(low_6(words)) * (uint64_t)MILLION * MILLION;

	return least > limit ? least : key_of(words);
}

void ticket_keys_within(const struct ticket_seed *s, const struct span *ids, const uint64_t *limits,
			size_t count, uint64_t *keys)
{
	uint32_t a[WORDS], b[WORDS];
	size_t i = 0;

	for (; i + 2 <= count; i += 2) {
		digest_two(s, ids + i, a, b);
		keys[i] = key_within(a, limits[i]);
		keys[i + 1] = key_within(b, limits[i + 1]);
	}
	if (i < count) {
		digest_one(s, ids[i], a);
		keys[i] = key_within(a, limits[i]);
	}
}

void ticket_keys(const struct ticket_seed *s, const struct span *ids, size_t count, uint64_t *keys)
{
	uint32_t a[WORDS], b[WORDS];
	size_t i = 0;

	for (; i + 2 <= count; i += 2) {
		digest_two(s, ids + i, a, b);
		keys[i] = key_of(a);
		keys[i + 1] = key_of(b);
	}
	if (i < count) {
		digest_one(s, ids[i], a);
		keys[i] = key_of(a);
	}
}

/* Writes the number's decimal digits, lowest first, at least LEAST_DIGITS of them; returns how many. */
static size_t write_reversed(const uint8_t digest[SHA256_SIZE], char *out)
{
	uint32_t words[WORDS];
	size_t len = 0;

	digest_to_words(digest, words);
	for (unsigned chunk = 0; chunk < CHUNKS; chunk++) {
		uint64_t rest = 0;

		for (unsigned i = 0; i < WORDS; i++) {
			rest = rest << 32 | words[i];
			words[i] = (uint32_t)(rest / BILLION);
			rest %= BILLION;
		}
		for (unsigned i = 0; i < CHUNK && len < MOST_DIGITS; i++, rest /= 10)
			out[len++] = (char)('0' + rest % 10);
	}
	while (len > LEAST_DIGITS && out[len - 1] == '0')
		len--;
	return len;
}

size_t ticket_text(const uint8_t digest[SHA256_SIZE], char out[TICKET_ROOM])
{
	size_t len;

	out[0] = '0';
	out[1] = '.';
	len = 2 + write_reversed(digest, out + 2);
	out[len] = '\0';
	return len;
}

int ticket_compare(const uint8_t a[SHA256_SIZE], const uint8_t b[SHA256_SIZE])
{
	char x[TICKET_ROOM], y[TICKET_ROOM];
	size_t x_len = ticket_text(a, x), y_len = ticket_text(b, y);

	return span_compare((struct span){ x, x_len }, (struct span){ y, y_len });
}

/* How much of the ticket stands before its first digit below 9, as if a 0 followed it. */
static size_t nines_end(struct span ticket)
{
	size_t at = 2;

	while (at < ticket.len && ticket.at[at] == '9')
		at++;
	return at;
}

int ticket_next(struct span ticket, char *out, size_t size, size_t *ret_len)
{
	char next[TICKET_NEXT_ROOM + MOST_DIGITS], tail[TICKET_NEXT_ROOM];
	uint8_t digest[SHA256_SIZE];
	size_t prefix, len;

	CORE_ASSERT(ticket.len >= 2 && ticket.at[0] == '0' && ticket.at[1] == '.');
	if (ticket.len >= sizeof(tail))
		return CORE_FULL;
	prefix = nines_end(ticket);
	memcpy(next, ticket.at, prefix);
	memcpy(tail, ticket.at, ticket.len);
	tail[ticket.len] = '0';
	for (uint64_t i = 1;; i++) {
		char text[TICKET_NEXT_ROOM + 24];
		struct writer w = { text, sizeof(text), 0, false };

		write_span(&w, ticket);
		write_char(&w, ':');
		write_number(&w, i);
		sha256_once(text, w.len, digest);
		len = prefix + write_reversed(digest, next + prefix);
		if (span_compare((struct span){ next, len },
				 (struct span){ tail, ticket.len + 1 }) > 0)
			break;
	}
	if (len >= size)
		return CORE_FULL;
	memcpy(out, next, len);
	out[len] = '\0';
	*ret_len = len;
	return CORE_OK;
}

/* Equal keys: the whole ticket, then the id. Mostly it is an entry met by itself, the sort's pivot. */
static bool tie_less(const struct ticket_seed *seed, const struct ticket_entry *a,
		     const struct ticket_entry *b)
{
	uint8_t x[SHA256_SIZE], y[SHA256_SIZE];
	int order;

	if (span_equal(a->id, b->id))
		return false;
	ticket_digest(seed, a->id, x);
	ticket_digest(seed, b->id, y);
	order = ticket_compare(x, y);
	return order != 0 ? order < 0 : span_compare(a->id, b->id) < 0;
}

static inline bool entry_less(const struct ticket_seed *seed, const struct ticket_entry *a,
			      const struct ticket_entry *b)
{
	return a->key != b->key ? a->key < b->key : tie_less(seed, a, b);
}

#define SORT_NAME by_ticket
#define SORT_TYPE struct ticket_entry
#define SORT_CONTEXT const struct ticket_seed *
#define SORT_LESS(seed, a, b) entry_less(seed, a, b)
#include "core/sort.inc"

void ticket_sort(const struct ticket_seed *seed, struct ticket_entry *entries, size_t count)
{
	by_ticket_sort(seed, entries, count);
}
