#ifndef CLI_IMPORT_TOLD_H
#define CLI_IMPORT_TOLD_H
/* cli/import_told.h — what an import tells, whether the registry it makes is kept in the database or a file. */
#include "app/import.h"

#include <stdio.h>

/* Rows and what became of them, how the columns were understood, why rows were not taken. */
void import_told_summary(enum registry kind, const struct import_summary *s);

/* Where the report is and what to look for in it; nothing if there is none. */
void import_told_report(const struct import_summary *s, const char *report);

/* A file without a name for the rows' JSON; NULL: no room. import_told_close is for CLEANUP. */
MUST_USE FILE *import_told_open(void);
void import_told_close(FILE **f);

/* Prints what was written there, without its last line end. */
void import_told_rows(FILE *f);

#endif
