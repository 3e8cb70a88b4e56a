/* cli/openapi.c — the contract of the server, as its tables say it. */
#include "cli/commands.h"

enum { CONTRACT_MOST = 8 << 20 };

static int run(struct cli *cli, void *arg)
{
	CLEANUP(buf_release) struct buf text;

	(void)arg;
	buf_init(&text, CONTRACT_MOST);
	cli->outside->contract(&text, cli->json);
	cli_write(buf_text(&text), text.len);
	return CLI_OK;
}

const struct cli_command cli_openapi = {
	.words = "openapi",
	.help = "服务器接口的说明（OpenAPI 3.1）：api/openapi.yaml 就是它",
	.usage = "",
	.run = run,
};
