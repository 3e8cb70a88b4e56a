#ifndef HTTP_TAKE_H
#define HTTP_TAKE_H
/* http/take.h — what a handler takes from its request by its route's tables. */
#include "http/route.h"

/*
 * Fills *into (zeroed before) from the body, or the query. OK; else the reply says what is wrong, and the handler
 * returns OK at once.
 */
MUST_USE int take_body(struct request *q, void *into);
MUST_USE int take_query(struct request *q, void *into);

/* The version that If-Match names, as entity_tag writes it; else the reply says 428 or 412. */
MUST_USE int take_version(struct request *q, int64_t *ret);

/* The ETag of a version, in the request's arena. */
MUST_USE const char *entity_tag(struct request *q, int64_t version);

#endif
