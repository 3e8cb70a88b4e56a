/* db/query.c — parameters and results: all that is the same on both engines. */
#include "db/db.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "db/engine.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { NOTHING_READ = 2 }; /* beside DB_OK and DB_ROW */

struct parameters {
	size_t count;
	char types[DB_MOST_PARAMETERS + 1];
	struct db_value value[DB_MOST_PARAMETERS];
};

static struct db_value bytes_value(enum db_kind kind, const char *at, size_t len)
{
	return (struct db_value){ .kind = at ? kind : DB_KIND_NULL, .at = at, .len = at ? len : 0 };
}

/* va_list is passed by address, so that each call takes up where the last one stopped. */
static bool read_value(char kind, va_list *ap, struct db_value *v)
{
	const int64_t *number;
	const char *at;

	switch (kind) {
	case 'i':
		*v = (struct db_value){ .kind = DB_KIND_INT, .number = va_arg(*ap, int64_t) };
		return true;
	case 'I':
		number = va_arg(*ap, const int64_t *);
		*v = (struct db_value){ .kind = number ? DB_KIND_INT : DB_KIND_NULL,
					.number = number ? *number : 0 };
		return true;
	case 't':
		at = va_arg(*ap, const char *);
		*v = bytes_value(DB_KIND_TEXT, at, at ? strlen(at) : 0);
		return true;
	case 'T':
	case 'b':
		at = va_arg(*ap, const char *);
		*v = bytes_value(kind == 'T' ? DB_KIND_TEXT : DB_KIND_BYTES, at,
				 va_arg(*ap, size_t));
		return true;
	default:
		return false;
	}
}

static int read_parameters(struct db *db, const char *kinds, va_list *ap, struct parameters *p)
{
	p->count = strlen(kinds);
	if (p->count > DB_MOST_PARAMETERS)
		return db_error(db, DB_WRONG, "more than %d parameters", DB_MOST_PARAMETERS);
	for (size_t i = 0; i < p->count; i++) {
		struct db_value *v = &p->value[i];

		if (!read_value(kinds[i], ap, v))
			return db_error(db, DB_WRONG, "unknown kind of parameter %c", kinds[i]);
		p->types[i] = kinds[i] == 'I' ? 'i' : kinds[i] == 'T' ? 't' : kinds[i];
		if (v->kind == DB_KIND_TEXT &&
		    (memchr(v->at, 0, v->len) || utf8_valid(v->at, v->len) != v->len))
			return db_error(db, DB_BAD_TEXT, "parameter $%zu is no valid text", i + 1);
	}
	p->types[p->count] = '\0';
	return DB_OK;
}

/* Closes the result: what it will say from now on is rc. A statement that failed is prepared afresh. */
static int end(struct db_rows *r, int rc)
{
	struct db *db = r->db;
	struct db_statement *st = r->statement;
	int finished;

	if (!st)
		return r->rc;
	r->row = false;
	finished = db->handle ? db->engine->finish(db, r) : DB_OK;
	if (rc == DB_OK)
		rc = finished;
	r->statement = NULL;
	r->rc = rc;
	db->open = NULL;
	if (rc == DB_OK)
		return rc;
	db_cache_forget(db, st);
	if (rc == DB_LOST)
		db_disconnect(db);
	return db_fail(db, rc);
}

static int start(struct db *db, const char *sql, const struct parameters *p, struct db_rows **ret)
{
	struct db_statement *st;

	TRY(db_may_run(db));
	TRY(db_cache_find(db, sql, p->types, &st));

	struct db_rows *r = must_alloc(sizeof(*r));
	*r = (struct db_rows){ .db = db, .statement = st, .pending = NOTHING_READ };
	db->open = r;
	db->changed = 0;
	int rc = db->engine->start(db, r, p->value);
	if (rc == DB_OK)
		rc = r->pending = db->engine->next(db, r);
	if (rc != DB_ROW)
		rc = end(r, rc);
	if (rc < 0) {
		free(r);
		return rc;
	}
	r->row = false; /* until db_next has shown it */
	*ret = r;
	return DB_OK;
}

static int query(struct db *db, struct db_rows **ret, const char *sql, const char *kinds,
		 va_list *ap)
{
	struct parameters p;
	int rc = read_parameters(db, kinds, ap, &p);

	if (rc == DB_OK)
		rc = start(db, sql, &p, ret);
	if (rc == DB_OK)
		return rc;
	if (rc == DB_LOST)
		db_disconnect(db);
	return db_fail(db, rc);
}

int db_query(struct db *db, struct db_rows **ret, const char *sql, const char *kinds, ...)
{
	va_list ap;

	va_start(ap, kinds);
	int rc = query(db, ret, sql, kinds, &ap);
	va_end(ap);
	return rc;
}

int db_run(struct db *db, const char *sql, const char *kinds, ...)
{
	struct db_rows *r;
	va_list ap;

	va_start(ap, kinds);
	int rc = query(db, &r, sql, kinds, &ap);
	va_end(ap);
	if (rc != DB_OK)
		return rc;
	rc = end(r, DB_OK);
	free(r);
	return rc;
}

int db_next(struct db_rows *r)
{
	int rc = r->pending;

	if (!r->statement)
		return r->rc;
	if (rc == NOTHING_READ)
		rc = r->db->engine->next(r->db, r);
	r->pending = NOTHING_READ;
	if (rc != DB_ROW)
		return end(r, rc);
	r->row = true;
	return DB_ROW;
}

void db_rows_free(struct db_rows *r)
{
	if (!r)
		return;
	end(r, DB_OK);
	free(r);
}

void db_rows_freep(struct db_rows **r)
{
	db_rows_free(*r);
	*r = NULL;
}

void db_close_open(struct db *db)
{
	if (db->open)
		end(db->open, DB_OK);
}

int64_t db_changed(const struct db *db)
{
	return db->changed;
}

/* Of another type only where somebody has altered the table: read like null then, for no reader is to fall over it. */
static const struct db_value *value(const struct db_rows *r, int column, enum db_kind kind)
{
	static const struct db_value none = { .kind = DB_KIND_NULL };

	assert(r->row && column >= 0 && column < r->columns);
	const struct db_value *v = &r->value[column];
	return kind == DB_KIND_NULL || v->kind == kind ? v : &none;
}

bool db_null(const struct db_rows *r, int column)
{
	return value(r, column, DB_KIND_NULL)->kind == DB_KIND_NULL;
}

int64_t db_i64(const struct db_rows *r, int column)
{
	return value(r, column, DB_KIND_INT)->number;
}

const char *db_text(const struct db_rows *r, int column)
{
	const struct db_value *v = value(r, column, DB_KIND_TEXT);

	return v->at ? v->at : "";
}

const void *db_bytes(const struct db_rows *r, int column, size_t *ret_len)
{
	const struct db_value *v = value(r, column, DB_KIND_BYTES);

	*ret_len = v->len;
	return v->at;
}
