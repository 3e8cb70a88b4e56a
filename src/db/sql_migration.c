/* db/sql_migration.c — one migration text for both engines: SQLite's type names are put in here. */
#include "db/sql.h"

#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_TEXT = 1 << 20 };

/* Reads one word, after white space, if it is the wanted one. */
static bool take(const char **at, const char *word)
{
	const char *p = *at;
	struct sql_token t;

	do
		t = sql_next(&p);
	while (t.kind == SQL_SPACE);
	if (!sql_is(&t, word))
		return false;
	*at = p;
	return true;
}

static bool take_identity(const char **at)
{
	static const char *const words[] = { "generated", "by", "default", "as", "identity" };
	const char *p = *at;

	for (size_t i = 0; i < COUNT(words); i++)
		if (!take(&p, words[i]))
			return false;
	*at = p;
	return true;
}

static void add_word(struct buf *out, const struct sql_token *t, const char **at)
{
	if (sql_is(t, "bigint"))
		buf_str(out, take_identity(at) ? "integer" : "int");
	else if (sql_is(t, "bytea"))
		buf_str(out, "blob");
	else
		buf_add(out, t->at, t->len);
}

static bool is_end(const struct sql_token *t)
{
	return t->kind == SQL_OTHER && *t->at == ';';
}

static const char *refusal(const struct sql_token *t)
{
	if (t->kind == SQL_END)
		return "the last statement does not end with a semicolon";
	if (t->kind == SQL_PARAMETER)
		return "a migration has no parameters";
	return t->why;
}

/* Where the copy is: within which statement, and what is already known of it. */
struct place {
	bool first; /* no word of it yet */
	bool table; /* it is a create table */
};

static void step(struct place *p, const struct sql_token *t, const char *at)
{
	if (t->kind == SQL_SPACE)
		return;
	if (p->first)
		p->table = sql_is(t, "create") && take(&at, "table");
	p->first = is_end(t);
}

static void add_sqlite(struct buf *out, const struct place *p, const struct sql_token *t,
		       const char **at)
{
	if (is_end(t) && p->table)
		buf_str(out, " strict");
	if (t->kind == SQL_WORD)
		add_word(out, t, at);
	else
		buf_add(out, t->at, t->len);
}

static char *copy(const char *text, bool sqlite, const char **ret_why)
{
	struct place place = { .first = true };
	const char *why, *at = text;
	struct buf out;

	buf_init(&out, MOST_TEXT);
	for (;;) {
		struct sql_token t = sql_next(&at);

		why = t.kind == SQL_END && place.first ? NULL : refusal(&t);
		if (why || t.kind == SQL_END)
			break;
		step(&place, &t, at);
		if (sqlite)
			add_sqlite(&out, &place, &t, &at);
		else
			buf_add(&out, t.at, t.len);
	}
	buf_str(&out, "\n");
	if (!why && out.full)
		why = "longer than a megabyte";
	if (!why)
		return out.data;
	buf_release(&out);
	*ret_why = why;
	return NULL;
}

char *sql_migration_sqlite(const char *text, const char **ret_why)
{
	return copy(text, true, ret_why);
}

char *sql_migration_postgres(const char *text, const char **ret_why)
{
	return copy(text, false, ret_why);
}
