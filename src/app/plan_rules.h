#ifndef APP_PLAN_RULES_H
#define APP_PLAN_RULES_H
/*
 * app/plan_rules.h — the planner's rule file (docs/rules-file.md): a Chinese line-based text with the
 * law's minimums and their document numbers, team sizes, the period. A plain dr1 rules.txt (its first
 * word is `team`) is taken as it is.
 */
#include "app/plan_notes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Groups the law speaks of. A special unit is also a key or a general one (spec 6). */
enum plan_group { PLAN_KEY, PLAN_SPECIAL, PLAN_GENERAL, PLAN_GROUPS };

/* "重点", "特殊", "一般". */
MUST_USE const char *plan_group_name(enum plan_group group);

/*
 * A special unit sits in a cell of its own beside the plain ones, so that both rules can count it.
 * The order is that of the strata in rules.txt.
 */
enum plan_kind {
	PLAN_PLAIN_KEY,
	PLAN_SPECIAL_KEY,
	PLAN_SPECIAL_GENERAL,
	PLAN_PLAIN_GENERAL,
	PLAN_KINDS
};

/* "重点", "重点兼特殊", "一般兼特殊", "一般": the names of city-wide strata; `<name>.<county>` by county. */
MUST_USE const char *plan_kind_name(enum plan_kind kind);

enum plan_basis {
	PLAN_NO_MINIMUM,
	PLAN_RATIO,  /* ceil(N * a / b) of the live registry */
	PLAN_NUMBER, /* a */
	PLAN_PER_INSPECTOR /* a visits a year for each inspector, less what was done, over the periods left */
};

struct plan_minimum {
	enum plan_basis basis;
	uint64_t a, b;
	uint64_t done;   /* PLAN_PER_INSPECTOR: visits of this year before this period */
	const char *law; /* the document it stands on; NULL if the file names none */
	uint32_t line;
	uint32_t visits_a_year; /* rotation (spec 6); 0: independent draws */
};

/* A county's cell with a quota of its own instead of a share of the split. b == 0: the number a. */
struct plan_own {
	enum plan_kind kind;
	const char *county;
	uint64_t a, b;
	uint32_t line;
};

struct plan_team {
	enum plan_kind kind; /* PLAN_KINDS: the general team line */
	uint32_t need, min_senior, min_junior;
};

enum plan_relax { PLAN_RELAX_ROTATION = 1, PLAN_RELAX_SECOND = 2, PLAN_RELAX_LIMIT = 4 };

enum { PLAN_NO_LIMIT = 100000 }; /* a person's limit where the rules name none */

struct plan_rules {
	bool plain;       /* a dr1 rules.txt; only `text` counts then */
	const char *text; /* the file's bytes */
	size_t len;
	const char *name;      /* NULL if not given */
	const char *from, *to; /* the period's first and last day, or NULL */
	const char *prefix;    /* draw ids begin with it; NULL: any */
	const char *matters;   /* what is to be checked, for the papers; NULL: a plain sentence */
	const char *authority; /* name of the body that draws; NULL if not given */
	uint32_t periods, period; /* periods a year, and which one this is, from 1 */
	uint32_t senior_years;    /* S from so many full years on */
	uint32_t limit;           /* new visits of a person at most */
	bool by_county;           /* strata by county, else city-wide */
	uint32_t bundle;          /* 0: none */
	unsigned relax;           /* enum plan_relax bits */
	struct plan_minimum minimum[PLAN_GROUPS];
	struct plan_team teams[PLAN_KINDS + 1];
	size_t team_count; /* the first one is the general line */
	const struct plan_own *own;
	size_t own_count;
};

/*
 * Parses a rule file. Every mistake becomes a PLAN_REFUSED note with its line and how it is written;
 * returns INVALID if there was one. All texts live in the notes' arena.
 */
MUST_USE int plan_rules_parse(const char *text, size_t len, struct plan_notes *notes,
			      struct plan_rules *ret);

#endif
