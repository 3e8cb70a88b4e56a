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

void life_certain_over(struct life_certain_stratum *list, size_t count, struct span rules)
{
	struct span line, name, amount;
	uint64_t n;

	while (text_line(&rules, &line)) {
		if (!parse_quota(line, &name, &amount))
			continue;
		for (size_t i = 0; i < count; i++)
			if (span_equal(list[i].name, name) &&
			    parse_amount(amount, list[i].members, &n))
				list[i].over = less(list[i].units, n);
	}
}

static void write_quota(const struct life_certain_stratum *s, struct span name, struct span amount,
			struct buf *out)
{
	uint64_t n;

	if (s && parse_amount(amount, s->members, &n))
		buf_printf(out, "quota %.*s %llu\n", (int)name.len, name.at,
			   (unsigned long long)less(n, s->units));
	else
		buf_printf(out, "quota %.*s %.*s\n", (int)name.len, name.at, (int)amount.len,
			   amount.at);
}

/* What is left of the split's total; false: it is a share, or nobody certain belongs to it. */
static bool left_of(const struct life_certain_stratum *list, size_t count, struct span group,
		    struct span amount, struct span cells, uint64_t *ret)
{
	uint64_t total, certain = 0;
	struct span cell, name;

	if (memchr(amount.at, '/', amount.len) || !parse_amount(amount, 0, &total))
		return false;
	while (cells.len) {
		span_cut(&cells, ' ', &cell);
		span_cut(&cell, '=', &name);
		const struct life_certain_stratum *s = find(list, count, name);
		certain += s ? s->units : 0;
	}
	for (size_t i = 0; i < count; i++)
		certain += belongs(list[i].name, group) ? list[i].over : 0;
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

void life_certain_line(const struct life_certain_stratum *list, size_t count, struct span line,
		       struct buf *out)
{
	struct span rest = line, word, group, amount;
	uint64_t total;

	if (parse_quota(line, &group, &amount)) {
		write_quota(find(list, count, group), group, amount, out);
		return;
	}
	if (span_cut(&rest, ' ', &word) && span_equal(word, SPAN("split")) &&
	    span_cut(&rest, ' ', &group) && span_cut(&rest, ' ', &amount) &&
	    left_of(list, count, group, amount, rest, &total)) {
		write_split(list, count, group, total, rest, out);
		return;
	}
	buf_add(out, line.at, line.len);
	buf_char(out, '\n');
}
