#ifndef HTTP_SERVE_H
#define HTTP_SERVE_H
/* http/serve.h — the server from its settings to its end: what `mingqian serve` runs. */
#include "app/office.h"

struct serve_plan {
	const char *listen; /* see listen.h */
	const struct office_where *where;
	const char *const *hosts; /* see gate.h */
	const char *policy;       /* see account_policy.h */
	size_t threads;           /* of fast requests, 1 to 64 */
	bool behind_proxy, tls;   /* see server.h */
	const char *
		web; /* folder of the web apps; NULL: where pages_default finds them, if anywhere */
	/* Told at the very first start, before `ready`: an administrator's name and his one-time token; may be NULL */
	void (*invited)(void *arg, const char *name, const char *person, const char *token);
	void (*ready)(void *arg,
		      const char *address); /* told once, when requests are answered; may be NULL */
	void *arg;
};

/*
 * Serves until SIGTERM or SIGINT, then lets what runs end. Tells systemd when it is ready and when it stops, if that
 * wants to know. Not OK: *ret_why says in Chinese (in the arena) why it did not start.
 */
MUST_USE int serve_run(struct arena *a, const struct serve_plan *plan, const char **ret_why);

#endif
