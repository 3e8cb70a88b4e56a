#ifndef CLI_CLI_H
#define CLI_CLI_H
/*
 * cli/cli.h — the command line's frame. A command is one constant row: words, help, options, function.
 * Parsing, --help, suggestions, docs/commands.md and the tests that walk the table come from the rows.
 *
 * To add a command: a file src/cli/<group>_<name>.c that defines `const struct cli_command cli_<group>_<name>`,
 * its declaration in cli/commands.h and one line in commands.c.
 *
 * Answers go to stdout, everything else to stderr. Errors are Chinese sentences that say what is wrong,
 * where, and what to do.
 */
#include "base/arena.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "core/problem.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What a command returns and the process exits with. */
enum cli_exit {
	CLI_OK = 0,
	CLI_REFUSED = 1, /* refused, or not verified */
	CLI_USAGE = 2,   /* wrong words, options or arguments */
	CLI_ENVIRONMENT =
		3 /* files, disk, memory, interrupted: nothing to do with the input's content */
};

/* What an option's value is, and the type of the field at its offset. */
enum cli_kind {
	CLI_FLAG,   /* bool; takes no value */
	CLI_TEXT,   /* const char *; NULL if not given and without fallback */
	CLI_NUMBER, /* int64_t, min to max */
	CLI_LIST,   /* struct cli_list; may be given several times */
	CLI_PAIRS   /* struct cli_pairs; NAME=VALUE, may be given several times, each NAME once */
};

struct cli_list {
	const char **at;
	size_t count;
};

struct cli_pair {
	const char *name, *value;
};

struct cli_pairs {
	struct cli_pair *at;
	size_t count;
};

struct cli_option {
	const char *name; /* without the leading -- */
	enum cli_kind kind;
	size_t offset;        /* offsetof the field in the command's options struct */
	const char *value;    /* how the help names the value, e.g. "FILE"; NULL for a flag */
	const char *fallback; /* the value when not given, as it would be typed; NULL: none */
	const char *help;     /* Chinese, one line */
	bool required;
	int64_t min, max; /* CLI_NUMBER only */
};

/* What commands reach through the program's main file, since it is no business of this folder. */
struct cli_serve;
struct cli_outside {
	int (*serve)(struct arena *a, const struct cli_serve *in, const char **ret_why);
	void (*contract)(struct buf *out, bool json); /* of the server's interface */
};

/* One running command. */
struct cli {
	const struct cli_command *command;
	struct arena *arena; /* lives as long as the command */
	const char **args;   /* what is left after words and options; NULL-terminated */
	size_t arg_count;
	bool json; /* --json was given */
	const struct cli_outside *outside;
};

struct cli_command {
	const char *words; /* "dr1 tickets" */
	const char *help;  /* one line, Chinese with English names */
	const char *
		usage; /* what follows the words, e.g. "--seed TEXT [FILE]"; without --json and --help */
	const char *detail; /* lines of further help, each with LF; NULL: none */
	const struct cli_option *options;
	size_t option_count;
	size_t options_size; /* of the struct that the offsets point into; 0 without options */
	uint32_t args_least, args_most;
	bool no_json; /* it answers nothing that --json could show */
	int (*run)(struct cli *cli,
		   void *options); /* options: filled, fallbacks applied; returns cli_exit */
};

/* All commands, in the order of the help. */
MUST_USE const struct cli_command *const *cli_commands(size_t *count);

/* Parses the words, runs the command, flushes stdout; returns the exit code. */
MUST_USE int cli_main(int argc, char **argv, const struct cli_outside *outside);

/* ---- answers ---- */

/*
 * Prints a sentence to stdout. Here, in tables, refusals and warnings every control character but LF and TAB,
 * every character that turns the direction of writing or has no width, and every broken byte is shown as an
 * escape (\x1b, \u{202e}), so that a name in a list can neither steer the terminal nor hide.
 */
PRINTF(1, 2) void cli_print(const char *format, ...);

/* Prints bytes to stdout as they are; problems of stdout are reported once, by cli_main. */
void cli_write(const void *at, size_t len);

/* Shows what was printed so far now, for a command that goes on working. */
void cli_flush(void);

/* The same as cli_write for whole characters of foreign text, which a terminal gets as cli_print would show them. */
void cli_write_text(const void *at, size_t len);

/*
 * Prints JSON, whole characters of it: in its strings those that cli_print would escape stand as \u202e, which
 * means the same to every reader.
 */
void cli_write_json(const void *at, size_t len);

/* A text as cli_print shows it, LF and TAB escaped as well, in the arena. */
MUST_USE const char *cli_visible(struct arena *a, struct span text);

/* Starts a JSON answer; cli_json_print writes it to stdout with LF and releases it. */
struct cli_json {
	struct buf text;
	struct json json;
};
void cli_json_begin(struct cli_json *j);
void cli_json_print(struct cli_json *j);

/* A table with columns aligned by their width on a terminal. Cells are copied. */
enum { CLI_TABLE_COLUMNS = 12 };

struct cli_table {
	struct arena *arena;
	size_t columns, rows, room;
	const char **cells;
	bool right[CLI_TABLE_COLUMNS]; /* align to the right: numbers */
};

/* heads: `columns` words, NULL-terminated; a head that starts with '>' (not shown) aligns right. */
void cli_table_init(struct cli_table *t, struct arena *a, const char *const *heads);

/* cells: as many as heads; NULL is shown empty. */
void cli_table_row(struct cli_table *t, const char *const *cells);
void cli_table_print(const struct cli_table *t);

/* ---- refusals ---- */

/*
 * Prints "错误：<text>" to stderr, with --json also {"error":...,"exit":...} to stdout; returns code, so
 * that a command may end with `return cli_fail(...)`.
 */
PRINTF(3, 4) int cli_fail(const struct cli *cli, enum cli_exit code, const char *format, ...);

/* The same with a core problem's sentence, as CLI_REFUSED; --json adds code, file and line. */
MUST_USE int cli_fail_problem(const struct cli *cli, const struct problem *p);

/* The same for a status (base/status.h) about a file or folder: sentence and exit code by the status. */
MUST_USE int cli_fail_status(const struct cli *cli, int status, const char *path);

/* The same for a wrong argument, as CLI_USAGE, and names the command's --help. */
PRINTF(2, 3) int cli_fail_usage(const struct cli *cli, const char *format, ...);

/* Prints "提示：<text>" to stderr: a warning that stops nothing. */
PRINTF(1, 2) void cli_warn(const char *format, ...);

/* ---- long work ---- */

/*
 * A progress line on stderr: only on a terminal, only after one second, at most ten times a second.
 * Not thread-safe: let one thread call it.
 */
struct cli_progress {
	const char *title; /* Chinese */
	int64_t start, last;
	bool shown, terminal;
};

void cli_progress_init(struct cli_progress *p, const char *title);
void cli_progress_at(struct cli_progress *p, uint64_t done, uint64_t total);
void cli_progress_end(struct cli_progress *p); /* wipes the line */

/* After cli_catch_interrupt, Ctrl-C and SIGTERM only set the flag that cli_interrupted returns. */
void cli_catch_interrupt(void);
MUST_USE bool cli_interrupted(void);

#endif
