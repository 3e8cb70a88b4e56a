#ifndef CLI_DR1_H
#define CLI_DR1_H
/* cli/dr1.h — what the dr1 commands share: opening a folder, watching long work, refusals. */
#include "app/draw_folder.h"
#include "app/draw_run.h"
#include "cli/cli.h"

/* Opens a draw's folder or prints why not; returns CLI_OK or the exit code. */
MUST_USE int dr1_open(const struct cli *cli, struct draw_folder *f);

/* The same for a folder at `path` that somebody else may have made: draw_folder_read. */
MUST_USE int dr1_read(const struct cli *cli, const char *path, struct draw_folder *f);

/* A progress line that changes its title with the step, and Ctrl-C. */
struct dr1_watch {
	struct draw_watch watch;
	struct cli_progress progress;
};

/* Starts it and catches Ctrl-C; w must not move. End it with cli_progress_end(&w->progress). */
void dr1_watch_init(struct dr1_watch *w);

/* The refusal for a status of draw_run.h or draw_ready.h: problem for INVALID, else by the status. */
MUST_USE int dr1_fail(const struct cli *cli, int status, const struct problem *p);

/* Hex of a span, quoted words and so on go through these: an arena copy with a NUL. */
MUST_USE const char *dr1_text(const struct cli *cli, struct span text);

/* 66.0 from decibits 660. */
MUST_USE const char *dr1_bits(const struct cli *cli, uint32_t decibits);

#endif
