#ifndef HTTP_SERVER_H
#define HTTP_SERVER_H
/*
 * http/server.h — the HTTP server: one thread for input and output, bounded threads for the work, each with its own
 * office (database connection). The only file that knows libmicrohttpd is server.c. What a proxy in front of it
 * does: TLS, HTTP/2, addresses of clients.
 */
#include "http/route.h"

#include <netinet/in.h>

enum { SERVER_MOST_CONNECTIONS = 4096, SERVER_IDLE_SECONDS = 30 };

struct server_plan {
	int listen;                       /* a bound, listening socket; the server closes it */
	const struct office_where *where; /* whose office each thread opens; NULL: none */
	const char *const *hosts;         /* see gate.h */
	bool behind_proxy; /* the client's address is the last one of X-Forwarded-For */
	bool tls;          /* the proxy in front speaks TLS: say HSTS */
	size_t fast_threads, slow_threads;
	const struct routes *routes;
	const struct pages *pages; /* for handlers; NULL: none */
	/* Runs before each handler, on its thread: who asks, and may he? OK, or it made the reply. NULL: nobody asks. */
	int (*access)(void *arg, struct request *q);
	void *arg;
};

struct server;

/*
 * Starts it. *ret_why says in Chinese why not (in the arena). The plan's pointers must outlive the server.
 * UNAVAILABLE: the port or a thread; else the codes of office_open.
 */
MUST_USE int server_start(struct arena *a, const struct server_plan *plan, struct server **ret,
			  const char **ret_why);

/* Its port, as bound. */
MUST_USE int server_port(const struct server *s);

/* Takes no new connections, lets what runs end (at most `seconds`), stops and frees it. NULL is allowed. */
void server_stop(struct server *s, int seconds);

#endif
