/*
 * store/registry_list.c — three ways to a page, all along indexes: few rows in all are gathered and sorted; few
 * combinations (facets) are merged, each in its own order; else rows are passed in order until the page is full.
 */
#include "store/registry_list.h"

#include "base/status.h"
#include "store/number.h"
#include "store/registry_last.h"

#include <stdlib.h>
#include <string.h>

enum { FEW_ROWS = 4000, FEW_FACETS = 600, ID_ROOM = 65 };

struct listing {
	struct arena *arena;
	const struct registry_filter *f;
	struct registry_page *page;
	const char *pattern; /* of the text, for like; NULL without one */
	const char *filters[5];
	const char *allowed; /* ",3,17,": the facets that may be listed; "" if all may */
	int64_t *facets;
	size_t facet_count;
};

/*
 * What l->filters ask of a facet f, as $2 to $6 of each query (registry_facet: `,a,b,` like `%,a,%`), and that it is one of
 * l->allowed, the parameter n.
 */
#define FILTERS(n)                                                                                 \
	"(" n " = '' or " n " like '%,' || cast(f.id as text) || ',%') and "                       \
	"',' || f.county || ',' like $2 and ',' || f.class || ',' like $3"                         \
	" and ',' || f.special || ',' like $4 and ',' || f.state || ',' like $5"                   \
	" and ',' || f.kind || ',' like $6"

/* What take_rows reads: of rows p, which a subquery found, the cells of their versions as well. */
#define ROWS " p.key, p.id, p.name, p.code, v.cells, v.change, v.version from ("
#define THE_ROWS "select r.key, r.id, r.name, r.code from registry_row as r"
#define WITH_CELLS ") as p" REGISTRY_JOIN_LAST("p.key") " order by p.id"

/* Rows whose number or code is this parameter, whole. */
#define EXACT(n)                                                                                   \
	" where r.key in"                                                                          \
	" (select key from registry_row where registry = $1 and id = " n " union"                  \
	" select key from registry_row where code = " n " and code <> '' and registry = $1)"

static bool any_filter(const struct registry_filter *f)
{
	return f->within || f->county || f->class || f->special || f->state || f->kind;
}

/* ---- the facets that the filters leave ---- */

/*
 * `,a,b,` like `%,a,%`: a cell of several values matches each of them. No value has a character that like
 * gives a meaning; asked for one, nothing is found.
 */
static const char *item_pattern(struct arena *a, const char *value)
{
	if (!value)
		return "%";
	return strpbrk(value, "%_") ? "" : arena_printf(a, "%%,%s,%%", value);
}

static int read_facets(struct db *db, struct listing *l)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	size_t size = 64;
	int rc;

	l->facets = arena_array(l->arena, size, sizeof(*l->facets));
	l->facet_count = 0;
	l->page->total = 0;
	TRY(db_query(db, &r,
		     "select f.id, f.rows, f.county from registry_facet as f"
		     " where f.registry = $1 and f.rows > 0 and " FILTERS("$7"),
		     "ttttttt", l->f->registry, l->filters[0], l->filters[1], l->filters[2],
		     l->filters[3], l->filters[4], ""));
	while ((rc = db_next(r)) == DB_ROW) {
		if (l->f->within && !l->f->within(l->f->within_arg, db_text(r, 2)))
			continue;
		if (l->facet_count == size) {
			int64_t *larger = arena_array(l->arena, size * 2, sizeof(*larger));
			memcpy(larger, l->facets, size * sizeof(*larger));
			l->facets = larger;
			size *= 2;
		}
		l->facets[l->facet_count++] = db_i64(r, 0);
		l->page->total += db_i64(r, 1);
	}
	return rc;
}

/* The facets that were read, as a text that a query can look into. */
static const char *allowed_facets(struct listing *l)
{
	enum { DIGITS = 21 };
	size_t size = l->facet_count * DIGITS + 2, len = 1;

	if (!l->f->within)
		return "";
	char *text = arena_alloc(l->arena, size);
	text[0] = ',';
	for (size_t i = 0; i < l->facet_count; i++)
		len += (size_t)snprintf(text + len, size - len, "%lld,", (long long)l->facets[i]);
	return text;
}

/* ---- rows ---- */

static int take_rows(struct listing *l, struct db_rows *r)
{
	struct registry_page *p = l->page;
	int rc;

	while ((rc = db_next(r)) == DB_ROW) {
		if ((int64_t)p->count == l->f->most) {
			p->more = true;
			continue;
		}
		p->rows[p->count++] = (struct registry_row){
			.key = db_i64(r, 0),
			.id = arena_str(l->arena, db_text(r, 1)),
			.name = arena_str(l->arena, db_text(r, 2)),
			.code = arena_str(l->arena, db_text(r, 3)),
			.cells = arena_str(l->arena, db_text(r, 4)),
			.cells_len = strlen(db_text(r, 4)),
			.change = db_i64(r, 5),
			.version = db_i64(r, 6),
		};
	}
	return rc;
}

/* Few rows: all ids of the facets, sorted. */
static int page_of_few(struct db *db, struct listing *l)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select" ROWS THE_ROWS " join (select x.id as found from registry_facet as f"
		     " join registry_row as x on x.facet = f.id and x.id > $7"
		     " where f.registry = $1 and f.rows > 0"
		     " and " FILTERS("$9") " order by x.id limit $8) as n"
					   " on r.registry = $1 and r.id = n.found" WITH_CELLS,
		     "tttttttit", l->f->registry, l->filters[0], l->filters[1], l->filters[2],
		     l->filters[3], l->filters[4], l->f->after, l->f->most + 1, l->allowed));
	return take_rows(l, r);
}

/* Many rows of many facets: they are met soon along the ids. */
static int page_along(struct db *db, struct listing *l)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select" ROWS THE_ROWS " where r.registry = $1 and r.id > $7 and exists"
		     " (select 1 from registry_facet as f where f.id = r.facet"
		     " and " FILTERS("$9") ") order by r.id limit $8" WITH_CELLS,
		     "tttttttit", l->f->registry, l->filters[0], l->filters[1], l->filters[2],
		     l->filters[3], l->filters[4], l->f->after, l->f->most + 1, l->allowed));
	return take_rows(l, r);
}

static int page_of_all(struct db *db, struct listing *l)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select" ROWS THE_ROWS
		     " where r.registry = $1 and r.id > $2 order by r.id limit $3" WITH_CELLS,
		     "tti", l->f->registry, l->f->after, l->f->most + 1));
	return take_rows(l, r);
}

/* ---- merging facets: the lowest ids of each, of which the lowest of all stay ---- */

struct lowest {
	char (*ids)[ID_ROOM]; /* sorted */
	size_t count, most;
};

/* Puts an id in its place; false if it is above all and there is no room. */
static bool keep_lowest(struct lowest *w, const char *id)
{
	size_t at = w->count;

	while (at > 0 && strcmp(w->ids[at - 1], id) > 0)
		at--;
	if (at == w->most)
		return false;
	if (w->count < w->most)
		w->count++;
	memmove(w->ids[at + 1], w->ids[at], (w->count - 1 - at) * ID_ROOM);
	memcpy(w->ids[at], id, strnlen(id, ID_ROOM - 1) + 1);
	return true;
}

static int lowest_of(struct db *db, const struct listing *l, int64_t facet, struct lowest *w)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	bool room = true;
	int rc;

	TRY(db_query(
		db, &r,
		"select id from registry_row where facet = $1 and id > $2 order by id limit $3",
		"iti", facet, l->f->after, (int64_t)w->most));
	while ((rc = db_next(r)) == DB_ROW)
		room = room && keep_lowest(w, db_text(r, 0));
	return rc;
}

static int page_merged(struct db *db, struct listing *l)
{
	size_t most = (size_t)l->f->most + 1;
	struct lowest w = { arena_array(l->arena, most + 1, ID_ROOM), 0, most };

	for (size_t i = 0; i < l->facet_count; i++)
		TRY(lowest_of(db, l, l->facets[i], &w));
	for (size_t i = 0; i < w.count && (int64_t)i < l->f->most; i++)
		TRY(registry_row_get(db, l->arena, l->f->registry, w.ids[i],
				     &l->page->rows[l->page->count++]));
	l->page->more = (int64_t)w.count > l->f->most;
	return DB_OK;
}

/* ---- a text ---- */

/* The text itself, with the characters escaped that like gives a meaning. */
static const char *text_pattern(struct arena *a, const char *text)
{
	char *out = arena_alloc(a, 2 * strlen(text) + 3), *at = out;

	*at++ = '%';
	for (; *text; text++) {
		if (*text == '%' || *text == '_' || *text == '!')
			*at++ = '!';
		*at++ = *text;
	}
	*at++ = '%';
	return out;
}

/* A number or a code of a row, whole. */
static int page_exact(struct db *db, struct listing *l)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select" ROWS THE_ROWS
		     " join registry_facet as f on f.id = r.facet" EXACT("$9") " and " FILTERS(
			     "$10") " and r.id > $7 order by r.id limit $8" WITH_CELLS,
		     "tttttttitt", l->f->registry, l->filters[0], l->filters[1], l->filters[2],
		     l->filters[3], l->filters[4], l->f->after, l->f->most + 1, l->f->text,
		     l->allowed));
	return take_rows(l, r);
}

static int count_exact(struct db *db, struct listing *l)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select count(*) from registry_row as r"
		" join registry_facet as f on f.id = r.facet" EXACT("$7") " and " FILTERS("$8"),
		"tttttttt", l->f->registry, l->filters[0], l->filters[1], l->filters[2],
		l->filters[3], l->filters[4], l->f->text, l->allowed));
	return number_get(r, &l->page->total);
}

/* Without other filters all rows are passed in their own order, which is faster than by facets. */
static int count_text_of_all(struct db *db, struct listing *l)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select count(*) from registry_row where registry = $1"
		" and (name like $2 escape '!' or code like $2 escape '!' or id like $2 escape '!')",
		"tt", l->f->registry, l->pattern));
	return number_get(r, &l->page->total);
}

static int page_text_of_all(struct db *db, struct listing *l)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select" ROWS THE_ROWS " where r.registry = $1 and r.id > $3 and"
		" (r.name like $2 escape '!' or r.code like $2 escape '!' or r.id like $2 escape '!')"
		" order by r.id limit $4" WITH_CELLS,
		"ttti", l->f->registry, l->pattern, l->f->after, l->f->most + 1));
	return take_rows(l, r);
}

static int count_text(struct db *db, struct listing *l)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select count(*) from registry_facet as f"
		" join registry_row as r on r.facet = f.id"
		" where f.registry = $1 and " FILTERS(
			"$8") " and (r.name like $7 escape '!' or r.code like $7 escape '!' or r.id like $7 escape '!')",
		"tttttttt", l->f->registry, l->filters[0], l->filters[1], l->filters[2],
		l->filters[3], l->filters[4], l->pattern, l->allowed));
	return number_get(r, &l->page->total);
}

static int page_text(struct db *db, struct listing *l)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select" ROWS "select r.key, r.id, r.name, r.code from registry_facet as f"
		     " join registry_row as r on r.facet = f.id and r.id > $8"
		     " where f.registry = $1 and " FILTERS(
			     "$10") " and (r.name like $7 escape '!'"
				    " or r.code like $7 escape '!' or r.id like $7 escape '!')"
				    " order by r.id limit $9" WITH_CELLS,
		     "ttttttttit", l->f->registry, l->filters[0], l->filters[1], l->filters[2],
		     l->filters[3], l->filters[4], l->pattern, l->f->after, l->f->most + 1,
		     l->allowed));
	return take_rows(l, r);
}

static int list_text(struct db *db, struct listing *l)
{
	bool all = !any_filter(l->f);

	TRY(count_exact(db, l));
	if (l->page->total > 0)
		return page_exact(db, l);
	TRY(all ? count_text_of_all(db, l) : count_text(db, l));
	if (l->page->total == 0)
		return DB_OK;
	return all ? page_text_of_all(db, l) : page_text(db, l);
}

/* ---- choosing ---- */

static int list(struct db *db, void *arg)
{
	struct listing *l = arg;

	*l->page = (struct registry_page){ .rows = arena_array(l->arena, (size_t)l->f->most,
							       sizeof(*l->page->rows)) };
	TRY(read_facets(db, l));
	l->allowed = allowed_facets(l);
	if (l->page->total == 0)
		return DB_OK;
	if (l->pattern)
		return list_text(db, l);
	if (!any_filter(l->f))
		return page_of_all(db, l);
	if (l->page->total <= FEW_ROWS)
		return page_of_few(db, l);
	return l->facet_count <= FEW_FACETS ? page_merged(db, l) : page_along(db, l);
}

int registry_list(struct db *db, struct arena *a, const struct registry_filter *f,
		  struct registry_page *ret)
{
	struct registry_page page = { 0 };
	struct listing l = { .arena = a,
			     .f = f,
			     .page = &page,
			     .pattern = f->text && *f->text ? text_pattern(a, f->text) : NULL,
			     .filters = { item_pattern(a, f->county), item_pattern(a, f->class),
					  item_pattern(a, f->special), item_pattern(a, f->state),
					  item_pattern(a, f->kind) } };

	TRY(db_read(db, list, &l));
	*ret = page;
	return DB_OK;
}
