#ifndef HTTP_GATE_H
#define HTTP_GATE_H
/*
 * http/gate.h — what the head of a request must be before anything else looks at it. Behind a proxy the two may
 * not read one stream of bytes as two different requests: whatever leaves room for that is refused, and the
 * connection closed.
 */
#include "base/arena.h"
#include "http/target.h"

#include <stdbool.h>
#include <stdint.h>

enum { GATE_MOST_HEADERS = 64, GATE_VALUE_LONGEST = 8192 };

enum gate_method { GATE_GET, GATE_HEAD, GATE_POST, GATE_PUT, GATE_PATCH, GATE_DELETE };

/* "GET" and so on. */
MUST_USE const char *gate_method_name(enum gate_method method);

struct gate_header {
	struct span name, value; /* as received, value without blanks around it */
};

/* A head as it came. */
struct gate_head {
	struct span method, version, target;
	const struct gate_header *headers;
	size_t count;
	const char *const
		*hosts; /* names (with port, if not 80 or 443) that this server answers to; NULL at
				     the end; NULL: any */
};

struct gate_request {
	enum gate_method method;
	struct target target;
	uint64_t length; /* of the body; 0: none */
	bool json;       /* the body says that it is application/json */
	/* NULL where the header is missing; each came once at most. */
	const char *host, *cookie, *authorization, *origin, *fetch_site, *csrf, *idempotency,
		*if_match, *if_none_match, *agent, *type, *accept_encoding, *forwarded_for, *range;
};

struct gate_refusal {
	int status;       /* 400, 405, 411, 413, 414, 415, 417, 421, 431, 501, 505 */
	const char *code; /* stable name, e.g. "bad_target" */
	const char *why;  /* Chinese */
};

/*
 * Reads the head; texts live in the arena. OK, or INVALID with *ret_refusal: then the connection must be closed
 * after the answer. body_most: largest body, in bytes, that any route takes.
 */
MUST_USE int gate_check(struct arena *a, const struct gate_head *head, uint64_t body_most,
			struct gate_request *ret, struct gate_refusal *ret_refusal);

#endif
