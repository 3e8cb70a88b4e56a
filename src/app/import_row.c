/* app/import_row.c — one row of the file: checks across cells, its canonical line, its place in memory. */
#include "app/import_kinds.h"
#include "app/import_work.h"
#include "base/arena.h"
#include "base/status.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { LINE_MOST = 1 << 14 };

static const struct span nothing = { "", 0 };

void import_key(struct span id, uint64_t key[2])
{
	unsigned char bytes[16] = { 0 };

	if (id.len)
		memcpy(bytes, id.at, id.len < sizeof(bytes) ? id.len : sizeof(bytes));
	for (int half = 0; half < 2; half++) {
		uint64_t word;
		memcpy(&word, bytes + 8 * half, sizeof(word));
		key[half] = __builtin_bswap64(word);
	}
}

void import_line_cells(struct span line, uint32_t fields, struct span *cells)
{
	for (uint32_t i = 0; i < fields; i++)
		span_cut(&line, '\t', &cells[i]);
}

static struct span note(struct checker *k, const char *before, uint64_t n)
{
	enum { ROOM = 48 };
	char *out = checker_take(k, ROOM);
	struct writer w = { out, out ? ROOM : 0, 0, false };

	write_span(&w, span_of(before));
	write_number(&w, n);
	return (struct span){ out, w.len };
}

/* 1 secret, 0 not, -1 unclear: treated as secret. */
static int secrecy(struct checker *k, struct span raw)
{
	static const char *const levels[] = { "秘密", "机密", "绝密", "涉密", "核心", "重要" };
	static const char *const open[] = { "公开", "非涉密", "不涉密", "非密" };
	struct span text;
	uint32_t found;

	if (raw.len == 0)
		return 0;
	if (!cell_clean(k, raw, &text, &found))
		return -1;
	if (text.len == 0)
		return 0;
	for (size_t i = 0; i < COUNT(open); i++)
		if (span_equal(text, span_of(open[i])))
			return 0;
	for (size_t i = 0; i < COUNT(levels); i++)
		if (text.len >= 6 && memcmp(text.at, levels[i], 6) == 0)
			return 1;
	return kind_truth(text);
}

static bool is_secret(struct import_part *p, const struct span *cells, uint32_t count)
{
	const struct import_columns *c = &p->work->columns;

	for (uint32_t i = 0; c->personal && i < count && i < c->count; i++) {
		if (c->column[i] != COLUMN_CLASSIFIED)
			continue;
		int secret = secrecy(p->checker, cells[i]);
		if (secret == 0)
			continue;
		checker_row(p->checker);
		checker_reason(p->checker,
			       secret > 0 ? REASON_CLASSIFIED : REASON_CLASSIFIED_UNCLEAR,
			       REASON_NO_FIELD, true, nothing);
		return true;
	}
	return false;
}

/* One of its cells bears a mark of classification, 机密★. */
static bool is_marked(struct checker *k)
{
	if (!k->marked)
		return false;
	checker_row(k);
	checker_reason(k, REASON_CLASSIFIED, REASON_NO_FIELD, true, nothing);
	return true;
}

static bool only_spaces(struct span s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.at[i] > ' ')
			return false;
	return true;
}

static bool is_blank(const struct span *cells, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (!only_spaces(cells[i]))
			return false;
	return true;
}

/* Cells of the file to canonical values. */
static void check_cells(struct import_part *p, const struct span *cells, uint32_t count,
			struct span *values)
{
	const struct import_columns *c = &p->work->columns;
	struct checker *k = p->checker;
	struct span raw[REGISTRY_FIELDS_MOST];

	for (uint32_t i = 0; i < p->looked_count; i++)
		raw[p->looked_at[i]] = nothing;
	for (uint32_t i = 0; i < count && i < c->count; i++)
		if (c->column[i] >= 0)
			raw[c->column[i]] = cells[i];
	memcpy(values, p->constant, k->field_count * sizeof(*values));
	for (uint32_t i = 0; i < p->looked_count; i++) {
		uint32_t f = p->looked_at[i];
		values[f] = cell_check(k, f, raw[f]);
	}
	for (uint32_t i = c->count; i < count; i++)
		if (!only_spaces(cells[i])) {
			checker_reason(k, REASON_ROW_LONG, REASON_NO_FIELD, true,
				       note(k, "表头列数为 ", c->count));
			break;
		}
	import_check_row(c, k, values);
}

/* Writes the line; only the id of a row in error. Returns its length with LF. */
static size_t write_line(struct import_part *p, const struct span *values, bool whole)
{
	uint32_t count = whole ? p->checker->field_count : 1;
	char *line = import_out_room(&p->spill, LINE_MOST), *at = line;

	while (count > 1 && values[count - 1].len == 0)
		count--;
	for (uint32_t i = 0; i < count; i++) {
		memcpy(at, values[i].at, values[i].len);
		at += values[i].len;
		*at++ = i + 1 < count ? '\t' : '\n';
	}
	size_t len = (size_t)(at - line);
	p->spill.len += len;
	p->spill.total += len;
	return len;
}

static void write_reasons(struct import_part *p)
{
	const struct checker *k = p->checker;

	for (uint32_t i = 0; i < k->reason_count; i++) {
		const struct reason *r = &k->reasons[i];
		struct import_record record = { p->rows, (uint8_t)r->code, r->field, r->error,
						(uint8_t)r->arg.len };
		import_out_add(&p->reasons, &record, sizeof(record));
		import_out_add(&p->reasons, r->arg.at, r->arg.len);
	}
}

static struct import_row *new_row(struct import_part *p)
{
	if (p->rows / IMPORT_SEGMENT == p->segment_count) {
		size_t size = (p->segment_count + 1) * sizeof(*p->segments);
		p->segments = must_realloc(p->segments, size);
		p->segments[p->segment_count++] =
			must_alloc(IMPORT_SEGMENT * sizeof(struct import_row));
	}
	return import_part_row(p, p->rows);
}

static bool is_merged(const struct checker *k, const struct span *values)
{
	return k->kind == REGISTRY_SITES && !k->error &&
	       span_equal(values[SITE_STATE], SPAN("merged"));
}

static void fill_row(struct import_part *p, const struct span *values, bool secret,
		     struct import_row *row)
{
	const struct checker *k = p->checker;
	struct import_match match = { 0, 0 };
	size_t len = write_line(p, values, !k->error);

	if (!k->error)
		match = import_match_of(k->kind, values);
	row->first_hash = match.first;
	row->second_hash = match.second;
	row->at = p->spill.total - len;
	row->len = (uint16_t)len;
	row->flags =
		(uint8_t)((values[0].len ? 0 : ROW_NO_ID) | (k->reason_count ? ROW_REASONS : 0) |
			  (secret ? ROW_SECRET : 0) | (k->error ? ROW_NO_CELLS : 0) |
			  (is_merged(k, values) ? ROW_MERGED : 0));
	row->state = k->error ? IMPORT_QUARANTINED : IMPORT_NEW;
	import_key(values[0], row->key);
}

static void add_flaw(struct import_part *p, const struct import_flaw *flaw)
{
	bool column = flaw->column < p->work->columns.count;
	uint32_t field = column ? (uint32_t)p->work->columns.column[flaw->column] : REASON_NO_FIELD;

	checker_reason(p->checker, flaw->code, field, true, nothing);
}

int import_add_row(struct import_part *p, const struct span *cells, uint32_t count, uint32_t line,
		   const struct import_flaw *flaw)
{
	struct span values[REGISTRY_FIELDS_MOST];

	if (is_blank(cells, count)) {
		p->blank++;
		return OK;
	}
	if (p->rows >= p->work->options->max_rows)
		return TOO_LARGE;
	checker_row(p->checker);
	bool secret = is_secret(p, cells, count);
	if (!secret) {
		check_cells(p, cells, count, values);
		secret = is_marked(p->checker);
	}
	if (secret)
		values[0] = nothing;
	if (flaw && !secret)
		add_flaw(p, flaw);
	struct import_row *row = new_row(p);
	row->line = line;
	fill_row(p, values, secret, row);
	write_reasons(p);
	p->rows++;
	return OK;
}

/* Values of fields that no column gives: fixed by the map, or what an absent value means. */
static int check_constants(struct import_part *p)
{
	const struct import_columns *c = &p->work->columns;
	struct checker *k = p->checker;

	for (uint32_t f = 0; f < k->field_count; f++) {
		p->constant[f] = nothing;
		/* A required field that nothing gives is missing anew in each row. */
		if (c->present[f] || (k->fields[f].required && p->work->map.fixed[f].len == 0)) {
			p->looked_at[p->looked_count++] = (uint8_t)f;
			continue;
		}
		checker_row(k);
		struct span value = cell_check(k, f, nothing);
		/* The scratch is used again by the first row. */
		p->constant[f] =
			(struct span){ arena_mem(&p->arena, value.at, value.len), value.len };
	}
	return OK;
}

int import_part_begin(struct import_part *p, struct import_work *w, uint32_t index)
{
	*p = (struct import_part){ .work = w };
	p->checker = must_alloc(sizeof(*p->checker));
	checker_init(p->checker, w->options->kind, &w->map);
	p->checker->any_area = w->options->any_area;
	p->checker->today = w->options->today;
	p->checker->senior_years = w->options->senior_years;
	p->checker->check_utf8 = w->bad_utf8 || w->workbook;
	p->checker->limit = w->text.at ? w->text.at + w->text.len : NULL;
	import_out_init(&p->spill, w->files->spill[index]);
	import_out_init(&p->reasons, w->files->reasons[index]);
	return check_constants(p);
}

static int map_back(int fd, uint64_t len, const char **at, size_t *ret_len)
{
	if (len == 0) {
		*at = "";
		*ret_len = 0;
		return OK;
	}
	void *map = mmap(NULL, len, PROT_READ, MAP_SHARED, fd, 0);
	if (map == MAP_FAILED)
		return IO_ERROR;
	*at = map;
	*ret_len = len;
	return OK;
}

int import_part_end(struct import_part *p)
{
	int spill = p->spill.fd, reasons = p->reasons.fd;

	TRY(import_out_end(&p->spill));
	TRY(import_out_end(&p->reasons));
	TRY(map_back(spill, p->spill.total, &p->spill_at, &p->spill_len));
	return map_back(reasons, p->reasons.total, &p->reasons_at, &p->reasons_len);
}

static void unmap(const char *at, size_t len)
{
	if (len)
		munmap((void *)(uintptr_t)at, len);
}

void import_part_release(struct import_part *p)
{
	for (uint32_t i = 0; i < p->segment_count; i++)
		free(p->segments[i]);
	free(p->segments);
	arena_release(&p->arena);
	free(p->checker);
	free(p->spill.data);
	free(p->reasons.data);
	unmap(p->spill_at, p->spill_len);
	unmap(p->reasons_at, p->reasons_len);
	*p = (struct import_part){ .rows = 0 };
}
