#ifndef CLI_ARGS_H
#define CLI_ARGS_H
/* cli/args.h — words and options of one command line; private to the frame. */
#include "cli/cli.h"

enum { ARGS_MOST_OPTIONS = 32 };

/* What the words ask for. */
enum args_want { ARGS_RUN, ARGS_HELP };

/*
 * Fills cli (command set, arena given) and the command's options struct from argv, which starts after
 * the command's words. Wrong input prints a sentence and returns CLI_USAGE.
 */
MUST_USE int args_parse(struct cli *cli, char **argv, void *options, enum args_want *want);

/* The word of `words[0..count)` that the user most likely meant, or NULL if none is near. */
MUST_USE const char *args_nearest(const char *typed, const char *const *words, size_t count);

#endif
