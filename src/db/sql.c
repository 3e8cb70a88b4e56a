/*
 * db/sql.c — the small tokenizer. Where the two engines differ (a carriage return ends a comment only on
 * PostgreSQL, comments nest only there, backslashes, dollar quotes, ? and :) the text is refused.
 */
#include "db/sql.h"

#include "db/db.h"

#include <string.h>
#include <strings.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
}

static struct sql_token token(enum sql_kind kind, const char **at, size_t len)
{
	struct sql_token t = { kind, *at, len, NULL };

	*at += len;
	return t;
}

static struct sql_token bad(const char *at, const char *why)
{
	return (struct sql_token){ SQL_BAD, at, 0, why };
}

static bool is_control(char c)
{
	return (c >= 0 && c < ' ' && c != '\n' && c != '\t') || c == 0x7f;
}

static struct sql_token line_comment(const char **at)
{
	size_t len = 2;

	for (; (*at)[len] && (*at)[len] != '\n'; len++)
		if (is_control((*at)[len]))
			return bad(*at, "control character in a comment");
	return token(SQL_SPACE, at, len);
}

static struct sql_token block_comment(const char **at)
{
	const char *p = *at + 2;

	for (; *p; p++) {
		if (p[0] == '*' && p[1] == '/')
			return token(SQL_SPACE, at, (size_t)(p + 2 - *at));
		if (p[0] == '/' && p[1] == '*')
			return bad(*at, "comment inside a comment");
	}
	return bad(*at, "comment without end");
}

static struct sql_token quoted(const char **at)
{
	const char quote = **at;
	const char *p = *at + 1;

	for (; *p; p++) {
		if (*p != quote)
			continue;
		if (p[1] != quote)
			return token(SQL_QUOTED, at, (size_t)(p + 1 - *at));
		p++;
	}
	return bad(*at, "string or name without end");
}

static struct sql_token word(const char **at)
{
	size_t len = 1;
	const char *end;

	while (is_word((*at)[len]) || is_digit((*at)[len]))
		len++;
	end = *at + len;
	if (*end == '$')
		return bad(*at, "$ inside a word");
	if (*end == '\'' || (len == 1 && end[0] == '&' && (end[1] == '\'' || end[1] == '"')))
		return bad(*at, "string with a prefix");
	return token(SQL_WORD, at, len);
}

static struct sql_token number(const char **at)
{
	size_t len = 1;

	while (is_word((*at)[len]) || is_digit((*at)[len]) || (*at)[len] == '.')
		len++;
	return (*at)[len] == '$' ? bad(*at, "$ inside a number") : token(SQL_NUMBER, at, len);
}

static struct sql_token parameter(const char **at)
{
	size_t len = 1;
	int n = 0;

	for (; is_digit((*at)[len]) && n <= DB_MOST_PARAMETERS; len++)
		n = n * 10 + ((*at)[len] - '0');
	if (n < 1 || n > DB_MOST_PARAMETERS || (*at)[1] == '0')
		return bad(*at, "a parameter is $1 to $64");
	if (is_word((*at)[len]) || (*at)[len] == '$')
		return bad(*at, "a parameter must be followed by a space or an operator");
	return token(SQL_PARAMETER, at, len);
}

struct sql_token sql_next(const char **at)
{
	const char c = **at;
	size_t space = strspn(*at, " \n\t");

	if (c == '\0')
		return token(SQL_END, at, 0);
	if (space)
		return token(SQL_SPACE, at, space);
	if (strncmp(*at, "--", 2) == 0)
		return line_comment(at);
	if (strncmp(*at, "/*", 2) == 0)
		return block_comment(at);
	if (c == '\'' || c == '"')
		return quoted(at);
	if (is_word(c))
		return word(at);
	if (is_digit(c))
		return number(at);
	if (c == '$')
		return parameter(at);
	if (is_control(c) || strchr("?:@#`[]{}\\", c))
		return bad(*at, "character that the two engines read differently");
	return token(SQL_OTHER, at, 1);
}

bool sql_is(const struct sql_token *t, const char *text)
{
	return t->kind == SQL_WORD && strlen(text) == t->len &&
	       strncasecmp(t->at, text, t->len) == 0;
}

static bool may_start(const struct sql_token *t)
{
	static const char *const words[] = { "select", "insert", "update",
					     "delete", "with",   "values" };

	for (size_t i = 0; i < COUNT(words); i++)
		if (sql_is(t, words[i]))
			return true;
	return false;
}

const char *sql_number(char *text, int *ret_highest)
{
	const char *at = text;
	int highest = 0;
	bool started = false, ended = false;

	for (;;) {
		struct sql_token t = sql_next(&at);

		if (t.kind == SQL_BAD)
			return t.why;
		if (t.kind == SQL_END)
			break;
		if (t.kind == SQL_SPACE)
			continue;
		if (ended)
			return "more than one statement";
		if (!started && !may_start(&t))
			return "a statement starts with select, insert, update, delete, with or values";
		started = true;
		ended = t.kind == SQL_OTHER && *t.at == ';';
		if (t.kind != SQL_PARAMETER)
			continue;
		int n = t.at[1] - '0';
		if (t.len > 2)
			n = n * 10 + (t.at[2] - '0');
		highest = n > highest ? n : highest;
		text[t.at - text] = '?';
	}
	if (!started)
		return "no statement";
	*ret_highest = highest;
	return NULL;
}
