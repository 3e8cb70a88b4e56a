/* app/life_certain_quota.c — quota and split lines are read by word and written again. */
#include "app/life_certain_quota.h"

#include "core/text.h"

#include <string.h>

static uint64_t less(uint64_t a, uint64_t b)
{
	return a > b ? a - b : 0;
}

static const struct life_certain_stratum *find(const struct life_certain_stratum *list,
					       size_t count, struct span name)
{
	for (size_t i = 0; i < count; i++)
		if (span_equal(list[i].name, name))
			return &list[i];
	return NULL;
}

/* "quota NAME AMOUNT": false for other lines. */
static bool parse_quota(struct span line, struct span *name, struct span *amount)
{
	struct span word;

	if (!span_cut(&line, ' ', &word) || !span_equal(word, SPAN("quota")) ||
	    !span_cut(&line, ' ', name))
		return false;
	*amount = line;
	return true;
}

/* "12", or "1/3" of the members, rounded up. */
static bool parse_amount(struct span text, uint64_t members, uint64_t *ret)
{
	struct span first;
	uint64_t a, b;

	if (!span_cut(&text, '/', &first))
		return read_number(first, UINT32_MAX, ret) == CORE_OK;
	if (read_number(first, UINT32_MAX, &a) != CORE_OK ||
	    read_number(text, UINT32_MAX, &b) != CORE_OK || b == 0)
		return false;
	*ret = (members * a + b - 1) / b;
	return true;
}

/* Is it a stratum of the set of rules that the split is named by? */
static bool belongs(struct span stratum, struct span group)
{
	return stratum.len >= group.len && memcmp(stratum.at, group.at, group.len) == 0 &&
	       (stratum.len == group.len || stratum.at[group.len] == '.');
}

/* "split NAME AMOUNT cells": false for other lines. */
static bool parse_split(struct span line, struct span *name, struct span *amount,
			struct span *cells)
{
	struct span word;

	if (!span_cut(&line, ' ', &word) || !span_equal(word, SPAN("split")) ||
	    !span_cut(&line, ' ', name) || !span_cut(&line, ' ', amount))
		return false;
	*cells = line;
	return true;
}

static uint64_t certain_cells(const struct life_certain_book *b, struct span cells)
{
	uint64_t sum = 0;
	struct span cell, name;

	while (cells.len) {
		span_cut(&cells, ' ', &cell);
		span_cut(&cell, '=', &name);
		const struct life_certain_stratum *s = find(b->list, b->count, name);
		sum += s ? s->units : 0;
	}
	return sum;
}

static const struct plan_stratum *stratum_of(const struct life_certain_book *b, struct span name)
{
	for (size_t i = 0; i < b->strata_count; i++)
		if (span_equal(span_of(b->strata[i].name), name))
			return &b->strata[i];
	return NULL;
}

/* What a line draws, if it says so in a number, and for which kind. */
static bool read_cut(const struct life_certain_book *b, struct span line,
		     struct life_certain_cut *ret)
{
	struct span amount, cells, first;
	uint64_t total;

	*ret = (struct life_certain_cut){ .split = false };
	if (parse_split(line, &ret->name, &amount, &cells)) {
		struct span rest = cells;
		ret->split = true;
		span_cut(&rest, ' ', &rest);
		span_cut(&rest, '=', &first);
	} else if (parse_quota(line, &ret->name, &amount)) {
		cells = first = ret->name;
	} else {
		return false;
	}
	const struct plan_stratum *of = stratum_of(b, first);
	if (!of || memchr(amount.at, '/', amount.len) || !parse_amount(amount, 0, &total))
		return false;
	ret->kind = of->kind;
	ret->must = !ret->split && of->must;
	ret->left = less(total, certain_cells(b, cells));
	return true;
}

static void read_cuts(struct life_certain_book *b, struct span rules, struct arena *a)
{
	struct span rest = rules, line;
	size_t lines = 0;

	while (text_line(&rest, &line))
		lines++;
	b->cuts = arena_array(a, lines + 1, sizeof(*b->cuts));
	b->cut_count = 0;
	while (text_line(&rules, &line))
		b->cut_count += read_cut(b, line, &b->cuts[b->cut_count]);
}

/* Units of a stratum that draws nobody count for what other strata of the same rules draw. */
static void cut_for(struct life_certain_book *b, const struct life_certain_stratum *s)
{
	const struct plan_stratum *of = stratum_of(b, s->name);
	uint64_t over = s->over;

	for (size_t i = b->cut_count; of && over > 0 && i-- > 0;) {
		struct life_certain_cut *c = &b->cuts[i];
		if (c->kind != of->kind || c->must)
			continue;
		uint64_t n = c->left < over ? c->left : over;
		c->left -= n;
		c->cut += n;
		over -= n;
	}
}

static uint64_t cut_of(const struct life_certain_book *b, struct span name, bool split)
{
	for (size_t i = 0; i < b->cut_count; i++)
		if (b->cuts[i].split == split && span_equal(b->cuts[i].name, name))
			return b->cuts[i].cut;
	return 0;
}

void life_certain_over(struct life_certain_book *b, struct span rules, struct arena *a)
{
	struct span rest = rules, line, name, amount;
	uint64_t n;

	while (text_line(&rest, &line)) {
		if (!parse_quota(line, &name, &amount))
			continue;
		for (size_t i = 0; i < b->count; i++)
			if (span_equal(b->list[i].name, name) &&
			    parse_amount(amount, b->list[i].members, &n))
				b->list[i].over = less(b->list[i].units, n);
	}
	read_cuts(b, rules, a);
	for (size_t i = 0; i < b->count; i++)
		cut_for(b, &b->list[i]);
}

static void write_quota(const struct life_certain_book *b, struct span name, struct span amount,
			struct buf *out)
{
	const struct life_certain_stratum *s = find(b->list, b->count, name);
	uint64_t n, cut = cut_of(b, name, false);

	if ((s || cut) && parse_amount(amount, s ? s->members : 0, &n))
		buf_printf(out, "quota %.*s %llu\n", (int)name.len, name.at,
			   (unsigned long long)less(n, cut + (s ? s->units : 0)));
	else
		buf_printf(out, "quota %.*s %.*s\n", (int)name.len, name.at, (int)amount.len,
			   amount.at);
}

/* What is left of the split's total; false: it is a share, or nobody certain belongs to it. */
static bool left_of(const struct life_certain_book *b, struct span group, struct span amount,
		    struct span cells, uint64_t *ret)
{
	uint64_t total, certain = certain_cells(b, cells) + cut_of(b, group, true);

	if (memchr(amount.at, '/', amount.len) || !parse_amount(amount, 0, &total))
		return false;
	for (size_t i = 0; b->strata_count == 0 && i < b->count; i++)
		certain += belongs(b->list[i].name, group) ? b->list[i].over : 0;
	*ret = less(total, certain);
	return certain > 0;
}

/* The next cell of a split, and its weight without the certain units. */
static void next_cell(const struct life_certain_stratum *list, size_t count, struct span *cells,
		      struct span *name, uint64_t *weight)
{
	struct span cell;

	*weight = 0;
	span_cut(cells, ' ', &cell);
	span_cut(&cell, '=', name);
	if (read_number(cell, UINT64_MAX / 2, weight) != CORE_OK)
		*weight = 0;
	const struct life_certain_stratum *s = find(list, count, *name);
	if (s && s->members)
		*weight -= *weight / s->members * s->units;
}

static void write_split(const struct life_certain_stratum *list, size_t count, struct span group,
			uint64_t total, struct span cells, struct buf *out)
{
	struct span rest = cells, name, one = SPAN("");
	uint64_t weight;
	size_t parts = 0;

	while (rest.len) {
		next_cell(list, count, &rest, &name, &weight);
		one = weight ? name : one;
		parts += weight > 0;
		if (weight == 0 || total == 0)
			buf_printf(out, "quota %.*s 0\n", (int)name.len, name.at);
	}
	if (total == 0 || parts == 0)
		return;
	if (parts == 1) {
		buf_printf(out, "quota %.*s %llu\n", (int)one.len, one.at,
			   (unsigned long long)total);
		return;
	}
	buf_printf(out, "split %.*s %llu", (int)group.len, group.at, (unsigned long long)total);
	for (rest = cells; rest.len;) {
		next_cell(list, count, &rest, &name, &weight);
		if (weight)
			buf_printf(out, " %.*s=%llu", (int)name.len, name.at,
				   (unsigned long long)weight);
	}
	buf_char(out, '\n');
}

void life_certain_line(const struct life_certain_book *b, struct span line, struct buf *out)
{
	struct span group, amount, cells;
	uint64_t total;

	if (parse_quota(line, &group, &amount)) {
		write_quota(b, group, amount, out);
		return;
	}
	if (parse_split(line, &group, &amount, &cells) &&
	    left_of(b, group, amount, cells, &total)) {
		write_split(b->list, b->count, group, total, cells, out);
		return;
	}
	buf_add(out, line.at, line.len);
	buf_char(out, '\n');
}
