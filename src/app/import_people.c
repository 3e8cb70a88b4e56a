/* app/import_people.c — no two people in force hold one certificate. */
#include "app/import_work.h"
#include "base/arena.h"
#include "base/status.h"

#include <stdlib.h>

enum { OLD_ROW = UINT32_MAX };

/* A number that somebody will hold when the import is done. */
struct holder {
	struct span certificate;
	const char *old; /* its row in the old registry, where the file says nothing about it */
	uint32_t row;    /* of the file, or OLD_ROW */
};

struct holders {
	struct import_work *work;
	struct holder *at;
	size_t count, size;
	uint32_t fields;
};

static void hold(struct holders *h, struct span certificate, struct holder who)
{
	if (certificate.len == 0)
		return;
	if (h->count == h->size) {
		h->size = h->size ? 2 * h->size : 256;
		h->at = must_realloc(h->at, h->size * sizeof(*h->at));
	}
	who.certificate = certificate;
	h->at[h->count++] = who;
}

static void take_cells(struct holders *h, const struct span *cells, struct holder who)
{
	if (cells[INSPECTOR_LEFT].len)
		return;
	hold(h, cells[INSPECTOR_CERTIFICATE], who);
	if (!span_equal(cells[INSPECTOR_CERTIFICATE], cells[INSPECTOR_CERTIFICATE2]))
		hold(h, cells[INSPECTOR_CERTIFICATE2], who);
}

static bool given(const struct import_work *w, uint32_t field)
{
	return w->columns.present[field] || w->map.fixed[field].len;
}

/* The row as it will be: fields that the file does not decide stay. */
static void take_row(struct holders *h, uint32_t row, const struct span *old)
{
	struct span cells[REGISTRY_FIELDS_MOST];
	static const uint32_t looked_at[] = { INSPECTOR_CERTIFICATE, INSPECTOR_CERTIFICATE2,
					      INSPECTOR_LEFT };

	import_line_cells(import_row_line(h->work, row), h->fields, cells);
	for (size_t i = 0; old && i < COUNT(looked_at); i++)
		if (!given(h->work, looked_at[i]))
			cells[looked_at[i]] = old[looked_at[i]];
	take_cells(h, cells, (struct holder){ .row = row });
}

/* All people after the import, in the order of ids. */
static int take_all(struct holders *h)
{
	struct import_work *w = h->work;
	struct registry_reader reader;
	struct span old[REGISTRY_FIELDS_MOST];
	char room[16];

	if (w->old.len)
		TRY(registry_open(&reader, w->options->kind, w->old));
	int rc = w->old.len ? registry_next(&reader, old) : NONE;
	for (uint32_t i = 0; i < w->ordered; i++) {
		struct span id = import_row_id(w, w->order[i], room);
		int order = rc == OK ? span_compare(old[0], id) : 1;
		for (; order < 0; order = rc == OK ? span_compare(old[0], id) : 1) {
			take_cells(h, old, (struct holder){ .old = old[0].at, .row = OLD_ROW });
			rc = registry_next(&reader, old);
		}
		take_row(h, w->order[i], order == 0 ? old : NULL);
		if (order == 0)
			rc = registry_next(&reader, old);
	}
	for (; rc == OK; rc = registry_next(&reader, old))
		take_cells(h, old, (struct holder){ .old = old[0].at, .row = OLD_ROW });
	return rc == NONE ? OK : rc;
}

/* Of one number: who is in the registry and not in the file first, then the file's rows as they come. */
static int compare_holders(const void *a, const void *b)
{
	const struct holder *x = a, *y = b;
	int order = span_compare(x->certificate, y->certificate);

	if (order)
		return order;
	if ((x->row == OLD_ROW) != (y->row == OLD_ROW))
		return x->row == OLD_ROW ? -1 : 1;
	return x->row < y->row ? -1 : x->row > y->row;
}

static void refuse(struct import_work *w, const struct holder *first, uint32_t row)
{
	struct import_late late = { .row = row,
				    .other = first->row == OLD_ROW ? row : first->row,
				    .code = REASON_CERTIFICATE_TWICE,
				    .error = true };

	if (import_row_at(w, row)->state == IMPORT_QUARANTINED)
		return;
	if (first->row == OLD_ROW) {
		late.code = REASON_CERTIFICATE_TAKEN;
		late.old = first->old;
	}
	import_add_late(w, &late);
}

static void drop_refused(struct import_work *w)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < w->ordered; i++)
		if (import_row_at(w, w->order[i])->state != IMPORT_QUARANTINED)
			w->order[kept++] = w->order[i];
	w->ordered = kept;
}

int import_check_people(struct import_work *w)
{
	struct holders h = { .work = w, .fields = w->part[0].checker->field_count };

	if (w->options->kind != REGISTRY_INSPECTORS ||
	    (!given(w, INSPECTOR_CERTIFICATE) && !given(w, INSPECTOR_CERTIFICATE2)))
		return OK;
	int rc = take_all(&h);
	if (rc == OK && h.count)
		import_sort_items(h.at, h.count, sizeof(*h.at), compare_holders);
	for (size_t i = 1, first = 0; rc == OK && i < h.count; i++) {
		if (!span_equal(h.at[first].certificate, h.at[i].certificate))
			first = i;
		else if (h.at[i].row != OLD_ROW && h.at[i].row != h.at[first].row)
			refuse(w, &h.at[first], h.at[i].row);
	}
	free(h.at);
	drop_refused(w);
	return rc;
}
