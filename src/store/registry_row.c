/* store/registry_row.c — tables registry_row, registry_facet and registry_stage; old rows to registry_version. */
#include "store/registry_row.h"

#include "base/status.h"
#include "db/load.h"

#include <string.h>

enum { BATCH = 5000, ID_ROOM = 65 };

int registry_row_get(struct db *db, struct arena *a, const char *registry, const char *id,
		     struct registry_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r,
		     "select key, name, code, cells, change, version from registry_row"
		     " where registry = $1 and id = $2",
		     "tt", registry, id));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = (struct registry_row){ .key = db_i64(r, 0),
				      .id = arena_str(a, id),
				      .name = arena_str(a, db_text(r, 1)),
				      .code = arena_str(a, db_text(r, 2)),
				      .cells = arena_str(a, db_text(r, 3)),
				      .cells_len = strlen(db_text(r, 3)),
				      .change = db_i64(r, 4),
				      .version = db_i64(r, 5) };
	return DB_OK;
}

/* ---- walking: in pieces by the last id, so that both engines go along the index and sort nothing ---- */

struct walk {
	const char *registry;
	int64_t change;
	registry_row_each *each;
	void *arg;
	char last[ID_ROOM];
};

static int query_piece(struct db *db, struct db_rows **r, const struct walk *w)
{
	if (w->change == INT64_MAX)
		return db_query(db, r,
				"select id, cells from registry_row where registry = $1 and id > $2"
				" order by id limit $3",
				"tti", w->registry, w->last, (int64_t)BATCH);
	return db_query(db, r,
			"select id, case when change <= $4 then cells else"
			" (select v.cells from registry_version as v where v.row = registry_row.key"
			" and v.change <= $4 and v.until_change > $4) end"
			" from registry_row where registry = $1 and id > $2 order by id limit $3",
			"ttii", w->registry, w->last, (int64_t)BATCH, w->change);
}

static int walk_piece(struct db *db, struct walk *w, int *ret_count)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc, count = 0;

	TRY(query_piece(db, &r, w));
	while ((rc = db_next(r)) == DB_ROW) {
		const char *id = db_text(r, 0);
		if (++count == BATCH)
			memcpy(w->last, id, strnlen(id, ID_ROOM - 1) + 1);
		if (!db_null(r, 1))
			TRY(w->each(w->arg, id, db_text(r, 1), strlen(db_text(r, 1))));
	}
	*ret_count = count;
	return rc;
}

static int walk_all(struct db *db, void *arg)
{
	struct walk *w = arg;
	int count;

	do
		TRY(walk_piece(db, w, &count));
	while (count == BATCH);
	return DB_OK;
}

int registry_row_walk(struct db *db, const char *registry, int64_t change, registry_row_each *each,
		      void *arg)
{
	struct walk w = { registry, change, each, arg, "" };

	return db_read(db, walk_all, &w);
}

/* ---- facets ---- */

static int find_facet(struct db *db, const char *registry, const struct registry_facet *f,
		      int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select id from registry_facet where registry = $1 and county = $2 and class = $3"
		" and special = $4 and state = $5 and kind = $6",
		"tttttt", registry, f->county, f->class, f->special, f->state, f->kind));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? NONE : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

int registry_facet_ensure(struct db *db, const char *registry, const struct registry_facet *f,
			  int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc = find_facet(db, registry, f, ret);

	if (rc != NONE)
		return rc;
	TRY(db_query(
		db, &r,
		"insert into registry_facet (registry, county, class, special, state, kind, rows)"
		" values ($1, $2, $3, $4, $5, $6, 0) returning id",
		"tttttt", registry, f->county, f->class, f->special, f->state, f->kind));
	rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? DB_FAILED : rc;
	*ret = db_i64(r, 0);
	return DB_OK;
}

int registry_facet_count(struct db *db, int64_t facet, int64_t more)
{
	if (more == 0)
		return DB_OK;
	TRY(db_run(db, "update registry_facet set rows = rows + $2 where id = $1", "ii", facet,
		   more));
	return db_changed(db) == 1 ? DB_OK : CONFLICT;
}

int registry_facet_recount(struct db *db, const char *registry)
{
	return db_run(db,
		      "update registry_facet set rows ="
		      " (select count(*) from registry_row as r where r.facet = registry_facet.id)"
		      " where registry = $1",
		      "t", registry);
}

/* ---- adding and replacing ---- */

struct loading {
	const char *registry;
	int64_t change;
	registry_row_next *next;
	void *arg;
};

static struct db_cell text_cell(struct registry_text t)
{
	return (struct db_cell){ .at = t.len ? t.at : "", .len = t.len };
}

/* registry, id, name, code, facet, cells: the first columns of both tables. */
static int next_row(void *arg, struct db_cell *cell)
{
	const struct loading *l = arg;
	struct registry_new row;
	int rc = l->next(l->arg, &row);

	if (rc != DB_ROW)
		return rc;
	cell[0] = (struct db_cell){ .at = l->registry, .len = strlen(l->registry) };
	cell[1] = text_cell(row.id);
	cell[2] = text_cell(row.name);
	cell[3] = text_cell(row.code);
	cell[4].number = row.facet;
	cell[5] = text_cell(row.cells);
	return DB_ROW;
}

static int next_new_row(void *arg, struct db_cell *cell)
{
	const struct loading *l = arg;
	int rc = next_row(arg, cell);

	if (rc != DB_ROW)
		return rc;
	cell[6].number = l->change;
	cell[7].number = 1;
	return DB_ROW;
}

int registry_row_add(struct db *db, const char *registry, int64_t change, registry_row_next *next,
		     void *arg, int64_t *ret_rows)
{
	struct loading l = { registry, change, next, arg };

	return db_load(
		db,
		"insert into registry_row (registry, id, name, code, facet, cells, change, version)"
		" values ($1, $2, $3, $4, $5, $6, $7, $8)",
		"ttttitii", next_new_row, &l, ret_rows);
}

static int swap(struct db *db, const char *registry, int64_t change, int64_t staged)
{
	TRY(db_run(db,
		   "insert into registry_version (row, version, change, until_change, cells)"
		   " select r.key, r.version, r.change, $2, r.cells from registry_stage as s"
		   " join registry_row as r on r.registry = s.registry and r.id = s.id"
		   " where s.registry = $1 and r.change < $2",
		   "ti", registry, change));
	if (db_changed(db) != staged)
		return CONFLICT;
	/* Facets and codes apart: their indexes would be written anew for every row, also where nothing differs. */
	TRY(db_run(db,
		   "update registry_row set facet = s.facet, code = s.code from registry_stage as s"
		   " where s.registry = $1 and registry_row.registry = s.registry"
		   " and registry_row.id = s.id"
		   " and (registry_row.facet <> s.facet or registry_row.code <> s.code)",
		   "t", registry));
	TRY(db_run(db,
		   "update registry_row set name = s.name, cells = s.cells, change = $2,"
		   " version = registry_row.version + 1 from registry_stage as s"
		   " where s.registry = $1 and registry_row.registry = s.registry"
		   " and registry_row.id = s.id",
		   "ti", registry, change));
	return db_changed(db) == staged ? DB_OK : CONFLICT;
}

int registry_row_replace(struct db *db, const char *registry, int64_t change,
			 registry_row_next *next, void *arg, int64_t *ret_rows)
{
	struct loading l = { registry, change, next, arg };
	int64_t staged;

	TRY(db_load(db,
		    "insert into registry_stage (registry, id, name, code, facet, cells)"
		    " values ($1, $2, $3, $4, $5, $6)",
		    "ttttit", next_row, &l, &staged));
	if (staged > 0)
		TRY(swap(db, registry, change, staged));
	TRY(db_run(db, "delete from registry_stage where registry = $1", "t", registry));
	*ret_rows = staged;
	return DB_OK;
}
