#ifndef TEST_APP_IMPORT_CASE_H
#define TEST_APP_IMPORT_CASE_H
/* test/app/import_case.h — one import in a folder of its own, with everything it wrote at hand. */
#include "app/import.h"
#include "base/arena.h"

#include <stdbool.h>

struct import_case {
	struct arena arena;
	struct import_options options; /* set what differs before case_run */
	struct import_summary *summary;
	struct import_paths paths;
	const char *registry, *report, *json; /* contents after case_run; "" if there is none */
	int rc;
};

/* Writes the bytes to a file; the import goes to a folder beside it. */
void case_init(struct import_case *c, enum registry kind, const char *at, size_t len);
void case_release(struct import_case *c);

/* Writes a file into the case's folder; returns its path. */
const char *case_file(struct import_case *c, const char *name, const char *at, size_t len);

void case_run(struct import_case *c);

/* Runs an import of text without options. */
void case_text(struct import_case *c, enum registry kind, const char *text);

/* Compares the four counts: "new quarantined unchanged updated". */
bool case_counts(const struct import_case *c, const char *want);

/* How often a word occurs in a text. */
int case_count(const char *text, const char *word);

#endif
