/* db/load.c — checks of a bulk insert that are the same on both engines, and the text of its COPY. */
#include "db/load.h"

#include "base/utf8.h"
#include "db/engine.h"
#include "db/sql.h"

#include <stdio.h>
#include <string.h>

enum { COPY_TEXT = 1024, TABLE_NAME = 64 };

/* The next token that is no space. */
static struct sql_token word(const char **at)
{
	struct sql_token t;

	do
		t = sql_next(at);
	while (t.kind == SQL_SPACE);
	return t;
}

static bool is_words(const char **at, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct sql_token t = word(at);
		if (!sql_is(&t, words[i]))
			return false;
	}
	return true;
}

static bool is_mark(const struct sql_token *t, char mark)
{
	return t->kind == SQL_OTHER && *t->at == mark;
}

/* `(a, b)` or `($1, $2)`: how many, 0 if it is none; numbers must be 1, 2, 3... */
static size_t list(const char **at, enum sql_kind kind)
{
	struct sql_token t = word(at);
	char number[16];
	size_t count = 0;

	if (!is_mark(&t, '('))
		return 0;
	do {
		t = word(at);
		snprintf(number, sizeof(number), "$%zu", ++count);
		if (t.kind != kind || (kind == SQL_PARAMETER && (t.len != strlen(number) ||
								 memcmp(t.at, number, t.len) != 0)))
			return 0;
		t = word(at);
	} while (is_mark(&t, ','));
	return is_mark(&t, ')') ? count : 0;
}

/* `insert into T (a, b) values ($1, $2)` to `copy T (a, b) from stdin (format binary)`, and T. */
static bool copy_text(const char *sql, size_t count, char out[COPY_TEXT], char table[TABLE_NAME])
{
	static const char *const insert[] = { "insert", "into" }, *const values[] = { "values" };
	const char *at = sql;

	if (!is_words(&at, insert, COUNT(insert)))
		return false;
	const char *from = at;
	struct sql_token t = word(&at);
	if (t.kind != SQL_WORD || t.len >= TABLE_NAME || list(&at, SQL_WORD) != count)
		return false;
	memcpy(table, t.at, t.len);
	table[t.len] = 0;
	size_t len = (size_t)(at - from);
	if (!is_words(&at, values, COUNT(values)) || list(&at, SQL_PARAMETER) != count)
		return false;
	t = word(&at);
	int written =
		snprintf(out, COPY_TEXT, "copy %.*s from stdin (format binary)", (int)len, from);
	return t.kind == SQL_END && written < COPY_TEXT;
}

struct pulling {
	struct db *db;
	const char *kinds;
	size_t count;
	db_load_next *next;
	void *arg;
};

static int take(const struct pulling *p, size_t i, const struct db_cell *c, struct db_value *v)
{
	if (p->kinds[i] == 'i') {
		*v = (struct db_value){ .kind = c->null ? DB_KIND_NULL : DB_KIND_INT,
					.number = c->number };
		return DB_OK;
	}
	enum db_kind kind = p->kinds[i] == 't' ? DB_KIND_TEXT : DB_KIND_BYTES;
	*v = (struct db_value){ .kind = c->at ? kind : DB_KIND_NULL,
				.at = c->at,
				.len = c->at ? c->len : 0 };
	if (v->len > INT32_MAX / 2)
		return db_error(p->db, DB_WRONG, "a value of more than a gigabyte");
	if (v->kind == DB_KIND_TEXT && v->len > 0 &&
	    (memchr(v->at, 0, v->len) || utf8_valid(v->at, v->len) != v->len))
		return db_error(p->db, DB_BAD_TEXT, "column %zu is no valid text", i + 1);
	return DB_OK;
}

static int pull(void *arg, struct db_value *value)
{
	const struct pulling *p = arg;
	struct db_cell cell[DB_MOST_PARAMETERS];

	if (db_must_stop(p->db))
		return db_error(p->db, DB_CANCELLED, "cancelled or out of time");
	memset(cell, 0, p->count * sizeof(*cell));
	int rc = p->next(p->arg, cell);
	if (rc != DB_ROW)
		return rc;
	for (size_t i = 0; i < p->count; i++)
		TRY(take(p, i, &cell[i], &value[i]));
	return DB_ROW;
}

static int load(struct db *db, const char *sql, struct pulling *p, int64_t *rows)
{
	struct db_rows busy = { .db = db }; /* refuses all other use of the connection meanwhile */
	char copy[COPY_TEXT], table[TABLE_NAME];
	struct db_load l = { .copy = copy, .table = table, .pull = pull, .arg = p };

	TRY(db_may_run(db));
	if (p->count > DB_MOST_PARAMETERS || strspn(p->kinds, "itb") != p->count)
		return db_error(db, DB_WRONG, "unknown kinds, or too many");
	if (!copy_text(sql, p->count, copy, table))
		return db_error(db, DB_WRONG,
				"a load is `insert into T (a, ...) values ($1, ...)`");
	if (!db->writing)
		return db_error(db, DB_READ_ONLY, "a load outside db_write");
	TRY(db_cache_find(db, sql, p->kinds, &l.statement));
	db->open = &busy;
	int rc = db->engine->load(db, &l);
	db->open = NULL;
	*rows = l.rows;
	return rc;
}

int db_load(struct db *db, const char *sql, const char *kinds, db_load_next *next, void *arg,
	    int64_t *ret_rows)
{
	struct pulling p = { db, kinds, strlen(kinds), next, arg };
	int64_t rows = 0;
	int rc = load(db, sql, &p, &rows);

	if (rc == DB_LOST)
		db_disconnect(db);
	if (rc != DB_OK)
		return db_fail(db, rc);
	if (ret_rows)
		*ret_rows = rows;
	return DB_OK;
}
