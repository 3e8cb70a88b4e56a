/* app/import_resolve.c — rows without a number find theirs; rows that are one object are found out. */
#include "app/import_work.h"
#include "base/arena.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>

enum { NUMBER_DIGITS = 6, COUNTIES_MOST = 4096 };

/* ---- reasons found late ---- */

static void add_late(struct import_work *w, uint32_t row, enum reason_code code, uint32_t other,
		     bool error)
{
	import_add_late(
		w, &(struct import_late){
			   .row = row, .other = other, .code = (uint8_t)code, .error = error });
}

/* ---- a table of rows by one of the two hashes ---- */

struct table {
	uint32_t *slots; /* row + 1; 0: free */
	uint32_t mask;
	bool first; /* by the first way */
};

static void table_make(struct table *t, uint32_t rows, bool first)
{
	uint32_t size = 1024;

	while (size < rows + rows / 4)
		size *= 2;
	*t = (struct table){ calloc(size, sizeof(*t->slots)), size - 1, first };
	if (!t->slots)
		t->slots =
			memset(must_alloc(size * sizeof(*t->slots)), 0, size * sizeof(*t->slots));
}

static uint32_t hash_of(const struct table *t, const struct import_row *r)
{
	return t->first ? r->first_hash : r->second_hash;
}

static void cells_of(struct import_work *w, uint32_t row, struct span *cells)
{
	import_line_cells(import_row_line(w, row), w->part[0].checker->field_count, cells);
}

static bool same_rows(struct import_work *w, bool first, uint32_t a, uint32_t b)
{
	struct span x[REGISTRY_FIELDS_MOST], y[REGISTRY_FIELDS_MOST];

	cells_of(w, a, x);
	cells_of(w, b, y);
	return import_match_same(w->options->kind, first, x, y);
}

/* ---- rows of the file against each other ---- */

static bool same_id(struct import_work *w, uint32_t a, uint32_t b)
{
	const struct import_row *p = import_row_at(w, a), *q = import_row_at(w, b);
	char x[16], y[16];

	return p->key[0] == q->key[0] && p->key[1] == q->key[1] &&
	       span_equal(import_row_id(w, a, x), import_row_id(w, b, y));
}

/*
 * Two rows agree. The one without a number is the duplicate; two numbers are a hint to a person, and one
 * number twice is found by the order of ids. Returns the row that stays in the table.
 */
static uint32_t meet(struct import_work *w, uint32_t earlier, uint32_t row)
{
	struct import_row *a = import_row_at(w, earlier), *b = import_row_at(w, row);

	if (b->flags & ROW_NO_ID) {
		add_late(w, row, REASON_DUPLICATE_PLACE, earlier, true);
		return earlier;
	}
	if (a->flags & ROW_NO_ID) {
		add_late(w, earlier, REASON_DUPLICATE_PLACE, row, true);
		return row;
	}
	if (!(b->flags & ROW_LATE) && !same_id(w, earlier, row))
		add_late(w, row, REASON_LIKELY_SAME, earlier, false);
	return earlier;
}

static void insert(struct import_work *w, struct table *t, uint32_t row, uint32_t hash)
{
	uint32_t i = hash & t->mask;

	for (; t->slots[i]; i = (i + 1) & t->mask) {
		uint32_t earlier = t->slots[i] - 1;
		const struct import_row *r = import_row_at(w, earlier);
		if (hash_of(t, r) != hash || r->state == IMPORT_QUARANTINED ||
		    !same_rows(w, t->first, earlier, row))
			continue;
		t->slots[i] = meet(w, earlier, row) + 1;
		return;
	}
	t->slots[i] = row + 1;
}

static void find_twins(struct import_work *w, bool first)
{
	struct table t;

	table_make(&t, w->rows, first);
	for (uint32_t row = 0; row < w->rows; row++) {
		const struct import_row *r = import_row_at(w, row);
		uint32_t hash = hash_of(&t, r);
		if (hash && r->state != IMPORT_QUARANTINED)
			insert(w, &t, row, hash);
	}
	free(t.slots);
}

/* ---- rows without a number against the old registry ---- */

static bool wants_number(const struct import_row *r)
{
	return (r->flags & ROW_NO_ID) && !(r->flags & ROW_OLD_ID) && r->state != IMPORT_QUARANTINED;
}

static uint32_t count_wanting(struct import_work *w)
{
	uint32_t count = 0;

	for (uint32_t row = 0; row < w->rows; row++)
		count += wants_number(import_row_at(w, row));
	return count;
}

static void offer(struct import_work *w, const struct table *t, const struct span *cells,
		  uint32_t hash)
{
	struct span mine[REGISTRY_FIELDS_MOST];

	for (uint32_t i = hash & t->mask; hash && t->slots[i]; i = (i + 1) & t->mask) {
		struct import_row *r = import_row_at(w, t->slots[i] - 1);
		if (!wants_number(r) || hash_of(t, r) != hash)
			continue;
		cells_of(w, t->slots[i] - 1, mine);
		if (!import_match_same(w->options->kind, t->first, cells, mine))
			continue;
		r->flags |= ROW_OLD_ID;
		r->old_at = (uint64_t)(cells[0].at - w->old.at);
		import_key(cells[0], r->key);
		return;
	}
}

/* Its survivor goes on for it. */
static bool is_merged(enum registry kind, const struct span *cells)
{
	return kind == REGISTRY_SITES && span_equal(cells[SITE_STATE], SPAN("merged"));
}

static int match_old(struct import_work *w, bool first)
{
	struct table t;
	struct registry_reader reader;
	struct span cells[REGISTRY_FIELDS_MOST];

	TRY(registry_open(&reader, w->options->kind, w->old));
	table_make(&t, w->rows, first);
	for (uint32_t row = 0; row < w->rows; row++) {
		const struct import_row *r = import_row_at(w, row);
		uint32_t hash = wants_number(r) ? hash_of(&t, r) : 0, i = hash & t.mask;
		for (; hash && t.slots[i];)
			i = (i + 1) & t.mask;
		if (hash)
			t.slots[i] = row + 1;
	}
	int rc;
	while ((rc = registry_next(&reader, cells)) == OK) {
		if (is_merged(w->options->kind, cells))
			continue;
		struct import_match match = import_match_of(w->options->kind, cells);
		offer(w, &t, cells, first ? match.first : match.second);
	}
	free(t.slots);
	return rc == NONE ? OK : rc;
}

/* ---- new numbers ---- */

struct serial {
	char prefix[8];
	size_t len;
	uint32_t last;
};

struct serials {
	struct serial at[COUNTIES_MOST];
	uint32_t count;
};

static struct serial *serial_of(struct serials *s, struct span prefix)
{
	for (uint32_t i = s->count; i > 0; i--)
		if (s->at[i - 1].len == prefix.len &&
		    memcmp(s->at[i - 1].prefix, prefix.at, prefix.len) == 0)
			return &s->at[i - 1];
	if (s->count == COUNTIES_MOST || prefix.len > sizeof(s->at[0].prefix))
		return NULL;
	struct serial *fresh = &s->at[s->count++];
	memcpy(fresh->prefix, prefix.at, prefix.len);
	fresh->len = prefix.len;
	return fresh;
}

/* Takes note of a number of our own form, `prefix-000001`. */
static void note_number(struct serials *s, struct span id)
{
	struct span prefix;
	uint32_t n = 0;

	if (!span_cut(&id, '-', &prefix) || id.len < NUMBER_DIGITS || id.len > 8 || prefix.len > 6)
		return;
	for (size_t i = 0; i < id.len; i++) {
		if (id.at[i] < '0' || id.at[i] > '9')
			return;
		n = n * 10 + (uint32_t)(id.at[i] - '0');
	}
	struct serial *serial = serial_of(s, prefix);
	if (serial && serial->last < n)
		serial->last = n;
}

static int note_old(struct import_work *w, struct serials *s)
{
	struct registry_reader reader;
	struct span cells[REGISTRY_FIELDS_MOST];
	int rc;

	if (w->old.len == 0)
		return OK;
	TRY(registry_open(&reader, w->options->kind, w->old));
	while ((rc = registry_next(&reader, cells)) == OK)
		note_number(s, cells[0]);
	return rc == NONE ? OK : rc;
}

static int mint(struct import_work *w, struct serials *s, uint32_t row)
{
	struct span cells[REGISTRY_FIELDS_MOST];
	struct import_row *r = import_row_at(w, row);
	const char *word = registry_prefix(w->options->kind);
	char id[16] = { 0 };

	cells_of(w, row, cells);
	struct span prefix = word ? span_of(word) : cells[SITE_COUNTY];
	struct serial *serial = serial_of(s, prefix);
	if (!serial || serial->last >= 99999999)
		return import_refuse(
			w, "没有编号的行涉及的县区过多或流水号用完，请先在文件里填上编号");
	struct writer out = { id, sizeof(id), 0, false };
	serial->last++;
	write_span(&out, prefix);
	write_char(&out, '-');
	for (uint32_t limit = 100000; limit > serial->last; limit /= 10)
		write_char(&out, '0');
	write_number(&out, serial->last);
	import_key((struct span){ id, out.len }, r->key);
	r->flags |= ROW_MINTED;
	w->summary->minted++;
	return OK;
}

static int mint_all(struct import_work *w)
{
	char room[16];

	if (count_wanting(w) == 0)
		return OK;
	CLEANUP(arena_release) struct arena a = { 0 };
	struct serials *s = arena_alloc(&a, sizeof(*s));
	TRY(note_old(w, s));
	for (uint32_t row = 0; row < w->rows; row++)
		note_number(s, import_row_id(w, row, room));
	for (uint32_t row = 0; row < w->rows; row++)
		if (wants_number(import_row_at(w, row)))
			TRY(mint(w, s, row));
	return OK;
}

/* ---- the order of ids ---- */

/* Of rows with one id the first in the file stays. */
static void drop_same_ids(struct import_work *w)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < w->ordered; i++) {
		uint32_t row = w->order[i];
		if (kept && same_id(w, w->order[kept - 1], row)) {
			add_late(w, row, REASON_DUPLICATE_ID, w->order[kept - 1], true);
			continue;
		}
		w->order[kept++] = row;
	}
	w->ordered = kept;
}

static bool any_merged(struct import_work *w)
{
	for (uint32_t i = 0; i < w->ordered; i++)
		if (import_row_at(w, w->order[i])->flags & ROW_MERGED)
			return true;
	return false;
}

/* A file cannot merge a site, as it does not name the survivor; it may repeat that one was merged. */
static int drop_merged(struct import_work *w)
{
	struct registry_reader reader;
	struct span cells[REGISTRY_FIELDS_MOST];
	uint32_t kept = 0;
	char room[16];

	if (!any_merged(w))
		return OK;
	if (w->old.len)
		TRY(registry_open(&reader, w->options->kind, w->old));
	int rc = w->old.len ? registry_next(&reader, cells) : NONE;
	for (uint32_t i = 0; i < w->ordered; i++) {
		uint32_t row = w->order[i];
		bool merged = import_row_at(w, row)->flags & ROW_MERGED;
		struct span id = merged ? import_row_id(w, row, room) : SPAN("");
		while (merged && rc == OK && span_compare(cells[0], id) < 0)
			rc = registry_next(&reader, cells);
		if (merged &&
		    (rc != OK || !span_equal(cells[0], id) || !is_merged(w->options->kind, cells)))
			add_late(w, row, REASON_MERGED_HERE, row, true);
		else
			w->order[kept++] = row;
	}
	w->ordered = kept;
	return rc == NONE ? OK : rc;
}

int import_resolve(struct import_work *w)
{
	find_twins(w, true);
	find_twins(w, false);
	if (w->old.len && count_wanting(w)) {
		TRY(match_old(w, true));
		TRY(match_old(w, false));
	}
	TRY(mint_all(w));
	TRY(import_sort(w));
	drop_same_ids(w);
	TRY(drop_merged(w));
	TRY(import_check_people(w));
	import_sort_late(w);
	return OK;
}
