/* app/import_merge.c — the canonical file: rows of the import and of the old registry in the order of ids. */
#include "app/import_work.h"
#include "base/buf.h"
#include "base/status.h"

#include <pthread.h>
#include <string.h>

enum { WORTH_TWO_THREADS = 1 << 14 };

struct merging {
	struct import_work *work;
	struct import_out out;
	struct registry_reader old;
	struct span cells[REGISTRY_FIELDS_MOST]; /* of the old row */
	struct span line;                        /* the same, whole, without LF */
	bool has_old;                            /* there is one */
	bool given[REGISTRY_FIELDS_MOST];        /* fields that the file decides */
};

/* Steps to the next old row. */
static int next_old(struct merging *m)
{
	if (m->work->old.len == 0)
		return OK;
	const char *from = m->old.rest.at;
	int rc = registry_next(&m->old, m->cells);
	m->has_old = rc == OK;
	if (m->has_old)
		m->line = (struct span){ from, (size_t)(m->old.rest.at - from) - 1 };
	return rc == NONE ? OK : rc;
}

static int keep_old(struct merging *m)
{
	import_out_add(&m->out, m->line.at, m->line.len + 1);
	m->work->summary->kept++;
	return next_old(m);
}

static void write_cells(struct merging *m, const struct span *cells)
{
	uint32_t count = m->old.fields;

	while (count > 1 && cells[count - 1].len == 0)
		count--;
	for (uint32_t i = 0; i < count; i++) {
		import_out_add(&m->out, cells[i].at, cells[i].len);
		import_out_add(&m->out, i + 1 < count ? "\t" : "\n", 1);
	}
}

/* An expert who is an officer now assists no more, where the file does not say so itself. */
static bool becomes_officer(const struct merging *m, const struct span *cells)
{
	return m->work->options->kind == REGISTRY_INSPECTORS && !m->given[INSPECTOR_ASSISTANT] &&
	       span_equal(cells[INSPECTOR_ROLE], SPAN("officer")) &&
	       !span_equal(m->cells[INSPECTOR_ROLE], SPAN("officer")) &&
	       span_equal(m->cells[INSPECTOR_ASSISTANT], SPAN("1"));
}

static bool is_over(struct span state)
{
	return span_equal(state, SPAN("closed")) || span_equal(state, SPAN("moved"));
}

/* A site closes, or comes back, with papers that show it: a file that says so without them is told of it. */
static void look_at_state(struct merging *m, uint32_t row, const struct span *cells)
{
	struct span was = m->cells[SITE_STATE], now = cells[SITE_STATE];
	struct import_late late = { .row = row, .other = row, .code = REASON_STATE_UNPROVED };
	bool idle = is_over(now) || span_equal(now, SPAN("stopped"));

	if (m->work->options->kind != REGISTRY_SITES || !m->given[SITE_STATE] ||
	    span_equal(was, now))
		return;
	if (is_over(was) && !is_over(now))
		late.code = REASON_STATE_REVIVED;
	else if (!idle ||
		 m->given[SITE_STATE_EVIDENCE]) /* import_across.c looks at the file's own */
		return;
	import_add_late(m->work, &late);
}

/* The row and the old one have one id. */
static int unite(struct merging *m, uint32_t row)
{
	struct span cells[REGISTRY_FIELDS_MOST];
	struct import_row *r = import_row_at(m->work, row);
	struct span line = import_row_line(m->work, row);
	bool changed = false;

	if (span_equal(line, m->line)) {
		r->state = IMPORT_UNCHANGED;
		import_out_add(&m->out, line.at, line.len + 1);
		return next_old(m);
	}
	import_line_cells(line, m->old.fields, cells);
	cells[0] = m->cells[0];
	for (uint32_t f = 1; f < m->old.fields; f++)
		if (!m->given[f])
			cells[f] = m->cells[f];
	if (becomes_officer(m, cells))
		cells[INSPECTOR_ASSISTANT] = SPAN("0");
	for (uint32_t f = 1; f < m->old.fields; f++)
		changed |= !span_equal(cells[f], m->cells[f]);
	look_at_state(m, row, cells);
	r->state = changed ? IMPORT_UPDATED : IMPORT_UNCHANGED;
	write_cells(m, cells);
	return next_old(m);
}

static void write_new(struct merging *m, uint32_t row)
{
	const struct import_row *r = import_row_at(m->work, row);
	struct span line = import_row_line(m->work, row);
	char room[16];

	if (r->flags & ROW_NO_ID) {
		struct span id = import_row_id(m->work, row, room);
		import_out_add(&m->out, id.at, id.len);
	}
	import_out_add(&m->out, line.at, line.len + 1);
}

static int merge_row(struct merging *m, uint32_t row)
{
	char room[16];

	while (m->has_old) {
		int c = span_compare(m->cells[0], import_row_id(m->work, row, room));
		if (c == 0)
			return unite(m, row);
		if (c > 0)
			break;
		TRY(keep_old(m));
	}
	write_new(m, row);
	return OK;
}

static int merge_all(struct merging *m)
{
	TRY(next_old(m));
	for (uint32_t i = 0; i < m->work->ordered; i++)
		TRY(merge_row(m, m->work->order[i]));
	while (m->has_old)
		TRY(keep_old(m));
	return OK;
}

/* Bytes that the rows [from, to) of the order take in the file. */
static uint64_t bytes_of(struct import_work *w, uint32_t from, uint32_t to)
{
	uint64_t bytes = 0;
	char room[16];

	for (uint32_t i = from; i < to; i++) {
		const struct import_row *r = import_row_at(w, w->order[i]);
		bytes += r->len;
		if (r->flags & ROW_NO_ID)
			bytes += import_row_id(w, w->order[i], room).len;
	}
	return bytes;
}

/* Without an old registry the second half of the file is written by a second thread. */
static void *write_second_half(void *arg)
{
	struct merging *m = arg;

	for (uint32_t i = m->work->ordered / 2; i < m->work->ordered; i++)
		write_new(m, m->work->order[i]);
	return NULL;
}

static int write_halves(struct merging *m)
{
	struct import_work *w = m->work;
	uint32_t half = w->ordered / 2;
	struct merging second = { .work = w };
	pthread_t thread;

	import_out_init(&second.out, m->out.fd);
	second.out.placed = true;
	second.out.offset = m->out.total + bytes_of(w, 0, half);
	bool two = pthread_create(&thread, NULL, write_second_half, &second) == 0;
	for (uint32_t i = 0; i < half; i++)
		write_new(m, w->order[i]);
	if (two)
		pthread_join(thread, NULL);
	else
		write_second_half(&second);
	return import_out_end(&second.out);
}

static void count_states(struct import_work *w)
{
	struct import_summary *s = w->summary;

	for (uint32_t row = 0; row < w->rows; row++) {
		const struct import_row *r = import_row_at(w, row);
		s->count[r->state]++;
		s->warnings +=
			r->state != IMPORT_QUARANTINED && (r->flags & (ROW_REASONS | ROW_LATE));
	}
	s->rows = w->rows;
	for (uint32_t i = 0; i < w->parts; i++)
		s->blank += w->part[i].blank;
}

int import_merge(struct import_work *w)
{
	struct merging m = { .work = w };
	struct buf head;

	buf_init(&head, 4096);
	registry_write_header(&head, w->options->kind);
	import_out_init(&m.out, w->files->registry);
	import_out_add(&m.out, head.data, head.len);
	buf_release(&head);
	m.old.fields = w->part[0].checker->field_count;
	for (uint32_t f = 0; f < m.old.fields; f++)
		m.given[f] = w->columns.present[f] || w->map.fixed[f].len;
	int rc = w->old.len ? registry_open(&m.old, w->options->kind, w->old) : OK;
	if (rc == OK)
		rc = w->old.len || w->ordered < WORTH_TWO_THREADS ? merge_all(&m)
								  : write_halves(&m);
	int written = import_out_end(&m.out);
	import_sort_late(w);
	count_states(w);
	return rc ? rc : written;
}
