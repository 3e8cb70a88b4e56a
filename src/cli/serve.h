#ifndef CLI_SERVE_H
#define CLI_SERVE_H
/* cli/serve.h — what `mingqian serve` asks of the server, which the program's main file hands on. */
#include "app/office.h"
#include "cli/cli.h"

struct cli_serve {
	const char *listen;
	struct office_where where;
	const char *const *hosts; /* NULL at the end; NULL: any */
	const char *policy;
	const char *web; /* NULL: the default */
	size_t threads;
	bool behind_proxy, tls;
	void (*invited)(void *arg, const char *name, const char *person, const char *token);
	void (*ready)(void *arg, const char *address);
	void *arg;
};

#endif
