/*
 * http/route.c — rows are sorted part by part, a {name} after all words, so that a target's parts narrow the range of
 * rows one after the other. A word wins over a {name}; there is no way back from it. A {name...} takes all parts that are left
 * and has no value.
 */
#include "http/route.h"

#include "base/status.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct row {
	const struct route *route;
	struct span parts[ROUTE_MOST_PARTS];
	size_t count;
};

struct routes {
	struct row *rows;
	size_t count;
};

static bool is_name(struct span part)
{
	return part.len > 0 && part.at[0] == '{';
}

/* It takes all that is left. */
static bool is_rest(struct span part)
{
	static const char dots[] = "...}";
	size_t len = sizeof(dots) - 1;

	return is_name(part) && part.len > len && memcmp(part.at + part.len - len, dots, len) == 0;
}

static int compare_parts(struct span a, struct span b)
{
	if (is_name(a) != is_name(b))
		return is_name(a) ? 1 : -1;
	return span_compare(a, b);
}

static int compare_rows(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	for (size_t i = 0; i < x->count && i < y->count; i++) {
		int order = compare_parts(x->parts[i], y->parts[i]);
		if (order)
			return order;
	}
	if (x->count != y->count)
		return x->count < y->count ? -1 : 1;
	return (int)x->route->method - (int)y->route->method;
}

static struct row cut(const struct route *route)
{
	struct row row = { .route = route };
	struct span path = span_of(route->path);
	bool more = true;

	assert(path.len > 0 && path.at[0] == '/');
	path = (struct span){ path.at + 1, path.len - 1 };
	while (more) {
		assert(row.count < ROUTE_MOST_PARTS);
		more = span_cut(&path, '/', &row.parts[row.count++]);
		assert(!more || !is_rest(row.parts[row.count - 1]));
	}
	return row;
}

/* One place has one name: "/visits/{id}" and "/visits/{visit}/members" would not be told apart. */
static void check_neighbours(const struct row *x, const struct row *y)
{
	size_t i = 0;

	assert(compare_rows(x, y) != 0);
	while (i < x->count && i < y->count && span_equal(x->parts[i], y->parts[i]))
		i++;
	assert(i == x->count || i == y->count || !is_name(x->parts[i]) || !is_name(y->parts[i]));
}

struct routes *routes_make(const struct route *const *tables, const size_t *counts,
			   size_t table_count)
{
	struct routes *r = must_alloc(sizeof(*r));
	size_t count = 0;

	for (size_t i = 0; i < table_count; i++)
		count += counts[i];
	*r = (struct routes){ must_alloc((count + 1) * sizeof(struct row)), 0 };
	for (size_t i = 0; i < table_count; i++)
		for (size_t k = 0; k < counts[i]; k++)
			r->rows[r->count++] = cut(&tables[i][k]);
	qsort(r->rows, r->count, sizeof(*r->rows), compare_rows);
	for (size_t i = 1; i < r->count; i++)
		check_neighbours(&r->rows[i - 1], &r->rows[i]);
	return r;
}

void routes_free(struct routes *r)
{
	if (r)
		free(r->rows);
	free(r);
}

struct range {
	size_t from, to;
};

/* The first row of the range whose part at `depth` is not before `part`; after: not before or equal. */
static size_t bound(const struct routes *r, struct range in, size_t depth, struct span part,
		    bool after)
{
	while (in.from < in.to) {
		size_t mid = in.from + (in.to - in.from) / 2;
		const struct row *row = &r->rows[mid];
		int order = row->count <= depth ? -1 : compare_parts(row->parts[depth], part);
		if (order < 0 || (after && order == 0))
			in.from = mid + 1;
		else
			in.to = mid;
	}
	return in.from;
}

/* Rows of the range that have this very word at `depth`, or else a {name}. */
static struct range narrow(const struct routes *r, struct range in, size_t depth, struct span part,
			   bool *ret_name)
{
	struct range found = { 0, 0 };

	*ret_name = false;
	if (!is_name(part)) {
		found = (struct range){ bound(r, in, depth, part, false),
					bound(r, in, depth, part, true) };
		if (found.from < found.to)
			return found;
	}
	found = (struct range){ bound(r, in, depth, SPAN("{"), false), in.to };
	*ret_name = found.from < found.to;
	return found;
}

static const char *methods(const struct routes *r, struct arena *a, struct range in)
{
	const char *list = "";

	for (size_t i = in.from; i < in.to; i++) {
		const char *name = gate_method_name(r->rows[i].route->method);
		list = arena_printf(a, "%s%s%s", list, *list ? ", " : "", name);
		if (r->rows[i].route->method == GATE_GET)
			list = arena_printf(a, "%s, HEAD", list);
	}
	return list;
}

static bool takes_rest(const struct routes *r, struct range in, size_t depth)
{
	return in.from < in.to && is_rest(r->rows[in.from].parts[depth]);
}

/* The rows whose paths are this target's, all of one path. Fills values. */
static struct range rows_of(const struct routes *r, const struct target *target,
			    const char *values[REQUEST_MOST_VALUES])
{
	static const struct range none = { 0, 0 };
	struct range in = { 0, r->count };
	size_t value_count = 0;

	for (size_t depth = 0; depth < target->count; depth++) {
		bool name;
		in = narrow(r, in, depth, span_of(target->parts[depth]), &name);
		if (name && takes_rest(r, in, depth))
			return in;
		if (name && (value_count == REQUEST_MOST_VALUES || !*target->parts[depth]))
			return none;
		if (name)
			values[value_count++] = target->parts[depth];
	}
	while (in.to > in.from && r->rows[in.to - 1].count > target->count)
		in.to--;
	return in;
}

int routes_find(const struct routes *r, struct arena *a, enum gate_method method,
		const struct target *target, const char *values[REQUEST_MOST_VALUES],
		const struct route **ret, const char **ret_allow)
{
	enum gate_method wanted = method == GATE_HEAD ? GATE_GET : method;
	struct range in = rows_of(r, target, values);

	for (size_t i = in.from; i < in.to; i++)
		if (r->rows[i].route->method == wanted) {
			*ret = r->rows[i].route;
			return OK;
		}
	if (in.from == in.to)
		return NONE;
	*ret_allow = methods(r, a, in);
	return INVALID;
}
