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
enum problem_code {
	PROBLEM_NONE,

	/* any text file */
	PROBLEM_FILE_MISSING,
	PROBLEM_FILE_BOM,
	PROBLEM_FILE_UTF8,
	PROBLEM_FILE_CR,
	PROBLEM_FILE_LAST_LF,
	PROBLEM_FILE_LARGE, /* have = the limit */
	PROBLEM_LINE_EMPTY,

	/* the lists */
	PROBLEM_COLUMNS_FEW,  /* have, want */
	PROBLEM_COLUMNS_MANY, /* have, want */
	PROBLEM_COLUMNS_TRAILING,
	PROBLEM_ID_EMPTY,
	PROBLEM_ID_LONG,
	PROBLEM_ID_CHARS,
	PROBLEM_ID_DUPLICATE,
	PROBLEM_UNSORTED,
	PROBLEM_STRATUM_NAME,
	PROBLEM_STRATUM_UNKNOWN,
	PROBLEM_CODE_COMMA,
	PROBLEM_GRADE,
	PROBLEM_NUMBER, /* want = the largest allowed */
	PROBLEM_ITEM_EMPTY,
	PROBLEM_ITEM_DUPLICATE,
	PROBLEM_REASON,
	PROBLEM_CONFLICT_INSPECTOR,
	PROBLEM_CONFLICT_OBJECT,
	PROBLEM_CONFLICT_DUPLICATE,

	/* rules.txt */
	PROBLEM_RULES_KIND,
	PROBLEM_RULES_ORDER,
	PROBLEM_RULES_SPACES,
	PROBLEM_RULES_TEAM_FORM,
	PROBLEM_RULES_TEAM_MISSING,
	PROBLEM_RULES_TEAM_NEED,  /* have = need, want = the sum of the minimums */
	PROBLEM_RULES_TEAM_LARGE, /* have = need, want = most */
	PROBLEM_RULES_TEAM_DUPLICATE,
	PROBLEM_RULES_TEAM_STRATUM,
	PROBLEM_RULES_BUNDLE,
	PROBLEM_RULES_RELAX,
	PROBLEM_RULES_QUOTA_FORM,
	PROBLEM_RULES_AMOUNT,
	PROBLEM_RULES_STRATUM_TWICE,
	PROBLEM_RULES_SPLIT_FORM,
	PROBLEM_RULES_WEIGHT,
	PROBLEM_RULES_WEIGHT_SUM,
	PROBLEM_RULES_NO_QUOTA,

	/* declaration */
	PROBLEM_DECLARATION_LINE, /* what = how the line must begin */
	PROBLEM_DECLARATION_MORE,
	PROBLEM_DRAW_ID,
	PROBLEM_COUNT,
	PROBLEM_HASH,
	PROBLEM_ENTROPY_NONE,
	PROBLEM_ENTROPY_MANY, /* want = most */
	PROBLEM_ENTROPY_SOURCE,
	PROBLEM_ENTROPY_SELECTOR,
	PROBLEM_ENTROPY_LONG,   /* want = most bytes */
	PROBLEM_ENTROPY_CHAIN,  /* what = the chain */
	PROBLEM_ENTROPY_NUMBER, /* what = the round, pulse or chain */
	PROBLEM_ENTROPY_ISSUE,  /* what = the issue */
	PROBLEM_ENTROPY_DUPLICATE,
	PROBLEM_SHARE_LINE,
	PROBLEM_SHARE_MANY, /* want = most */
	PROBLEM_PARTY,
	PROBLEM_PARTY_DUPLICATE,
	PROBLEM_PARTY_ALIKE,
	PROBLEM_PARTY_OPERATOR,
	PROBLEM_COMMITMENT_EQUAL, /* what = the second party */
	PROBLEM_PARENT_SELF,
	PROBLEM_FLOOR,          /* have = decibits announced, want = 600 */
	PROBLEM_FLOOR_SHARES,   /* have = outside parties, want = 2 */
	PROBLEM_FLOOR_UNSIGNED, /* have = signed, want = 2 */
	PROBLEM_LIST_COUNT,     /* what = list; have = lines in it, want = declared */
	PROBLEM_LIST_ROOT,      /* file = the list */
	PROBLEM_NO_OBJECTS,

	/* record */
	PROBLEM_RECORD_LINE, /* what = how the line must begin */
	PROBLEM_RECORD_MORE,
	PROBLEM_VALUE_HEX,     /* want = digits */
	PROBLEM_VALUE_NUMBERS, /* have = numbers found, want = numbers needed */
	PROBLEM_VALUE_RANGE,   /* want = highest number */
	PROBLEM_VALUE_ASCENDING,
	PROBLEM_VALUE_DIGITS, /* want = digits */
	PROBLEM_VALUE_TOKEN,
	PROBLEM_VALUE_EQUAL, /* what = the second selector */
	PROBLEM_SHARE_HEX,
	PROBLEM_SHARE_OPEN,
	PROBLEM_SHARE_EQUAL, /* what = the second party */

	/* results and questions */
	PROBLEM_RESULT_RANK,
	PROBLEM_RESULT_TICKET,
	PROBLEM_RESULT_KIND,
	PROBLEM_RESULT_MEMBER,  /* what = the member */
	PROBLEM_RESULT_RESERVE, /* what = the object */
	PROBLEM_SEED_FORM,
	PROBLEM_UNIT_UNKNOWN,

	/* warnings: true of a list that is well-formed (draw_warnings) */
	WARNING_SHORTFALL, /* what = stratum; have = members, want = quota */
	WARNING_UNSTAFFED, /* what = stratum; have = members a team can be found for, want = quota */
	WARNING_CONTROL,   /* what = object */
	WARNING_STRATUM_EMPTY, /* what = stratum */
	WARNING_NO_OBJECTS,
	WARNING_NO_INSPECTORS,
	WARNING_NO_SENIOR,
	WARNING_NO_JUNIOR,
	WARNING_LIMIT_ZERO,   /* what = inspector */
	WARNING_NO_ROOM,      /* have = sum of limits, want = places at least needed */
	WARNING_FEW_PEOPLE,   /* have = inspectors, want = need of a team */
	WARNING_SCOPE_NOBODY, /* what = object: nobody may work in its scope */
	WARNING_TEAM_ONE,     /* what = the first such stratum: one person alone on a visit */
	WARNING_RECUSED_ALL, /* what = object: conflicts leave too few; have = left, want = needed */

	PROBLEM_CODES
};

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
 * Writes one Chinese sentence without LF: file and line, what is wrong, what to do. Control and
 * invisible characters and broken bytes of `what` are shown as U+FFFD and long words are cut at 64 bytes on a
 * character's border.
 */
void problem_write(const struct problem *p, struct writer *w);

/* The words of `what` as problem_write shows them, for other texts that quote an input. */
void problem_write_words(struct span words, struct writer *w);

/*
 * True for one valid UTF-8 character that a screen does not show as itself: controls, characters that turn
 * the direction of writing, and those without width. Whoever prints foreign text shows them as escapes.
 */
CORE_MUST_USE bool problem_hides(struct span character);

/* Fills *ret and returns CORE_INVALID, so that a check can end with `return problem_set(...)`. */
CORE_MUST_USE int problem_set(struct problem *ret, struct problem p);

/* The same for problems without numbers. */
CORE_MUST_USE int problem_at(struct problem *ret, enum problem_code code, enum core_file file,
			     uint64_t line, struct span what);

#endif
