/* main.c — the program: the only file that knows both the command line and the server. */
#include "cli/cli.h"
#include "cli/serve.h"
#include "http/contract.h"
#include "http/serve.h"

static int serve(struct arena *a, const struct cli_serve *in, const char **ret_why)
{
	const struct serve_plan plan = { .listen = in->listen,
					 .where = &in->where,
					 .hosts = in->hosts,
					 .policy = in->policy,
					 .web = in->web,
					 .threads = in->threads,
					 .behind_proxy = in->behind_proxy,
					 .tls = in->tls,
					 .invited = in->invited,
					 .ready = in->ready,
					 .arg = in->arg };

	return serve_run(a, &plan, ret_why);
}

int main(int argc, char **argv)
{
	const struct cli_outside outside = { .serve = serve, .contract = contract_write };

	return cli_main(argc, argv, &outside);
}
