#ifndef HTTP_ACCESS_H
#define HTTP_ACCESS_H
/*
 * http/access.h — who asks, and may he? A browser brings a cookie, and with every change the session's other token in
 * X-CSRF-Token; a program brings "Authorization: Bearer TOKEN".
 */
#include "app/account_session.h"
#include "http/route.h"

/* Settings that requests are judged by; borrowed from the server's plan. */
struct access {
	const struct account_policy *policy;
	bool tls; /* cookies only go over TLS, under a name that no other site can set */
};

/*
 * OK: the route may run; q->here is set unless the route is open to all, and the office's actor, roles, scope and
 * source are those of the person. Else the reply is made: 401 no session, 403 no permission, a foreign page, a missing token, or a
 * password or one-time password that comes first.
 */
MUST_USE int access_check(void *arg, struct request *q);

/* The Set-Cookie line for a token; "" as token takes it away. In the request's arena. */
MUST_USE const char *access_cookie(struct request *q, const char *token);

#endif
