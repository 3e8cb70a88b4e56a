#ifndef HTTP_REPLY_H
#define HTTP_REPLY_H
/* http/reply.h — what is answered: status, headers and body, made by a handler and sent by the server. */
#include "base/arena.h"
#include "base/buf.h"
#include "core/mem.h"

#include <stdbool.h>
#include <stdint.h>

enum { REPLY_BODY_MOST = 8 << 20, REPLY_MOST_COOKIES = 2 };

struct reply {
	int status;
	const char *type; /* Content-Type; static */
	struct buf body;
	struct span fixed;  /* instead of a body: bytes that outlive the server */
	int file;           /* instead of a body: a descriptor that the reply owns; -1: none */
	uint64_t file_size; /* bytes */
	const char *
		etag; /* with quotes; the texts from here on live in the request's arena; NULL: none */
	const char *location;
	const char *disposition;
	const char *allow;
	const char *cache;  /* Cache-Control; NULL: no-store */
	const char *policy; /* Content-Security-Policy; NULL: nothing may be loaded */
	const char *coding; /* Content-Encoding */
	const char *vary;
	const char *cookies[REPLY_MOST_COOKIES];
	int retry_after; /* seconds; 0: none */
	bool close;      /* the connection ends with this answer */
};

void reply_init(struct reply *r);
void reply_release(struct reply *r);

/* Forgets all that was said so far, for a handler that runs again. */
void reply_clear(struct reply *r);

/* One thing that is wrong with a field of the request. */
struct reply_wrong {
	const char *field; /* "name", "shares[1].party"; "" if it is not one field */
	const char *why;   /* Chinese, says how to mend it */
};

/*
 * Makes it a problem document (RFC 9457): code is a stable name, why a Chinese sentence that says what to do.
 * wrong: what is wrong with single fields, or NULL.
 */
void reply_problem(struct reply *r, int status, const char *code, const char *why,
		   const struct reply_wrong *wrong);

/* A problem from the code of a use case (base/status.h, db/db.h): NONE 404, INVALID 422, FORBIDDEN 403... */
void reply_refused(struct reply *r, int code, const char *why);

#endif
