#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H
/* cli/commands.h — every command, one declaration each; commands.c lists them in the order of the help. */
#include "cli/cli.h"

extern const struct cli_command cli_dr1_tickets;

#endif
