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

static const char *refusal(const struct sql_token *t)
{
	if (t->kind == SQL_END)
		return "the last statement does not end with a semicolon";
	if (t->kind == SQL_PARAMETER)
		return "a migration has no parameters";
	return t->why;
}

static char *copy(const char *text, bool sqlite, const char **ret_why)
{
	const char *at = text;
	const char *why = NULL;
	bool first = true, table = false; /* no word of the statement yet; it is a create table */
	struct buf out;

	buf_init(&out, MOST_TEXT);
	for (;;) {
		struct sql_token t = sql_next(&at);
		bool end = t.kind == SQL_OTHER && *t.at == ';';

		if (t.kind == SQL_END && first)
			break;
		why = refusal(&t);
		if (why)
			break;
		if (end && table && sqlite)
			buf_str(&out, " strict");
		if (first && t.kind == SQL_WORD) {
			const char *ahead = at;
			table = sql_is(&t, "create") && take(&ahead, "table");
		}
		first = end || (first && t.kind == SQL_SPACE);
		table = table && !end;
		if (sqlite && t.kind == SQL_WORD)
			add_word(&out, &t, &at);
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
