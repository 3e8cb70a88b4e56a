/*
 * db/copy.c — the one place whose SQL is no literal: names of tables and columns come from the schema that our own
 * migrations made, and nothing else goes into the text.
 */
#include "db/copy.h"

#include "base/arena.h"
#include "base/status.h"
#include "db/engine.h"
#include "db/load.h"

#include <stdio.h>
#include <string.h>

enum { SQL_ROOM = 2048, PROGRESS_ROWS = 8192 };

struct table {
	struct table *next;
	const char *name, *identity; /* the column that PostgreSQL counts by itself, or NULL */
	char select[SQL_ROOM], insert[SQL_ROOM];
	char kinds[DB_MOST_COLUMNS + 1];
	int columns;
};

struct copying {
	struct db *from, *to, *like; /* to: NULL only to sum */
	struct table *tables;        /* those that are pointed at come first */
	struct db_copied told;
	int64_t total; /* rows there are, if somebody wants to know */
	db_copy_progress *progress;
	void *arg;
	/* of the table being copied */
	const struct table *table;
	struct db_rows *rows;
};

/* ---- which tables there are ---- */

static int list_tables(struct db *like, struct arena *a, struct table **ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int rc;

	TRY(db_query(like, &r,
		     "select name from sqlite_master where type = 'table'"
		     " and name not like 'sqlite%' and name <> 'schema_migration' order by rowid",
		     ""));
	while ((rc = db_next(r)) == DB_ROW) {
		struct table *t = arena_alloc(a, sizeof(*t));
		*t = (struct table){ .name = arena_str(a, db_text(r, 0)) };
		*ret = t;
		ret = &t->next;
	}
	return rc;
}

static char kind_of(const char *type)
{
	if (strcmp(type, "INT") == 0 || strcmp(type, "INTEGER") == 0)
		return 'i';
	return strcmp(type, "BLOB") == 0 ? 'b' : 't';
}

static int append(char text[SQL_ROOM], const char *more)
{
	size_t len = strlen(text);

	if (len + strlen(more) >= SQL_ROOM)
		return TOO_LARGE;
	memcpy(text + len, more, strlen(more) + 1);
	return OK;
}

static int add_column(struct table *t, struct arena *a, const char *name, const char *type)
{
	if (t->columns == DB_MOST_COLUMNS)
		return TOO_LARGE;
	if (strcmp(type, "INTEGER") == 0)
		t->identity = arena_str(a, name);
	t->kinds[t->columns++] = kind_of(type);
	const char *comma = t->columns > 1 ? ", " : "";
	TRY(append(t->select, comma));
	TRY(append(t->select, name));
	TRY(append(t->insert, comma));
	return append(t->insert, name);
}

static int describe(struct db *like, struct arena *a, struct table *t)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	char number[16];
	int rc;

	snprintf(t->select, SQL_ROOM, "select ");
	snprintf(t->insert, SQL_ROOM, "insert into %s (", t->name);
	TRY(db_query(like, &r, "select name, upper(type) from pragma_table_info($1) order by cid",
		     "t", t->name));
	while ((rc = db_next(r)) == DB_ROW)
		TRY(add_column(t, a, db_text(r, 0), db_text(r, 1)));
	TRY(rc);
	TRY(append(t->select, " from "));
	TRY(append(t->select, t->name));
	TRY(append(t->insert, ") values ("));
	for (int i = 1; i <= t->columns; i++) {
		snprintf(number, sizeof(number), "%s$%d", i > 1 ? ", " : "", i);
		TRY(append(t->insert, number));
	}
	return append(t->insert, ")");
}

static int read_shape(struct copying *c, struct arena *a)
{
	TRY(list_tables(c->like, a, &c->tables));
	for (struct table *t = c->tables; t; t = t->next)
		TRY(describe(c->like, a, t));
	return OK;
}

/* ---- rows ---- */

static uint64_t hash(uint64_t h, const void *at, size_t len)
{
	const unsigned char *byte = at;

	for (size_t i = 0; i < len; i++)
		h = (h ^ byte[i]) * UINT64_C(0x100000001b3); /* FNV-1a */
	return h;
}

static void take_cell(const struct copying *c, int i, struct db_cell *cell)
{
	if (db_null(c->rows, i))
		cell->null = true;
	else if (c->table->kinds[i] == 'i')
		cell->number = db_i64(c->rows, i);
	else if (c->table->kinds[i] == 'b')
		cell->at = db_bytes(c->rows, i, &cell->len);
	else
		cell->len = strlen(cell->at = db_text(c->rows, i));
}

static int next_row(void *arg, struct db_cell *cell)
{
	struct copying *c = arg;
	int rc = db_next(c->rows);

	if (rc != DB_ROW)
		return rc;
	uint64_t h = hash(UINT64_C(0xcbf29ce484222325), c->table->name, strlen(c->table->name));
	for (int i = 0; i < c->table->columns; i++) {
		take_cell(c, i, &cell[i]);
		h = hash(h, &cell[i].number, sizeof(cell[i].number));
		h = hash(h, &cell[i].len, sizeof(cell[i].len));
		h = hash(h, cell[i].null ? "" : "v", cell[i].null ? 1 : 2);
		if (cell[i].at)
			h = hash(h, cell[i].at, cell[i].len);
	}
	c->told.sum += h;
	if (++c->told.rows % PROGRESS_ROWS == 0 && c->progress &&
	    !c->progress(c->arg, (uint64_t)c->told.rows, (uint64_t)c->total))
		return CANCELLED;
	return DB_ROW;
}

static int skip_rows(struct copying *c)
{
	int rc;

	do {
		struct db_cell cell[DB_MOST_COLUMNS] = { 0 };
		rc = next_row(c, cell);
	} while (rc == DB_ROW);
	return rc;
}

static int one_number(struct db *db, const char *sql, int64_t *ret)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;

	TRY(db_query(db, &r, sql, ""));
	int rc = db_next(r);
	if (rc != DB_ROW)
		return rc == DB_OK ? DB_FAILED : rc;
	*ret = db_i64(r, 0);
	return db_next(r);
}

static int must_be_empty(struct db *to, const struct table *t)
{
	char sql[SQL_ROOM];
	int64_t rows;

	snprintf(sql, sizeof(sql), "select count(*) from (select 1 from %s limit 1) as t", t->name);
	TRY(one_number(to, sql, &rows));
	return rows == 0 ? OK : CONFLICT;
}

/* PostgreSQL goes on counting behind the rows that were put in with their numbers. */
static int count_on(struct db *to, const struct table *t)
{
	char sql[SQL_ROOM];
	int64_t next;

	if (!t->identity || to->engine != &db_engine_postgres)
		return OK;
	snprintf(sql, sizeof(sql),
		 "select setval(pg_get_serial_sequence('%s', '%s'),"
		 " (select coalesce(max(%s), 0) + 1 from %s), false)",
		 t->name, t->identity, t->identity, t->name);
	return one_number(to, sql, &next);
}

static int copy_table(struct copying *c, const struct table *t)
{
	CLEANUP(db_rows_freep) struct db_rows *r = NULL;
	int64_t before = c->told.rows, loaded;

	TRY(db_query(c->from, &r, t->select, ""));
	c->table = t;
	c->rows = r;
	c->told.tables++;
	if (!c->to)
		return skip_rows(c);
	TRY(must_be_empty(c->to, t));
	TRY(db_load(c->to, t->insert, t->kinds, next_row, c, &loaded));
	if (loaded != c->told.rows - before)
		return DB_FAILED;
	return count_on(c->to, t);
}

static int copy_all(struct db *to, void *arg)
{
	struct copying *c = arg;

	(void)to;
	c->told = (struct db_copied){ 0 };
	/* PostgreSQL checks what points where at the end of each load; SQLite would at each row. */
	if (c->to && c->to->engine == &db_engine_sqlite)
		TRY(c->to->engine->script(c->to, "pragma defer_foreign_keys = on"));
	for (const struct table *t = c->tables; t; t = t->next)
		TRY(copy_table(c, t));
	return OK;
}

static int count_rows(struct copying *c)
{
	char sql[SQL_ROOM];
	int64_t rows;

	for (const struct table *t = c->tables; t && c->progress; t = t->next) {
		snprintf(sql, sizeof(sql), "select count(*) from %s", t->name);
		TRY(one_number(c->from, sql, &rows));
		c->total += rows;
	}
	return OK;
}

static int from_one_state(struct db *from, void *arg)
{
	struct copying *c = arg;

	TRY(count_rows(c));
	return c->to ? db_write(c->to, copy_all, c) : copy_all(from, c);
}

static int run(struct copying *c, struct db_copied *ret)
{
	CLEANUP(arena_release) struct arena a = { NULL };

	TRY(read_shape(c, &a));
	TRY(db_read(c->from, from_one_state, c));
	*ret = c->told;
	return OK;
}

int db_copy(struct db *from, struct db *to, db_copy_progress *progress, void *arg,
	    struct db_copied *ret)
{
	struct copying c = { .from = from,
			     .to = to,
			     .like = from->engine == &db_engine_sqlite ? from : to,
			     .progress = progress,
			     .arg = arg };

	if (c.like->engine != &db_engine_sqlite)
		return DB_WRONG;
	return run(&c, ret);
}

int db_sum(struct db *db, struct db *like, struct db_copied *ret)
{
	struct copying c = { .from = db, .like = like };

	return like->engine == &db_engine_sqlite ? run(&c, ret) : DB_WRONG;
}
