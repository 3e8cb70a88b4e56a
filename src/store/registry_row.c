/* store/registry_row.c — tables registry_row, registry_version, registry_facet and registry_stage. */
#include "store/registry_row.h"

#include "base/status.h"
#include "db/load.h"
#include "store/registry_last.h"

#include <string.h>

enum { BATCH = 5000, ID_ROOM = 65, ROW_BITS = 24 };

int registry_row_get(struct db *db, struct arena *a, const char *registry, const char *id,
		     struct registry_row *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(
		db, &r,
		"select r.key, r.name, r.code, v.cells, v.change, v.version from registry_row as r"
		" join registry_version as v on v.row = r.key where r.registry = $1 and r.id = $2"
		" order by v.version desc limit 1",
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
		return db_query(
			db, r,
			"select r.id, (select v.cells from registry_version as v"
			" where v.row = r.key order by v.version desc limit 1) from registry_row as r"
			" where r.registry = $1 and r.id > $2 order by r.id limit $3",
			"tti", w->registry, w->last, (int64_t)BATCH);
	return db_query(
		db, r,
		"select r.id, (select v.cells from registry_version as v where v.row = r.key"
		" and v.change <= $4 order by v.version desc limit 1) from registry_row as r"
		" where r.registry = $1 and r.id > $2 order by r.id limit $3",
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
		else if (w->change == INT64_MAX)
			return DB_FAILED; /* a row without its version: damage */
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
	int64_t rows; /* so far */
};

static struct db_cell text_cell(struct registry_text t)
{
	return (struct db_cell){ .at = t.len ? t.at : "", .len = t.len };
}

/* registry, id, name, code, facet: the first columns of registry_row and registry_stage. */
static int next_row(struct loading *l, struct registry_new *row, struct db_cell *cell)
{
	int rc = l->next(l->arg, row);

	if (rc != DB_ROW)
		return rc;
	if (++l->rows >> ROW_BITS)
		return TOO_LARGE;
	cell[0] = (struct db_cell){ .at = l->registry, .len = strlen(l->registry) };
	cell[1] = text_cell(row->id);
	cell[2] = text_cell(row->name);
	cell[3] = text_cell(row->code);
	cell[4].number = row->facet;
	return DB_ROW;
}

/*
 * The keys of added rows are made here, from the change and a count, so that rows and their versions are loaded
 * one after the other without asking for them, and changes of two registries at once never meet in one. They
 * lie above those of databases from before, which were counted from 1.
 */
static int64_t key_of(const struct loading *l)
{
	return l->change << ROW_BITS | l->rows;
}

static int next_new_row(void *arg, struct db_cell *cell)
{
	struct loading *l = arg;
	struct registry_new row;
	int rc = next_row(l, &row, cell);

	if (rc != DB_ROW)
		return rc;
	cell[5].number = key_of(l);
	return DB_ROW;
}

static int next_first_version(void *arg, struct db_cell *cell)
{
	struct loading *l = arg;
	struct registry_new row;
	int rc = l->next(l->arg, &row);

	if (rc != DB_ROW)
		return rc;
	l->rows++;
	cell[0].number = key_of(l);
	cell[1].number = 1;
	cell[2].number = l->change;
	cell[3] = text_cell(row.cells);
	return DB_ROW;
}

static int next_staged(void *arg, struct db_cell *cell)
{
	struct registry_new row;
	int rc = next_row(arg, &row, cell);

	if (rc == DB_ROW)
		cell[5] = text_cell(row.cells);
	return rc;
}

int registry_row_add(struct db *db, const char *registry, int64_t change, registry_row_next *next,
		     void *arg, int64_t *ret_rows)
{
	struct loading rows = { registry, change, next, arg, 0 }, versions = rows;

	TRY(db_load(db,
		    "insert into registry_row (registry, id, name, code, facet, key)"
		    " values ($1, $2, $3, $4, $5, $6)",
		    "ttttii", next_new_row, &rows, ret_rows));
	return db_load(db,
		       "insert into registry_version (row, version, change, cells)"
		       " values ($1, $2, $3, $4)",
		       "iiit", next_first_version, &versions, NULL);
}

/*
 * Cross joins and "key in": SQLite then goes from the staged rows to the registry's, not the other way round, so that a
 * change of one row does not read them all. Names apart from facet and code: an index is written anew for each row
 * where these are set, also where they do not differ.
 */
static int swap(struct db *db, const char *registry, int64_t change, int64_t staged)
{
	TRY(db_run(
		db,
		"insert into registry_version (row, version, change, cells)"
		" select r.key, v.version + 1, $2, s.cells from registry_stage as s"
		" cross join registry_row as r cross join registry_version as v"
		" where s.registry = $1 and r.registry = s.registry and r.id = s.id"
		" and v.row = r.key and v.version = " REGISTRY_LAST("r.key") " and v.change < $2",
		"ti", registry, change));
	if (db_changed(db) != staged)
		return CONFLICT;
	TRY(db_run(
		db,
		"update registry_row set (facet, code) = (select s.facet, s.code"
		" from registry_stage as s where s.registry = $1 and s.id = registry_row.id)"
		" where key in (select r.key from registry_stage as s cross join registry_row as r"
		" where s.registry = $1 and r.registry = s.registry and r.id = s.id"
		" and (r.facet <> s.facet or r.code <> s.code))",
		"t", registry));
	return db_run(db,
		      "update registry_row set name = (select s.name"
		      " from registry_stage as s where s.registry = $1 and s.id = registry_row.id)"
		      " where key in (select r.key from registry_stage as s"
		      " cross join registry_row as r where s.registry = $1"
		      " and r.registry = s.registry and r.id = s.id and r.name <> s.name)",
		      "t", registry);
}

int registry_row_replace(struct db *db, const char *registry, int64_t change,
			 registry_row_next *next, void *arg, int64_t *ret_rows)
{
	struct loading l = { registry, change, next, arg, 0 };
	int64_t staged;

	TRY(db_load(db,
		    "insert into registry_stage (registry, id, name, code, facet, cells)"
		    " values ($1, $2, $3, $4, $5, $6)",
		    "ttttit", next_staged, &l, &staged));
	if (staged > 0)
		TRY(swap(db, registry, change, staged));
	TRY(db_run(db, "delete from registry_stage where registry = $1", "t", registry));
	*ret_rows = staged;
	return DB_OK;
}
