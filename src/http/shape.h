#ifndef HTTP_SHAPE_H
#define HTTP_SHAPE_H
/*
 * http/shape.h — what answers look like: objects by name, their members in one line each, so that the contract can be
 * written from it and every test can hold an answer against it.
 *
 * members: "name type" joined by ", ". A name with '?' may be missing. A type is text, int, bool, time
 * (2026-11-23T08:00:00.000Z), day, digest (64 hex digits), id, any, words joined by '|' (one alone: "word|"), the name of a
 * shape (capital), [type] a list, {type} members of any name; with '?' it may be null.
 *
 * A route's `answer` is a status and what comes with it: "204", "201 Invited", "200 [Account]" (a page of them: items,
 * next, total), "200 plain" (text), "200 file" (any bytes); "etag" at the end: it has an ETag.
 */
struct shape {
	const char *name; /* NULL at the end of a table */
	const char *members;
	const char *help; /* Chinese */
};

#endif
