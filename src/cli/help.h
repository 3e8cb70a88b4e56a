#ifndef CLI_HELP_H
#define CLI_HELP_H
/* cli/help.h — help texts made from the command table; private to the frame and its tests. */
#include "base/buf.h"
#include "cli/cli.h"

/* The list of commands whose words start with the group's word; NULL: all. */
void help_overall(struct buf *out, const char *group);

/* One command in full. */
void help_command(struct buf *out, const struct cli_command *c);

/* docs/commands.md. */
void help_markdown(struct buf *out);

#endif
