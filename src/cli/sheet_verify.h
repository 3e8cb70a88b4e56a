#ifndef CLI_SHEET_VERIFY_H
#define CLI_SHEET_VERIFY_H
/* cli/sheet_verify.h — the answer of finish and rehearse: what was written, and the folder verified. */
#include "app/sheet_finish.h"
#include "cli/cli.h"

/*
 * Prints notes, result, papers and every step of the verification; CLI_REFUSED if a step failed or there
 * are no teams.
 */
MUST_USE int sheet_finish_answer(const struct cli *cli, const struct plan_notes *notes,
				 const struct sheet_finished *f, const char *folder);

#endif
