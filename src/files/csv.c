/* files/csv.c — one pass over the bytes, sixteen at a time where the processor can. */
#include "files/csv.h"

#include "base/buf.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

void csv_init(struct csv *c, const char *at, size_t len, char delimiter)
{
	*c = (struct csv){ at, at + len, delimiter };
}

char csv_delimiter(const char *at, size_t len)
{
	static const char known[] = { ',', ';', '\t', '|' };
	size_t count[COUNT(known)] = { 0 }, best = 0;

	for (size_t i = 0; i < len; i++)
		for (size_t k = 0; k < COUNT(known); k++)
			count[k] += at[i] == known[k];
	for (size_t k = 1; k < COUNT(known); k++)
		if (count[k] > count[best])
			best = k;
	return known[best];
}

/* First byte in [p, end) that is a or b, or end. */
static inline const char *find_either(const char *p, const char *end, char a, char b)
{
#ifdef __SSE2__
	const __m128i first = _mm_set1_epi8(a), second = _mm_set1_epi8(b);

	while (end - p >= 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
		int hits = _mm_movemask_epi8(
			_mm_or_si128(_mm_cmpeq_epi8(bytes, first), _mm_cmpeq_epi8(bytes, second)));
		if (hits)
			return p + __builtin_ctz((unsigned)hits);
		p += 16;
	}
#endif
	while (p < end && *p != a && *p != b)
		p++;
	return p;
}

/* Position of the quote that closes a cell whose content starts at p, or NULL. Counts its line breaks. */
static const char *closing_quote(const char *p, const char *end, uint32_t *lines, bool *doubled)
{
	for (;;) {
		p = find_either(p, end, '"', '\n');
		if (p == end)
			return NULL;
		if (*p == '\n') {
			++*lines;
		} else if (p + 1 < end && p[1] == '"') {
			*doubled = true;
			p++;
		} else {
			return p;
		}
		p++;
	}
}

struct reading {
	const char *p, *end; /* end: of the file or of the longest row allowed */
	char delimiter;
	bool quotes; /* quotes mean something */
	uint32_t lines;
};

/* Reads one cell; p stands on its delimiter, on LF or at the end afterwards. False: unclosed quote. */
static bool read_cell(struct reading *r, struct csv_cell *cell)
{
	const char *from = r->p;

	if (!r->quotes || from == r->end || *from != '"') {
		r->p = find_either(from, r->end, r->delimiter, '\n');
		*cell = (struct csv_cell){ from, (size_t)(r->p - from), false };
		return true;
	}
	bool doubled = false;
	const char *close = closing_quote(from + 1, r->end, &r->lines, &doubled);
	if (!close)
		return false;
	const char *after = find_either(close + 1, r->end, r->delimiter, '\n');
	bool tail = after - close > 1 && !(after - close == 2 && close[1] == '\r');
	r->p = after;
	*cell = (struct csv_cell){ from + 1, (size_t)((tail ? after : close) - from - 1),
				   tail || doubled };
	return true;
}

/* CRLF: the CR belongs to the line end. A quoted cell has ended before it. */
static void drop_cr(struct csv_cell *cell, const char *line_end)
{
	if (cell->len && cell->at + cell->len == line_end && line_end[-1] == '\r')
		cell->len--;
}

static bool read_row(struct reading *r, struct csv_cell *cells, uint32_t most, struct csv_row *row)
{
	const char *from = r->p;
	struct csv_cell cell;
	uint32_t count = 0;

	for (;; r->p++) {
		if (!read_cell(r, &cell))
			return false;
		bool last = r->p == r->end || *r->p == '\n';
		if (last)
			drop_cr(&cell, r->p);
		if (count < most)
			cells[count] = cell;
		count++;
		if (last)
			break;
	}
	size_t len = (size_t)(r->p - from);
	if (len && from[len - 1] == '\r')
		len--;
	*row = (struct csv_row){ from, len, count, r->lines, !r->quotes };
	return true;
}

bool csv_next(struct csv *c, struct csv_cell *cells, uint32_t most, struct csv_row *row)
{
	struct reading r = { c->at, c->end, c->delimiter, true, 1 };

	if (c->at == c->end)
		return false;
	if (r.end - r.p > CSV_ROW_MOST)
		r.end = r.p + CSV_ROW_MOST;
	bool whole = read_row(&r, cells, most, row) && (r.p < r.end || r.end == c->end);
	if (!whole) {
		r = (struct reading){ c->at, c->end, c->delimiter, false, 1 };
		(void)read_row(&r, cells, most, row);
	}
	c->at = r.p < c->end ? r.p + 1 : r.p;
	return true;
}

size_t csv_unescape(const struct csv_cell *cell, char *out)
{
	/* The content starts behind its opening quote; what follows the closing one is text as it stands. */
	bool inside = true;
	size_t len = 0;

	for (size_t i = 0; i < cell->len; i++) {
		if (inside && cell->at[i] == '"') {
			inside = i + 1 < cell->len && cell->at[i + 1] == '"';
			i++;
			if (i == cell->len)
				break;
		}
		out[len++] = cell->at[i];
	}
	return len;
}

static size_t count_quotes(const char *at, size_t len)
{
	size_t count = 0, i = 0;
#ifdef __SSE2__
	const __m128i quote = _mm_set1_epi8('"');

	for (; len - i >= 16; i += 16) {
		__m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(at + i));
		int hits = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, quote));
		count += (size_t)__builtin_popcount((unsigned)hits);
	}
#endif
	for (; i < len; i++)
		count += at[i] == '"';
	return count;
}

size_t csv_row_start(const char *at, size_t len, size_t from)
{
	uint32_t lines = 0;
	bool doubled = false;

	if (from >= len)
		return len;
	const char *p = at + from;
	if (count_quotes(at, from) % 2) {
		p = closing_quote(p, at + len, &lines, &doubled);
		if (!p)
			return len;
		p++;
	}
	while (p < at + len) {
		p = find_either(p, at + len, '"', '\n');
		if (p == at + len)
			break;
		if (*p == '\n')
			return (size_t)(p + 1 - at);
		p = closing_quote(p + 1, at + len, &lines, &doubled);
		if (!p)
			break;
		p++;
	}
	return len;
}

void csv_write(struct buf *out, char delimiter, const char *at, size_t len)
{
	bool plain = true;

	for (size_t i = 0; i < len && plain; i++)
		plain = at[i] != delimiter && at[i] != '"' && at[i] != '\n' && at[i] != '\r';
	if (plain) {
		buf_add(out, at, len);
		return;
	}
	buf_char(out, '"');
	for (size_t i = 0; i < len; i++) {
		if (at[i] == '"')
			buf_char(out, '"');
		buf_char(out, at[i]);
	}
	buf_char(out, '"');
}
