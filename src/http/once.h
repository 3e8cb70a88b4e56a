#ifndef HTTP_ONCE_H
#define HTTP_ONCE_H
/* http/once.h — Idempotency-Key: a change that a client sends again after a lost answer happens once (app/answer.h). */
#include "http/route.h"

/*
 * Runs the route's handler once for the key that came; the reply is its own, or what was answered the first time. OK, or
 * the code of the use case.
 */
MUST_USE int once_run(struct request *q);

/* Has the request a key that counts? Not on routes that are open to all, whose caller is not known. */
MUST_USE bool once_wanted(const struct request *q);

#endif
