/* app/import_late.c — reasons that only the whole file tells are added after the scan; sorting in the sandbox. */
#include "app/import_work.h"
#include "base/arena.h"

#include <string.h>

void import_add_late(struct import_work *w, const struct import_late *late)
{
	if ((w->late_count & (w->late_count - 1)) == 0) {
		size_t room = w->late_count ? 2 * w->late_count : 1;
		w->late = must_realloc(w->late, room * sizeof(*w->late));
	}
	w->late[w->late_count++] = *late;
	struct import_row *r = import_row_at(w, late->row);
	r->flags |= ROW_LATE;
	if (late->error)
		r->state = IMPORT_QUARANTINED;
}

static int compare_late(const void *a, const void *b)
{
	const struct import_late *x = a, *y = b;

	if (x->row != y->row)
		return x->row < y->row ? -1 : 1;
	return x->code < y->code ? -1 : x->code > y->code;
}

void import_sort_late(struct import_work *w)
{
	if (w->late_count)
		import_sort_items(w->late, w->late_count, sizeof(*w->late), compare_late);
}

static void swap(char *a, char *b, size_t size)
{
	char item[IMPORT_ITEM_MOST];

	memcpy(item, a, size);
	memcpy(a, b, size);
	memcpy(b, item, size);
}

/* Lets the item at `root` sink to its place in the heap of `count` items. */
static void sink(char *at, size_t root, size_t count, size_t size,
		 int (*compare)(const void *a, const void *b))
{
	for (size_t child; (child = 2 * root + 1) < count; root = child) {
		if (child + 1 < count && compare(at + child * size, at + (child + 1) * size) < 0)
			child++;
		if (compare(at + root * size, at + child * size) >= 0)
			return;
		swap(at + root * size, at + child * size, size);
	}
}

void import_sort_items(void *items, size_t count, size_t size,
		       int (*compare)(const void *a, const void *b))
{
	char *at = items;

	for (size_t i = count / 2; i > 0; i--)
		sink(at, i - 1, count, size, compare);
	for (size_t left = count; left > 1; left--) {
		swap(at, at + (left - 1) * size, size);
		sink(at, 0, left - 1, size, compare);
	}
}
