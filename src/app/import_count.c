/* app/import_count.c — the reasons of all quarantined rows together, so that the screen can tell what to mend first. */
#include "app/import_work.h"
#include "base/arena.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

enum { ROWS_TOLD = 3, COLUMNS = REGISTRY_FIELDS_MOST + 1 };

/* A reason of a column in all rows. */
struct tally {
	uint32_t count, rows[ROWS_TOLD]; /* numbers in the file */
	struct reason first;             /* its arg is in text */
	char text[REASON_ARG_MOST];
};

struct counting {
	struct tally of[REASON_CODES][COLUMNS];
};

static void add(struct counting *c, const struct reason *r, uint32_t row)
{
	struct tally *t =
		&c->of[r->code][r->field < REGISTRY_FIELDS_MOST ? r->field : REGISTRY_FIELDS_MOST];

	if (t->count == 0) {
		t->first = *r;
		memcpy(t->text, r->arg.at, r->arg.len);
		t->first.arg.at = t->text;
	}
	if (t->count < ROWS_TOLD)
		t->rows[t->count] = row;
	t->count++;
}

/* The most frequent one; of equals the one that comes first in the file. NULL if none is left. */
static struct tally *most_frequent(struct counting *c)
{
	struct tally *best = NULL;

	for (size_t code = 0; code < REASON_CODES; code++)
		for (size_t f = 0; f < COLUMNS; f++) {
			struct tally *t = &c->of[code][f];
			if (t->count == 0)
				continue;
			if (!best || t->count > best->count ||
			    (t->count == best->count && t->rows[0] < best->rows[0]))
				best = t;
		}
	return best;
}

static void write_tally(struct buf *out, enum registry kind, const struct tally *t)
{
	buf_printf(out, "  %u 行（第 ", t->count);
	for (uint32_t i = 0; i < t->count && i < ROWS_TOLD; i++)
		buf_printf(out, i ? "、%u" : "%u", t->rows[i]);
	buf_str(out, t->count > ROWS_TOLD ? " 行等）：" : " 行）：");
	reason_write(out, kind, &t->first);
	buf_char(out, '\n');
}

static void free_counting(struct counting **c)
{
	free(*c);
}

void import_count_reasons(struct import_work *w)
{
	CLEANUP(free_counting) struct counting *c = must_alloc(sizeof(*c));
	CLEANUP(buf_release) struct buf text;
	struct import_walk walk;
	struct tally *t;
	uint32_t row;

	memset(c, 0, sizeof(*c));
	import_walk_init(&walk, w);
	while (import_walk_next(&walk, &row))
		for (uint32_t i = 0; i < walk.count; i++)
			if (walk.found[i].error)
				add(c, &walk.found[i], import_row_number(w, row));
	buf_init(&text, IMPORT_REASONS_MOST - 1);
	for (int told = 0; told < IMPORT_REASONS_TOLD && (t = most_frequent(c)); told++) {
		write_tally(&text, w->options->kind, t);
		t->count = 0;
	}
	if (most_frequent(c))
		buf_str(&text, "  另有别的原因，见核对表\n");
	memcpy(w->summary->reasons, buf_text(&text), text.len);
}
