/* app/import_sort.c — rows by id: a merge sort of the runs that are there already. */
#include "app/import_work.h"
#include "base/arena.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

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

/* Merges neighbouring runs pairwise into `to`; returns how many runs there were. */
static uint32_t merge_runs(struct import_work *w, const uint32_t *from, uint32_t *to)
{
	uint32_t runs = 0;

	for (uint32_t i = 0; i < w->ordered; runs++) {
		uint32_t bounds[3] = { i, run_end(w, from, i, w->ordered), 0 };
		bounds[2] = bounds[1];
		if (bounds[1] < w->ordered)
			bounds[2] = run_end(w, from, bounds[1], w->ordered);
		merge(w, from, to, bounds);
		i = bounds[2];
	}
	return runs;
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
	uint32_t *other = must_alloc((size_t)w->ordered * sizeof(*other));
	uint32_t runs;
	do {
		runs = merge_runs(w, w->order, other);
		uint32_t *swap = w->order;
		w->order = other;
		other = swap;
	} while (runs > 1);
	free(other);
	return OK;
}
