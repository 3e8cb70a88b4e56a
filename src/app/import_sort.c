/*
 * app/import_sort.c — rows by id. Stretches of half a million are sorted by radix where the ids pack into
 * 64 bits (digits take four bits, what all ids share takes none), then the runs that are there are merged.
 */
#include "app/import_work.h"
#include "base/arena.h"
#include "base/status.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { STRETCH = 1 << 19, DIGIT = 11, BUCKETS = 1 << DIGIT, KEY_BYTES = 16 };

/* By id, then by place in the file. */
static bool before(struct import_work *w, uint32_t a, uint32_t b)
{
	const struct import_row *x = import_row_at(w, a), *y = import_row_at(w, b);
	char room_x[16], room_y[16];

	if (x->key[0] != y->key[0])
		return x->key[0] < y->key[0];
	if (x->key[1] != y->key[1])
		return x->key[1] < y->key[1];
	/* Equal in 16 bytes: shorter ids are padded with NUL, so only longer ones can differ. */
	if (x->key[1] & 0xff) {
		int c = span_compare(import_row_id(w, a, room_x), import_row_id(w, b, room_y));
		if (c)
			return c < 0;
	}
	return a < b;
}

/* End of the ascending run that starts at i. */
static uint32_t run_end(struct import_work *w, const uint32_t *rows, uint32_t i, uint32_t count)
{
	for (i++; i < count && before(w, rows[i - 1], rows[i]);)
		i++;
	return i;
}

static void merge(struct import_work *w, const uint32_t *from, uint32_t *to,
		  const uint32_t bounds[3])
{
	uint32_t a = bounds[0], b = bounds[1], out = bounds[0];

	while (a < bounds[1] && b < bounds[2])
		to[out++] = before(w, from[b], from[a]) ? from[b++] : from[a++];
	if (a < bounds[1])
		memcpy(to + out, from + a, (bounds[1] - a) * sizeof(*to));
	else if (b < bounds[2])
		memcpy(to + out, from + b, (bounds[2] - b) * sizeof(*to));
}

/* How the bytes of the ids become a number of the same order. */
struct packing {
	unsigned char least[KEY_BYTES], bits[KEY_BYTES]; /* of the byte at this place */
	uint32_t total;
	bool exact; /* different ids have different numbers */
};

static unsigned char key_byte(const struct import_row *r, uint32_t i)
{
	return (unsigned char)(r->key[i / 8] >> (56 - 8 * (i % 8)));
}

static void packing_of(struct import_work *w, struct packing *ret)
{
	unsigned char most[KEY_BYTES] = { 0 };
	bool longer = false;

	*ret = (struct packing){ .total = 0 };
	memset(ret->least, 0xff, sizeof(ret->least));
	for (uint32_t i = 0; i < w->ordered; i++) {
		const struct import_row *r = import_row_at(w, w->order[i]);
		longer |= key_byte(r, KEY_BYTES - 1) != 0;
		for (uint32_t k = 0; k < KEY_BYTES; k++) {
			unsigned char c = key_byte(r, k);
			ret->least[k] = c < ret->least[k] ? c : ret->least[k];
			most[k] = c > most[k] ? c : most[k];
		}
	}
	for (uint32_t k = 0; k < KEY_BYTES; k++) {
		for (int range = most[k] - ret->least[k]; range > 0; range /= 2)
			ret->bits[k]++;
		ret->total += ret->bits[k];
	}
	ret->exact = !longer && ret->total <= 64;
}

static uint64_t pack(const struct packing *p, const struct import_row *r)
{
	uint64_t packed = 0;

	for (uint32_t k = 0; k < KEY_BYTES; k++)
		if (p->bits[k])
			packed = packed << p->bits[k] | (uint64_t)(key_byte(r, k) - p->least[k]);
	return packed;
}

struct packed {
	uint64_t key;
	uint32_t row;
};

/* Sorts by one digit, keeping the order of equals. */
static void radix_pass(const struct packed *from, struct packed *to, uint32_t count, uint32_t shift)
{
	uint32_t starts[BUCKETS] = { 0 }, sum = 0;

	for (uint32_t i = 0; i < count; i++)
		starts[(from[i].key >> shift) % BUCKETS]++;
	for (uint32_t b = 0; b < BUCKETS; b++) {
		uint32_t size = starts[b];
		starts[b] = sum;
		sum += size;
	}
	for (uint32_t i = 0; i < count; i++)
		to[starts[(from[i].key >> shift) % BUCKETS]++] = from[i];
}

static void radix_sort(struct import_work *w, const struct packing *p, uint32_t *rows,
		       uint32_t count)
{
	struct packed *from = must_alloc(2 * (size_t)count * sizeof(*from)), *to = from + count,
		      *both = from;

	for (uint32_t i = 0; i < count; i++)
		from[i] = (struct packed){ pack(p, import_row_at(w, rows[i])), rows[i] };
	for (uint32_t shift = 0; shift < p->total; shift += DIGIT) {
		radix_pass(from, to, count, shift);
		struct packed *swap = from;
		from = to;
		to = swap;
	}
	for (uint32_t i = 0; i < count; i++)
		rows[i] = from[i].row;
	free(both);
}

/* A part of the order that a thread sorts by itself. */
struct stretch {
	struct import_work *work;
	const struct packing *packing;
	uint32_t *rows, *room; /* the sorted rows are in `rows` in the end */
	uint32_t count;
};

/* Merges neighbouring runs pairwise into room; returns how many pairs there were. */
static uint32_t merge_runs(struct stretch *s)
{
	uint32_t pairs = 0;

	for (uint32_t i = 0; i < s->count; pairs++) {
		uint32_t bounds[3] = { i, run_end(s->work, s->rows, i, s->count), 0 };
		bounds[2] = bounds[1];
		if (bounds[1] < s->count)
			bounds[2] = run_end(s->work, s->rows, bounds[1], s->count);
		merge(s->work, s->rows, s->room, bounds);
		i = bounds[2];
	}
	return pairs;
}

static void *sort_stretch(void *arg)
{
	struct stretch *s = arg;
	uint32_t pairs, *given = s->rows;

	for (uint32_t i = 0; s->packing->exact && i < s->count; i += STRETCH)
		radix_sort(s->work, s->packing, s->rows + i,
			   s->count - i < STRETCH ? s->count - i : STRETCH);
	do {
		pairs = merge_runs(s);
		uint32_t *swap = s->rows;
		s->rows = s->room;
		s->room = swap;
	} while (pairs > 1);
	if (s->rows != given) {
		memcpy(given, s->rows, s->count * sizeof(*given));
		s->room = s->rows;
		s->rows = given;
	}
	return NULL;
}

/* Both halves at the same time, then together into `other`. */
static void sort_halves(struct import_work *w, uint32_t *other)
{
	uint32_t half = w->ordered / 2;
	struct packing packing;
	struct stretch first = { w, &packing, w->order, other, half };
	struct stretch second = { w, &packing, w->order + half, other + half, w->ordered - half };
	pthread_t thread;

	packing_of(w, &packing);
	bool two = pthread_create(&thread, NULL, sort_stretch, &second) == 0;

	sort_stretch(&first);
	if (two)
		pthread_join(thread, NULL);
	else
		sort_stretch(&second);
	merge(w, w->order, other, (const uint32_t[3]){ 0, half, w->ordered });
}

int import_sort(struct import_work *w)
{
	w->order = must_alloc(((size_t)w->rows + 1) * sizeof(*w->order));
	w->ordered = 0;
	for (uint32_t row = 0; row < w->rows; row++)
		if (import_row_at(w, row)->state != IMPORT_QUARANTINED)
			w->order[w->ordered++] = row;
	if (w->ordered == 0 || run_end(w, w->order, 0, w->ordered) == w->ordered)
		return OK;
	uint32_t *other = must_alloc(((size_t)w->rows + 1) * sizeof(*other));
	sort_halves(w, other);
	free(w->order);
	w->order = other;
	return OK;
}
