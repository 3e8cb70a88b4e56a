#ifndef HTTP_NEGOTIATE_H
#define HTTP_NEGOTIATE_H
/* http/negotiate.h — two headers by which a client says what it takes and what it has (RFC 9110, 12.5.3 and 13.1.2). */
#include "base/cleanup.h"

#include <stdbool.h>

/*
 * How much an Accept-Encoding wants a coding ("br"), in thousandths: 0 not at all, 1000 most. A coding that it does not name has the
 * weight of "*", or else 0. NULL (no header) and what cannot be read want nothing.
 */
MUST_USE int negotiate_coding(const char *accept, const char *coding);

/* Does an If-None-Match (NULL: no header) name this ETag (with its quotes), or everything by "*"? */
MUST_USE bool negotiate_has(const char *if_none_match, const char *etag);

#endif
