#ifndef CORE_PROBLEM_H
#define CORE_PROBLEM_H
/*
 * core/problem.h — what is wrong with an input: a stable code, the file, the line, the words, and a
 * Chinese sentence that says what it is and how to mend it. The same texts serve the command line,
 * the server and the public verify page.
 */
#include "core/mem.h"

enum core_file {
	CORE_FILE_NONE,
	CORE_FILE_OBJECTS,     /* objects.tsv */
	CORE_FILE_INSPECTORS,  /* inspectors.tsv */
	CORE_FILE_CONFLICTS,   /* conflicts.tsv */
	CORE_FILE_RULES,       /* rules.txt */
	CORE_FILE_DECLARATION, /* declaration */
	CORE_FILE_RECORD,      /* record */
	CORE_FILE_SEED,        /* seed */
	CORE_FILE_RESULT,      /* result.tsv */
	CORE_FILE_ROOT,        /* result.root */
	CORE_FILES
};

/* The file's name in a draw folder; "" for NONE. */
CORE_MUST_USE const char *core_file_name(enum core_file file);

/* problem.c holds name, sentence and mend of each code in one table; append new ones freely. */
enum problem_code { PROBLEM_NONE, PROBLEM_COUNT_PLACEHOLDER };

struct problem {
	enum problem_code code;
	enum core_file file;
	uint64_t line;    /* from 1; 0: the file as a whole */
	struct span what; /* the words in question, borrowed from the input; may be empty */
	uint64_t have, want;
};

/* Stable ASCII name, e.g. "list.unsorted". */
CORE_MUST_USE const char *problem_name(enum problem_code code);

/*
 * Writes one Chinese sentence without LF: file and line, what is wrong, what to do. Control characters
 * of `what` are shown as U+FFFD and long words are cut at 64 bytes on a character's border.
 */
void problem_write(const struct problem *p, struct writer *w);

#endif
