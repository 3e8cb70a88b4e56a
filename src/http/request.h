#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H
/* http/request.h — one request on its way through the server; a handler reads it and makes its reply. */
#include "app/office.h"
#include "http/gate.h"
#include "http/metrics.h"
#include "http/reply.h"

struct access;
struct account_here;
struct pages;
struct route;

enum { REQUEST_MOST_VALUES = 4 };

struct request {
	struct arena arena; /* lives until the answer is sent */
	struct gate_request head;
	const struct route *route;
	const char *values[REQUEST_MOST_VALUES]; /* of the {…} in the route's path, in order */
	struct span body;
	int file; /* ROUTE_UPLOAD: what came, a file without a name that the server closes; else -1 */
	const char *address;       /* the client's, behind a trusted proxy what that one says */
	struct metrics *metrics;   /* the server's */
	const struct pages *pages; /* the server's; NULL: none */
	struct office *office;     /* of the thread that runs it; NULL for routes that need none */
	const struct access *access;     /* see access.h */
	const struct account_here *here; /* who asks; NULL on routes that are open to all */
	struct reply reply;
};

#endif
