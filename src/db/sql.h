#ifndef DB_SQL_H
#define DB_SQL_H
/*
 * db/sql.h — reads SQL text just far enough to find parameters, words and ends of statements, never
 * inside strings, quoted names or comments, and refuses what SQLite and PostgreSQL would cut into
 * different tokens.
 */
#include "base/cleanup.h"

#include <stdbool.h>
#include <stddef.h>

enum sql_kind {
	SQL_END,
	SQL_SPACE,     /* white space or a comment */
	SQL_WORD,      /* key word, or a name without quotes */
	SQL_NUMBER,    /* as written */
	SQL_PARAMETER, /* $N */
	SQL_QUOTED,    /* 'string' or "name", with its quotes */
	SQL_OTHER,     /* one character of an operator or of punctuation */
	SQL_BAD        /* refused; see why */
};

struct sql_token {
	enum sql_kind kind;
	const char *at;
	size_t len;
	const char *why; /* SQL_BAD only: static text */
};

/* The token at *at; moves *at behind it, except at SQL_END and SQL_BAD. */
MUST_USE struct sql_token sql_next(const char **at);

/* True if the token is that word, written in lower case. */
MUST_USE bool sql_is(const struct sql_token *t, const char *word);

/*
 * Checks one statement and turns each $N into ?N in place (so the length stays). Returns NULL and the
 * highest N (0 if none), or why the text is refused; then the text is of no use. N is 1 to 64 without
 * leading zeros, without gaps being asked for.
 */
MUST_USE const char *sql_number(char *text, int *ret_highest);

/*
 * A migration's text for SQLite, to be free()d: `bigint` becomes `int`, `bytea` `blob`, `bigint generated
 * by default as identity` `integer` (the rowid), and each `create table` ends with `strict`. Returns NULL
 * and why if the text is refused.
 */
MUST_USE char *sql_migration_sqlite(const char *text, const char **ret_why);

/* A copy of a migration's text for PostgreSQL, refused for the same reasons. */
MUST_USE char *sql_migration_postgres(const char *text, const char **ret_why);

#endif
