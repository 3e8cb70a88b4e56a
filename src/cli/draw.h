#ifndef CLI_DRAW_H
#define CLI_DRAW_H
/* cli/draw.h — what the commands on kept draws and visits share. */
#include "app/life_list.h"
#include "app/plan_notes.h"
#include "cli/data.h"

/* Ends a command that failed: the notes' reasons, else o->why or a sentence for the code. notes may be NULL. */
MUST_USE int draw_fail(const struct cli *cli, const struct office *o,
		       const struct plan_notes *notes, int code);

/* Releases the office and ends: `code` of a use case that answers nothing but a sentence. */
MUST_USE int draw_end(const struct cli *cli, struct office *o, int code, const char *draw,
		      const char *sentence);

/* 已准备, 已批准... of a draw; 待接收, 已接收... of a visit; the word itself if it is unknown. */
MUST_USE const char *draw_state_words(const char *state);
MUST_USE const char *draw_visit_words(const char *state);

/* The state of a visit that was typed as itself or in these words; else what was typed. NULL for NULL. */
MUST_USE const char *draw_visit_state(const char *typed);
MUST_USE const char *draw_ended_words(const char *ended); /* why a visit ended */

/* "2026-03-02 09:00" at +08:00, "" for 0; "2026-03-02" of a day, "" for 0. In the arena. */
MUST_USE const char *draw_time(const struct cli *cli, int64_t ms);
MUST_USE const char *draw_day(const struct cli *cli, int64_t day);

/* Reads the first line of a file that holds a secret. CLI_OK, or has told what is wrong. */
MUST_USE int draw_secret(const struct cli *cli, const char *path, const char **ret);

/* The share of NAME=@FILE, or of NAME=SHARE as it stands there. CLI_OK, or has told why not. */
MUST_USE int draw_share(const struct cli *cli, const struct cli_pair *pair, const char **ret);

/* The digest of a file of evidence. CLI_OK, or has told what is wrong; an empty file proves nothing. */
MUST_USE int draw_evidence(const struct cli *cli, const char *path, char digest[OFFICE_DIGEST]);

#define DRAW_TEXT(type, field, option, label, text)                                                \
	{                                                                                          \
		.name = option, .kind = CLI_TEXT, .offset = offsetof(type, field), .value = label, \
		.help = text                                                                       \
	}
#define DRAW_NEEDED(type, field, option, label, text)                                              \
	{                                                                                          \
		.name = option, .kind = CLI_TEXT, .offset = offsetof(type, field), .value = label, \
		.help = text, .required = true                                                     \
	}
#define DRAW_FLAG(type, field, option, text)                                                       \
	{                                                                                          \
		.name = option, .kind = CLI_FLAG, .offset = offsetof(type, field), .help = text    \
	}
#define DRAW_LIST(type, field, option, label, text)                                                \
	{                                                                                          \
		.name = option, .kind = CLI_LIST, .offset = offsetof(type, field), .value = label, \
		.help = text                                                                       \
	}
#define DRAW_PAIRS(type, field, option, label, text)                                               \
	{                                                                                          \
		.name = option, .kind = CLI_PAIRS, .offset = offsetof(type, field),                \
		.value = label, .help = text                                                       \
	}
/* The rest of a command's row: options, and one argument at most. */
#define DRAW_OPTIONS(type, rows, least, most)                                                      \
	.options = rows, .option_count = COUNT(rows), .options_size = sizeof(type),                \
	.args_least = least, .args_most = most

#endif
