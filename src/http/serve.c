/* http/serve.c — signals are waited for by the main thread alone; all others have them blocked. */
#include "http/serve.h"

#include "base/status.h"
#include "http/access.h"
#include "http/api.h"
#include "http/keeper.h"
#include "http/listen.h"
#include "http/pages.h"
#include "http/server.h"

#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { SLOW_THREADS = 4, GRACE_SECONDS = 20 };

/* One datagram to systemd (sd_notify(3)); nobody there: nothing. */
static void notify(const char *state)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	size_t len = path ? strlen(path) : 0;

	if (len < 2 || len >= sizeof(to.sun_path) || (path[0] != '/' && path[0] != '@'))
		return;
	memcpy(to.sun_path, path, len);
	if (path[0] == '@')
		to.sun_path[0] = 0;
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	sendto(fd, state, strlen(state), MSG_NOSIGNAL, (const struct sockaddr *)(const void *)&to,
	       (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len));
	close(fd);
}

static void block_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	pthread_sigmask(SIG_BLOCK, set, NULL);
	signal(SIGPIPE, SIG_IGN);
}

static void tell_ready(struct arena *a, const struct serve_plan *plan, const struct server *s)
{
	const char *colon = strrchr(plan->listen, ':');
	int host = colon ? (int)(colon - plan->listen) : 0;

	notify("READY=1");
	if (plan->ready)
		plan->ready(plan->arg,
			    arena_printf(a, "%.*s:%d", host, plan->listen, server_port(s)));
}

/* The first start makes the three administrators. */
static int begin_accounts(struct arena *a, const struct serve_plan *plan,
			  const struct account_policy *policy, const char **ret_why)
{
	struct account_invited invited[ACCOUNT_FIRST];
	struct office office;

	TRY(office_open(a, plan->where, &office, ret_why));
	office.actor = "mingqian serve";
	int rc = account_begin(&office, policy, invited);
	if (rc != OK && rc != CONFLICT)
		*ret_why = arena_str(a, office_sentence(&office, rc));
	office_release(&office);
	for (size_t i = 0; rc == OK && plan->invited && i < ACCOUNT_FIRST; i++)
		plan->invited(plan->arg, invited[i].name, invited[i].person, invited[i].token);
	return rc == CONFLICT ? OK : rc;
}

static int load_pages(struct arena *a, const struct serve_plan *plan, struct pages **ret,
		      const char **ret_why)
{
	const char *folder = plan->web ? plan->web : pages_default(a);

	if (folder)
		return pages_load(a, folder, ret, ret_why);
	*ret = pages_none();
	return OK;
}

static void free_pages(struct pages **p)
{
	pages_free(*p);
}

int serve_run(struct arena *a, const struct serve_plan *plan, const char **ret_why)
{
	struct access access = { account_policy(plan->policy), plan->tls };
	struct server_plan made = { .listen = -1,
				    .where = plan->where,
				    .hosts = plan->hosts,
				    .behind_proxy = plan->behind_proxy,
				    .tls = plan->tls,
				    .fast_threads = plan->threads,
				    .slow_threads = SLOW_THREADS,
				    .access = access_check,
				    .arg = &access };
	CLEANUP(free_pages) struct pages *pages = NULL;
	struct server *s = NULL;
	sigset_t signals;
	int signal;

	if (!access.policy) {
		*ret_why = "--policy 只能是 mlps3（等保三级）或 asvs";
		return INVALID;
	}
	TRY(load_pages(a, plan, &pages, ret_why));
	block_signals(&signals);
	TRY(begin_accounts(a, plan, access.policy, ret_why));
	pid_t keeper = keeper_start(plan->where);
	int rc = listen_open(a, plan->listen, &made.listen, ret_why);
	if (rc != OK) {
		keeper_stop(keeper);
		return rc;
	}
	struct routes *routes = api_routes_of(api_served);
	made.routes = routes;
	made.pages = pages;
	rc = server_start(a, &made, &s, ret_why);
	if (rc == OK) {
		tell_ready(a, plan, s);
		sigwait(&signals, &signal);
		notify("STOPPING=1");
		server_stop(s, GRACE_SECONDS);
	}
	routes_free(routes);
	keeper_stop(keeper);
	return rc;
}
