#ifndef APP_SHEET_REGISTRY_H
#define APP_SHEET_REGISTRY_H
/*
 * app/sheet_registry.h — a registry as the planner has it (CSV, XLSX, or a canonical TSV of an earlier
 * import) becomes the canonical file of a draw; and looking up single rows of it later.
 */
#include "app/plan_notes.h"
#include "app/registry.h"
#include "base/file.h"

struct sheet_import {
	const char *file; /* the planner's */
	const char *out;  /* canonical file to write */
	/* Where the planner's table with its 错误信息 column goes if rows are wrong, without ".xlsx" or ".csv". */
	const char *report;
	bool accept_quarantine;
	bool any_area;
	bool (*progress)(void *arg, uint64_t done, uint64_t total); /* false cancels; may be NULL */
	void *progress_arg;
};

/*
 * Writes the canonical registry. Rows that import sets aside are PLAN_REFUSED notes, or warnings when
 * accepted, and the report stays. INVALID with notes if the file is refused; NONE, IO_ERROR, NO_SPACE,
 * CANCELLED. On failure `out` does not exist.
 */
MUST_USE int sheet_import_registry(enum registry kind, const struct sheet_import *in,
				   struct plan_notes *notes);

/*
 * Finds a row of a canonical file by its id: cells borrowed from the file, missing ones empty. False if
 * there is none.
 */
MUST_USE bool sheet_find_row(struct span file, enum registry kind, struct span id,
			     struct span cells[REGISTRY_FIELDS_MOST]);

#endif
