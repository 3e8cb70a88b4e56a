#ifndef HTTP_ROUTE_H
#define HTTP_ROUTE_H
/*
 * http/route.h — what the server answers to: each endpoint is one row with its path, what it takes, who may, how it
 * runs, its help and what it answers. The contract api/openapi.yaml is made from these rows.
 */
#include "app/permission.h"
#include "http/input.h"
#include "http/request.h"

enum { ROUTE_MOST_PARTS = 8 };

enum route_flag {
	ROUTE_INLINE =
		1,      /* answered on the I/O thread: reads a row or two by key and cannot wait */
	ROUTE_SLOW = 2, /* may take long: runs where it is in no fast one's way */
	ROUTE_CHANGES =
		4, /* changes something: a browser's page must be ours; leaves one ledger entry */
	ROUTE_OPEN = 8,     /* for everybody, logged in or not */
	ROUTE_VERSION = 16, /* If-Match names the version that is changed: take_version */
	ROUTE_SECRET = 32,  /* the answer holds what is shown only once: it is never kept */
	ROUTE_UPLOAD = 64,  /* the body is a file of any type: in q->file, its beginning first */
	ROUTE_PAGE = 128,   /* a page of a web app, whose parameters are its own */
	ROUTE_SMALL =
		256 /* changes a few rows by key and asks nobody else: committed together with others that wait */
};

struct route {
	enum gate_method method;
	const char *
		path; /* "/api/v1/visits/{id}"; "/{page...}": all below that no other row begins with */
	int (*run)(struct request *q); /* OK: q->reply is made; or the code of a use case */
	enum permission permission;    /* without ROUTE_OPEN */
	unsigned flags;
	const struct input *query, *body; /* end with a row without name; NULL: takes none */
	const char *help;                 /* Chinese */
	const char *answer;               /* see shape.h */
};

struct routes; /* rows in an order in which one is found by halving */

/*
 * Sorts the rows (borrowed, must outlive it). Asserts that no two rows have one method and path, and that no part
 * has two names. routes_free takes NULL.
 */
MUST_USE struct routes *routes_make(const struct route *const *tables, const size_t *counts,
				    size_t table_count);
void routes_free(struct routes *r);

/*
 * Finds the row; HEAD finds what GET has. Fills values from the target. NONE: no such path; INVALID: the path has
 * other methods, *ret_allow names them (in the arena).
 */
MUST_USE int routes_find(const struct routes *r, struct arena *a, enum gate_method method,
			 const struct target *target, const char *values[REQUEST_MOST_VALUES],
			 const struct route **ret, const char **ret_allow);

#endif
