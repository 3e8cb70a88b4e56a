/* app/registry_quality.c — each row judged once; what is far is known when all rows of a county are. */
#include "app/registry_quality.h"

#include "app/identifiers.h"
#include "app/import_area.h"
#include "app/registry_compare.h"
#include "app/registry_grid.h"
#include "app/scope.h"
#include "base/clock.h"
#include "base/status.h"
#include "store/registry_quality.h"

#include <stdlib.h>
#include <string.h>

enum { COUNTIES_MOST = 4096, DAY_MS = 86400000, PERMILLE = 1000 };

static const char *const kinds[] = {
	[QUALITY_ROWS] = "rows",
	[QUALITY_LIVE] = "live",
	[QUALITY_CODE_MISSING] = "code-missing",
	[QUALITY_CODE_FORM] = "code-form",
	[QUALITY_CODE_CHECK] = "code-check",
	[QUALITY_CODE_INNER] = "code-inner",
	[QUALITY_PLACE_MISSING] = "place-missing",
	[QUALITY_PLACE_OUTSIDE] = "place-outside",
	[QUALITY_PLACE_FAR] = "place-far",
	[QUALITY_STALE] = "stale",
	[QUALITY_DOUBLE] = "double",
	[QUALITY_CLASS_MISSING] = "class-missing",
	[QUALITY_COUNTY_MISSING] = "county-missing",
};

_Static_assert(COUNT(kinds) == QUALITY_KINDS, "every kind has its word");

const char *quality_name(enum quality_kind kind)
{
	return kinds[kind];
}

bool quality_of(const char *name, enum quality_kind *ret)
{
	for (int k = 0; k < QUALITY_KINDS; k++)
		if (strcmp(kinds[k], name) == 0) {
			*ret = (enum quality_kind)k;
			return true;
		}
	return false;
}

static int64_t permille(int64_t part, int64_t whole)
{
	return whole ? part * PERMILLE / whole : -1;
}

int64_t quality_codes_right(const struct quality_county *c)
{
	const int64_t *n = c->count;

	return permille(n[QUALITY_ROWS] - n[QUALITY_CODE_MISSING] - n[QUALITY_CODE_FORM] -
				n[QUALITY_CODE_CHECK] - n[QUALITY_CODE_INNER],
			n[QUALITY_ROWS]);
}

int64_t quality_places_right(const struct quality_county *c)
{
	const int64_t *n = c->count;

	return permille(n[QUALITY_ROWS] - n[QUALITY_PLACE_MISSING] - n[QUALITY_PLACE_OUTSIDE] -
				n[QUALITY_PLACE_FAR],
			n[QUALITY_ROWS]);
}

/* ---- one row ---- */

struct county {
	struct quality_county sums;
	struct grid *grid; /* NULL until a place of the city is met */
};

struct judging {
	const struct office *o;
	struct arena *arena;
	const struct quality_in *in;
	int64_t now;
	struct county **counties; /* in the order they were met */
	size_t count, last;
	/* When rows are listed: */
	bool listing;
	enum quality_kind kind;
	registry_quality_row *each;
	void *arg;
};

static struct county *county_of(struct judging *j, struct span code)
{
	if (j->last < j->count && span_equal(span_of(j->counties[j->last]->sums.code), code))
		return j->counties[j->last];
	for (size_t i = 0; i < j->count; i++)
		if (span_equal(span_of(j->counties[i]->sums.code), code)) {
			j->last = i;
			return j->counties[i];
		}
	struct county *c = arena_alloc(j->arena, sizeof(*c));
	if (j->count == COUNTIES_MOST || code.len >= sizeof(c->sums.code))
		return NULL;
	memcpy(c->sums.code, code.at, code.len);
	struct span name = area_name(code);
	c->sums.name = arena_mem(j->arena, name.at, name.len);
	j->last = j->count;
	return j->counties[j->count++] = c;
}

static enum quality_kind code_kind(struct span code)
{
	struct identifier id;

	if (code.len == 0)
		return QUALITY_CODE_MISSING;
	identifier_code(code, &id);
	switch (id.verdict) {
	case IDENTIFIER_CHECK:
		return QUALITY_CODE_CHECK;
	case IDENTIFIER_INNER:
		return QUALITY_CODE_INNER;
	case IDENTIFIER_FORM:
	case IDENTIFIER_CORRECTED:
		return QUALITY_CODE_FORM;
	case IDENTIFIER_OK:
		break;
	}
	return QUALITY_KINDS;
}

struct row {
	bool is[QUALITY_KINDS];
	bool placed; /* on the grid at column, row */
	int column, row;
};

static void judge_place(const struct span *cells, struct row *ret)
{
	uint64_t longitude, latitude;

	if (read_number(cells[SITE_LONGITUDE], 1800000000, &longitude) != CORE_OK ||
	    read_number(cells[SITE_LATITUDE], 900000000, &latitude) != CORE_OK) {
		ret->is[QUALITY_PLACE_MISSING] = true;
		return;
	}
	/* Of counties elsewhere nothing is known. */
	if (cells[SITE_COUNTY].len != 6 || memcmp(cells[SITE_COUNTY].at, "1306", 4) != 0)
		return;
	ret->placed = grid_square((int64_t)longitude, (int64_t)latitude, &ret->column, &ret->row);
	ret->is[QUALITY_PLACE_OUTSIDE] = !ret->placed;
}

static bool is_stale(const struct judging *j, const struct span *cells, int64_t changed_at)
{
	struct span visit = cells[SITE_LAST_VISIT];
	char text[CLOCK_DAY] = { 0 };
	int64_t last = changed_at / DAY_MS, day;

	if (visit.len == CLOCK_DAY - 1) {
		memcpy(text, visit.at, visit.len);
		if (clock_parse_day(text, &day) == OK && day > last)
			last = day;
	}
	return last < j->now / DAY_MS - j->in->days;
}

static bool has_left(struct span state)
{
	return span_equal(state, SPAN("closed")) || span_equal(state, SPAN("moved")) ||
	       span_equal(state, SPAN("merged"));
}

static void judge(const struct judging *j, const struct span *cells, int64_t changed_at,
		  struct row *ret)
{
	enum quality_kind code = code_kind(cells[SITE_CODE]);

	*ret = (struct row){ .placed = false };
	ret->is[QUALITY_ROWS] = true;
	ret->is[QUALITY_LIVE] =
		cells[SITE_STATE].len == 0 || span_equal(cells[SITE_STATE], SPAN("live"));
	if (code < QUALITY_KINDS)
		ret->is[code] = true;
	judge_place(cells, ret);
	ret->is[QUALITY_STALE] = is_stale(j, cells, changed_at);
	ret->is[QUALITY_CLASS_MISSING] = cells[SITE_CLASS].len == 0;
	ret->is[QUALITY_COUNTY_MISSING] = cells[SITE_COUNTY].len == 0;
}

static int take_row(void *arg, const char *line, size_t len, int64_t changed_at)
{
	struct judging *j = arg;
	struct span cells[REGISTRY_FIELDS_MOST];
	struct row row;

	registry_cells(REGISTRY_SITES, (struct span){ line, len }, cells);
	if (has_left(cells[SITE_STATE]) ||
	    (j->in->county && !span_equal(cells[SITE_COUNTY], span_of(j->in->county))) ||
	    !scope_sees(j->o, REGISTRY_SITES, cells))
		return OK;
	struct county *c = county_of(j, cells[SITE_COUNTY]);
	if (!c)
		return TOO_LARGE;
	judge(j, cells, changed_at, &row);
	if (j->listing) {
		if (row.placed && c->grid)
			row.is[QUALITY_PLACE_FAR] = grid_is_far(c->grid, row.column, row.row);
		return row.is[j->kind] ? j->each(j->arg, cells) : OK;
	}
	for (int k = 0; k < QUALITY_KINDS; k++)
		c->sums.count[k] += row.is[k];
	if (!row.placed)
		return OK;
	if (!c->grid)
		c->grid = arena_alloc(j->arena, sizeof(*c->grid));
	grid_add(c->grid, row.column, row.row);
	return OK;
}

/* ---- all of them ---- */

static void judge_places(struct judging *j)
{
	for (size_t i = 0; i < j->count; i++) {
		struct county *c = j->counties[i];
		if (!c->grid)
			continue;
		grid_judge(c->grid);
		c->sums.far_km = c->grid->far_km;
		c->sums.count[QUALITY_PLACE_FAR] = grid_count_far(c->grid);
	}
}

static int take_doubles(void *arg, const char *code, int64_t count)
{
	struct judging *j = arg;

	if ((j->in->county && strcmp(j->in->county, code) != 0) || !scope_any(j->o, span_of(code)))
		return OK;
	struct county *c = county_of(j, span_of(code));
	if (!c)
		return TOO_LARGE;
	c->sums.count[QUALITY_DOUBLE] = count;
	return OK;
}

static int read_all(struct db *db, void *arg)
{
	struct judging *j = arg;
	const char *registry = registry_name(REGISTRY_SITES);

	j->counties = arena_array(j->arena, COUNTIES_MOST, sizeof(struct county *));
	TRY(registry_quality_walk(db, registry, take_row, j));
	judge_places(j);
	return registry_doubles_walk(db, registry, take_doubles, j);
}

static int compare_counties(const void *a, const void *b)
{
	const struct quality_county *x = a, *y = b;

	return strcmp(x->code, y->code);
}

int registry_quality(struct office *o, struct arena *a, const struct quality_in *in,
		     struct quality_report *ret)
{
	struct judging j = { .o = o, .arena = a, .in = in, .now = office_now(o) };

	TRY(db_read(o->db, read_all, &j));
	*ret = (struct quality_report){
		.counties = arena_array(a, j.count + 1, sizeof(*ret->counties)),
		.count = j.count,
		.all = { .name = "合计" },
	};
	for (size_t i = 0; i < j.count; i++) {
		ret->counties[i] = j.counties[i]->sums;
		for (int k = 0; k < QUALITY_KINDS; k++)
			ret->all.count[k] += ret->counties[i].count[k];
	}
	if (ret->count)
		qsort(ret->counties, ret->count, sizeof(*ret->counties), compare_counties);
	return OK;
}

/* The limits of distance first, then the rows. */
static int list_rows(struct db *db, void *arg)
{
	struct judging *j = arg;

	if (j->kind == QUALITY_PLACE_FAR)
		TRY(read_all(db, j));
	else
		j->counties = arena_array(j->arena, COUNTIES_MOST, sizeof(struct county *));
	j->listing = true;
	return registry_quality_walk(db, registry_name(REGISTRY_SITES), take_row, j);
}

int registry_quality_list(struct office *o, const struct quality_in *in, enum quality_kind kind,
			  registry_quality_row *each, void *arg)
{
	CLEANUP(arena_release) struct arena a;
	struct judging j = { .o = o,
			     .arena = &a,
			     .in = in,
			     .now = office_now(o),
			     .kind = kind,
			     .each = each,
			     .arg = arg };

	arena_init(&a);
	if (kind == QUALITY_DOUBLE)
		return INVALID;
	return db_read(o->db, list_rows, &j);
}
