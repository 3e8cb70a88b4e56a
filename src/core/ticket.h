#ifndef CORE_TICKET_H
#define CORE_TICKET_H
/*
 * core/ticket.h — consistent_sampler tickets (spec/draw.md 3):
 *   HEX(x) = hex SHA256(x);  REV(x) = SHA256(x) as a decimal number, padded to at least 64 digits,
 *   reversed;  ticket = "0." REV(HEX(seed) id);  order by (ticket, id), bytewise.
 */
#include "core/mem.h"
#include "core/sha256.h"

enum {
	TICKET_ROOM = 81, /* "0.", at most 78 digits, and a NUL */
	TICKET_NEXT_ROOM =
		1024, /* tickets of later generations grow by 0.43 digits each: some 2,000 fit */
	TICKET_KEY_DIGITS = 18 /* of the fraction that ticket_key holds */
};

/* A seed, ready to make tickets: the hash state after HEX(seed), which is exactly one block. */
struct ticket_seed {
	uint32_t state[8];
};

/* Seed text of any length, e.g. R "/objects". */
void ticket_seed_init(struct ticket_seed *s, struct span seed);

/* SHA256(HEX(seed) id): the number behind the ticket. Ids of any length; up to 55 bytes are one block. */
void ticket_digest(const struct ticket_seed *s, struct span id, uint8_t digest[SHA256_SIZE]);

/*
 * The first 18 digits of the fraction as a number below 10^18: the number mod 10^18 with its digits
 * reversed. If key(a) < key(b) then ticket(a) < ticket(b) as byte strings; equal keys decide nothing.
 */
CORE_MUST_USE uint64_t ticket_key(const uint8_t digest[SHA256_SIZE]);

/* Digest and key of `count` ids; the fast path of selection (pairs of blocks go to the hash at once). */
void ticket_keys(const struct ticket_seed *s, const struct span *ids, size_t count, uint64_t *keys);

/*
 * The same for selection: a key above limits[i] may come back as any number above limits[i], which is
 * cheaper, since the first six digits decide for most.
 */
void ticket_keys_within(const struct ticket_seed *s, const struct span *ids, const uint64_t *limits,
			size_t count, uint64_t *keys);

/* Writes "0." and 64 to 78 digits and a NUL; returns the length without the NUL. */
size_t ticket_text(const uint8_t digest[SHA256_SIZE], char out[TICKET_ROOM]);

/* Orders two digests as their ticket texts are ordered bytewise: < 0, 0, > 0. */
CORE_MUST_USE int ticket_compare(const uint8_t a[SHA256_SIZE], const uint8_t b[SHA256_SIZE]);

/*
 * The ticket that follows `ticket` in a drawing with replacement (vectors/README.md, chains). Writes the
 * text and a NUL; CORE_FULL if it would not fit into `size` bytes.
 */
CORE_MUST_USE int ticket_next(struct span ticket, char *out, size_t size, size_t *ret_len);

/* An id with its ticket, for lists that are ordered in memory (candidates, visits, strata). */
struct ticket_entry {
	uint64_t key;
	struct span id;
	uint32_t index; /* the caller's */
};

/*
 * Sorts by (ticket, id). Keys must come from ticket_keys under `seed`; ties of keys are decided by the
 * full ticket, computed again. No memory is taken.
 */
void ticket_sort(const struct ticket_seed *seed, struct ticket_entry *entries, size_t count);

#endif
