/* cli/commands.c — the command table. */
#include "cli/commands.h"

static const struct cli_command *const commands[] = {
	&cli_dr1_tickets,
};

const struct cli_command *const *cli_commands(size_t *count)
{
	*count = COUNT(commands);
	return commands;
}
