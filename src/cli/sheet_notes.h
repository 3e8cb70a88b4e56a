#ifndef CLI_SHEET_NOTES_H
#define CLI_SHEET_NOTES_H
/* cli/sheet_notes.h — what the sheet commands were told by their use cases, on a terminal and in JSON. */
#include "app/plan_notes.h"
#include "cli/cli.h"

/* Prints figures to stdout (unless --json) and warnings to stderr; reasons of a refusal wait for the end. */
void sheet_notes_print(const struct cli *cli, const struct plan_notes *notes);

/* "notes":[{"kind":"info"|"warning"|"refused","text":...}] inside an open object. */
void sheet_notes_json(struct json *j, const struct plan_notes *notes);

/*
 * Ends a command that failed with this status: prints the notes, then the reasons as one refusal, or the
 * sentence for the status about `path` if there are none. Returns the exit code.
 */
MUST_USE int sheet_notes_fail(const struct cli *cli, const struct plan_notes *notes, int status,
			      const char *path);

/* The reasons alone, as one refusal. */
MUST_USE int sheet_notes_refused(const struct cli *cli, const struct plan_notes *notes);

/* Callbacks for long work; arg is a struct sheet_progress. They return false after Ctrl-C. */
struct sheet_progress {
	struct cli_progress bar;
	const char *step;
};

void sheet_progress_init(struct sheet_progress *p, const char *title);
bool sheet_progress_step(void *arg, const char *step, uint64_t done, uint64_t total);
bool sheet_progress_plain(void *arg, uint64_t done, uint64_t total);
void sheet_progress_end(struct sheet_progress *p);

/* Hexadecimal digits in groups of eight, to be read out. In the arena. */
MUST_USE const char *sheet_groups(struct arena *a, const char *hex);

/* Cuts "NAME=VALUE" at its first '='; name is NULL when there is none. */
struct cli_pair sheet_pair(struct arena *a, const char *text);

#endif
