#ifndef CLI_PLAN_H
#define CLI_PLAN_H
/* cli/plan.h — what the plan commands share. */
#include "app/plan_check.h"
#include "app/plan_scene.h"
#include "app/plan_year.h"
#include "cli/data.h"
#include "cli/sheet_notes.h"

/* Ends a command that failed: the notes' reasons, else a sentence for the code. Returns the exit code. */
MUST_USE int plan_fail(const struct cli *cli, const struct office *o,
		       const struct plan_notes *notes, int code);

/* What --day or the office's clock says. CLI_OK, or has told what is wrong. */
MUST_USE int plan_day_option(const struct cli *cli, const struct office *o, const char *text,
			     int64_t *ret);

/* The period given, or the plan's period that holds the scene's day; in the arena. */
MUST_USE const char *plan_period_option(const struct cli *cli, const struct plan_scene *s,
					const char *text);

/* 草稿, 待批, 已批准, 已退回, 已作废. */
MUST_USE const char *plan_state_words(const char *state);

/* "2026-03-05", in the arena. */
MUST_USE const char *plan_day_words(const struct cli *cli, int64_t day);

/* Prints or writes what became of a version. */
int plan_version_done(const struct cli *cli, const char *id, const struct plan_version_row *v,
		      const struct plan_notes *notes, const char *next);

/* A number as text, in the arena. */
MUST_USE const char *plan_number(const struct cli *cli, uint64_t n);

/* "12.34%" of millionths. */
MUST_USE const char *plan_share(const struct cli *cli, uint64_t millionths);

/* One number of the check's table ("key.done"): how it is made, and at most so many of its rows. An exit code. */
MUST_USE int plan_open_cell(const struct cli *cli, const struct plan_scene *s,
			    const struct plan_check *check, const char *cell, uint64_t most);

void plan_clashes_print(const struct plan_clashes *clashes);

#endif
